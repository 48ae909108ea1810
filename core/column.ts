/** Columns in memory: what scan hands to stats and drift. */

import type { Kind } from './contract.js';
import { sortNumbers } from './sortNumbers.js';

/** One side of a column as numbers: of any number type, or milliseconds since 1970-01-01 UTC. */
export interface NumberColumn {
  /** One per row, in file order; NaN where missing or infinite. */
  values: Float64Array;
  /** Bit `row % 8` of byte `row >> 3` is 1 where the row has no finite value; null when every row has one. */
  missingMask: Uint8Array | null;
  /** Rows without a value, unparsed ones included, infinite ones not. */
  missingCount: number;
  infiniteCount: number;
  unparsedCount: number;
  /** In order, of a column too large to be held: `values` are empty then. */
  runs?: Runs;
  /** Of such a column, where it holds times. */
  days?: DayCounts;
}

/** Times by their place in the day and the week, UTC. */
export interface DayCounts {
  /** 24. */
  hours: Float64Array;
  /** 7, Monday first. */
  weekdays: Float64Array;
  /** False where all stand for whole days. */
  hasTimes: boolean;
}

/** One side of a column of numbers that is read again and again instead of held. */
export interface NumberStream {
  /** Of the dataset. */
  name: string;
  rowCount: number;
  /** Of what the numbers stand for, where they are lengths. */
  distinctCount?: number;
  /** A share of the rows, chosen by a seed. */
  sample(share: number, seed: number): Promise<Float64Array>;
  /** All rows in order, NaN where there is no value; `values` is used again for the next chunk. */
  pass(onChunk: (values: Float64Array) => void): Promise<void>;
  /** How many of the missing values are text that is no number. */
  unparsedCount(missingCount: number): Promise<number>;
}

/** A sample in ascending order as runs of equal values: what a large one is kept as instead of a sorted array. */
export interface Runs {
  /** Number of values, not of runs. */
  readonly length: number;
  /** Of each run, ascending. */
  readonly values: Float64Array;
  /** How many values stand in this run and all before it. */
  readonly ends: Float64Array;
  readonly mean: number;
  /** With n - 1; null for one value. */
  readonly standardDeviation: number | null;
  /** Exact where all runs hold equal values; else an estimate. */
  readonly distinctCount: number;
  /** Whether all values are known to be whole numbers. */
  readonly areWhole: boolean;
}

/** One side of a column as categories: its distinct values and how many rows have each. */
export interface LevelColumn {
  levels: Map<string, number>;
  /** Rows with a value. */
  count: number;
  missingCount: number;
}

/** One side of a text column: in how many of its values each word stands. Of a seeded sample where rows are many. */
export interface WordColumn {
  /** Lower case. */
  words: Map<string, number>;
  valueCount: number;
}

/** Both sides of one thing, reference first. */
export interface Pair<T> {
  reference: T;
  current: T;
}

/** Both sides of one column, read as its kind asks. */
export interface ColumnPair {
  name: string;
  kind: Kind;
  storageType: Pair<string>;
  /** The storage types tell of different things, e.g. numbers on one side and words on the other. */
  isRetyped: boolean;
  /** Numeric, datetime, and whatever else is stored as numbers. */
  numbers: Pair<NumberColumn> | null;
  /** Categorical and boolean. */
  levels: Pair<LevelColumn> | null;
  /** Text and identifiers: characters per value, and the number of distinct values. */
  lengths: Pair<NumberColumn & { distinctCount: number }> | null;
  /** Text. */
  words?: Pair<WordColumn> | null;
  /** Numbers that are too many to be held; they take the place of `numbers` until they are put in order. */
  streams?: Pair<NumberStream>;
  /** Why nothing was read (an unsupported type, no values on either side); null where something was. */
  skipReason: string | null;
}

/** Values that are neither missing nor infinite. */
export function finiteCount({ values, runs, missingCount, infiniteCount }: NumberColumn): number {
  return runs ? runs.length : values.length - missingCount - infiniteCount;
}

/** The finite values alone, ascending; a new array. */
export function sortedValues(column: NumberColumn): Float64Array {
  const { values } = column;
  const finite = new Float64Array(finiteCount(column));
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    // -0 would sort before 0 and count as another value
    if (value - value === 0) finite[count++] = value + 0;
  }
  return sortNumbers(finite);
}

export const sliceLength = 4_096;

/**
 * Does work for stretches of a count, in order. The engine compiles a function that is called often once and for all, and
 * one long loop anew for every column.
 *
 * @param work - `start` is inclusive, `end` exclusive
 */
export function inStretches(count: number, work: (start: number, end: number) => void): void {
  for (let start = 0; start < count; start += sliceLength)
    work(start, Math.min(count, start + sliceLength));
}

/** Parts of an array, in order, for the same reason. */
export function* slicesOf(values: Float64Array): Generator<Float64Array> {
  for (let start = 0; start < values.length; start += sliceLength)
    yield values.subarray(start, start + sliceLength);
}
