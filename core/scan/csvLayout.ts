import { isAscii } from 'node:buffer';
import { basename } from 'node:path';
import type { ColumnSchema, Dataset, Reading } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import { readHead } from './bytes.js';
import { type ColumnPlan, conventions, planColumns } from './columnPlan.js';
import type { DataFiles } from './dataFiles.js';
import { afterLines, detectDialect, readRows, wholeLines } from './dialect.js';
import { contractEncoding, createDecoder, detectEncoding, type TextEncoding } from './encoding.js';
import { findHeader, type HeaderRow, uniqueNames } from './headerRow.js';
import type { ReadRow, RowFormat } from './rowReader.js';
import { isBlank, isText } from './text.js';

/** How a text file is written, as its beginning and what was asked for tell. */
export interface CsvLayout extends Omit<HeaderRow, 'names'> {
  format: RowFormat & { width: number };
  encoding: TextEncoding;
  /** The header's values as they stand, by which a second one is known. */
  headerValues: string[];
  names: string[];
  plans: ColumnPlan[];
  /** Rows with at least so many values are filled up; for most files that is the width. */
  shortest: number;
  nullValues: string[];
  lineEnd: '\n' | '\r\n';
  /** One column, where nothing is known to part values: a line is a value whatever stands in it. */
  isLinewise: boolean;
  /** Whether the data engine reads the file as it stands. */
  isPlain: boolean;
}

/** The beginning of a file as text. */
export interface CsvHead {
  text: string;
  encoding: TextEncoding;
  isWhole: boolean;
}

/** Spellings that mean *missing* unless told otherwise. */
export const usualNullValues = ['', 'NA', 'N/A', 'n/a', '#N/A', 'NaN', 'nan', 'NULL', 'null'];

const headBytes = 1 << 20;

/** With enough of it to hold a few lines. */
export async function readCsvHead(
  path: string,
  compression: DataFiles['compression'],
  reading: Reading,
  leastBytes = headBytes,
): Promise<CsvHead> {
  for (let length = leastBytes; ; length *= 8) {
    const { bytes, isWhole } = await readHead(path, compression, length);
    if (compression !== null && (!isText(bytes) || (isWhole && isBlank(bytes))))
      throw new DriftError('file-not-data', messages.fileNotData(basename(path)));
    const encoding = detectEncoding(bytes, reading.encoding);
    const decoder = createDecoder(encoding);
    const text = decoder.decode(bytes) + (isWhole ? decoder.end() : '');
    const lineCount = text.split(/\r\n|\n|\r/, 4).length;
    if (isWhole || lineCount > 3 || length > 4 * headBytes)
      return { text: isWhole ? text : wholeLines(text, text.length - 1), encoding, isWhole };
  }
}

/** @throws {DriftError} where what was asked for does not fit the file */
export function findLayout(head: CsvHead, reading: Reading, name: string): CsvLayout {
  const format = detectDialect(head.text, reading);
  const lineEnd = format.isCarriageReturn ? '\r' : '\n';
  const asked = reading.skipLineCount ?? 0;
  const rows = readRows(afterLines(head.text, asked, lineEnd), format).map((row) => ({
    ...row,
    lineNumber: row.lineNumber + asked,
  }));
  const found = findHeader(rows, format.width ?? 1, reading);
  const { names: headerNames, ...header } = found;
  if (reading.skipLineCount !== undefined) header.skipLineCount = asked;
  const body = rows.filter(({ lineNumber }) => lineNumber >= header.rowLineNumber);
  const width = widthOf(headerNames, body, header.width);
  const names = namesFor(headerNames, width, reading, name);
  const nullValues = reading.nullValues ? ['', ...reading.nullValues] : usualNullValues;
  const headerText = rows.find(({ lineNumber }) => lineNumber > header.skipLineCount);
  const shortest = shortestOf(body, width);
  const isLinewise = width === 1 && reading.delimiter === undefined;
  const headerValues = header.header ? (headerText?.values ?? []) : [];
  const rowsOnly = body.filter(({ values }) => !isHeaderAgain({ ...header, headerValues }, values));
  const layout = {
    ...header,
    width,
    format: { ...format, width, ...(isLinewise && { delimiter: ',' }) },
    encoding: head.encoding,
    headerValues,
    names,
    plans: planColumns(
      columnsOf(rowsOnly, { width, shortest }, nullValues),
      reading,
      format.delimiter,
    ),
    shortest,
    nullValues,
    lineEnd: head.text.includes('\r\n') ? ('\r\n' as const) : ('\n' as const),
    isLinewise,
  };
  return { ...layout, isPlain: isPlain(head, layout, rows, body) };
}

