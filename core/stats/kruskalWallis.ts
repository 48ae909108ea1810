import { rankSums } from './mannWhitney.js';
import { type NotComputable, notComputable } from './outcome.js';
import { requireSamples } from './samples.js';
import { chiSquaredUpperTail } from './special.js';

export interface KruskalWallisResult {
  kind: 'test';
  statistic: number;
  pValue: number;
  method: 'asymptotic';
  degreesOfFreedom: 1;
}

/**
 * Kruskal-Wallis H test of two groups: do their ranks have the same mean?
 *
 * Null hypothesis: both samples come from one distribution. With two groups it is the Mann-Whitney test,
 * asymptotic and without its correction for continuity, and as blind to a change of spread alone.
 *
 * Range: statistic 0 (same mean rank) to n + m - 1, no unit; larger is more drift.
 *        pValue 0 to 1; smaller is more drift; rough below 5 values a side.
 * Cost: O(n + m).
 * Source: Kruskal and Wallis (1952), "Use of ranks in one-criterion variance analysis", Journal of the
 *         American Statistical Association 47, 583-621; corrected for ties.
 * Checked: scipy.stats.kruskal 1.17.1, relative 1e-12 or its own rounding (test/fixtures/scipy/ranks.json)
 *
 * @param sortedReference - n >= 1 values, ascending, no NaN; not modified
 * @param sortedCurrent - m >= 1 values in the same unit, ascending, no NaN; not modified
 * @returns H and its p-value by chi-squared; not computable where all values are equal
 * @throws {RangeError} if either sample is empty or has NaN
 *
 * @example
 * kruskalWallis(Float64Array.of(1, 3, 5, 7, 9), Float64Array.of(2, 4, 6, 8, 10))
 * // => { kind: 'test', statistic: 0.2727272727272727, pValue: 0.6015081344405895, ... }
 */
export function kruskalWallis(
  sortedReference: Float64Array,
  sortedCurrent: Float64Array,
): KruskalWallisResult | NotComputable {
  requireSamples('kruskalWallis', sortedReference, sortedCurrent);
  const { statistic: pairs, spread } = rankSums(sortedReference, sortedCurrent);
  if (spread === 0) return notComputable('all values are equal');
  const gap = pairs - (sortedReference.length * sortedCurrent.length) / 2;
  const statistic = (gap / spread) * gap;
  return {
    kind: 'test',
    statistic,
    pValue: chiSquaredUpperTail(statistic, 1),
    method: 'asymptotic',
    degreesOfFreedom: 1,
  };
}
