import type { Dialect, Format, Preview } from '../core/contract.js';
import { formatCounted, formatText } from './format.js';
import { choiceWords, detectedChoice, markWords } from './readingChoices.js';

export const formatNames: Record<Format, string> = {
  csv: 'CSV',
  json: 'JSON lines',
  parquet: 'Parquet',
  arrow: 'Arrow',
  memory: 'in memory',
};

/** What was found out about a file, in a few words: what is usual goes without saying. */
export function detectedWords({ format, dialect, columns }: Preview): string[] {
  const count = formatCounted(columns.length, 'column');
  if (dialect === null) return [formatNames[format], count];
  const { delimiter, decimal, encoding, header, skipLineCount, compression } = dialect;
  return [
    formatNames[format],
    markWords(delimiter),
    ...(decimal === ',' ? ['decimal comma'] : []),
    ...(encoding === 'utf-8' ? [] : [choiceWords('encoding', encoding)]),
    ...(compression === null ? [] : [formatText(compression)]),
    ...(skipLineCount > 0 ? [`${formatCounted(skipLineCount, 'line')} skipped`] : []),
    ...(header ? [] : ['no header']),
    count,
  ];
}

/** A dialect as pairs of term and words, for a list. */
export function dialectFacts(dialect: Dialect): [term: string, words: string][] {
  const { header, skipLineCount, nullValues, compression, timestampFormat } = dialect;
  const words = (key: Parameters<typeof detectedChoice>[0]) => detectedChoice(key, dialect);
  return [
    ['Delimiter', words('delimiter')],
    ['Quote', words('quote')],
    ['Escape', words('escape')],
    ['Comment', words('comment')],
    ['Lines skipped', String(skipLineCount)],
    ['Header', header ? 'in the first row' : 'none'],
    ['Missing values', nullValues.map(nullWords).join(', ')],
    ['Encoding', words('encoding')],
    ['Decimal', words('decimal')],
    ['Thousands', words('thousands')],
    ['Dates', words('dateFormat')],
    ...(timestampFormat === null
      ? []
      : [['Times', formatText(timestampFormat)] satisfies [string, string]]),
    ['Compression', compression === null ? 'none' : formatText(compression)],
  ];
}

export function nullWords(value: string): string {
  return value === '' ? '(empty)' : formatText(value);
}
