/** How values stand in a line of a text table. */
export interface LineFormat {
  delimiter: string;
  /** Empty where values have none. */
  quote: string;
  /** Before a quote inside of quotes; the quote itself where it is doubled. */
  escape: string;
  /** White space around values is no part of them. */
  isTrimmed: boolean;
}

/** A row as far as it has been read. */
export interface OpenRow {
  values: string[];
  /** What there is of a value whose closing quote has not come yet. */
  open: string | null;
  /** A closing quote with more than white space between it and the next delimiter. */
  hasFault: boolean;
}

/** Reads one more line into a row; the row stays open where a quote does. */
export function readLine(row: OpenRow, line: string, format: LineFormat): void {
  const { delimiter, quote } = format;
  const isOpen = row.open !== null;
  if (!isOpen && (quote === '' || !line.includes(quote))) {
    const values = line.split(delimiter);
    row.values = format.isTrimmed ? values.map((value) => value.trim()) : values;
    return;
  }
  let position = 0;
  for (let isFirst = true; ; isFirst = false) {
    const start = isFirst && isOpen ? -1 : quoteStart(line, position, format);
    if (start === null) {
      const end = line.indexOf(delimiter, position);
      const value = line.slice(position, end < 0 ? line.length : end);
      row.values.push(format.isTrimmed ? value.trim() : value);
      if (end < 0) return;
      position = end + delimiter.length;
      continue;
    }
    const before = row.open ?? '';
    const close = closingQuote(line, start + 1, format);
    if (close.position < 0) {
      row.open = before + close.value;
      return;
    }
    row.values.push(before + close.value);
    row.open = null;
    const end = afterWhiteSpace(line, close.position + 1, delimiter);
    if (end === line.length) return;
    if (!line.startsWith(delimiter, end)) {
      row.hasFault = true;
      return;
    }
    position = end + delimiter.length;
  }
}

/** Where the quote stands that opens the value at `position`; null where none does. */
function quoteStart(line: string, position: number, format: LineFormat): number | null {
  if (format.quote === '') return null;
  let start = position;
  if (format.isTrimmed) while (line[start] === ' ' && format.delimiter !== ' ') start++;
  return line.startsWith(format.quote, start) ? start : null;
}

/** The next quote that is neither doubled nor escaped, and the value up to it. */
function closingQuote(
  line: string,
  from: number,
  { quote, escape: escapes }: LineFormat,
): { position: number; value: string } {
  let value = '';
  let start = from;
  let position = from;
  for (;;) {
    const next = line.indexOf(quote, position);
    if (escapes !== quote && escapes !== '') {
      const escaped = line.indexOf(escapes, position);
      if (escaped >= 0 && (next < 0 || escaped < next)) {
        const isEscape =
          line.startsWith(quote, escaped + 1) || line.startsWith(escapes, escaped + 1);
        value += line.slice(start, isEscape ? escaped : escaped + 1);
        start = escaped + 1;
        position = escaped + (isEscape ? 2 : 1);
        continue;
      }
    }
    if (next < 0) return { position: -1, value: value + line.slice(start) };
    if (!line.startsWith(quote, next + 1))
      return { position: next, value: value + line.slice(start, next) };
    value += line.slice(start, next + 1);
    start = next + 2;
    position = start;
  }
}

function afterWhiteSpace(line: string, from: number, delimiter: string): number {
  let position = from;
  while (line[position] === ' ' && delimiter !== ' ') position++;
  return position;
}

/** Attempts at one line, so that a hostile one takes no longer than any other. */
const attemptCount = 2_000;

/**
 * The values of a text whose quotes break the rules, if there is a way to read it as `width` values
 * in which some of the quotes are part of the value: `"5" pipe`, `"said "no" twice"`, `"open`.
 */
export function repairedValues(text: string, width: number, format: LineFormat): string[] | null {
  let attempts = 0;
  const failed = new Set<string>();

  /** The values from `position` on, of which there must be `count`. */
  function values(position: number, count: number): string[] | null {
    const key = `${position} ${count}`;
    if (count < 1 || failed.has(key) || ++attempts > attemptCount) return null;
    for (const [value, end] of readings(text, position, format)) {
      if (end === text.length) {
        if (count === 1) return [value];
        continue;
      }
      const rest = values(end + format.delimiter.length, count - 1);
      if (rest) return [value, ...rest];
    }
    failed.add(key);
    return null;
  }
  return width > 2_000 ? null : values(0, width);
}

/** Every way to read the value at `position`, the proper one first, and where it ends. */
function* readings(
  text: string,
  position: number,
  format: LineFormat,
): Generator<[value: string, end: number]> {
  const { delimiter, quote } = format;
  const start = quoteStart(text, position, format);
  if (start !== null) {
    let before = '';
    let from = start + 1;
    for (;;) {
      const close = closingQuote(text, from, format);
      if (close.position < 0) break;
      const end = afterWhiteSpace(text, close.position + 1, delimiter);
      if (end === text.length || text.startsWith(delimiter, end)) yield [before + close.value, end];
      before += close.value + quote;
      from = close.position + 1;
    }
  }
  const end = text.indexOf(delimiter, position);
  const value = text.slice(position, end < 0 ? text.length : end);
  if (!value.includes('\n')) {
    yield [format.isTrimmed ? value.trim() : value, end < 0 ? text.length : end];
  }
}
