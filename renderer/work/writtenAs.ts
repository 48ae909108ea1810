import type { Dialect } from '../../core/contract.js';
import { plainNumbersCode, writtenDatesCode } from './converters.js';
import { pythonString } from './python.js';
import type { SideFile } from './sideFile.js';

/** A step between reading a column and converting it. */
export interface Step {
  imports: string[];
  blocks: string[];
  call(values: string): string;
}

const none: Step = { imports: [], blocks: [], call: (values) => values };

/** Numbers that a text table writes with a comma or in groups. */
export function writtenNumbers({ dataset: { dialect } }: SideFile): Step {
  const { decimal = '.', thousands = '' } = dialect ?? {};
  if (decimal === '.' && thousands === '') return none;
  const words = `${pythonString(decimal)}, ${pythonString(thousands)}`;
  return {
    imports: ['import re'],
    blocks: [plainNumbersCode],
    call: (values) => `plain_numbers(${values}, ${words})`,
  };
}

/** Dates that a text table does not write as in ISO 8601. */
export function writtenDates({ dataset, column }: SideFile): Step {
  const patterns = dataset.dialect === null ? [] : patternsOf(dataset.dialect, column);
  if (patterns.length === 0) return none;
  const words = patterns.map((pattern) => pythonString(toPython(pattern)));
  return {
    imports: ['from datetime import datetime'],
    blocks: [writtenDatesCode],
    call: (values) => `written_dates(${[values, ...new Set(words)].join(', ')})`,
  };
}

/** Where nothing in the file tells day from month, the report says what they were taken for. */
function patternsOf(dialect: Dialect, column: string): string[] {
  const ambiguous = dialect.ambiguousDates?.find((dates) => dates.column === column);
  if (ambiguous) return [ambiguous.dateFormat];
  return [dialect.dateFormat, dialect.timestampFormat].flatMap(
    (formats) => formats?.split('|').map((pattern) => pattern.trim()) ?? [],
  );
}

const otherwise: Record<string, string> = {
  F: '%Y-%m-%d',
  D: '%m/%d/%y',
  T: '%H:%M:%S',
  R: '%H:%M',
  e: '%d',
  h: '%b',
  g: '%f',
  n: '%f',
};

/** Python's strptime lacks some directives. */
function toPython(pattern: string): string {
  return pattern.replace(/%[-#]?(.)/gsu, (_, letter: string) => otherwise[letter] ?? `%${letter}`);
}
