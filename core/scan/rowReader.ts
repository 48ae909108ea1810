import { type LineFormat, type OpenRow, readLine, repairedValues } from './quotedLine.js';

export interface RowFormat extends LineFormat {
  /** Lines that start with it are no rows; empty for none. */
  comment: string;
  /** Also those that have as many values as a row; else they are rows. */
  isCommentAsked: boolean;
  /** Of an old system, without a line feed anywhere. */
  isCarriageReturn: boolean;
  /** Values per row; null while that is not known, and then no row is repaired. */
  width: number | null;
}

export interface ReadRow {
  values: string[];
  /** 1-based, where the row starts. */
  lineNumber: number;
  /** As it stands in the file, without the last line end. */
  text: string;
  /** Why it is no row; the values are then worth nothing. */
  fault: string | null;
}

export interface RowReader {
  /** Takes the next piece of text, cut anywhere. */
  push(text: string): void;
  /** What is still open is a row, too. */
  end(): void;
}

export interface RowEvents {
  onRow(row: ReadRow): void;
  onBlank(lineNumber: number): void;
  onComment(lineNumber: number): void;
}

export const faults = {
  open: 'a quote is opened and not closed',
  stray: 'quotes in the wrong place',
  long: 'the line is longer than 2 MB',
} as const;

/** Characters that a row may have. */
export const longestRow = 2_097_152;
const shortestLookAhead = 4_096;
const repairedLineCount = 8;
const keptTextLength = 500;

interface Pending {
  row: OpenRow;
  lines: string[];
  length: number;
  lineNumber: number;
}

/**
 * Cuts text into rows. A quote that breaks the rules costs its own line only: the row is repaired where that
 * gives the right number of values, else reported, and reading goes on at the next line.
 */
