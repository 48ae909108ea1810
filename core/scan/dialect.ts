import type { Reading } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import { isoStorageType, dateFormat as toDateFormat } from './dateFormat.js';
import { isPlainNumber } from './numberFormat.js';
import type { LineFormat } from './quotedLine.js';
import { createRowReader, type ReadRow, type RowFormat } from './rowReader.js';

/** Characters of the beginning that the delimiter and quotes are told from. */
const sampleLength = 65_536;

/** The likelier first, with what evidence counts for. Some stand in texts as well and need more of it. */
const delimiters: [delimiter: string, weight: number][] = [
  [',', 1],
  [';', 1],
  ['\t', 1],
  ['|', 1],
  ['^', 0.8],
  ['~', 0.8],
  ['\u0001', 0.9],
  ['\u001f', 0.9],
  [':', 0.45],
  ['#', 0.4],
  ['&', 0.4],
  [' ', 0.5],
];

interface Candidate extends RowFormat {
  weight: number;
}

/**
 * How the values of a text stand in its lines: what makes most lines rows of one width, with values that look
 * like values. What `reading` says is taken as it is.
 *
 * @param text - the beginning of a file, without a line that is cut
 */
export function detectDialect(text: string, reading: Reading): RowFormat {
  checkReading(reading);
  const sample = wholeLines(text, sampleLength);
  const isCarriageReturn = !sample.includes('\n') && sample.includes('\r');
  const comment = reading.comment ?? detectComment(sample, isCarriageReturn);
  const common = { comment, isCommentAsked: reading.comment !== undefined, isCarriageReturn };
  const skipped = reading.skipLineCount ?? 0;
  const body = afterLines(sample, skipped, isCarriageReturn ? '\r' : '\n');
  let best: { candidate: Candidate; merit: number } | null = null;
  for (const { weight, ...marks } of marksIn(body, reading)) {
    const format = { ...marks, ...common, width: null };
    const rows = readRows(body, format);
    const candidate = { ...format, weight, ...measureWidth(rows) };
    const merit = meritOf(rows, candidate) * quoteMerit(body, candidate);
    if (!best || merit > best.merit + 1e-9) best = { candidate, merit };
  }
  if (!best) throw new RangeError('detectDialect requires a delimiter to try');
  const { weight: _, ...format } = best.candidate;
  return { ...format, isTrimmed: format.isTrimmed || isSpacedOut(body, format) };
}

