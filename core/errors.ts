/**
 * Expected failures: the person can act on them. A closed set of codes and their wording; one
 * sentence that says what happened and what to do. Anything else that is thrown is our fault.
 */

import type { WireError } from './contract.js';

export type ErrorCode =
  | 'file-missing'
  | 'file-unreadable'
  | 'file-empty'
  | 'file-without-rows'
  | 'file-damaged'
  | 'file-not-data'
  | 'folder-without-data'
  | 'no-shared-columns'
  | 'no-columns-left'
  | 'unknown-column'
  | 'bad-option'
  | 'path-not-allowed'
  | 'output-unwritable'
  | 'out-of-memory'
  | 'worker-lost'
  | 'cancelled'
  | 'internal';

/** Codes that are our fault or the machine's (exit 3); `cancelled` is 130, all others are bad input (exit 2). */
const faults: ReadonlySet<string> = new Set<ErrorCode>([
  'out-of-memory',
  'worker-lost',
  'internal',
]);

export class DriftError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'DriftError';
    this.code = code;
  }
}

export function isDriftError(error: unknown): error is DriftError {
  return error instanceof Error && error.name === 'DriftError' && 'code' in error;
}

/** 2 for bad input, 3 for a fault of ours, 130 for cancelled. */
export function exitCode(error: unknown): 2 | 3 | 130 {
  if (!isDriftError(error)) return 3;
  if (error.code === 'cancelled') return 130;
  return faults.has(error.code) ? 3 : 2;
}

/** For a message between threads or over HTTP: a structured clone would lose class and code. */
export function toWire(error: unknown): WireError {
  if (isDriftError(error)) return { code: error.code, message: error.message };
  const detail = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message: messages.internal(detail) };
}

export function fromWire(error: WireError): DriftError {
  return new DriftError(error.code as ErrorCode, error.message);
}

/** Names from outside are shown in quotes, on one line, without control characters. */
export function quoted(text: string): string {
  const printable = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, '\u{fffd}');
  return `"${printable.length > 120 ? `${printable.slice(0, 119)}…` : printable}"`;
}

/** All wording for people. Code and tests name the message and never repeat its words. */
export const messages = {
  fileMissing: (path: string) =>
    `There is no file or folder ${quoted(path)}; check the path and try again.`,
  fileUnreadable: (path: string, why: string) =>
    `${quoted(path)} cannot be read (${why}); check its permissions and try again.`,
  fileEmpty: (name: string) =>
    `${quoted(name)} is empty (0 bytes); give a file that has a header and at least one row.`,
  fileWithoutRows: (name: string) =>
    `${quoted(name)} has a header but no rows; give a file with at least one row.`,
  parquetDamaged: (name: string) =>
    `${quoted(name)} starts like a Parquet file but is cut short or damaged; copy or export it again.`,
  fileDamaged: (name: string, why: string) =>
    `${quoted(name)} is damaged (${why}); copy or export it again.`,
  fileNotData: (name: string) =>
    `${quoted(name)} is not a CSV or Parquet file; give a text table or a Parquet file.`,
  folderWithoutData: (name: string) =>
    `The folder ${quoted(name)} has no CSV or Parquet files in it; give a folder with data files of one format.`,
  folderMixed: (name: string) =>
    `The folder ${quoted(name)} has both CSV and Parquet files; give a folder with data files of one format.`,
  folderMixedCompression: (name: string) =>
    `The folder ${quoted(name)} has compressed and uncompressed files; give a folder with files of one kind.`,
  compressedDamaged: (name: string) =>
    `${quoted(name)} is compressed, and cut short or damaged; copy or compress it again.`,
  fileChanged: (name: string) =>
    `${quoted(name)} changed while it was read; wait until it is written and try again.`,
  badDelimiter: (delimiter: string) =>
    `The delimiter must be one character that is no quote and no line end, or \\t, and not ${quoted(delimiter)}.`,
  tooManyNames: (name: string, nameCount: number, columnCount: number) =>
    `${nameCount} column names are given but ${quoted(name)} has ${columnCount} columns; give at most as many names.`,
  repeatedName: (name: string) =>
    `The column name ${quoted(name)} is given twice; give each column a name of its own.`,
  noSharedColumns: (reference: string[], current: string[]) =>
    `The two files share no column (reference has ${list(reference)}; current has ${list(current)}); give files with at least one column name in common.`,
  noColumnsLeft: () =>
    'No column is left to compare; check the columns that are included and excluded.',
  unknownColumn: (name: string, known: string[]) =>
    `No column is called ${quoted(name)} in both files; the shared ones are ${list(known)}.`,
  badOption: (what: string) => `${what}.`,
  pathNotAllowed: (name: string) =>
    `${quoted(name)} is outside of what this server may read; start it with --root and the folder, or upload the file.`,
  outputUnwritable: (path: string, why: string) =>
    `${quoted(path)} cannot be written (${why}); choose another place.`,
  outOfMemory: () =>
    'The memory limit was reached; allow more with --memory, or compare fewer columns with --columns.',
  workerLost: () =>
    'The part that computes stopped unexpectedly and this comparison is lost; start it again, and if it happens again run with --verbose and report it.',
  windowFailed: (code: number | null) =>
    `The window ended with code ${code ?? 'none'}; run driftglass serve to use the browser instead.`,
  cancelled: () => 'Cancelled.',
  internal: (detail: string) => `Something went wrong inside Driftglass (${detail}).`,
};

function list(names: string[]): string {
  const shown = names.slice(0, 5).map(quoted).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown || 'none';
}
