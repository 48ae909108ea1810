import { countBelow, countUpTo, type Sorted, valueAt } from './runs.js';

/**
 * Quantile of a sorted sample by mid-ranks: equal values share the middle of their ranks.
 *
 * It answers "below which value lies the share p", smoothly in the shares of tied values: the plain quantile
 * of integers jumps by a whole unit when a share passes p, so it has no sampling error to speak of
 * or a very large one. Without ties it is the plain one (type 7). For tied data it can lie between two
 * values.
 *
 * Range: from the smallest value to the largest, in their unit.
 * Cost: O(log n).
 * Source: Ma, Genton and Parzen (2011), "Asymptotic properties of sample quantiles of discrete
 *         distributions", Annals of the Institute of Statistical Mathematics 63, 227-243.
 * Checked: type 7 without ties (test/core/stats/midQuantile.test.ts)
 *
 * @param sorted - n >= 1 values, ascending, no NaN; not modified
 * @param p - 0 to 1
 * @returns the quantile, linear between the mid-ranks of neighbouring values
 * @throws {RangeError} if the sample is empty or p is out of range
 *
 * @example
 * midQuantileSorted(Float64Array.of(0, 0, 0, 1, 1, 1), 0.5)
 * // => 0.5
 */
export function midQuantileSorted(sorted: Sorted, p: number): number {
  const n = sorted.length;
  if (n === 0 || !(p >= 0 && p <= 1)) {
    throw new RangeError(
      `midQuantileSorted requires at least one value and p from 0 to 1 (got ${n} and ${p})`,
    );
  }
  const rank = (n - 1) * p;
  const value = valueAt(sorted, Math.floor(rank)) as number;
  const first = countBelow(sorted, value);
  const end = countUpTo(sorted, value);
  const middle = (first + end - 1) / 2;
  if (rank < middle) {
    if (first === 0) return value;
    const before = valueAt(sorted, first - 1) as number;
    const start = countBelow(sorted, before);
    return between(before, (start + first - 1) / 2, value, middle, rank);
  }
  if (end === n || rank === middle) return value;
  const after = valueAt(sorted, end) as number;
  return between(value, middle, after, (end + countUpTo(sorted, after) - 1) / 2, rank);
}

/** Linear, and finite as long as both values are. */
function between(
  lower: number,
  lowerRank: number,
  upper: number,
  upperRank: number,
  rank: number,
): number {
  const part = (rank - lowerRank) / (upperRank - lowerRank);
  return lower * (1 - part) + upper * part;
}
