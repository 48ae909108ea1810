import { requireFiniteSamples } from './samples.js';

/**
 * Energy distance of two samples: the root of twice the squared gap between their CDFs, integrated.
 *
 * It answers to any difference, like Wasserstein-1, and less to a few wild values. Its unit is the root of
 * the column's, so it cannot be compared between columns.
 *
 * Range: 0 (same) upward, in the square root of the column's unit; larger is more drift. Infinity where
 *        two neighbouring values differ by more than the largest double.
 * Cost: O(n + m), one merge pass.
 * Source: Székely and Rizzo (2013), "Energy statistics: a class of statistics based on distances", Journal
 *         of Statistical Planning and Inference 143(8), 1249-1272.
 * Checked: scipy.stats.energy_distance 1.17.1, relative 1e-12 (test/fixtures/scipy/ranks.json)
 *
 * @param sortedReference - n >= 1 finite values, ascending; not modified
 * @param sortedCurrent - m >= 1 finite values in the same unit, ascending; not modified
 * @returns the distance
 * @throws {RangeError} if either sample is empty or has a value that is not finite
 *
 * @example
 * energyDistance(Float64Array.of(0, 8), Float64Array.of(0, 8, 8))
 * // => 0.6666666666666667
 */
export function energyDistance(sortedReference: Float64Array, sortedCurrent: Float64Array): number {
  requireFiniteSamples('energyDistance', sortedReference, sortedCurrent);
  const n = sortedReference.length;
  const m = sortedCurrent.length;
  let i = 0;
  let j = 0;
  // n m (F - G), exact: a whole number.
  let gap = 0;
  let sum = 0;
  let previous = Math.min(sortedReference[0] as number, sortedCurrent[0] as number);
  while (i < n || j < m) {
    const reference = i < n ? (sortedReference[i] as number) : Number.POSITIVE_INFINITY;
    const current = j < m ? (sortedCurrent[j] as number) : Number.POSITIVE_INFINITY;
    const value = Math.min(reference, current);
    if (gap !== 0) sum += (gap / n / m) ** 2 * (value - previous);
    previous = value;
    if (reference <= current) {
      gap += m;
      i++;
    } else {
      gap -= n;
      j++;
    }
  }
  return Math.SQRT2 * Math.sqrt(sum);
}
