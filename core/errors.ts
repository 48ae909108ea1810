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
  | 'not-a-report'
  | 'path-not-allowed'
  | 'output-unwritable'
  | 'browser-missing'
  | 'browser-failed'
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

/** What was asked for cannot be. @param what - completes the sentence of `messages.badOption` */
export function badOption(what: string, cause?: unknown): DriftError {
  return new DriftError('bad-option', messages.badOption(what), { cause });
}

/** A file that could not be opened or read, by what the system says. */
export function unreadable(path: string, cause: unknown): DriftError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new DriftError('file-missing', messages.fileMissing(path), { cause });
  }
  const why = code === 'EACCES' || code === 'EPERM' ? 'permission denied' : code;
  return new DriftError('file-unreadable', messages.fileUnreadable(path, why), { cause });
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
  return `"${printable(text, 120)}"`;
}

/** Text from outside, on one line, without control characters. */
function printable(text: string, longest: number): string {
  const plain = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, '\u{fffd}');
  return plain.length > longest ? `${plain.slice(0, longest - 1)}…` : plain;
}

/** All wording for people. Code and tests name the message and never repeat its words. */
export const messages = {
  fileMissing: (path: string) =>
    `There is no file or folder ${quoted(path)}; check the path and try again.`,
  fileUnreadable: (path: string, why: string) =>
    `${quoted(path)} cannot be read (${why}); check its permissions and try again.`,
  fileEmpty: (name: string) =>
    `${quoted(name)} is empty (0 bytes); give a file that has a header and at least one row.`,
  fileWithoutRows: (name: string) => `${quoted(name)} has no rows; give a file with at least one.`,
  parquetDamaged: (name: string) =>
    `${quoted(name)} starts like a Parquet file but is cut short or damaged; copy or export it again.`,
  fileDamaged: (name: string, why: string) =>
    `${quoted(name)} is damaged (${why}); copy or export it again.`,
  fileNotData: (name: string) =>
    `${quoted(name)} is no data file of a kind known here; give a CSV, JSON, Parquet or Arrow file.`,
  folderWithoutData: (name: string) =>
    `The folder ${quoted(name)} has no CSV, JSON, Parquet or Arrow files in it; give a folder with data files of one format.`,
  folderMixed: (name: string, one: string, other: string) =>
    `${quoted(name)} has files of more than one format (${quoted(one)} and ${quoted(other)}); give data files of one format, or a pattern that only those fit.`,
  folderMixedCompression: (name: string) =>
    `The folder ${quoted(name)} has compressed and uncompressed files; give a folder with files of one kind.`,
  rowRejected: (name: string, file: string, lineNumber: number | null, reason: string) =>
    `A row of ${quoted(name)} cannot be read (${lineNumber === null ? '' : `line ${lineNumber} of `}${quoted(file)}: ${reason}); mend it, or leave out --strict to count such rows instead.`,
  patternWithoutFiles: (pattern: string) =>
    `There is no file that ${quoted(pattern)} stands for; check the folder and the pattern.`,
  partitionsDiffer: (name: string) =>
    `The files in ${quoted(name)} lie under folders with different keys (such as year=2024); give a folder in which all of them have the same.`,
  filesUnlike: (name: string, file: string, column: string) =>
    `The files of ${quoted(name)} do not have the same columns (look at ${quoted(file)} and its column ${quoted(column)}); give files that have.`,
  unsupported: (name: string, why: string) =>
    `${quoted(name)} cannot be read here (${why}); write it again without that.`,
  withoutColumns: (name: string) =>
    `${quoted(name)} has no columns; give a file with at least one.`,
  unfolds: (name: string, sizeBytes: number, unfoldedBytes: number) =>
    `${quoted(name)} would unfold from ${sizeBytes} bytes to ${unfoldedBytes}, far more than data pack; check where it comes from, or write it again.`,
  parquetEncrypted: (name: string) =>
    `${quoted(name)} is an encrypted Parquet file; give it decrypted.`,
  featherOld: (name: string) =>
    `${quoted(name)} is a Feather file of version 1; write it again as version 2, the usual one since 2020.`,
  standardInputTwice: () =>
    'Standard input (-) can be only one of the two sides; give a file for the other.',
  compressedDamaged: (name: string) =>
    `${quoted(name)} is compressed, and cut short or damaged; copy or compress it again.`,
  fileChanged: (name: string) =>
    `${quoted(name)} changed while it was read; wait until it is written and try again.`,
  fileChangedSince: (name: string) =>
    `${quoted(name)} is no longer what was compared; run the comparison again.`,
  pastedNothing: () =>
    'Nothing but white space was pasted; copy a table with its header and paste it.',
  pastedOneLine: () =>
    'What was pasted is one line only; copy a table with its header and at least one row.',
  pastedNoTable: () =>
    'What was pasted is no table: its lines do not split into the same columns by tabs, semicolons, commas or bars; copy the cells themselves, or save them as a file.',
  badDelimiter: (delimiter: string) =>
    `The delimiter must be one character that is no quote and no line end, or \\t, and not ${quoted(delimiter)}.`,
  badCharacter: (name: string, given: string) =>
    `The ${name} character must be one that is neither the delimiter nor a line end, or none at all, and not ${quoted(given)}.`,
  badSkipLineCount: (given: number) =>
    `The number of lines to skip must be a whole number of 0 or more, and not ${given}.`,
  badDateFormat: (pattern: string) =>
    `The date format ${quoted(pattern)} cannot be used; write one with year, month and day, such as %d/%m/%Y or %Y-%m-%d %H:%M:%S.`,
  badNumberMarks: (decimal: string, thousands: string) =>
    `The decimal mark must be . or , and the thousands separator another character (not ${quoted(decimal)} and ${quoted(thousands)}).`,
  noSpace: () =>
    'The disk with the temporary folder is full; free some space, or set TMPDIR to a folder on another disk.',
  tooManyNames: (name: string, nameCount: number, columnCount: number) =>
    `${nameCount} column names are given but ${quoted(name)} has ${columnCount} columns; give at most as many names.`,
  repeatedName: (name: string) =>
    `The column name ${quoted(name)} is given twice; give each column a name of its own.`,
  noSharedColumns: (reference: string[], current: string[]) =>
    `The two files share no column (reference has ${list(reference)}; current has ${list(current)}); give files with a column name in common, or pair their names with --rename old=new.`,
  noColumnsLeft: () =>
    'No column is left to compare; check the columns that are included and excluded.',
  unknownColumn: (name: string, known: string[]) =>
    `No column is called ${quoted(name)} in both files; the shared ones are ${list(known)}.`,
  badOption: (what: string) => `${what}.`,
  rowsOrMask: () =>
    'a masked report has no sample rows; ask for --private or for --sample-rows, not for both',
  noRowsHere: () =>
    'this report was opened without its data and has no sample rows; compare the files again to have some',
  columnUnknown: (name: string, known: string[]) =>
    `no column is called ${quoted(name)}, there are ${list(known)}`,
  badCondition: (option: string, why: string) =>
    `The condition ${option} cannot be used (${printable(why, 300)}); write one over the column names, such as age >= 18.`,
  nothingChosen: (option: string, rowCount: number) =>
    `The condition ${option} is true for none of ${rowCount} rows; check it, or leave it out.`,
  badSplit: (column: string, why: string) =>
    `The rows cannot be parted by ${quoted(column)} (${printable(why, 400)}); name a column and, if need be, what the reference holds: --split-by period=train.`,
  badRename: (from: string, to: string, why: string) =>
    `The column ${quoted(from)} cannot be compared with ${quoted(to)} (${printable(why, 400)}); name a column of the reference and one of the current file: --rename old=new.`,
  splitNeedsOneFile: () =>
    'A split takes one file (give it as both sides, or to the command alone); arrays in memory are split by whoever has them.',
  splitByMany: (values: string[]) =>
    `it holds more than two values, such as ${list(values)}, and one of them must be the reference`,
  splitByNone: (at: string, values: string[]) =>
    `it does not hold ${quoted(at)} but ${list(values)}`,
  splitAtNothing: (at: string, kind: 'numeric' | 'datetime') =>
    `${quoted(at)} is no ${kind === 'numeric' ? 'number' : 'time'}`,
  pathNotAllowed: (name: string) =>
    `${quoted(name)} is outside of what this server may read; start it with --root and the folder, or upload the file.`,
  notAReport: (name: string) =>
    `${quoted(name)} holds no report that can be read here; give the page or the JSON that driftglass compare wrote with --html or --json.`,
  outputUnwritable: (path: string, why: string) =>
    `${quoted(path)} cannot be written (${why}); choose another place.`,
  reportBroken: (name: string, why: string) =>
    `${quoted(name)} is a report that was cut short or changed (${printable(why, 200)}); export it again.`,
  browserMissing: () =>
    'A PDF is printed by Chromium, Chrome or Edge, and none is installed here; install one, name it in DRIFTGLASS_BROWSER, or write --html and print that.',
  browserFailed: (path: string, why: string) =>
    `${quoted(path)} did not print the report (${printable(why, 200)}); name another browser in DRIFTGLASS_BROWSER, or write --html and print that.`,
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
