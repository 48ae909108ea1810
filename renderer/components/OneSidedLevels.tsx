import type { Finding } from '../../core/contract.js';
import { formatCount, formatShare } from '../format.js';
import { Name } from './Name.js';

/** Levels on one side only, most frequent first. */
export function OneSidedLevels({ finding }: { finding: Finding }) {
  const { categories } = finding.charts;
  if (categories === undefined) return null;
  const { newLevels, newCount, vanishedLevels, vanishedCount } = categories;
  if (newCount + vanishedCount === 0) return null;
  return (
    <section className="panel" data-testid="one-sided-levels">
      <h2 className="panel-title">Levels on one side only</h2>
      <div className="word-lists">
        <Levels
          title="Only in the current"
          levels={newLevels}
          count={newCount}
          total={finding.current.count}
        />
        <Levels
          title="Only in the reference"
          levels={vanishedLevels}
          count={vanishedCount}
          total={finding.reference.count}
        />
      </div>
    </section>
  );
}

function Levels({
  title,
  levels,
  count,
  total,
}: {
  title: string;
  levels: { value: string; count: number }[];
  /** Of all such levels, also those that are not listed. */
  count: number;
  total: number;
}) {
  if (levels.length === 0) return null;
  return (
    <div>
      <table className="plain">
        <thead>
          <tr>
            <th>{title}</th>
            <th className="number">Rows</th>
          </tr>
        </thead>
        <tbody>
          {levels.map((level) => (
            <tr key={level.value}>
              <th scope="row">
                <Name text={level.value} />
              </th>
              <td className="number">
                {formatCount(level.count)}{' '}
                <span className="quiet">{formatShare(total === 0 ? 0 : level.count / total)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {count > levels.length && (
        <p className="quiet">and {formatCount(count - levels.length)} more</p>
      )}
    </div>
  );
}
