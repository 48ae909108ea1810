/** What an export has of a report. Part of the contract (contract.ts gives all of it). */

/** In Markdown. */
export interface AuthorNotes {
  report: string | null;
  /** By column name. */
  columns: Record<string, string>;
}

export interface ReportContents {
  sections: ReportSection[];
  /** Values of fewer rows are masked, and what tells of single rows is left out; null where nothing is. */
  maskedBelow: number | null;
}

/**
 * What an export may leave out; the overview is always there. `charts`: of each column; `measures`: textbook measures,
 * and how numbers came about; `values`: frequent, new and vanished ones; `cube`: linked selection, which needs values
 * and goes where values are masked; `rejected`: rows that could not be read; `reading`: how the files were read.
 */
export const reportSections = [
  'charts',
  'measures',
  'values',
  'cube',
  'rejected',
  'reading',
] as const;
export type ReportSection = (typeof reportSections)[number];

/** What to export of a report. */
export interface ExportChoice {
  /** Instead of the report's own. */
  title?: string;
  /** Absent: all. */
  sections?: ReportSection[];
  /** Masks values of fewer rows. */
  maskBelow?: number;
  /** Rows of each side as they stand, at most; absent: none. A report that is masked has none. */
  sampleRows?: number;
  authorNotes?: AuthorNotes;
}
