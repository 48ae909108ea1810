/**
 * Every type that crosses a thread, a process or a file. Plain data only, so that every value
 * survives structured clone and JSON. Imports nothing but its own parts, finding.ts, cube.ts, rowSample.ts, exportChoice.ts and reportDiff.ts;
 * `report.schema.json` is generated from {@link DriftReport} and `diff.schema.json` from {@link ReportDiff}, comments included.
 *
 * Shares are 0..1. Reference comes first, current second, everywhere.
 */

import type { Cube } from './cube.js';
import type { AuthorNotes, ReportContents } from './exportChoice.js';
import type { Effect, Finding, Kind, MeasureId, ProfileId, Side, Verdict } from './finding.js';
import type { RowSample } from './rowSample.js';

export type * from './cube.js';
export type * from './exportChoice.js';
export { reportSections } from './exportChoice.js';
export type * from './finding.js';
export { channels, isShare, kinds, verdicts } from './finding.js';
export type * from './reportDiff.js';
export type * from './rowSample.js';
export { mostSampleRows } from './rowSample.js';

export type Correction = 'bh' | 'holm' | 'none';

// ---------------------------------------------------------------- reading

/** How to read one file. What is absent is detected. */
export interface Reading {
  /** One character, or `\t`. */
  delimiter?: string;
  /** One character around values that hold a delimiter; empty for none. */
  quote?: string;
  /** One character before a quote inside of quotes; most files double the quote instead. */
  escape?: string;
  /** Lines that start with it are no rows; empty for none. */
  comment?: string;
  /** Lines before the header, or before the first row where there is none. */
  skipLineCount?: number;
  header?: boolean;
  /** Column names, in order; they replace a header's. */
  names?: string[];
  /** Spellings that mean *missing*, beside the empty one. They replace the usual ones. */
  nullValues?: string[];
  /** `utf-8`, `utf-16` or `latin-1`. */
  encoding?: Encoding;
  /** Between a number's whole part and its fraction: `.` or `,`. */
  decimal?: '.' | ',';
  /** Between groups of three digits; empty for none. */
  thousands?: string;
  /** How dates are written, as in strptime: `%d/%m/%Y`; of several formats with a `|` between them each column has its own. */
  dateFormat?: string;
  /** Fail where a row cannot be read, instead of counting it. */
  strict?: boolean;
}

export type Encoding = 'utf-8' | 'utf-16' | 'latin-1';

/** One side of a comparison: a file, a folder of data files, or a pattern such as `day-*.parquet`. */
export interface Source {
  path: string;
  /** Shown instead of the file's own name, where that says nothing (standard input, an upload). */
  name?: string;
  reading?: Reading;
  /** An SQL condition over the column names: only rows for which it is true take part. */
  where?: string;
}

/** One dataset held in memory, as the API takes it: each column an array of equal length. */
export interface MemorySource {
  name: string;
  columns: { name: string; values: MemoryValues }[];
}

/** Strings and null, numbers (NaN is missing), booleans, or milliseconds since 1970-01-01 UTC. */
export type MemoryValues =
  | { type: 'number'; values: Float64Array }
  | { type: 'datetime'; values: Float64Array }
  | { type: 'string'; values: (string | null)[] }
  | { type: 'boolean'; values: (boolean | null)[] };

export type Format = 'csv' | 'json' | 'parquet' | 'arrow' | 'memory';

/** A column as its file stores it. */
export interface ColumnSchema {
  name: string;
  /** The storage type in the reader's words, e.g. `DOUBLE`, `VARCHAR`, `TIMESTAMP`. */
  storageType: string;
}

/** A row that could not be read. */
export interface RejectedRow {
  /** Which file, by its name without folders. */
  file: string;
  /** 1-based, the header included; null where the reader cannot tell. */
  lineNumber: number | null;
  columnName: string | null;
  reason: string;
  /** The line as it stands, cut at 200 characters; empty where it is not kept. */
  text: string;
}

