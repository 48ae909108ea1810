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
  /** Why nothing was read (an unsupported type, no values on either side); null where something was. */
  skipReason: string | null;
}

/** The finite values alone, ascending; a new array. */
export function sortedValues(column: NumberColumn): Float64Array {
  const { values } = column;
  const finite = new Float64Array(values.length - column.missingCount - column.infiniteCount);
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    // -0 would sort before 0 and count as another value
    if (value - value === 0) finite[count++] = value + 0;
  }
  return sortNumbers(finite);
}
