import { countTotals } from './counts.js';
import { entropyTerm } from './entropy.js';
import { chiSquaredUpperTail } from './special.js';

export interface GTestResult {
  kind: 'test';
  statistic: number;
  pValue: number;
  method: 'asymptotic';
  /** Levels with rows, less one. */
  degreesOfFreedom: number;
}

/**
 * G test on a 2 x k contingency table: the likelihood ratio for "both samples have the same shares".
 *
 * Null hypothesis: the rows of both sides are drawn from the same shares. No correction. Close to
 * chi-squared in large samples; with expected counts below 5 it is the rougher of the two.
 *
 * Range: statistic 0 (same shares) upward, no unit; larger is more drift.
 *        pValue 0 to 1; smaller is more drift.
 * Cost: O(k).
 * Source: Wilks (1935), "The likelihood test of independence in contingency tables", Annals of Mathematical
 *         Statistics 6(4), 190-196.
 * Checked: scipy.stats.chi2_contingency 1.17.1 (lambda_='log-likelihood', correction=False), relative 1e-12
 *          or its own rounding (test/fixtures/scipy/counts.json)
 *
 * @param referenceCounts - rows per level, 0 or more each; not modified
 * @param currentCounts - the same levels in the same order; not modified
 * @returns G, its p-value and degrees of freedom; levels without rows on both sides are left out, and a
 *   single level gives statistic 0, p-value 1, no degrees of freedom
 * @throws {RangeError} if a side has no rows, the lengths differ, or a count is negative or not finite
 *
 * @example
 * gTest([10, 20, 30], [20, 20, 20])
 * // => { kind: 'test', statistic: 5.411532090976833, pValue: 0.066819117752305, ... }
 */
export function gTest(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
): GTestResult {
  const { referenceTotal, currentTotal } = countTotals('gTest', referenceCounts, currentCounts);
  const total = referenceTotal + currentTotal;
  let sum = 0;
  let levelCount = 0;
  for (let i = 0; i < referenceCounts.length; i++) {
    const reference = referenceCounts[i] as number;
    const current = currentCounts[i] as number;
    const both = reference + current;
    if (both === 0) continue;
    levelCount++;
    // Observed over expected, less 1, is this over the side's own rows.
    const gap = (reference * currentTotal - current * referenceTotal) / both;
    sum += both * (referenceTotal / total) * entropyTerm(gap / referenceTotal);
    sum += both * (currentTotal / total) * entropyTerm(-gap / currentTotal);
  }
  const statistic = 2 * sum;
  const degreesOfFreedom = levelCount - 1;
  const pValue = degreesOfFreedom === 0 ? 1 : chiSquaredUpperTail(statistic, degreesOfFreedom);
  return { kind: 'test', statistic, pValue, method: 'asymptotic', degreesOfFreedom };
}