/** How a text file was read: detected, or as asked for. */
export interface Dialect {
  delimiter: string;
  /** Empty where values have none. */
  quote: string;
  escape: string;
  comment: string;
  skipLineCount: number;
  header: boolean;
  /** Spellings that were taken for *missing*, the empty one among them. */
  nullValues: string[];
  encoding: Encoding;
  decimal: '.' | ',';
  thousands: string;
  /** Null where no column holds dates, or where they are written as in ISO 8601; several have a `|` between them. */
  dateFormat: string | null;
  timestampFormat: string | null;
  /** Columns of dates that could as well have day and month in each other's place. */
  ambiguousDates?: { column: string; dateFormat: string; otherDateFormat: string }[];
  compression: string | null;
}

/** What was opened: how it was read and what it has. */
export interface Dataset {
  /** The file's or folder's own name, without the path to it. */
  name: string;
  format: Format;
  sizeBytes: number;
  /** Rows that take part: read, not rejected, and chosen by condition and sample. */
  rowCount: number;
  columnCount: number;
  rejectedRowCount: number;
  /** All of them by reason, most frequent first. */
  rejectedReasons: { reason: string; rowCount: number }[];
  /** The first 1 000 rejected rows. */
  rejectedRows: RejectedRow[];
  /** Rows that were read, and left out because of a condition, a split or a sample. */
  leftOut: { why: 'condition' | 'split' | 'sample'; rowCount: number }[];
  columns: ColumnSchema[];
  /** Null for all formats but text. */
  dialect: Dialect | null;
}

/** The beginning of a file, read as it would be: for a look before a comparison. */
export interface Preview {
  name: string;
  format: Format;
  sizeBytes: number;
  /** With the kind that this side alone suggests. */
  columns: (ColumnSchema & { kind: Kind })[];
  dialect: Dialect | null;
  /** The first lines as they stand; empty for formats that are no text. */
  lines: string[];
  /** The first 100 rows at most. */
  rows: (string | null)[][];
  /** Among what was looked at. */
  rejectedRows: RejectedRow[];
  /** Whether that is the whole file. */
  isWhole: boolean;
}

export interface OpenRequest {
  source: Source;
}

/** A page of rows. `rowStart` is inclusive, `rowEnd` exclusive, both 0-based. */
export interface RowsRequest {
  source: Source;
  rowStart: number;
  rowEnd: number;
}

/** Values as text, null where missing; one array per row, in the order of `columns`. */
export interface RowPage {
  columns: string[];
  rows: (string | null)[][];
}

// ---------------------------------------------------------------- asking

/** How to compare. Everything is optional; {@link ResolvedOptions} has the defaults. */
export interface CompareOptions {
  /** Heads the report. */
  title?: string;
  /** Only these columns. */
  columns?: string[];
  /** All columns but these. */
  exclude?: string[];
  /** Kinds by column name, over what is inferred. */
  kinds?: Record<string, Kind>;
  /** Level of the corrected test. Default 0.05. */
  alpha?: number;
  /** For many columns. Default `bh` (Benjamini-Hochberg). */
  correction?: Correction;
  /** Materiality limit of the shape channel. Default 0.1. */
  limit?: number;
  /** The same by column name; it goes before the one by kind, and that before `limit`. */
  limits?: Record<string, number>;
  kindLimits?: Partial<Record<Kind, number>>;
  /** Materiality limit of the missing channel, a difference of shares. Default 0.05. */
  missingLimit?: number;
  /** Materiality limit of the support channel, a share of current rows. Default 0.01. */
  supportLimit?: number;
  /** Number of bins for PSI and its kin, at most. Default 10. */
  bins?: number;
  /** Inner bin edges by column name, ascending, instead of the reference's quantiles. */
  binEdges?: Record<string, number[]>;
  /** By column name: values, as they are written, that mean *missing*. */
  missingValues?: Record<string, string[]>;
  /** Measures beside those that every report has; `all` for every one. */
  measures?: MeasureId[] | 'all';
  /** Compare the reference's halves with each other as well, to see whether it is of one piece. */
  baseline?: boolean;
  /** Split the baseline's halves by this column's time instead of at random. */
  timestamp?: string;
  /** Give another tool's verdicts beside ours. */
  profile?: ProfileId;
  /** Seeds every simulation. Default 1. */
  seed?: number;
  /** Compare a seeded sample of at most so many rows a side, instead of all. */
  sample?: number;
  /** Count columns together for linked selection. Default true. */
  cube?: boolean;
  /** Rows of each side, as they stand, in the report: 1 to 1 000. Default none. */
  sampleRows?: number;
  /** Columns that changed their name: the current name by the reference's. */
  renames?: Record<string, string>;
  /** Both sides from one dataset (give it as both): split by this column. */
  splitBy?: Split;
  /** Bytes that a comparison may hold; the data engine spills to disk before that. Default a quarter of the machine's. */
  memoryBytes?: number;
}

