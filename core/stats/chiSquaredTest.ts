import { countTotals } from './counts.js';
import { chiSquaredUpperTail } from './special.js';

export interface ChiSquaredResult {
  statistic: number;
  pValue: number;
  /** Levels with rows, less one. */
  degreesOfFreedom: number;
}

/**
 * Pearson's chi-squared test on a 2 x k contingency table: do both samples have the same shares?
 *
 * Null hypothesis: the rows of both sides are drawn from the same shares. No continuity correction. It is
 * only as good as its counts are large: with expected counts below 5 the p-value is rough. In large
 * samples it finds differences that do not matter.
 *
 * Range: statistic 0 (same shares) to n + m (no level in common), no unit; larger is more drift.
 *        pValue 0 to 1; smaller is more drift.
 * Cost: O(k).
 * Source: Pearson (1900), "On the criterion that a given system of deviations ...", Philosophical
 *         Magazine 50, 157-175.
 * Checked: scipy.stats.chi2_contingency 1.17.1 (correction=False), relative 1e-12
 *          (test/fixtures/scipy/categorical.json)
 *
 * @param referenceCounts - rows per level, 0 or more each; not modified
 * @param currentCounts - the same levels in the same order; not modified
 * @returns the statistic, its p-value and degrees of freedom; levels without rows on both sides are left
 *   out, and a single level gives statistic 0, p-value 1, no degrees of freedom
 * @throws {RangeError} if a side has no rows, the lengths differ, or a count is negative or not finite
 *
 * @example
 * chiSquaredTest([10, 20, 30], [20, 20, 20])
 * // => { statistic: 5.333333333333334, pValue: 0.06948345122280153, degreesOfFreedom: 2 }
 */
export function chiSquaredTest(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
): ChiSquaredResult {
  const { statistic, levelCount } = contingency('chiSquaredTest', referenceCounts, currentCounts);
  const degreesOfFreedom = levelCount - 1;
  const pValue = degreesOfFreedom === 0 ? 1 : chiSquaredUpperTail(statistic, degreesOfFreedom);
  return { statistic, pValue, degreesOfFreedom };
}

/** Pearson's statistic on the levels that have rows. */
export function contingency(
  name: string,
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
): { statistic: number; levelCount: number; rowCount: number } {
  const { referenceTotal, currentTotal } = countTotals(name, referenceCounts, currentCounts);
  let sum = 0;
  let levelCount = 0;
  for (let i = 0; i < referenceCounts.length; i++) {
    const reference = referenceCounts[i] as number;
    const current = currentCounts[i] as number;
    if (reference + current === 0) continue;
    levelCount++;
    const gap = reference * currentTotal - current * referenceTotal;
    sum += (gap / referenceTotal) * (gap / currentTotal) * (1 / (reference + current));
  }
  return { statistic: sum, levelCount, rowCount: referenceTotal + currentTotal };
}
