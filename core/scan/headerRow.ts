import type { Reading } from '../contract.js';
import { isoStorageType } from './dateFormat.js';
import { isPlainNumber } from './numberFormat.js';
import type { ReadRow } from './rowReader.js';

export interface HeaderRow {
  header: boolean;
  /** Lines above the header, or above the first row where there is none. */
  skipLineCount: number;
  /** As the header has them; empty where it has none. */
  names: string[];
  /** Values per row. */
  width: number;
  /** The line after the header, 1-based; where rows start. */
  rowLineNumber: number;
}

/** Rows that are looked at for a header. */
const lookedAtCount = 200;

/**
 * Where the table begins and whether names stand above it.
 *
 * @param rows - from the top of the file, line numbers counted from there
 * @param width - values per row, as most rows have
 */
export function findHeader(rows: readonly ReadRow[], width: number, reading: Reading): HeaderRow {
  const start = reading.skipLineCount === undefined ? firstOfTable(rows, width) : 0;
  const first = rows[start];
  const body = rows.slice(start + 1, start + lookedAtCount);
  if (!first) return { header: false, skipLineCount: 0, names: [], width, rowLineNumber: 1 };
  const header = reading.header ?? isHeader(first, body, width);
  const names = header ? namesOf(first, body, width) : [];
  return {
    header,
    skipLineCount: first.lineNumber - 1,
    names,
    width: header && width === 1 ? Math.max(width, names.length) : Math.max(width, 1),
    rowLineNumber: header ? lineAfter(first) : first.lineNumber,
  };
}

function lineAfter({ lineNumber, text }: ReadRow): number {
  return lineNumber + (text.match(/\n|\r(?!\n)/g)?.length ?? 0) + 1;
}

/** The first row that is no preamble: not of another width, and not nearly empty above a full one. */
function firstOfTable(rows: readonly ReadRow[], width: number): number {
  const looked = rows.slice(0, lookedAtCount);
  const isFull = ({ values, fault }: ReadRow) => fault === null && values.length === width;
  const firstFull = looked.findIndex(isFull);
  if (firstFull < 0 || width < 2) return 0;
  const before = looked[firstFull - 1];
  // a header with a value too many or too few, above rows
  const start =
    before && isOddHeader(before, looked[firstFull] as ReadRow, width) ? firstFull - 1 : firstFull;
  if (start < firstFull) return start;
  const filled = ({ values }: ReadRow) => values.filter((value) => value.trim() !== '').length;
  const typical = median(looked.slice(start).filter(isFull).map(filled));
  for (let index = start; index < Math.min(looked.length, start + 30); index++) {
    const row = looked[index] as ReadRow;
    if (isFull(row) && (filled(row) > width / 3 || filled(row) >= typical)) {
      return looked.slice(start, index).every((above) => filled(above) <= 2) ? index : start;
    }
  }
  return start;
}

function isOddHeader(row: ReadRow, next: ReadRow, width: number): boolean {
  const { values, fault } = row;
  const isNear = Math.abs(values.length - width) <= Math.max(2, width / 4);
  const isName = (value: string) => value.trim() !== '' && !isTyped(value);
  return (
    fault === null &&
    values.length > 1 &&
    isNear &&
    values.filter(isName).length >= values.length * 0.7 &&
    !(
      next.fault === null &&
      next.values.every((value) => isName(value)) &&
      next.values.length === width &&
      looksLikeNames(next.values)
    )
  );
}

function looksLikeNames(values: readonly string[]): boolean {
  return (
    values.every((value) => /^[\p{L}_][\p{L}\p{N}_ .()%/-]{0,40}$/u.test(value.trim())) &&
    new Set(values).size === values.length
  );
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** Names are words, and stand above values of another sort or at least above other words. */
function isHeader(first: ReadRow, body: readonly ReadRow[], width: number): boolean {
  const rows = body.filter(({ values, fault }) => fault === null && values.length === width);
  const names = first.values.map((value) => value.trim());
  if (names.some(isTyped)) return areYears(names) && rows.length > 0;
  if (rows.length === 0) return true;
  let repeated = 0;
  for (let index = 0; index < Math.min(width, names.length); index++) {
    const values = rows.flatMap((row) => row.values[index]?.trim() || []);
    if (values.length === 0) continue;
    const typed = values.filter(isTyped).length;
    if (typed > values.length * 0.8 && names[index] !== '') return true;
    if (names[index] !== '' && values.filter((value) => value === names[index]).length > 1)
      repeated++;
  }
  const isNamed = names.filter((name) => name !== '').length > names.length / 2;
  return (
    isNamed &&
    repeated <= width / 4 &&
    !(names.length > 1 && repeated > 0 && repeated >= names.length / 4)
  );
}

function areYears(names: readonly string[]): boolean {
  const typed = names.filter(isTyped);
  const years = typed.filter((name) => /^(1[89]|20|21)\d\d$/.test(name)).map(Number);
  const isRun = years.every(
    (year, index) => index === 0 || year === (years[index - 1] as number) + 1,
  );
  return years.length === typed.length && years.length > 2 && isRun && names.length > years.length;
}

function isTyped(value: string): boolean {
  const text = value.trim();
  return (
    isPlainNumber(text) ||
    isoStorageType(text) !== null ||
    /^[-+]?[\d.,]*\d%?$/.test(text) ||
    /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}( \d{1,2}:\d{2}(:\d{2})?)?$/.test(text) ||
    /^\d{1,2}:\d{2}(:\d{2})?$/.test(text) ||
    /^[$€£]\s?[\d.,]+$/.test(text)
  );
}

/** One name per column: a header may have one less, above row names, or empty ones too many. */
function namesOf({ values }: ReadRow, body: readonly ReadRow[], width: number): string[] {
  const names = values.map((value) => value.trim());
  if (width === 1) return names;
  const surplus = names.length - width;
  if (surplus > 0) {
    const empty = names.filter((name) => name === '').length;
    if (empty === surplus) return names.filter((name) => name !== '');
    return names.slice(0, width);
  }
  const keys = body.flatMap(({ values: own, fault }) =>
    fault === null && own.length === width ? (own[0] ?? '') : [],
  );
  const isKeyed = surplus === -1 && keys.length > 1 && new Set(keys).size === keys.length;
  return isKeyed ? ['', ...names] : [...names, ...Array<string>(-surplus).fill('')];
}

/** Names that no other column has; a column without one is called by its place. */
export function uniqueNames(names: readonly string[], width: number): string[] {
  const digits = String(width - 1).length;
  const used = new Set<string>();
  return Array.from({ length: width }, (_, index) => {
    let free = names[index] || `column${String(index).padStart(digits, '0')}`;
    while (used.has(free)) free = `${free}_1`;
    used.add(free);
    return free;
  });
}
