import type { LevelColumn, NumberColumn, NumberStream, Pair, WordColumn } from '../column.js';
import type { Dataset, SampledRow } from '../contract.js';

/** What a storage type amounts to. */
export type StorageFamily = 'number' | 'boolean' | 'datetime' | 'string' | 'unsupported';

/** What decides a column's kind, on one side. */
export interface ColumnProfile {
  family: StorageFamily;
  count: number;
  /** Approximate (a few percent). */
  distinctCount: number;
  /** Of strings; 0 for others. Characters and words per value. */
  meanLength: number;
  meanWordCount: number;
  /** Of strings: shares of the values that read as numbers, and as dates, among the first ones. */
  numericShare: number;
  datetimeShare: number;
  /** Of strings: the distinct values in lower case when there are at most two; else empty. */
  words: readonly string[];
}

/** A column of a sample of rows: as numbers, or 1 where there is a value. */
export interface SampledColumn {
  index: number;
  as: NumberReading | 'presence';
}

export type NumberReading = 'number' | 'datetime' | 'length';

/** A column cut into at most 12 bins; the last one, by number, is for rows without a value. */
export interface CodedColumn {
  index: number;
  /** Values, as they are written, that mean *missing*. */
  missingValues: readonly string[];
  cut:
    | {
        by: 'edges';
        reading: 'number' | 'datetime';
        /** Ascending. A value's bin is how many of them are not above it. */
        edges: readonly number[];
      }
    | {
        by: 'levels';
        reading: 'number' | 'text' | 'flag' | 'retyped flag';
        /** A value's bin is its place here; all others have the next one. */
        levels: readonly string[];
      };
}

/**
 * One side of a comparison, opened. What stats needs of a column is its values or its counts; who
 * can answer these calls (files through DuckDB, arrays in memory, a distant SQL engine) can be compared.
 * Columns go by their index in `dataset.columns`.
 */
export interface Scan {
  readonly dataset: Dataset;
  /** One per column of `indexes`. */
  profiles(indexes: readonly number[]): Promise<ColumnProfile[]>;
  /** `spare` is memory that may be used for the values; what is taken of it is taken out. */
  numbers(index: number, reading: NumberReading, spare?: ArrayBuffer[]): Promise<NumberColumn>;
  /** The same without holding them. */
  stream(index: number, reading: NumberReading): NumberStream;
  /** All distinct values with their row counts. */
  levels(index: number): Promise<LevelColumn>;
  /** In how many values each word stands; of more than `wordSampleCount` rows on a seeded sample. */
  words(index: number, seed: number): Promise<WordColumn>;
  /** The same with the values missing that strings hold as written here, by column. */
  without(texts: ReadonlyMap<number, readonly string[]>): Promise<Scan>;
  /** Tells what {@link codedRows} will be asked for, so that it need not read again what goes by until then. */
  expectCodedRows(rowCount: number, seed: number): void;
  rows(rowStart: number, rowEnd: number): Promise<(string | null)[][]>;
  /** `rowCount` rows as they stand, or all where there are no more, in the order in which the seed draws them. */
  drawRows(rowCount: number, seed: number): Promise<SampledRow[]>;
  /** How many rows are the same as another before them, in every column. */
  duplicateRowCount(): Promise<number>;
  /** Of each pair of columns, whether they have the same value in every row. */
  areSame(pairs: readonly (readonly [number, number])[]): Promise<boolean[]>;
  /** About `rowCount` rows chosen by a seed; one array per column, NaN where there is no finite value. */
  sampledRows(
    columns: readonly SampledColumn[],
    rowCount: number,
    seed: number,
  ): Promise<Float64Array[]>;
  /**
   * Bins of rows, one array per column: of all rows in their order, or of `rowCount` ones, spread evenly and chosen by a
   * seed. The same rows for every column and every call.
   */
  codedRows(columns: readonly CodedColumn[], rowCount: number, seed: number): Promise<Uint8Array[]>;
  /** This dataset split in two, at random or at the median of a time column; a row without a time is in neither. */
  halves(by: HalvesBy): Promise<Pair<Scan>>;
}

export type HalvesBy = { seed: number } | { index: number };

export const wordSampleCount = 100_000;

/** Above this many distinct values a column is no category. */
export const levelLimit = 100_000;

export function storageFamily(storageType: string): StorageFamily {
  if (
    /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|REAL|DECIMAL\(.*\))$/.test(storageType)
  ) {
    return 'number';
  }
  if (storageType === 'BOOLEAN') return 'boolean';
  if (/^(DATE|TIMESTAMP(_S|_MS|_NS| WITH TIME ZONE)?)$/.test(storageType)) return 'datetime';
  if (/^(VARCHAR|UUID|ENUM\(.*\))$/.test(storageType)) return 'string';
  return 'unsupported';
}
