import { IconLink } from '@tabler/icons-react';
import { useState } from 'react';
import type { ColumnGroup } from '../../core/contract.js';
import { formatCount, formatSentence } from '../format.js';
import { go } from '../store.js';
import { Name } from './Name.js';

const most = 2;
const mostNameCount = 4;

/** Columns whose drift may have one cause, each group with its evidence and a way to see it alone. */
export function GroupLines({
  groups,
  shown,
}: {
  groups: readonly ColumnGroup[];
  /** The group that the list is narrowed to. */
  shown: number | null;
}) {
  const [isWhole, setWhole] = useState(false);
  if (groups.length === 0) return null;
  const listed = isWhole ? groups : groups.slice(0, most);
  return (
    <div className="facts" data-testid="groups">
      {listed.map(({ by, columns, statement }, index) => (
        <p key={`${by}:${columns.join()}`} className="fact">
          <IconLink size={16} stroke={1.7} aria-hidden />
          <span>
            Moved together:{' '}
            {columns.slice(0, mostNameCount).map((name) => (
              <span key={name} className="chip group-chip">
                <Name text={name} />
              </span>
            ))}
            {columns.length > mostNameCount &&
              `and ${formatCount(columns.length - mostNameCount)} more. `}
            <bdi>{formatSentence(statement)}</bdi>{' '}
            <button
              type="button"
              className="link"
              aria-pressed={shown === index}
              aria-label={`Show only these columns, group ${index + 1}`}
              onClick={() => go({ group: shown === index ? null : index, channel: null })}
            >
              {shown === index ? 'Show all columns' : 'Show only these'}
            </button>
          </span>
        </p>
      ))}
      {listed.length < groups.length && (
        <button type="button" className="link group-more" onClick={() => setWhole(true)}>
          {formatCount(groups.length - listed.length)} more of such groups
        </button>
      )}
    </div>
  );
}
