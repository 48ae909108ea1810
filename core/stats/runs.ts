import type { Runs } from '../column.js';

export type { Runs };

/** An ascending sample: an array, or runs. Both tell their number of values as `length`. */
export type Sorted = Float64Array | Runs;

export function isRuns(sorted: Sorted): sorted is Runs {
  return !(sorted instanceof Float64Array);
}

const held: { shape: Runs | null } = { shape: null };

/**
 * Runs, all of one shape. The engine forgets the shape of objects that nobody holds, and with it the code that was
 * compiled for them; so one is held for ever.
 */
export function createRuns(runs: Runs): Runs {
  held.shape ??= shaped({ ...runs, values: new Float64Array(0), ends: new Float64Array(0) });
  return shaped(runs);
}

function shaped(runs: Runs): Runs {
  return {
    length: runs.length,
    values: runs.values,
    ends: runs.ends,
    mean: runs.mean,
    standardDeviation: runs.standardDeviation,
    distinctCount: runs.distinctCount,
    areWhole: runs.areWhole,
  };
}

/** The values in order, and how many stand up to each; null for an array, where that is its index + 1. */
export function partsOf(sorted: Sorted): { values: Float64Array; ends: Float64Array | null } {
  return isRuns(sorted) ? sorted : { values: sorted, ends: null };
}

/** How many values stand in the first `runCount` runs. */
export function countWithin(ends: Float64Array | null, runCount: number): number {
  if (ends === null || runCount === 0) return runCount;
  return ends[runCount - 1] as number;
}

/** The value at a 0-based rank; undefined beyond the ends. */
export function valueAt(sorted: Sorted, rank: number): number | undefined {
  if (!isRuns(sorted)) return sorted[rank];
  if (rank < 0 || rank >= sorted.length) return undefined;
  return sorted.values[countUpTo(sorted.ends, rank)];
}

/** How many values of an ascending sample are below `value`. */
export function countBelow(sorted: Sorted, value: number): number {
  const { values, ends } = partsOf(sorted);
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return countWithin(ends, low);
}

/** How many values of an ascending sample are at or below `value`. */
export function countUpTo(sorted: Sorted, value: number): number {
  const { values, ends } = partsOf(sorted);
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return countWithin(ends, low);
}

/** Whether all values are whole numbers. */
export function areWhole(sorted: Sorted): boolean {
  return isRuns(sorted) ? sorted.areWhole : sorted.every(Number.isInteger);
}

/** The same sample in another unit. */
export function timesValues(sorted: Sorted, factor: number): Sorted {
  const values = partsOf(sorted).values.map((value) => value * factor);
  if (!isRuns(sorted)) return values;
  const { mean, standardDeviation } = sorted;
  return {
    ...sorted,
    values,
    mean: mean * factor,
    standardDeviation: standardDeviation === null ? null : standardDeviation * factor,
    areWhole: false,
  };
}
