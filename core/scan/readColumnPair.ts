import {
  type ColumnPair,
  type LevelColumn,
  type NumberColumn,
  type NumberStream,
  type Pair,
  sortedValues,
} from '../column.js';
import type { Kind } from '../contract.js';
import { asFlags } from './flags.js';
import { inferKind, type KindChoice } from './inferKind.js';
import { missingNumbers } from './missingNumbers.js';
import type { ColumnProfile, NumberReading, Scan } from './scan.js';

/** Where a column stands on both sides, with what tells its kind. */
export interface PairedColumn {
  name: string;
  index: Pair<number>;
  profile: Pair<ColumnProfile>;
}

export interface ReadOptions {
  /** Over what is inferred. */
  kind?: Kind | undefined;
  /** Values, as they are written, that mean *missing*. */
  missingValues?: readonly string[] | undefined;
  /** Of the sample of words. */
  seed?: number;
  /** Numbers of both sides that may be held; a longer pair is read as streams. Default all. */
  largestHeldCount?: number;
  /** Memory of columns that were read before and are no longer needed. */
  spare?: ArrayBuffer[];
}

/** Rows of a side from which on the sides are read one after the other. */
const longCount = 5_000_000;

/** Reads both sides of one column in the way its kind asks for. */
export async function readColumnPair(
  scans: Pair<Scan>,
  column: PairedColumn,
  {
    kind: asked,
    missingValues = [],
    seed = 1,
    spare = [],
    largestHeldCount = Infinity,
  }: ReadOptions = {},
): Promise<ColumnPair> {
  const { name, index, profile } = column;
  const storageType = {
    reference: scans.reference.dataset.columns[index.reference]?.storageType ?? '',
    current: scans.current.dataset.columns[index.current]?.storageType ?? '',
  };
  const nothing = { numbers: null, levels: null, lengths: null, isRetyped: false };
  const base = { name, storageType, ...nothing };
  for (const side of ['reference', 'current'] as const) {
    if (profile[side].family === 'unsupported') {
      return {
        ...base,
        kind: 'text',
        skipReason: `values of type ${shortened(storageType[side])} are not compared`,
      };
    }
  }
  const choice = inferKind(profile, asked);
  if (!choice) {
    const nothingThere = (scan: Scan) => ({
      levels: new Map<string, number>(),
      count: 0,
      missingCount: scan.dataset.rowCount,
    });
    return {
      ...base,
      kind: asked ?? 'categorical',
      levels: { reference: nothingThere(scans.reference), current: nothingThere(scans.current) },
      skipReason: 'all values are missing on both sides',
    };
  }

  const { kind, isRetyped } = choice;
  const pair = { ...base, kind, isRetyped, skipReason: null };
  if (choice.reading === 'levels')
    return { ...pair, levels: await readLevels(scans, index, choice, missingValues) };
  const rowCount = scans.reference.dataset.rowCount + scans.current.dataset.rowCount;
  const { reading } = choice;
  const isStreamed = kind === 'numeric' || kind === 'datetime' || reading === 'length';
  if (rowCount > largestHeldCount && isStreamed) {
    const streamOf = (side: keyof Pair<Scan>) => ({
      ...withoutValues(scans[side].stream(index[side], reading), missingValues, reading),
      distinctCount: profile[side].distinctCount,
    });
    const streams = { reference: streamOf('reference'), current: streamOf('current') };
    const words = kind === 'text' ? await readWords(scans, index, seed) : null;
    return { ...pair, streams, words };
  }
  const numbers = await readNumbers(scans, index, choice.reading, spare);
  if (choice.reading === 'length') {
    const words = kind === 'text' ? await readWords(scans, index, seed) : null;
    return { ...pair, lengths: withDistinct(numbers, profile), words };
  }
  for (const side of [numbers.reference, numbers.current]) {
    dropValues(side, missingValues, choice.reading);
  }
  if (kind !== 'numeric' || asked !== undefined) {
    const isCounted = kind === 'categorical' || kind === 'boolean';
    return { ...pair, numbers, levels: isCounted ? levelsOfNumbers(numbers, kind) : null };
  }
  const found = wholeNumberKind(name, numbers);
  return {
    ...pair,
    kind: found,
    numbers,
    levels: found === 'boolean' ? levelsOfNumbers(numbers, found) : null,
  };
}

/** The type of a nested value names all of its parts. */
function shortened(storageType: string): string {
  return storageType.length > 60 ? `${storageType.slice(0, 59)}…` : storageType;
}

async function readNumbers(
  scans: Pair<Scan>,
  index: Pair<number>,
  reading: NumberReading,
  spare: ArrayBuffer[],
): Promise<Pair<NumberColumn>> {
  const read = (side: keyof Pair<Scan>) => scans[side].numbers(index[side], reading, spare);
  // the data engine holds a column once more while it is read
  const isLong = scans.reference.dataset.rowCount > longCount;
  const reference = read('reference');
  if (isLong) await reference;
  const [first, second] = await Promise.all([reference, read('current')]);
  return { reference: first, current: second };
}

