import { countTotals } from './counts.js';

/**
 * Total variation distance: the share of rows that would have to change their level.
 *
 * Half the summed gaps between two sets of shares. Easy to tell to anyone; biased upward with many levels
 * and few rows.
 *
 * Range: 0 (same shares) to 1 (no level in common), no unit; larger is more drift.
 * Cost: O(k).
 * Source: Levin, Peres and Wilmer (2009), "Markov chains and mixing times", section 4.1.
 * Checked: numpy 2.4.6, relative 1e-12 or its own rounding (test/fixtures/scipy/counts.json)
 *
 * @param referenceCounts - rows per bin or level, 0 or more each; not modified
 * @param currentCounts - the same bins in the same order; not modified
 * @returns the distance
 * @throws {RangeError} if a side has no rows, the lengths differ, or a count is negative or not finite
 *
 * @example
 * totalVariation([50, 30, 20], [40, 30, 30])
 * // => 0.1
 */
export function totalVariation(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
): number {
  const totals = countTotals('totalVariation', referenceCounts, currentCounts);
  const { referenceTotal, currentTotal } = totals;
  let sum = 0;
  for (let i = 0; i < referenceCounts.length; i++) {
    const reference = referenceCounts[i] as number;
    const current = currentCounts[i] as number;
    sum += Math.abs(reference * currentTotal - current * referenceTotal);
  }
  return Math.min(1, sum / (referenceTotal * currentTotal) / 2);
}
