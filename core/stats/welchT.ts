import { type NotComputable, notComputable } from './outcome.js';
import { exactScale, requireFiniteSamples } from './samples.js';
import { studentTUpperTail } from './special.js';

export interface WelchTResult {
  kind: 'test';
  statistic: number;
  pValue: number;
  method: 'student t';
  /** Welch's, rarely a whole number. */
  degreesOfFreedom: number;
}

/**
 * Welch's t test, two-sided: do both samples have the same mean, whatever their variances?
 *
 * Null hypothesis: equal means. It sees no other change, and needs many rows where the data have heavy
 * tails; a single wild value can hide a shift.
 *
 * Range: statistic any number, above 0 where the reference's mean is larger; far from 0 is more drift.
 *        pValue 0 to 1; smaller is more drift.
 * Cost: O(n + m), two passes.
 * Source: Welch (1947), "The generalization of 'Student's' problem when several different population
 *         variances are involved", Biometrika 34, 28-35.
 * Checked: scipy.stats.ttest_ind 1.17.1 (equal_var=False), relative 1e-11 (test/fixtures/scipy/ranks.json);
 *          values beyond 1e154, whose squares SciPy cannot hold, by the same values scaled
 *
 * @param sortedReference - n >= 1 finite values, ascending; not modified
 * @param sortedCurrent - m >= 1 finite values in the same unit, ascending; not modified
 * @returns t, its two-sided p-value and degrees of freedom; not computable with fewer than 2 values on a
 *   side, or where both sides are constant
 * @throws {RangeError} if either sample is empty or has a value that is not finite
 *
 * @example
 * welchT(Float64Array.of(1, 2, 3, 4), Float64Array.of(2, 4, 6, 8, 10))
 * // => { kind: 'test', statistic: -2.251436323159369, pValue: 0.06913359319239362, ... }
 */
export function welchT(
  sortedReference: Float64Array,
  sortedCurrent: Float64Array,
): WelchTResult | NotComputable {
  requireFiniteSamples('welchT', sortedReference, sortedCurrent);
  const n = sortedReference.length;
  const m = sortedCurrent.length;
  if (n < 2 || m < 2) return notComputable('a variance needs at least two values per side');
  const scale = exactScale(sortedReference, sortedCurrent);
  const origin = (sortedReference[n >> 1] as number) * scale;
  const reference = moments(sortedReference, scale, origin);
  const current = moments(sortedCurrent, scale, origin);
  // In units of the larger deviation, so that squares neither vanish nor overflow.
  const unit = Math.max(reference.deviation, current.deviation);
  if (unit === 0) return notComputable('both sides are constant');
  const ofReference = (reference.deviation / unit) ** 2 / n;
  const ofCurrent = (current.deviation / unit) ** 2 / m;
  const sum = ofReference + ofCurrent;
  const statistic = (reference.mean - current.mean) / unit / Math.sqrt(sum);
  const degreesOfFreedom =
    1 / ((ofReference / sum) ** 2 / (n - 1) + (ofCurrent / sum) ** 2 / (m - 1));
  const pValue = Math.min(1, 2 * studentTUpperTail(Math.abs(statistic), degreesOfFreedom));
  return { kind: 'test', statistic, pValue, method: 'student t', degreesOfFreedom };
}

/** Mean and deviation (n - 1) of the scaled distances from an origin, whose differences have all digits. */
function moments(
  sorted: Float64Array,
  scale: number,
  origin: number,
): { mean: number; deviation: number } {
  const n = sorted.length;
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < n; i++) {
    const value = (sorted[i] as number) * scale - origin;
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  const mean = (sum + lost) / n;
  const first = (sorted[0] as number) * scale;
  const reach = (sorted[n - 1] as number) * scale - first;
  if (reach === 0) return { mean: first - origin, deviation: 0 };
  let squares = 0;
  let drift = 0;
  for (let i = 0; i < n; i++) {
    const gap = ((sorted[i] as number) * scale - origin - mean) / reach;
    squares += gap * gap;
    drift += gap;
  }
  const variance = Math.max(0, squares - (drift * drift) / n) / (n - 1);
  return { mean, deviation: reach * Math.sqrt(variance) };
}
