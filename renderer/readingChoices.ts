import type { Dialect, Reading } from '../core/contract.js';
import { formatText } from './format.js';

/** What of a text file's dialect is one choice among a few, or a text of one's own. */
export type ChoiceKey =
  | 'delimiter'
  | 'quote'
  | 'escape'
  | 'comment'
  | 'encoding'
  | 'decimal'
  | 'thousands'
  | 'dateFormat';

export interface Choice {
  value: string;
  label: string;
}

export interface ChoiceList {
  key: ChoiceKey;
  label: string;
  choices: readonly Choice[];
  /** How long a text of one's own may be; 0 where there is none. */
  ownLength: number;
}

const marks: Record<string, string> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
  ' ': 'space',
  ':': 'colon',
  '"': 'double quote',
  "'": 'single quote',
  '\\': 'backslash',
  '#': 'hash',
  '%': 'percent',
  '.': 'point',
  '\u00a0': 'hard space',
  '\u202f': 'narrow space',
};

const encodings: Record<string, string> = {
  'utf-8': 'UTF-8',
  'utf-16': 'UTF-16',
  'latin-1': 'Latin-1',
};

/** The last day of a year tells day, month and year apart. */
const exampleDate: Record<string, string> = { '%Y': '2026', '%m': '12', '%d': '31' };

export const choiceLists: readonly ChoiceList[] = [
  list('delimiter', 'Delimiter', [',', ';', '\t', '|', ' ', ':'], 1),
  list('quote', 'Quote', ['"', "'", ''], 1),
  list('escape', 'Escape', ['"', '\\', ''], 1),
  list('comment', 'Comment', ['#', '%', '//', ''], 10),
  list('encoding', 'Encoding', ['utf-8', 'utf-16', 'latin-1'], 0),
  list('decimal', 'Decimal', ['.', ','], 0),
  list('thousands', 'Thousands', ['', ',', '.', ' ', "'", '\u00a0', '\u202f'], 1),
  list(
    'dateFormat',
    'Dates',
    ['%Y-%m-%d', '%d/%m/%Y', '%m/%d/%Y', '%d.%m.%Y', '%d-%m-%Y', '%Y%m%d'],
    60,
  ),
];

/** A choice in words, with its character where that can be seen: `semicolon ;`. */
export function choiceWords(key: ChoiceKey, value: string): string {
  if (key === 'encoding') return encodings[value] ?? formatText(value);
  if (key === 'dateFormat') return dateWording(value);
  const isVisible = value.trim() !== '' && marks[value] !== undefined;
  return isVisible ? `${markWords(value)} ${value}` : markWords(value);
}

/** One character by its name, without the character itself where it has one. */
export function markWords(value: string): string {
  return value === '' ? 'none' : (marks[value] ?? formatText(value));
}

/** What was detected or asked for, in the same words as the choices. */
export function detectedChoice(key: ChoiceKey, dialect: Dialect): string {
  if (key !== 'dateFormat') return choiceWords(key, dialect[key]);
  return dialect.dateFormat === null ? 'as in ISO 8601' : dateWording(dialect.dateFormat);
}

/** With one choice made, or left to detection. */
export function withChoice<K extends keyof Reading>(
  reading: Reading,
  key: K,
  value: Reading[K] | undefined,
): Reading {
  const { [key]: _, ...others } = reading;
  return value === undefined ? others : { ...others, [key]: value };
}

function dateWording(format: string): string {
  const example = format.replace(/%[Ymd]/g, (part) => exampleDate[part] ?? part);
  return formatText(example.includes('%') ? format : example);
}

function list(key: ChoiceKey, label: string, values: string[], ownLength: number): ChoiceList {
  const choices = values.map((value) => ({ value, label: choiceWords(key, value) }));
  return { key, label, choices, ownLength };
}