async function readLevels(
  scans: Pair<Scan>,
  index: Pair<number>,
  { kind, isRetyped }: KindChoice,
  missingValues: readonly string[],
): Promise<Pair<LevelColumn>> {
  const [reference, current] = await Promise.all([
    scans.reference.levels(index.reference),
    scans.current.levels(index.current),
  ]);
  const levels = { reference, current };
  for (const side of [levels.reference, levels.current]) dropLevels(side, missingValues);
  if (kind !== 'boolean') return levels;
  return {
    reference: asFlags(levels.reference, isRetyped),
    current: asFlags(levels.current, isRetyped),
  };
}

async function readWords(
  scans: Pair<Scan>,
  index: Pair<number>,
  seed: number,
): Promise<NonNullable<ColumnPair['words']>> {
  const [reference, current] = await Promise.all([
    scans.reference.words(index.reference, seed),
    scans.current.words(index.current, seed),
  ]);
  return { reference, current };
}

/** Makes given values missing, in place. */
function dropValues(
  column: NumberColumn,
  missingValues: readonly string[],
  reading: NumberReading,
): void {
  if (missingValues.length === 0) return;
  const isDropped = missingNumbers(missingValues, reading);
  const { values } = column;
  const mask = column.missingMask ?? new Uint8Array((values.length + 7) >> 3);
  for (let row = 0; row < values.length; row++) {
    if (!isDropped(values[row] as number)) continue;
    values[row] = Number.NaN;
    mask[row >> 3] = (mask[row >> 3] as number) | (1 << (row & 7));
    column.missingCount++;
    column.missingMask = mask;
  }
}

function withoutValues(
  stream: NumberStream,
  missingValues: readonly string[],
  reading: NumberReading,
): NumberStream {
  if (missingValues.length === 0) return stream;
  const isDropped = missingNumbers(missingValues, reading);
  const without = (values: Float64Array) => {
    for (let i = 0; i < values.length; i++) {
      if (isDropped(values[i] as number)) values[i] = Number.NaN;
    }
    return values;
  };
  return {
    ...stream,
    pass: (onChunk) => stream.pass((values) => onChunk(without(values))),
    sample: async (share, seed) => without(await stream.sample(share, seed)),
  };
}

function dropLevels(column: LevelColumn, missingValues: readonly string[]): void {
  for (const value of missingValues) {
    const count = column.levels.get(value) ?? 0;
    column.levels.delete(value);
    column.count -= count;
    column.missingCount += count;
  }
}

function levelsOfNumbers(numbers: Pair<NumberColumn>, kind: Kind): Pair<LevelColumn> {
  const side = (column: NumberColumn): LevelColumn => {
    const levels = new Map<string, number>();
    const sorted = sortedValues(column);
    for (let start = 0, end = 0; start < sorted.length; start = end) {
      while (end < sorted.length && sorted[end] === sorted[start]) end++;
      levels.set(String(sorted[start]), end - start);
    }
    const counted = {
      levels,
      count: sorted.length,
      missingCount: column.missingCount + column.infiniteCount,
    };
    return kind === 'boolean' ? asFlags(counted, false) : counted;
  };
  return { reference: side(numbers.reference), current: side(numbers.current) };
}

/** Flags hold 0 and 1 only; identifiers hold whole numbers, each once, named like one or in an unbroken run. */
function wholeNumberKind(name: string, numbers: Pair<NumberColumn>): Kind {
  const sides = [numbers.reference, numbers.current].filter(hasValues);
  if (sides.length === 0) return 'numeric';
  if (
    sides.every(({ values }) =>
      values.every((value) => Number.isNaN(value) || value === 0 || value === 1),
    )
  ) {
    return 'boolean';
  }
  const isNamed =
    /(^|[_\s.-])(id|ids|key|index|uuid|guid)$|^(id|index|rowid|unnamed: 0)\b/i.test(name) ||
    /[a-z](Id|ID)$/.test(name);
  return sides.every((side) => isKey(side, isNamed)) ? 'identifier' : 'numeric';
}

function hasValues({ values, missingCount, infiniteCount }: NumberColumn): boolean {
  return missingCount + infiniteCount < values.length;
}

function isKey(column: NumberColumn, isNamed: boolean): boolean {
  // most columns fall out here, before anything is sorted
  const first = column.values.subarray(0, 1_000).filter((value) => !Number.isNaN(value));
  if (!first.every(Number.isInteger) || new Set(first).size < first.length) return false;
  const sorted = sortedValues(column);
  if (sorted.length < 20) return false;
  for (let i = 0; i < sorted.length; i++) {
    if (!Number.isInteger(sorted[i]) || sorted[i] === sorted[i + 1]) return false;
  }
  const span = (sorted[sorted.length - 1] as number) - (sorted[0] as number) + 1;
  return isNamed || span <= 1.1 * sorted.length;
}

function withDistinct(
  numbers: Pair<NumberColumn>,
  profile: Pair<ColumnProfile>,
): NonNullable<ColumnPair['lengths']> {
  return {
    reference: { ...numbers.reference, distinctCount: profile.reference.distinctCount },
    current: { ...numbers.current, distinctCount: profile.current.distinctCount },
  };
}
