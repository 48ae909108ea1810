import { type Sorted, valueAt } from './runs.js';

/**
 * Sample quantile, linear between neighbours (type 7): the value that a share p of the sample lies below.
 *
 * Robust in the middle; in the tails of a small sample it is little more than a single value.
 *
 * Range: the sample's smallest (p = 0) to largest value (p = 1), in its unit.
 * Cost: O(1).
 * Source: Hyndman and Fan (1996), "Sample quantiles in statistical packages",
 *         The American Statistician 50(4), 361-365, definition 7.
 * Checked: numpy.quantile, to the last digit (test/fixtures/scipy/descriptive.json)
 *
 * @param sorted - n >= 1 values, ascending, no NaN; not modified
 * @param p - share, 0 to 1
 * @returns the quantile
 * @throws {RangeError} if the sample is empty or p is not within 0 to 1
 *
 * @example
 * quantileSorted(Float64Array.of(1, 2, 4, 8), 0.25)
 * // => 1.75
 */
export function quantileSorted(sorted: Sorted, p: number): number {
  const last = sorted.length - 1;
  if (last < 0 || !(p >= 0 && p <= 1)) {
    throw new RangeError(
      `quantileSorted requires a value and 0 <= p <= 1 (got ${sorted.length} values, p ${p})`,
    );
  }
  const position = last * p;
  const below = Math.min(Math.floor(position), Math.max(0, last - 1));
  const low = valueAt(sorted, below) as number;
  const high = valueAt(sorted, Math.min(below + 1, last)) as number;
  if (low === high) return low;
  const share = position - below;
  // Between the ends of what a number can be there is more than it can be.
  if (!Number.isFinite(high - low)) return low * (1 - share) + high * share;
  // From the nearer end, as NumPy has it: the ends come out exactly.
  return share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share);
}
