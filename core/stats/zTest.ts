import { countTotals } from './counts.js';
import { type NotComputable, notComputable } from './outcome.js';
import { normalUpperTail } from './special.js';

export interface ZTestResult {
  kind: 'test';
  statistic: number;
  pValue: number;
  method: 'asymptotic';
}

/**
 * Two-proportion z test, pooled and two-sided: does one of two levels have the same share on both sides?
 *
 * Null hypothesis: equal shares. The hit is the first level given; the other way round only the sign of
 * the statistic turns. Its square is the chi-squared statistic of the 2 x 2 table. Rough with fewer than
 * 5 expected rows in a cell, where Fisher's exact test is right.
 *
 * Range: statistic any number, above 0 where the hit's share is larger in the reference; far from 0 is
 *        more drift. pValue 0 to 1; smaller is more drift.
 * Cost: O(k).
 * Source: Fleiss, Levin and Paik (2003), "Statistical methods for rates and proportions", section 3.1,
 *         without continuity correction.
 * Checked: scipy.stats.chi2_contingency 1.17.1 (correction=False), of its square, relative 1e-12
 *          (test/fixtures/scipy/counts.json)
 *
 * @param referenceCounts - rows of two levels, the hit first; not modified
 * @param currentCounts - the same levels in the same order; not modified
 * @returns z and its p-value; not computable unless exactly two levels have rows (levels without rows on
 *   both sides are left out)
 * @throws {RangeError} if a side has no rows, the lengths differ, or a count is negative or not finite
 *
 * @example
 * zTest([100, 900], [130, 870])
 * // => { kind: 'test', statistic: -2.1027406056221145, pValue: 0.03548845046647, method: 'asymptotic' }
 */
export function zTest(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
): ZTestResult | NotComputable {
  const totals = countTotals('zTest', referenceCounts, currentCounts);
  const { referenceTotal, currentTotal } = totals;
  const levels = levelsWithRows(referenceCounts, currentCounts);
  const [hit, miss] = levels;
  if (hit === undefined || miss === undefined || levels.length !== 2) {
    return notComputable(`it takes two levels (there are ${levels.length})`);
  }
  const gap = hit.reference * currentTotal - hit.current * referenceTotal;
  const spread =
    (referenceTotal / (referenceTotal + currentTotal)) *
    currentTotal *
    (hit.reference + hit.current) *
    (miss.reference + miss.current);
  const statistic = gap / Math.sqrt(spread);
  const pValue = Math.min(1, 2 * normalUpperTail(Math.abs(statistic)));
  return { kind: 'test', statistic, pValue, method: 'asymptotic' };
}

/** The levels that have rows on either side. */
export function levelsWithRows(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
): { reference: number; current: number }[] {
  const levels: { reference: number; current: number }[] = [];
  for (let i = 0; i < referenceCounts.length; i++) {
    const reference = referenceCounts[i] as number;
    const current = currentCounts[i] as number;
    if (reference + current > 0) levels.push({ reference, current });
  }
  return levels;
}