/**
 * Rows that hold `at` (for times and numbers of more than two values: are before it) are the reference, the others the
 * current side; a row without a value is on neither. Without `at`: the first of two values as they stand in the file,
 * or the median.
 */
export interface Split {
  column: string;
  at?: string;
}

export interface ResolvedOptions {
  title: string;
  columns: string[] | null;
  exclude: string[];
  kinds: Record<string, Kind>;
  alpha: number;
  correction: Correction;
  limit: number;
  limits: Record<string, number>;
  kindLimits: Partial<Record<Kind, number>>;
  missingLimit: number;
  supportLimit: number;
  bins: number;
  binEdges: Record<string, number[]>;
  missingValues: Record<string, string[]>;
  measures: MeasureId[] | 'all';
  baseline: boolean;
  timestamp: string | null;
  profile: ProfileId | null;
  sample: number | null;
  renames: Record<string, string>;
  splitBy: Split | null;
  seed: number;
  /** False where it was not wanted; else absent. */
  cube?: boolean;
  /** Absent where none were wanted. */
  sampleRows?: number;
}

export interface CompareRequest {
  reference: Source | MemorySource;
  current: Source | MemorySource;
  options?: CompareOptions;
}

/** What a running comparison tells. */
export type Progress =
  | { stage: 'scan'; side: Side /** 0..1, null where unknown */; share: number | null }
  | { stage: 'measure'; columnIndex: number; columnCount: number; column: MeasuredColumn };

/** A column that is measured but not judged: the verdict waits for all columns' p-values. */
export type MeasuredColumn = Pick<
  Finding,
  | 'name'
  | 'kind'
  | 'reference'
  | 'current'
  | 'measures'
  | 'charts'
  | 'disguisedMissing'
  | 'time'
  | 'text'
>;

/** The engine's calls. One request handler carries them to the renderer, one protocol to the workers. */
export interface Engine {
  /** Schema, row count and what was detected of a file. */
  open(request: OpenRequest, options?: RunOptions): Promise<Dataset>;
  /** The beginning of a file and what was detected of it, in a moment whatever its size. */
  preview(request: OpenRequest, options?: RunOptions): Promise<Preview>;
  /** One page of rows. */
  rows(request: RowsRequest, options?: RunOptions): Promise<RowPage>;
  /** Compares two datasets column by column. */
  compare(request: CompareRequest, options?: RunOptions): Promise<DriftReport>;
  /** The rows that the report of the same request has by its option `sampleRows`. */
  sampleRows(request: CompareRequest, options?: RunOptions): Promise<Record<Side, RowSample>>;
  /** Lets running work end, then the threads. */
  close(): Promise<void>;
}

