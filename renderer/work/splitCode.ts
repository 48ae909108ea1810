import type { DriftReport, Side } from '../../core/contract.js';
import { millisecondsCode, numberCode } from './converters.js';
import { pythonNumber, pythonString } from './python.js';
import { type SideFile, splitWords } from './sideFile.js';
import { type Step, writtenDates, writtenNumbers } from './writtenAs.js';

/** The column that parts one file in two, and how. */
export interface Split extends Omit<Step, 'call'> {
  /** What is read of it. */
  step: Step;
  file: SideFile;
  /** Of a value of `key`. */
  condition: Record<Side, string>;
}

/** Python that takes the values of one side out of all. */
const partCode = `def part(values, is_in):
    return [value for value, key in zip(values, keys) if key is not None and is_in(key)]`;

/** Null where the names of the sides do not tell all of it. */
export function splitOf(file: SideFile, { reference, options }: DriftReport): Split | null {
  const { splitBy } = options;
  if (splitBy === null) return null;
  const match = /^(=|before) (.*)$/s.exec(splitWords(reference.name, splitBy.column));
  const [, word, shown = ''] = match ?? [];
  const isCut = shown.length === 60 && shown.endsWith('…');
  if (word === undefined || (splitBy.at === undefined && isCut)) return null;
  const at = splitBy.at ?? shown;
  const isBefore = word === 'before';
  const key = { ...file, column: splitBy.column };
  const form = formOf(key, at, isBefore);
  if (form === null) return null;
  const { value, bound, ...parts } = form;
  return {
    ...parts,
    blocks: [...parts.blocks, partCode],
    file: key,
    condition: isBefore
      ? { reference: `${value} < ${bound}`, current: `${value} >= ${bound}` }
      : { reference: `${value} == ${bound}`, current: `${value} != ${bound}` },
  };
}

interface Form extends Omit<Step, 'call'> {
  step: Step;
  /** Of `key`, and what it is compared with. */
  value: string;
  bound: string;
}

function formOf(file: SideFile, at: string, isBefore: boolean): Form | null {
  const stored =
    file.dataset.columns.find(({ name }) => name === file.column)?.storageType ?? 'VARCHAR';
  const isText = stored === 'VARCHAR';
  if (isNumberType(stored) || (isText && isBefore && at.trim() !== '' && Number.isFinite(+at))) {
    if (!Number.isFinite(+at)) return null;
    const step = writtenNumbers(file);
    const parts = { imports: ['import numpy as np'], blocks: [numberCode] };
    return { ...parts, step, value: 'number(key)', bound: pythonNumber(+at) };
  }
  if (/^(DATE|TIMESTAMP)/.test(stored) || isBefore) {
    const imports = ['from datetime import datetime, timedelta, timezone'];
    const bound = `milliseconds(${pythonString(at)})`;
    const step = writtenDates(file);
    return { imports, blocks: [millisecondsCode], step, value: 'milliseconds(key)', bound };
  }
  const value = stored === 'BOOLEAN' ? 'str(key).lower()' : 'str(key)';
  const step: Step = { imports: [], blocks: [], call: (values) => values };
  return { imports: [], blocks: [], step, value, bound: pythonString(at) };
}

export function isNumberType(storageType: string): boolean {
  return /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL)/.test(storageType);
}
