import { IconInfoCircle } from '@tabler/icons-react';
import type { DriftReport, Side } from '../../core/contract.js';
import { formatSentence } from '../format.js';
import { useStore } from '../store.js';

/** Sentences for the top of the report; one about rows of a side leads to them. */
export function Notes({ report }: { report: DriftReport }) {
  return report.notes.map((note) => {
    const side = sideOfRows(note, report);
    return (
      <p key={note} className="fact">
        <IconInfoCircle size={16} stroke={1.7} aria-hidden />
        <span>
          <bdi>{formatSentence(note)}</bdi>
          {side !== null && (
            <>
              {' '}
              <button
                type="button"
                className="link"
                data-testid="note-rows"
                aria-label={`Show them: rows of the ${side} file`}
                onClick={() => useStore.setState({ shownRows: side })}
              >
                Show them
              </button>
            </>
          )}
        </span>
      </p>
    );
  });
}

/** Whose rows a note is about, where some of them are in no number; one split file has them on the reference. */
function sideOfRows(note: string, report: DriftReport): Side | null {
  const words = /\brows? of the (reference|current) (?:file|side)\b/.exec(note);
  const isSplitFile = /\brows? (?:of the file|without a value)\b/.test(note);
  const side: Side | null =
    words?.[1] === 'current' ? 'current' : words !== null || isSplitFile ? 'reference' : null;
  if (side === null) return null;
  const { rejectedRowCount, leftOut } = report[side];
  return rejectedRowCount > 0 || leftOut.length > 0 ? side : null;
}
