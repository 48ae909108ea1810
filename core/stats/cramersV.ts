import { contingency } from './chiSquaredTest.js';

/**
 * Cramér's V of a 2 x k contingency table: how strongly the side decides the level.
 *
 * The chi-squared statistic freed of the sample size, so it measures size, not certainty. Biased upward
 * in small samples with many levels. It depends on how the rows are split between the sides.
 *
 * Range: 0 (same shares) to 1 (no level in common), no unit; larger is more drift.
 * Cost: O(k).
 * Source: Cramér (1946), "Mathematical Methods of Statistics", section 21.9.
 * Checked: scipy.stats.contingency.association 1.17.1, relative 1e-12 (test/fixtures/scipy/categorical.json)
 *
 * @param referenceCounts - rows per level, 0 or more each; not modified
 * @param currentCounts - the same levels in the same order; not modified
 * @returns sqrt(chi-squared / rows of both sides)
 * @throws {RangeError} if a side has no rows, the lengths differ, or a count is negative or not finite
 *
 * @example
 * cramersV([10, 20, 30], [20, 20, 20])
 * // => 0.21081851067789195
 */
export function cramersV(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
): number {
  const { statistic, rowCount } = contingency('cramersV', referenceCounts, currentCounts);
  return Math.min(1, Math.sqrt(statistic / rowCount));
}
