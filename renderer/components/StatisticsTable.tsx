import type { Finding } from '../../core/contract.js';
import { formatName } from '../format.js';
import { type StatisticLine, statisticLines } from '../statisticLines.js';
import { WorkButton } from './WorkButton.js';

/** Both sides' own numbers next to each other. */
export function StatisticsTable({ finding }: { finding: Finding }) {
  return (
    <table className="plain statistics">
      <thead>
        <tr>
          <th>Statistic</th>
          <th className="number">
            <span className="swatch-reference" aria-hidden="true" /> Reference
          </th>
          <th className="number">
            <span className="swatch-current" aria-hidden="true" /> Current
          </th>
          <th className="number">Difference</th>
          <th className="number">in %</th>
        </tr>
      </thead>
      <tbody>
        {statisticLines(finding).map((line) => (
          <Line key={line.key} column={finding.name} line={line} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ column, line }: { column: string; line: StatisticLine }) {
  const work = { column, topic: { what: 'statistic', key: line.key } } as const;
  return (
    <tr>
      <th scope="row">{line.label}</th>
      <td className="number">
        <WorkButton {...work} of={`${line.label} of the reference`}>
          <bdi>{formatName(line.reference)}</bdi>
        </WorkButton>
      </td>
      <td className="number">
        <WorkButton {...work} of={`${line.label} of the current`}>
          <bdi>{formatName(line.current)}</bdi>
        </WorkButton>
      </td>
      <td className="number quiet">{line.difference}</td>
      <td className="number quiet">{line.relative}</td>
    </tr>
  );
}
