import { useState } from 'react';
import type { Finding } from '../../core/contract.js';
import { formatCount, formatPoints, formatShare } from '../format.js';
import { topLevels } from '../topLevels.js';
import { Name } from './Name.js';

const most = 15;

/** The most frequent values, whole, with counts of both sides. */
export function LevelsTable({ finding }: { finding: Finding }) {
  const [isWhole, setWhole] = useState(false);
  const levels = topLevels(finding);
  if (levels.length === 0) return null;
  const shown = isWhole ? levels : levels.slice(0, most);
  return (
    <section className="panel">
      <h2 className="panel-title">Most frequent values</h2>
      <table className="plain levels">
        <thead>
          <tr>
            <th>Value</th>
            <th className="number">Reference</th>
            <th className="number">Current</th>
            <th className="number">Difference</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((level) => (
            <tr key={level.value}>
              <th scope="row">
                <Name text={level.value} />
              </th>
              <Count count={level.referenceCount} total={finding.reference.count} />
              <Count count={level.currentCount} total={finding.current.count} />
              <td className="number quiet">
                {level.referenceCount !== null &&
                  level.currentCount !== null &&
                  formatPoints(
                    share(level.currentCount, finding.current.count) -
                      share(level.referenceCount, finding.reference.count),
                  )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < levels.length && (
        <button type="button" className="link" onClick={() => setWhole(true)}>
          Show all {formatCount(levels.length)}
        </button>
      )}
    </section>
  );
}

function Count({ count, total }: { count: number | null; total: number }) {
  if (count === null) return <td className="number quiet">not among the top</td>;
  return (
    <td className="number">
      {formatCount(count)} <span className="quiet">{formatShare(share(count, total))}</span>
    </td>
  );
}

function share(count: number, total: number): number {
  return total === 0 ? 0 : count / total;
}
