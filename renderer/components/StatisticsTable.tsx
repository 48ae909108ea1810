import type { Finding } from '../../core/contract.js';
import { type StatisticLine, statisticLines } from '../statisticLines.js';
import { Name } from './Name.js';

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
        </tr>
      </thead>
      <tbody>
        {statisticLines(finding).map((line) => (
          <Line key={line.label} line={line} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ line }: { line: StatisticLine }) {
  return (
    <tr>
      <th scope="row">{line.label}</th>
      <td className="number">
        <Name text={line.reference} />
      </td>
      <td className="number">
        <Name text={line.current} />
      </td>
      <td className="number quiet">{line.difference}</td>
    </tr>
  );
}
