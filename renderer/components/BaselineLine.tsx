import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { Baseline } from '../../core/contract.js';
import { formatCount, formatCounted, formatName } from '../format.js';
import { openColumn } from '../store.js';
import { Name } from './Name.js';
import { VerdictMark } from './VerdictMark.js';

/** Whether the reference is of one piece: a line that opens where it is not. */
export function BaselineLine({
  baseline,
  columnCount,
}: {
  baseline: Baseline;
  columnCount: number;
}) {
  const [isOpen, setOpen] = useState(false);
  const { driftedCount, columns } = baseline;
  const isOfOnePiece = driftedCount === 0;
  const Icon = isOfOnePiece ? IconCircleCheck : IconAlertTriangle;
  return (
    <div className="baseline" data-testid="baseline" data-warning={!isOfOnePiece}>
      <p className="fact">
        <Icon size={16} stroke={1.7} aria-hidden />
        <span>
          {baselineSentence(baseline, columnCount)}{' '}
          {columns.length > 0 && (
            <button
              type="button"
              className="link"
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            >
              {isOpen ? 'Hide them' : 'Show them'}
            </button>
          )}
        </span>
      </p>
      {isOpen && (
        <ul className="baseline-columns panel">
          {columns.map(({ name, verdict, reason }) => (
            <li key={name}>
              <VerdictMark verdict={verdict} />
              <button type="button" className="link" onClick={() => openColumn(name)}>
                <Name text={name} />
              </button>
              <bdi>{reason}</bdi>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What comparing the reference's halves has shown. */
export function baselineSentence(baseline: Baseline, columnCount: number): string {
  const { split, timestamp, driftedCount, inconclusiveCount } = baseline;
  const how =
    split === 'random'
      ? 'split at random'
      : `split by time${timestamp === null ? '' : ` (${formatName(timestamp)})`}`;
  const open =
    inconclusiveCount === 0 ? '' : ` ${formatCounted(inconclusiveCount, 'column')} cannot be told.`;
  if (driftedCount > 0) {
    return `The reference is not of one piece: ${how}, its halves differ in ${formatCount(driftedCount)} of ${formatCounted(columnCount, 'column')}.${open}`;
  }
  return `The reference against itself, ${how}: no column differs.${open}`;
}
