import type { Finding } from '../../core/contract.js';
import { formatNumber, formatTime } from '../format.js';

/** The smallest and largest values of both sides. */
export function ExtremesTable({ finding: { reference, current } }: { finding: Finding }) {
  if (reference.extremes === undefined && current.extremes === undefined) return null;
  const heads = [
    'Reference, smallest',
    'Current, smallest',
    'Reference, largest',
    'Current, largest',
  ];
  const lists = [
    reference.extremes?.smallest ?? [],
    current.extremes?.smallest ?? [],
    [...(reference.extremes?.largest ?? [])].reverse(),
    [...(current.extremes?.largest ?? [])].reverse(),
  ];
  const length = Math.max(...lists.map((list) => list.length));
  return (
    <section className="panel" data-testid="extremes">
      <h2 className="panel-title">Smallest and largest values</h2>
      <table className="plain extremes">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className="number">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: equal values stand more than once, and never move
            <tr key={row}>
              {lists.map((list, i) => (
                <td key={heads[i]} className="number">
                  {write(list[row])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function write(value: number | string | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'number' ? formatNumber(value, 6) : formatTime(value, true);
}
