import type { AuthorNotes, DriftReport } from '../core/contract.js';
import { ownValue, withEntry } from './askedOptions.js';
import { useStore } from './store.js';

const none: AuthorNotes = { report: null, columns: {} };

/** The author's words for the report, or for one of its columns; empty where there are none. */
export function noteOf({ authorNotes = none }: DriftReport, column: string | null): string {
  const text = column === null ? authorNotes.report : ownValue(authorNotes.columns, column);
  return text ?? '';
}

/** Part of the report from now on, and so of what is exported. */
export function writeNote(column: string | null, text: string): void {
  const { report } = useStore.getState();
  if (report === null) return;
  const notes = report.authorNotes ?? none;
  const words = text.trim() === '' ? undefined : text;
  const authorNotes: AuthorNotes =
    column === null
      ? { ...notes, report: words ?? null }
      : { ...notes, columns: withEntry(notes.columns, column, words) };
  useStore.setState({ report: { ...report, authorNotes } });
}

/** What was written of a comparison stays when it runs again; columns that are gone take theirs along. */
export function withNotesOf(report: DriftReport, earlier: DriftReport | null): DriftReport {
  if (earlier?.authorNotes === undefined) return report;
  const names = new Set(report.columns.map(({ name }) => name));
  const kept = Object.entries(earlier.authorNotes.columns).filter(([name]) => names.has(name));
  return {
    ...report,
    authorNotes: { ...earlier.authorNotes, columns: Object.fromEntries(kept) },
  };
}
