import Papa from 'papaparse';
import { DriftError, messages } from '../core/errors.js';

export interface PastedTable {
  /** The same table as CSV with commas. */
  csv: string;
  delimiter: string;
  /** With the header, should there be one. */
  lineCount: number;
  columnCount: number;
}

export const pastedName = 'pasted table';

const delimiters = ['\t', ';', ',', '|'] as const;

/**
 * A table from the clipboard. The delimiter is the one that splits the most lines alike; a spreadsheet gives tabs.
 *
 * @throws {DriftError} `file-not-data` where the text is no table
 */
export function pastedTable(text: string): PastedTable {
  if (text.trim() === '') throw new DriftError('file-not-data', messages.pastedNothing());
  const [first, ...others] = delimiters;
  const found = others.reduce(
    (best, delimiter) => better(best, split(text, delimiter)),
    split(text, first),
  );
  if (found.rows.length < 2) throw new DriftError('file-not-data', messages.pastedOneLine());
  const { rows, delimiter, columnCount, alikeShare } = found;
  if (columnCount > 1 ? alikeShare < 0.5 : delimiters.some((mark) => text.includes(mark))) {
    throw new DriftError('file-not-data', messages.pastedNoTable());
  }
  const csv = `${Papa.unparse(rows, { newline: '\n' })}\n`;
  return { csv, delimiter, lineCount: rows.length, columnCount };
}

interface Splitting {
  delimiter: string;
  rows: string[][];
  /** How many values most lines have. */
  columnCount: number;
  alikeShare: number;
}

/** The parser's own guess fails on short text that ends with a line break. */
function split(text: string, delimiter: string): Splitting {
  const { data } = Papa.parse<string[]>(text.replace(/^\ufeff/, ''), {
    delimiter,
    skipEmptyLines: true,
  });
  const counts = new Map<number, number>();
  for (const { length } of data) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [columnCount, lineCount] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [0, 0];
  return { delimiter, rows: data, columnCount, alikeShare: lineCount / Math.max(1, data.length) };
}

/** A stray line does not count against a delimiter; among equals the earlier one of the list stands. */
function better(best: Splitting, other: Splitting): Splitting {
  const weight = ({ columnCount, alikeShare }: Splitting) =>
    columnCount > 1 ? Math.min(alikeShare, 0.9) : 0;
  return weight(other) > weight(best) ? other : best;
}
