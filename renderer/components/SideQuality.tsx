import { useState } from 'react';
import type { DriftReport, Side } from '../../core/contract.js';
import { formatCount, formatCounted, formatShare } from '../format.js';
import { Name } from './Name.js';
import { RejectedTable } from './RejectedTable.js';

const sideWords = { reference: 'Reference', current: 'Current' };

/** The rows of one dataset: how many, how many twice, and which could not be read. */
export function SideQuality({ side, report }: { side: Side; report: DriftReport }) {
  const [isOpen, setOpen] = useState(false);
  const { name, rowCount, columnCount, rejectedRowCount, rejectedRows } = report[side];
  return (
    <section className="panel side-quality" aria-label={sideWords[side]}>
      <h2 className="panel-title">
        <span className={`swatch-${side}`} aria-hidden="true" /> {sideWords[side]}
        <Name text={name} className="side-quality-name" />
      </h2>
      <p>
        {formatCounted(rowCount, 'row')}, {formatCounted(columnCount, 'column')}.{' '}
        {duplicateWords(report, side)}
      </p>
      <p className={rejectedRowCount > 0 ? undefined : 'quiet'}>
        {rejectedRowCount === 0
          ? 'Every row could be read.'
          : `${formatCounted(rejectedRowCount, 'row')} could not be read. `}
        {rejectedRows.length > 0 && (
          <button
            type="button"
            className="link"
            data-testid={`${side}-rejected`}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Hide them' : 'Show them'}
          </button>
        )}
      </p>
      {isOpen && (
        <div className="side-quality-rows">
          <RejectedTable rows={rejectedRows} pageSize={20} />
        </div>
      )}
    </section>
  );
}

/** Why equal rows were not counted is in the report's kind and size alone. */
function duplicateWords({ quality, ...report }: DriftReport, side: Side): string {
  if (quality === undefined) return '';
  const { duplicateRowCount: count } = quality[side];
  const { rowCount } = report[side];
  if (count === null) return 'Equal rows were not counted: there are too many to do that quickly.';
  if (count === 0) return 'No two rows are the same.';
  const isAre = count === 1 ? 'is' : 'are';
  return `${formatCount(count)} of them (${formatShare(count / rowCount)}) ${isAre} the same as another row before.`;
}