/** Never crosses a boundary: each carrier turns `signal` into a cancel message and progress messages into `onProgress`. */
export interface RunOptions {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

/** The calls an Engine answers, for the carriers to loop over. */
export const engineCalls = [
  'open',
  'preview',
  'rows',
  'compare',
  'sampleRows',
] as const satisfies readonly (keyof Engine)[];
export type EngineCall = (typeof engineCalls)[number];

// ---------------------------------------------------------------- answering

/** The whole answer: what `--json` writes, and the island inside the HTML. */
export interface DriftReport {
  schemaVersion: 1;
  tool: { name: 'driftglass'; version: string };
  /** ISO 8601, UTC. */
  createdAt: string;
  options: ResolvedOptions;
  reference: Dataset;
  current: Dataset;
  summary: Summary;
  schema: SchemaDifference;
  /** Sentences for the top of the report: the same file twice, rows that were not read, ... */
  notes: string[];
  /** Ranked: drifted first, then inconclusive, stable, skipped; within a verdict by effect ÷ limit. */
  columns: Finding[];
  /** The reference against itself, where it was asked for. */
  baseline: Baseline | null;
  /** What another tool would say of the dataset, where it was asked for. */
  profile: ProfileSummary | null;
  /** Drifted columns that have something in common, largest group first. */
  groups?: ColumnGroup[];
  /** What whole rows and columns beside each other tell. */
  quality?: Record<Side, SideQuality>;
  /** Joint counts of columns, for linked selection. */
  cube?: Cube;
  /** Rows as they stand, where they were asked for. */
  sampleRows?: Record<Side, RowSample>;
  /** What the author says of it. */
  authorNotes?: AuthorNotes;
  /** What an export has of the whole; absent where nothing is left out. */
  contents?: ReportContents;
}

/** Columns whose drift may have one cause. */
export interface ColumnGroup {
  /**
   * `missing`: in the same rows, or by the same share; `factor`: all values times about the same; `shift`: typical
   * values moved alike; `name`: names begin alike; `correlation`: values rise and fall together.
   */
  by: 'missing' | 'factor' | 'shift' | 'name' | 'correlation';
  columns: string[];
  /** The evidence, in a sentence. */
  statement: string;
}

export interface SideQuality {
  /** Rows that are the same as another before them, in every column; null where they were not counted. */
  duplicateRowCount: number | null;
  /** Compared columns with the same value in every row, an array for each such set. */
  sameColumns: string[][];
}

/** One half of the reference against the other. */
export interface Baseline {
  /** How it was split: at random, or before and after the median of a time column. */
  split: 'random' | 'time';
  timestamp: string | null;
  driftedCount: number;
  inconclusiveCount: number;
  /** Columns in which the halves differ, largest first, at most 20. */
  columns: { name: string; verdict: Verdict; reason: string; effect: Effect | null }[];
}

export interface ProfileSummary {
  id: ProfileId;
  /** Its name and version, as a person knows it. */
  name: string;
  /** Columns that it has a verdict for, and those that it calls drifted. */
  columnCount: number;
  driftedCount: number;
  /** Its verdict of the dataset: share of drifted columns at or above its limit. */
  isDrifted: boolean;
  limit: number;
  /** How many of its alarms our rule calls likely false. */
  likelyFalseAlarmCount: number;
}

export interface Summary {
  columnCount: number;
  driftedCount: number;
  stableCount: number;
  inconclusiveCount: number;
  skippedCount: number;
  /** alpha × the number drifted: how many of them to expect to be wrong. */
  expectedFalseAlarms: number;
  /** Channel tests that were corrected together. */
  testCount: number;
  /** How many tests have p < alpha before correction and limits, and how many that would be by chance alone. */
  uncorrected: { alarmCount: number; expectedByChance: number };
  /** One sentence that a manager can read. */
  headline: string;
}

/** Columns on one side only stand here, not in `columns`. */
export interface SchemaDifference {
  added: ColumnSchema[];
  removed: ColumnSchema[];
  retyped: { name: string; from: string; to: string }[];
  renamed: { from: string; to: string; why: string }[];
}

// ---------------------------------------------------------------- over HTTP

/** GET /api/info */
export interface AppInfo {
  version: string;
  /** How the app was started: in its own window files come from native dialogs, in a browser by upload. */
  door: 'window' | 'browser';
  /** A pair to compare at once, as given on the command line. */
  pair: { reference: Source; current: Source } | null;
  /** A report to show at once. */
  report: Source | null;
  /** The pair behind "try the sample". */
  sample: { reference: Source; current: Source; title: string };
}

/** A line of the answer to POST /api/compare (newline-delimited JSON). The last one is `report` or `error`. */
export type CompareEvent =
  | { type: 'progress'; progress: Progress }
  | { type: 'report'; reportId: string; report: DriftReport }
  | { type: 'error'; error: WireError };

/** POST /api/report: one that was exported before. */
export interface OpenedReport {
  reportId: string;
  report: DriftReport;
}

/** POST /api/upload?name=F with the file as the body. */
export interface UploadAnswer {
  source: Source;
  sizeBytes: number;
}

/** An expected failure as data; see errors.ts. */
export interface WireError {
  code: string;
  message: string;
}
