import { IconAlertTriangle, IconArrowsExchange } from '@tabler/icons-react';
import type { ReportDiff } from '../../core/contract.js';
import { isOutOfOrder } from '../../core/diffReports.js';
import { swapReports } from '../diffing.js';
import { formatSentence } from '../format.js';
import { useStore } from '../store.js';

/** What stands in the way of comparing two reports; those in the wrong order can be swapped. */
export function DiffNotes({ diff }: { diff: ReportDiff }) {
  const canSwap = useStore(({ diffed }) => diffed !== null);
  const isSwapped = useStore(({ diffed, report }) => diffed !== null && diffed.earlier === report);
  return (
    <>
      {diff.notes.map((note, index) => (
        <p key={note} className="fact">
          <IconAlertTriangle size={16} stroke={1.7} aria-hidden />
          <span>
            <bdi>{formatSentence(note)}</bdi>{' '}
            {canSwap && index === 0 && isOutOfOrder(diff) && <Swap words="Swap them" />}
          </span>
        </p>
      ))}
      {isSwapped && !isOutOfOrder(diff) && (
        <p className="fact">
          <IconArrowsExchange size={16} stroke={1.7} aria-hidden />
          <span>
            The report that was open is the earlier one here, the one from the file the later.{' '}
            <Swap words="Swap back" />
          </span>
        </p>
      )}
    </>
  );
}

function Swap({ words }: { words: string }) {
  return (
    <button type="button" className="link" data-testid="swap-reports" onClick={swapReports}>
      {words}
    </button>
  );
}
