import type { LevelColumn, NumberColumn, NumberStream, WordColumn } from '../column.js';
import type { MemorySource, MemoryValues } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import { isoTime } from '../isoTime.js';
import { cutRow } from './drawRows.js';
import { memoryCodes } from './memoryCodes.js';
import {
  type ColumnProfile,
  type NumberReading,
  type SampledColumn,
  type Scan,
  storageFamily,
  wordSampleCount,
} from './scan.js';
import { isNumber, toNumber, toTime } from './spellings.js';

const storageTypes = {
  number: 'DOUBLE',
  datetime: 'TIMESTAMP',
  string: 'VARCHAR',
  boolean: 'BOOLEAN',
};

/** Arrays in memory, through the same calls as files. */
export function createMemoryScan(source: MemorySource): Scan {
  const rowCount = rowCountOf(source);
  if (rowCount === 0)
    throw new DriftError('file-without-rows', messages.fileWithoutRows(source.name));
  for (const { name, values } of source.columns) {
    if (values.values.length !== rowCount) {
      throw new RangeError(
        `compare requires columns of equal length (${name} has ${values.values.length}, the first has ${rowCount})`,
      );
    }
  }
  return scanOf(source);
}

function rowCountOf({ columns }: MemorySource): number {
  return columns[0]?.values.values.length ?? 0;
}

function scanOf(source: MemorySource): Scan {
  const rowCount = rowCountOf(source);
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
      rejectedReasons: [],
      rejectedRows: [],
      columns: source.columns.map(({ name, values }) => ({
        name,
        storageType: storageTypes[values.type],
      })),
      leftOut: [],
      dialect: null,
    },
    profiles: async (indexes) => indexes.map((index) => profile(column(index))),
    numbers: async (index, reading) => numbers(column(index), reading),
    stream: (index, reading) => numberStream(source.name, numbers(column(index), reading)),
    levels: async (index) => levels(column(index)),
    words: async (index, seed) => words(column(index), seed),
    halves: async (by) => {
      const halfOf = 'seed' in by ? atRandom(by.seed) : atMedian(column(by.index));
      return {
        reference: scanOf(filtered(source, (row) => halfOf(row) === 0)),
        current: scanOf(filtered(source, (row) => halfOf(row) === 1)),
      };
    },
    expectCodedRows: () => {},
    drawRows: async (wanted, seed) =>
      drawnRows(source, wanted, seed).map((row) =>
        cutRow(
          row + 1,
          source.columns.map(({ values }) => toText(values, row)),
        ),
      ),
    duplicateRowCount: async () => duplicateRowCount(source),
    areSame: async (pairs) =>
      pairs.map(([left, right]) => isSameColumn(column(left), column(right))),
    sampledRows: async (columns, wanted, seed) => {
      const sample = wanted < rowCount ? sampleOf(source, wanted, seed) : source;
      return columns.map(({ index, as }) => sampledColumn(sample, index, as));
    },
    codedRows: async (columns, wanted, seed) => {
      const rows = spreadRows(rowCount, Math.min(wanted, rowCount), seed);
      return columns.map((coded) => memoryCodes(column(coded.index), coded, rows, toValue, toText));
    },
    without: async (dropped) => scanOf(without(source, dropped)),
    rows: async (rowStart, rowEnd) =>
      Array.from({ length: Math.max(0, Math.min(rowEnd, rowCount) - rowStart) }, (_, offset) =>
        source.columns.map(({ values }) => toText(values, rowStart + offset)),
      ),
  };
}

function duplicateRowCount({ columns }: MemorySource): number {
  const [first] = columns;
  const rowCount = first?.values.values.length ?? 0;
  const seen = new Set<string>();
  for (let row = 0; row < rowCount; row++)
    seen.add(JSON.stringify(columns.map(({ values }) => toText(values, row))));
  return rowCount - seen.size;
}

function isSameColumn(left: MemoryValues, right: MemoryValues): boolean {
  for (let row = 0; row < left.values.length; row++)
    if (toText(left, row) !== toText(right, row)) return false;
  return true;
}