function checkReading({
  delimiter,
  quote,
  escape: escapes,
  comment,
  names = [],
  skipLineCount,
  dateFormat,
  decimal,
  thousands,
}: Reading): void {
  if (delimiter !== undefined && !/^([^\r\n"]|\\t)$/u.test(delimiter))
    throw new DriftError('bad-option', messages.badDelimiter(delimiter));
  for (const [name, value] of Object.entries({ quote, escape: escapes })) {
    if (
      value !== undefined &&
      (!/^[^\r\n]?$/u.test(value) || (value !== '' && value === delimiter))
    )
      throw new DriftError('bad-option', messages.badCharacter(name, value));
  }
  if (comment !== undefined && /[\r\n]/.test(comment))
    throw new DriftError('bad-option', messages.badCharacter('comment', comment));
  if (skipLineCount !== undefined && !(Number.isSafeInteger(skipLineCount) && skipLineCount >= 0))
    throw new DriftError('bad-option', messages.badSkipLineCount(skipLineCount));
  const unknown = dateFormat?.split('|').find((pattern) => toDateFormat(pattern.trim()) === null);
  if (unknown !== undefined) throw new DriftError('bad-option', messages.badDateFormat(unknown));
  const isMark = thousands === undefined || /^[^\d\r\n+-]?$/u.test(thousands);
  if (!isMark || (thousands !== undefined && thousands === (decimal ?? '')))
    throw new DriftError('bad-option', messages.badNumberMarks(decimal ?? '.', thousands ?? ''));
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) throw new DriftError('bad-option', messages.repeatedName(repeated));
}

export function wholeLines(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = Math.max(text.lastIndexOf('\n', length), text.lastIndexOf('\r', length));
  return end > 0 ? text.slice(0, end + 1) : text;
}

export function afterLines(text: string, count: number, lineEnd: string): string {
  let from = 0;
  for (let i = 0; i < count; i++) {
    const end = text.indexOf(lineEnd, from);
    if (end < 0) return '';
    from = end + 1;
  }
  return text.slice(from);
}

export function readRows(text: string, format: RowFormat): ReadRow[] {
  const rows: ReadRow[] = [];
  const reader = createRowReader(format, {
    onRow: (row) => rows.push(row),
    onBlank: () => {},
    onComment: () => {},
  });
  reader.push(text);
  reader.end();
  return rows;
}

/** A `#` at the start of lines above everything else, or of lines that say nothing but that. */
function detectComment(text: string, isCarriageReturn: boolean): string {
  const lines = text.split(isCarriageReturn ? '\r' : '\n');
  const first = lines.find((line) => line.trim() !== '') ?? '';
  const marked = lines.filter((line) => line.startsWith('#'));
  if (marked.length === 0 || marked.length === lines.length) return '';
  const second = lines[lines.indexOf(first) + 1] ?? '';
  // one such line above the rows may be the header
  const count = (line: string) =>
    Math.max(...[',', ';', '\t', '|'].map((mark) => line.split(mark).length));
  const isHeader = first.startsWith('#') && count(first) === count(second) && count(first) > 1;
  return isHeader && marked.length === 1 ? '' : '#';
}

/** What could part and enclose values. */
function* marksIn(text: string, reading: Reading): Generator<LineFormat & { weight: number }> {
  for (const [delimiter, weight] of delimitersIn(text, reading)) {
    for (const quote of quotesIn(text, delimiter, reading)) {
      const isSpaced = quote !== '' && delimiter !== ' ' && text.includes(`${delimiter} ${quote}`);
      for (const escaping of escapesIn(text, quote, reading)) {
        const marks = { delimiter, quote, escape: escaping, weight };
        yield { ...marks, isTrimmed: false };
        if (isSpaced) yield { ...marks, isTrimmed: true };
      }
    }
  }
}

function delimitersIn(text: string, { delimiter }: Reading): [string, number][] {
  if (delimiter !== undefined) return [[delimiter === '\\t' ? '\t' : delimiter, 1]];
  return delimiters.filter(([mark], index) => index === 0 || text.includes(mark));
}

function quotesIn(text: string, delimiter: string, { quote }: Reading): string[] {
  if (quote !== undefined) return [quote];
  const opens = (mark: string) =>
    text.startsWith(mark) ||
    [delimiter, '\n', '\r', `${delimiter} `].some((before) => text.includes(before + mark));
  return opens("'") ? ['"', "'"] : ['"'];
}

function escapesIn(text: string, quote: string, { escape: escapes }: Reading): string[] {
  if (escapes !== undefined) return [escapes || quote];
  return quote !== '' && text.includes(`\\${quote}`) ? [quote, '\\'] : [quote];
}

/** The width that most rows have, where a wide row says more than a narrow one. */
function measureWidth(rows: readonly ReadRow[]): { width: number } {
  const counts = new Map<number, number>();
  for (const { values, fault } of rows) {
    if (fault === null) counts.set(values.length, (counts.get(values.length) ?? 0) + 1);
  }
  let [width, most] = [1, 0];
  for (const [own, count] of counts) {
    const weight = count * Math.log2(own + 0.5);
    if (weight > most || (weight === most && own > width)) [width, most] = [own, weight];
  }
  return { width };
}

/** Rows that agree, how tidy their values are, and how much a delimiter parts. */
function meritOf(rows: readonly ReadRow[], candidate: Candidate): number {
  const { width, weight, quote } = candidate;
  if (width === null || rows.length === 0) return 0;
  let [fitting, tidiness, valueCount, quotedCount] = [0, 0, 0, 0];
  const kinds = new Set<string>();
  for (const { values, fault, text } of rows) {
    if (fault !== null || values.length !== width) continue;
    fitting++;
    if (quote !== '' && text.includes(quote)) quotedCount++;
    for (const [index, value] of values.entries()) {
      if (value === '') continue;
      valueCount++;
      const { merit, isTyped } = tidy(value, candidate);
      tidiness += merit;
      if (isTyped) kinds.add(String(index));
    }
  }
  const share = fitting / rows.length;
  const tidyShare = valueCount > 0 ? tidiness / valueCount : 0.1;
  if (width === 1) return 0.3 * tidyShare * share;
  // a blank or a colon parts words and times, too
  const needsTypes = weight < 0.6 && kinds.size === 0 && quotedCount === 0;
  const few = rows.length === 1 ? 0.8 : 1;
  const quoteMerit = quote === "'" ? 0.97 : 1;
  return (
    share ** 2 * tidyShare * (1 - 0.5 / width) * weight * quoteMerit * few * (needsTypes ? 0.4 : 1)
  );
}

/** Quotes stand beside the delimiter; one that stands in texts as well must have them there. */
function quoteMerit(text: string, { delimiter, quote, weight }: Candidate): number {
  const total = quote === '' ? 0 : text.split(quote).length - 1;
  if (weight >= 0.8 || total < 4) return 1;
  const beside = text.split(delimiter + quote).length + text.split(quote + delimiter).length - 2;
  return beside > total * 0.6 ? 1.8 : 0.5;
}

/** How much a value looks like one: not like several, and not like a part of one. */
function tidy(value: string, { delimiter, quote }: Candidate): { merit: number; isTyped: boolean } {
  const text = value.trim();
  if (isPlainNumber(text) || isoStorageType(text)) return { merit: 1, isTyped: true };
  if (/^-?[\d.,'\u00a0 ]*\d%?$/.test(text) && delimiter !== ' ')
    return { merit: 0.95, isTyped: true };
  let merit = 0.9;
  for (const mark of [';', '\t', '|', ',']) {
    // in a text a mark is followed by a blank; between values it hardly ever is
    if (mark !== delimiter && new RegExp(`\\${mark}(\\S|$)`).test(text))
      merit = Math.min(merit, 0.35);
  }
  if (quote !== '"' && /^"|"$/.test(text)) merit *= 0.6;
  if (quote === '"' && /^'.*'$/.test(text)) merit *= 0.8;
  if (/^["'].*[^"']$|^[^"'].*["']$/.test(text) && quote !== '' && text.includes(quote))
    merit *= 0.6;
  return { merit, isTyped: false };
}

/** Whether a blank follows nearly every delimiter, which then belongs to it. */
function isSpacedOut(text: string, format: RowFormat): boolean {
  if (format.delimiter.trim() === '' || (format.width ?? 1) < 2) return false;
  const plain = readRows(text, format).filter((row) => isFitting(row, format));
  const trimmed = readRows(text, { ...format, isTrimmed: true });
  if (trimmed.filter((row) => isFitting(row, format)).length < plain.length) return false;
  const values = plain.flatMap((row) => row.values.slice(1).filter((value) => value !== ''));
  const spacedCount = values.filter((value) => /^\s/.test(value)).length;
  return values.length > 0 && spacedCount / values.length > 0.9;
}

function isFitting({ values, fault }: ReadRow, { width }: RowFormat): boolean {
  return fault === null && values.length === width;
}
