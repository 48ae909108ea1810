import type { LevelColumn, NumberColumn } from '../column.js';
import type { MemorySource, MemoryValues } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import { type ColumnProfile, type NumberReading, type Scan, storageFamily } from './scan.js';

const storageTypes = {
  number: 'DOUBLE',
  datetime: 'TIMESTAMP',
  string: 'VARCHAR',
  boolean: 'BOOLEAN',
};

/** Arrays in memory, through the same calls as files. */
export function createMemoryScan(source: MemorySource): Scan {
  const rowCount = source.columns[0]?.values.values.length ?? 0;
  if (rowCount === 0)
    throw new DriftError('file-without-rows', messages.fileWithoutRows(source.name));
  for (const { name, values } of source.columns) {
    if (values.values.length !== rowCount) {
      throw new RangeError(
        `compare requires columns of equal length (${name} has ${values.values.length}, the first has ${rowCount})`,
      );
    }
  }
  const column = (index: number): MemoryValues => {
    const found = source.columns[index];
    if (!found) throw new RangeError(`no column ${index} (got ${source.columns.length})`);
    return found.values;
  };
  return {
    dataset: {
      name: source.name,
      format: 'memory',
      sizeBytes: 0,
      rowCount,
      columnCount: source.columns.length,
      rejectedRowCount: 0,
      rejectedRows: [],
      columns: source.columns.map(({ name, values }) => ({
        name,
        storageType: storageTypes[values.type],
      })),
      dialect: null,
    },
    profiles: async (indexes) => indexes.map((index) => profile(column(index))),
    numbers: async (index, reading) => numbers(column(index), reading),
    levels: async (index) => levels(column(index)),
    rows: async (rowStart, rowEnd) =>
      Array.from({ length: Math.max(0, Math.min(rowEnd, rowCount) - rowStart) }, (_, offset) =>
        source.columns.map(({ values }) => toText(values, rowStart + offset)),
      ),
  };
}

function profile(column: MemoryValues): ColumnProfile {
  const family = storageFamily(storageTypes[column.type]);
  const nothing = {
    meanLength: 0,
    meanWordCount: 0,
    numericShare: 0,
    datetimeShare: 0,
    distinctCount: 0,
    words: [],
  };
  if (column.type !== 'string') {
    const { count } = levels(column);
    return { family, count, ...nothing };
  }
  const texts = column.values.filter((value) => value !== null);
  const count = Math.max(1, texts.length);
  const distinct = new Set(texts);
  const words =
    distinct.size > 4 ? [] : [...new Set([...distinct].map((text) => text.toLowerCase()))].sort();
  return {
    family,
    count: texts.length,
    distinctCount: distinct.size,
    words: words.length > 2 ? [] : words,
    meanLength: sum(texts, (text) => [...text].length) / count,
    meanWordCount: sum(texts, (text) => text.trim().split(' ').length) / count,
    // a code with leading zeros is no number
    numericShare: texts.some((text) => /^\s*[+-]?0\d/.test(text))
      ? 0
      : sum(texts, (text) => (isNumber(text) ? 1 : 0)) / count,
    datetimeShare: sum(texts, (text) => (Number.isNaN(toTime(text)) ? 0 : 1)) / count,
  };
}

function numbers(column: MemoryValues, reading: NumberReading): NumberColumn {
  const rowCount = column.values.length;
  const values = new Float64Array(rowCount);
  const missingMask = new Uint8Array((rowCount + 7) >> 3);
  let [absentCount, infiniteCount, unparsedCount] = [0, 0, 0];
  for (let row = 0; row < rowCount; row++) {
    const raw = column.values[row] ?? null;
    const value = toValue(raw, reading);
    values[row] = Number.isFinite(value) ? value : Number.NaN;
    if (Number.isFinite(value)) continue;
    missingMask[row >> 3] = (missingMask[row >> 3] as number) | (1 << (row & 7));
    absentCount++;
    if (!Number.isNaN(value)) infiniteCount++;
    else if (typeof raw === 'string') unparsedCount++;
  }
  return {
    values,
    missingMask: absentCount > 0 ? missingMask : null,
    missingCount: absentCount - infiniteCount,
    infiniteCount,
    unparsedCount,
  };
}

function levels(column: MemoryValues): LevelColumn {
  const counts = new Map<string, number>();
  let count = 0;
  for (let row = 0; row < column.values.length; row++) {
    const level = toText(column, row);
    if (level === null) continue;
    counts.set(level, (counts.get(level) ?? 0) + 1);
    count++;
  }
  return { levels: counts, count, missingCount: column.values.length - count };
}

function toValue(raw: number | string | boolean | null, reading: NumberReading): number {
  if (raw === null) return Number.NaN;
  if (reading === 'length') return [...String(raw)].length;
  if (typeof raw === 'string') return reading === 'datetime' ? toTime(raw) : toNumber(raw);
  return Number(raw);
}

function toText({ type, values }: MemoryValues, row: number): string | null {
  const value = values[row] ?? null;
  if (value === null || Number.isNaN(value)) return null;
  // dates end 100 million days from 1970
  if (type !== 'datetime' || Math.abs(Number(value)) > 8.64e15) return String(value);
  return new Date(Number(value))
    .toISOString()
    .replace('T', ' ')
    .replace(/\.?0*Z$/, '');
}

const numberPattern = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
const notFinitePattern = /^\s*([+-]?)(inf|infinity|nan)\s*$/i;

function isNumber(text: string): boolean {
  return numberPattern.test(text) || notFinitePattern.test(text);
}

/** As DuckDB reads them: `Number` would take '' for 0 and 0x10 for 16, and know no *inf*. */
function toNumber(text: string): number {
  if (numberPattern.test(text)) return Number(text);
  const [, sign, word] = notFinitePattern.exec(text) ?? [];
  if (word === undefined || /nan/i.test(word)) return Number.NaN;
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

const timePattern =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d{2})(?::?(\d{2}))?)?)?$/;

/** ISO 8601 only: a bare number is no date. Without a zone it is UTC. */
function toTime(text: string): number {
  const match = timePattern.exec(text);
  if (!match) return Number.NaN;
  const part = (index: number) => Number(match[index] ?? 0);
  const day = Date.UTC(part(1), part(2) - 1, part(3));
  const isDay = part(2) <= 12 && new Date(day).getUTCDate() === part(3);
  if (!isDay || part(4) > 24 || part(5) > 59 || part(6) > 59) return Number.NaN;
  const milliseconds = Math.floor(Number(`0.${match[7] ?? 0}`) * 1000 + 1e-9);
  const offsetMinutes = (match[8] === '-' ? -1 : 1) * (part(9) * 60 + part(10));
  const minutes = part(4) * 60 + part(5) - offsetMinutes;
  return day + (minutes * 60 + part(6)) * 1000 + milliseconds;
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}