function sampledColumn(
  { columns }: MemorySource,
  index: number,
  as: SampledColumn['as'],
): Float64Array {
  const values = columns[index]?.values;
  if (!values) throw new RangeError(`no column ${index} (got ${columns.length})`);
  if (as !== 'presence') return numbers(values, as).values;
  const { length } = values.values;
  return Float64Array.from({ length }, (_, row) => (toText(values, row) === null ? Number.NaN : 1));
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

/** Values that are in memory anyway. */
function numberStream(name: string, column: NumberColumn): NumberStream {
  const { values } = column;
  return {
    name,
    rowCount: values.length,
    pass: async (onChunk) => onChunk(values.slice()),
    sample: async (share) => {
      const step = Math.max(1, Math.round(1 / share));
      return values.filter((_, row) => row % step === 0);
    },
    unparsedCount: async () => column.unparsedCount,
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

function words(column: MemoryValues, seed: number): WordColumn {
  const counts = new Map<string, number>();
  const rowCount = column.values.length;
  let [valueCount, wanted] = [0, Math.min(rowCount, wordSampleCount)];
  for (let row = 0; row < rowCount; row++) {
    // each row with the share that is still wanted of those that are left
    if ((hashed(row, seed) / 2 ** 32) * (rowCount - row) >= wanted) continue;
    wanted--;
    const text = toText(column, row);
    if (text === null) continue;
    valueCount++;
    // letters, their marks and digits of any script; an apostrophe inside of a word belongs to it
    const found = text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{M}]+)?/gu) ?? [];
    for (const word of new Set(found)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return { words: counts, valueCount };
}

function atRandom(seed: number): (row: number) => 0 | 1 {
  return (row) => (hashed(row, seed) & 1) as 0 | 1;
}

/** A seeded hash of a row's number, 32 bits (splitmix32). */
function hashed(row: number, seed: number): number {
  let z = (row + Math.imul(seed, 0x9e3779b9) + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

/** Null where the row has no time: it was neither before nor after. */
function atMedian(column: MemoryValues): (row: number) => 0 | 1 | null {
  if (column.type === 'boolean') return () => null;
  const { values } = numbers(column, 'datetime');
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const median = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  return (row) => {
    const value = values[row] as number;
    if (Number.isNaN(value)) return null;
    return value <= median ? 0 : 1;
  };
}

/** So many rows, in their order; the same ones for the same seed. */
export function sampleOf(source: MemorySource, rowCount: number, seed: number): MemorySource {
  const hashes = Uint32Array.from({ length: rowCountOf(source) }, (_, row) => hashed(row, seed));
  const last = hashes.slice().sort()[rowCount - 1] ?? 0;
  let tieCount = rowCount - hashes.reduce((count, hash) => count + (hash < last ? 1 : 0), 0);
  const isIn = hashes.map((hash) => Number(hash < last || (hash === last && tieCount-- > 0)));
  return filtered(source, (row) => isIn[row] === 1);
}

/** So many rows, in the order of their hashes. */
function drawnRows(source: MemorySource, rowCount: number, seed: number): number[] {
  const rows = Array.from({ length: rowCountOf(source) }, (_, row) => row);
  const hashes = rows.map((row) => hashed(row, seed));
  const hashOf = (row: number) => hashes[row] as number;
  return rows.sort((a, b) => hashOf(a) - hashOf(b) || a - b).slice(0, rowCount);
}

/** One row of each of `count` stretches of equal length. */
function spreadRows(rowCount: number, count: number, seed: number): Uint32Array {
  const start = (stretch: number) => Math.ceil((stretch * rowCount) / count);
  return Uint32Array.from(
    { length: count },
    (_, stretch) =>
      start(stretch) + (hashed(stretch, seed) % (start(stretch + 1) - start(stretch))),
  );
}

function filtered(source: MemorySource, isIn: (row: number) => boolean): MemorySource {
  const columns = source.columns.map(({ name, values }) => ({
    name,
    values: {
      ...values,
      values: (values.values as never[]).filter((_, row) => isIn(row)),
    } as MemoryValues,
  }));
  return { name: source.name, columns };
}

function without(
  source: MemorySource,
  dropped: ReadonlyMap<number, readonly string[]>,
): MemorySource {
  const columns = source.columns.map(({ name, values }, index) => {
    const texts = new Set(dropped.get(index));
    if (values.type !== 'string' || texts.size === 0) return { name, values };
    const kept = values.values.map((text) => (text !== null && texts.has(text) ? null : text));
    return { name, values: { type: values.type, values: kept } };
  });
  return { name: source.name, columns };
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
  if (type !== 'datetime' || !Number.isFinite(value)) return String(value);
  return isoTime(Number(value))
    .replace('T', ' ')
    .replace(/\.?0*Z$/, '');
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}
