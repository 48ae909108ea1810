import type { Pair } from '../column.js';

/** A category; numbers where pandas would hold numbers, since it sorts them as such. */
export type Level = string | number;

export interface EvidentlyNumbers {
  columnType: 'num';
  /** Finite values in any order, without the missing ones. */
  reference: Float64Array;
  current: Float64Array;
}

export interface EvidentlyLevels {
  columnType: 'cat';
  /** Rows by level, without the missing ones. */
  reference: ReadonlyMap<Level, number>;
  current: ReadonlyMap<Level, number>;
  /** Rows without a value. Evidently's reports drop them first; only its bare functions ever see them. */
  missing?: Pair<number>;
  /** The same values row by row, in file order: with them TVD repeats Evidently's own permutations. */
  rows?: Pair<readonly Level[]>;
}

/** Both sides of a column as Evidently sees them. */
export type EvidentlyColumn = EvidentlyNumbers | EvidentlyLevels;

/** A column tabulated by distinct value, both sides over the same levels. */
export interface EvidentlyCounts {
  /** The levels ascend as Python sorts them; false where it cannot, as with numbers beside text. */
  isSorted: boolean;
  levels: Level[];
  reference: number[];
  current: number[];
  /** All rows, those with a missing value included. */
  rowCount: Pair<number>;
}

/** The same column with its numbers ascending; copies what is not. Throws RangeError for numbers that are not finite. */
export function sortedColumn(column: EvidentlyNumbers): EvidentlyNumbers {
  const { reference, current } = column;
  return { columnType: 'num', reference: ascending(reference), current: ascending(current) };
}

/** Counts by distinct value. Numbers have to be ascending. */
export function countLevels(column: EvidentlyColumn): EvidentlyCounts {
  if (column.columnType === 'num') return countNumbers(column);
  const { missing } = column;
  const { levels, isSorted } = sortedLevels(column);
  const reference = levels.map((level) => column.reference.get(level) ?? 0);
  const current = levels.map((level) => column.current.get(level) ?? 0);
  return {
    isSorted,
    levels,
    reference,
    current,
    rowCount: {
      reference: total(reference) + (missing?.reference ?? 0),
      current: total(current) + (missing?.current ?? 0),
    },
  };
}

export function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Both sides in one array, the reference first. */
export function pooledNumbers(reference: Float64Array, current: Float64Array): Float64Array {
  const pooled = new Float64Array(reference.length + current.length);
  pooled.set(reference);
  pooled.set(current, reference.length);
  return pooled;
}

/** Rows with a value. */
export function rowCounts(column: EvidentlyColumn): Pair<number> {
  if (column.columnType === 'num') {
    return { reference: column.reference.length, current: column.current.length };
  }
  return {
    reference: total([...column.reference.values()]),
    current: total([...column.current.values()]),
  };
}

/** How many values differ. The numbers have to be ascending. */
export function distinctCount(sorted: Float64Array): number {
  let count = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) count++;
  return count;
}

function ascending(values: Float64Array): Float64Array {
  for (let i = 1; i < values.length; i++) {
    if (!((values[i] as number) >= (values[i - 1] as number))) {
      return requireFinite(values.slice().sort());
    }
  }
  return requireFinite(values);
}

function requireFinite(sorted: Float64Array): Float64Array {
  const [first = 0, last = 0] = [sorted[0], sorted.at(-1)];
  if (!Number.isFinite(first) || !Number.isFinite(last)) {
    throw new RangeError(`evidentlyTest requires finite values (got ${first} and ${last})`);
  }
  return sorted;
}

function countNumbers({ reference, current }: EvidentlyNumbers): EvidentlyCounts {
  const counts = { levels: [] as number[], reference: [] as number[], current: [] as number[] };
  let i = 0;
  let j = 0;
  while (i < reference.length || j < current.length) {
    const value = Math.min(reference[i] ?? Infinity, current[j] ?? Infinity);
    const [firstReference, firstCurrent] = [i, j];
    while (reference[i] === value) i++;
    while (current[j] === value) j++;
    counts.levels.push(value);
    counts.reference.push(i - firstReference);
    counts.current.push(j - firstCurrent);
  }
  const rowCount = { reference: reference.length, current: current.length };
  return { isSorted: true, ...counts, rowCount };
}

/** The levels that have rows on either side. */
export function levelSet({ reference, current }: EvidentlyLevels): Set<Level> {
  const levels = new Set<Level>();
  for (const side of [reference, current]) {
    for (const [level, count] of side) if (count > 0) levels.add(level);
  }
  return levels;
}

function sortedLevels(column: EvidentlyLevels): { levels: Level[]; isSorted: boolean } {
  const levels = [...levelSet(column)];
  const isNumber = (level: Level): level is number => typeof level === 'number';
  if (levels.every(isNumber)) return { levels: levels.sort((a, b) => a - b), isSorted: true };
  if (levels.some(isNumber)) return { levels, isSorted: false };
  return { levels: levels.sort(byCodePoint), isSorted: true };
}

/** As Python compares; JavaScript's own order is by UTF-16 unit. */
function byCodePoint(one: Level, other: Level): number {
  const [left, right] = [String(one), String(other)];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const gap = rank(left.charCodeAt(i)) - rank(right.charCodeAt(i));
    if (gap !== 0) return gap;
  }
  return left.length - right.length;
}

/** Units of surrogate pairs come after all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}
