import { countTotals } from './counts.js';

export interface LInfinityResult {
  distance: number;
  /** Index of the level where the gap is widest, the first of equal ones. */
  at: number;
}

/**
 * L-infinity distance: the widest gap between the two shares of any one level.
 *
 * It names the level that moved most. Blind to many small moves, which add up elsewhere.
 *
 * Range: 0 (same shares) to 1 (each side in a level of its own), no unit; larger is more drift.
 * Cost: O(k).
 * Source: Breck et al. (2019), "Data validation for machine learning", Proceedings of SysML.
 * Checked: numpy 2.4.6, relative 1e-12 or its own rounding (test/fixtures/scipy/counts.json)
 *
 * @param referenceCounts - rows per level, 0 or more each; not modified
 * @param currentCounts - the same levels in the same order; not modified
 * @returns the distance, and `at`: which level
 * @throws {RangeError} if a side has no rows, the lengths differ, or a count is negative or not finite
 *
 * @example
 * lInfinity([50, 30, 20], [38, 33, 29])
 * // => { distance: 0.12, at: 0 }
 */
export function lInfinity(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
): LInfinityResult {
  const totals = countTotals('lInfinity', referenceCounts, currentCounts);
  const { referenceTotal, currentTotal } = totals;
  let widest = 0;
  let at = 0;
  for (let i = 0; i < referenceCounts.length; i++) {
    const reference = referenceCounts[i] as number;
    const current = currentCounts[i] as number;
    const gap = Math.abs(reference * currentTotal - current * referenceTotal);
    if (gap > widest) {
      widest = gap;
      at = i;
    }
  }
  return { distance: widest / (referenceTotal * currentTotal), at };
}
