import Papa from 'papaparse';
import type { RejectedRow } from '../core/contract.js';

/** What a spreadsheet would run as a formula, also in its wide forms; a plain negative number is none. */
const formula =
  /^\s*[=+@\t\r\uff1d\uff0b\uff20]|^\s*[-\uff0d](?!\d+(?:[.,]\d+)?(?:e[+-]?\d+)?\s*$)/i;

/** Rejected rows to take along. Their text is quoted as a whole, so that it stays one cell. */
export function rejectedCsv(rows: readonly RejectedRow[]): string {
  const lines = rows.map(({ file, lineNumber, columnName, reason, text }) => ({
    file,
    line: lineNumber,
    column: columnName,
    reason,
    text,
  }));
  const quotes = [true, false, true, true, true];
  return `${Papa.unparse(lines, { escapeFormulae: formula, quotes, newline: '\n' })}\n`;
}