export function createRowReader(format: RowFormat, events: RowEvents): RowReader {
  const lineEnd = format.isCarriageReturn ? '\r' : '\n';
  let rest = '';
  let skippedLength = 0;
  let lineNumber = 0;
  let pending: Pending | null = null;
  /** Lines to be read again, the next one last. */
  let again: string[] = [];
  // after quotes that were never closed, fewer lines are looked at to find their end
  let lookAhead = longestRow;

  function takeLine(line: string): void {
    again.push(line);
    for (let next = again.pop(); next !== undefined; next = again.pop()) {
      lineNumber++;
      if (pending) continueRow(pending, next);
      else startRow(next);
    }
  }

  function startRow(raw: string): void {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (
      line === '' ||
      (line.length < 100 && line.trim() === '' && !line.includes(format.delimiter))
    ) {
      events.onBlank(lineNumber);
      return;
    }
    const isComment = format.comment !== '' && line.startsWith(format.comment);
    if (isComment && format.isCommentAsked) {
      events.onComment(lineNumber);
      return;
    }
    const row: OpenRow = { values: [], open: null, hasFault: false };
    readLine(row, line, format);
    if (
      isComment &&
      (row.open !== null || row.hasFault || row.values.length !== format.width || format.width < 2)
    ) {
      events.onComment(lineNumber);
      return;
    }
    if (row.open === null) {
      finish({ row, lines: [raw], length: raw.length, lineNumber });
      return;
    }
    row.open += raw === line ? lineEnd : '\r\n';
    pending = { row, lines: [raw], length: raw.length, lineNumber };
  }

  function continueRow(current: Pending, raw: string): void {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    current.lines.push(raw);
    current.length += raw.length + 1;
    readLine(current.row, line, format);
    if (current.row.open !== null && current.length <= lookAhead) {
      current.row.open += raw === line ? lineEnd : '\r\n';
      return;
    }
    pending = null;
    finish(current);
  }

  function finish(current: Pending): void {
    const { row, lines } = current;
    if (row.open !== null)
      recover(current, current.length > longestRow ? faults.long : faults.open);
    else if (row.hasFault) recover(current, faults.stray);
    else if (format.width !== null && row.values.length !== format.width) misfit(current);
    else if (isSwallowing(lines)) recover(current, faults.open);
    else {
      if (lines.length > 1) lookAhead = Math.min(longestRow, lookAhead * 2);
      emit(current, row.values, null);
    }
  }

  /** Whether a line is a row by itself. */
  function isAlone(line: string): boolean {
    const own: OpenRow = { values: [], open: null, hasFault: false };
    readLine(own, line.replace(/\r$/, ''), format);
    if (own.open !== null || own.hasFault || own.values.length !== format.width) return false;
    return format.quote === '' || !own.values.some((value) => value.includes(format.quote));
  }

  /** A row that two quotes made of many, which do not belong together: each line is a row by itself. */
  function isSwallowing(lines: readonly string[]): boolean {
    const { width } = format;
    if (width === null || width < 2 || lines.length < (width === 2 ? 5 : 3)) return false;
    const isRepaired = (line = '') =>
      repairedValues(line.replace(/\r$/, ''), width, format) !== null;
    return lines.slice(1, -1).every(isAlone) && isRepaired(lines[0]) && isRepaired(lines.at(-1));
  }

  /** A row with too few or too many values that quotes or odd line ends may have put together. */
  function misfit(current: Pending): void {
    const { lines, row } = current;
    if (lines.slice(1).some(isAlone)) {
      recover(current, faults.open);
      return;
    }
    const parts = lines.length === 1 ? (lines[0] ?? '').split('\r') : [];
    if (parts.length > 1 && parts.some(isAlone)) {
      again.push(...parts.reverse());
      lineNumber = current.lineNumber - 1;
      return;
    }
    emit(current, row.values, null);
  }

  /** Repairs the first line or lines, or reports the first, and goes on after that. */
  function recover(current: Pending, fault: string): void {
    const { lines } = current;
    const most = format.width === null ? 0 : Math.min(repairedLineCount, lines.length);
    for (let count = 1; count <= most; count++) {
      const text = lines.slice(0, count).join(lineEnd).replace(/\r$/, '');
      const values =
        text.length > longestRow / 8 ? null : repairedValues(text, format.width ?? 0, format);
      if (values) {
        goOnAfter(current, count, values, null);
        return;
      }
    }
    if (lines.length > 1) lookAhead = Math.max(shortestLookAhead, lookAhead / 2);
    goOnAfter(current, 1, current.row.values, fault);
  }

  function goOnAfter(
    current: Pending,
    count: number,
    values: string[],
    fault: string | null,
  ): void {
    const { lines } = current;
    emit({ ...current, lines: lines.slice(0, count) }, values, fault);
    for (let i = lines.length - 1; i >= count; i--) again.push(lines[i] as string);
    lineNumber = current.lineNumber + count - 1;
  }

  function emit(current: Pending, values: string[], fault: string | null): void {
    const [first = '', ...others] = current.lines;
    const text = others.length === 0 ? first : current.lines.join(lineEnd);
    events.onRow({
      values,
      lineNumber: current.lineNumber,
      text: text.endsWith('\r') ? text.slice(0, -1) : text,
      fault,
    });
  }

  function tooLong(start: string): void {
    lineNumber++;
    if (pending) {
      const current = pending;
      pending = null;
      lineNumber = current.lineNumber + current.lines.length;
      recover(current, faults.long);
      const waiting = again.reverse();
      again = [];
      for (const line of waiting) takeLine(line);
      lineNumber++;
    }
    const row = { values: [], open: null, hasFault: false };
    emit({ row, lines: [start], length: 0, lineNumber }, [], faults.long);
  }

  return {
    push(text) {
      let from = 0;
      for (;;) {
        const end = text.indexOf(lineEnd, from);
        if (end < 0) break;
        const line = rest + text.slice(from, end);
        if (skippedLength > 0 || line.length > longestRow) tooLong(line.slice(0, keptTextLength));
        else takeLine(line);
        [rest, skippedLength, from] = ['', 0, end + 1];
      }
      rest += text.slice(from);
      if (rest.length > longestRow) {
        skippedLength += rest.length;
        rest = rest.slice(0, keptTextLength);
      }
    },
    end() {
      if (skippedLength > 0) tooLong(rest);
      else if (rest !== '') takeLine(rest);
      rest = '';
      while (pending) {
        const current: Pending = pending;
        pending = null;
        finish(current);
        const waiting = again.reverse();
        again = [];
        for (const line of waiting) takeLine(line);
      }
    },
  };
}