/** A header may have more names than the rows have values. */
function widthOf(names: readonly string[], body: readonly ReadRow[], width: number): number {
  const isNear = names.length - width <= Math.max(2, width / 4);
  if (names.length <= width || (body.length > 0 && !isNear)) return width;
  return body.some(({ values }) => values.length > 1) || body.length === 0 ? names.length : width;
}

function namesFor(
  headerNames: readonly string[],
  width: number,
  { names = [] }: Reading,
  name: string,
): string[] {
  if (names.length > width)
    throw new DriftError('bad-option', messages.tooManyNames(name, names.length, width));
  return uniqueNames([...names, ...headerNames.slice(names.length)], width);
}

/** Values that are not missing, by column. */
function columnsOf(
  body: readonly ReadRow[],
  { width, shortest }: Pick<CsvLayout, 'width' | 'shortest'>,
  nullValues: readonly string[],
): string[][] {
  const missing = new Set(nullValues);
  const columns = Array.from({ length: width }, (): string[] => []);
  for (const { values, fault } of body) {
    if (fault !== null || values.length > width || values.length < shortest) continue;
    for (const [index, value] of values.entries())
      if (!missing.has(value)) columns[index]?.push(value);
  }
  return columns;
}

/** Where every third row is short and none is long, empty values at the end are left out by habit. */
function shortestOf(body: readonly ReadRow[], width: number): number {
  const rows = body.filter(({ fault }) => fault === null);
  const short = rows.filter(({ values }) => values.length < width && values.length > 1);
  const isLong = rows.some(({ values }) => values.length > width);
  if (isLong || short.length < rows.length / 3 || short.length === 0) return width;
  return Math.min(...short.map(({ values }) => values.length));
}

function isPlain(
  { text, encoding }: CsvHead,
  layout: Omit<CsvLayout, 'isPlain'>,
  rows: readonly ReadRow[],
  body: readonly ReadRow[],
): boolean {
  const { format, width, plans } = layout;
  const isOdd = ({ fault, values }: ReadRow) => fault !== null || values.length !== width;
  const windowsCount = text.split('\r\n').length;
  return (
    encoding === 'utf-8' &&
    format.comment === '' &&
    !format.isTrimmed &&
    !format.isCarriageReturn &&
    isAscii(Buffer.from(format.delimiter + format.quote)) &&
    format.escape === format.quote &&
    layout.skipLineCount === 0 &&
    layout.shortest === width &&
    layout.headerValues.length === (layout.header ? width : 0) &&
    !rows.some(({ fault }) => fault !== null) &&
    !body.some(isOdd) &&
    !body.some((row) => isHeaderAgain(layout, row.values)) &&
    !plans.some(({ numbers, dates }) => numbers !== null || dates !== null) &&
    (windowsCount === 1 ? !text.includes('\r') : windowsCount === text.split('\n').length)
  );
}

/** The header once more, from tables that were put one after the other. */
export function isHeaderAgain(
  { header, headerValues }: Pick<CsvLayout, 'header' | 'headerValues'>,
  values: readonly string[],
): boolean {
  return (
    header &&
    values.length > 1 &&
    values.length === headerValues.length &&
    values[0] === headerValues[0] &&
    values.some((value) => value !== '') &&
    values.every((value, index) => value === headerValues[index])
  );
}

/** By position, so the names must stand in the same order. */
export function isSameLayout(first: CsvLayout, other: CsvLayout): boolean {
  return (
    other.width === first.width &&
    other.header === first.header &&
    (!first.header || other.names.every((name, index) => name === first.names[index]))
  );
}

export function toDialect(
  { format, encoding, header, skipLineCount, nullValues, plans }: CsvLayout,
  compression: DataFiles['compression'],
  reading: Reading,
): NonNullable<Dataset['dialect']> {
  return {
    delimiter: format.delimiter,
    quote: format.quote,
    escape: format.escape,
    comment: format.comment,
    skipLineCount,
    header,
    nullValues,
    encoding: contractEncoding(encoding),
    ...conventions(plans, reading),
    compression,
  };
}

export function toSchema({ names, plans }: CsvLayout): ColumnSchema[] {
  return names.map((name, index) => ({
    name,
    storageType: plans[index]?.storageType ?? 'VARCHAR',
  }));
}
