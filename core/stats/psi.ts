import { chiSquaredQuantile } from './chiSquaredQuantile.js';
import { countTotals } from './counts.js';

const SHARE_FLOOR = 1e-4;

/**
 * Population stability index: the symmetric Kullback-Leibler divergence between two sets of shares.
 *
 * Credit scoring's measure, read with its bands (below 0.1 stable, above 0.25 shifted). Under no drift it
 * grows with the number of bins and falls with the rows, so the bands mislead in small samples; a level
 * that is new or gone counts by the floor of the shares.
 *
 * Range: 0 (same shares) to about 18.4 (no level in common), no unit; larger is more drift.
 * Cost: O(k).
 * Source: Siddiqi (2017), "Intelligent Credit Scoring"; Jeffreys (1946), "An invariant form for the prior
 *         probability in estimation problems".
 * Checked: published tables; numpy, relative 1e-12 (test/fixtures/scipy/categorical.json)
 *
 * @param referenceCounts - rows per bin or level, 0 or more each; not modified
 * @param currentCounts - the same bins in the same order; not modified
 * @returns the index, in nats; shares below 0.0001 are raised to it and not scaled back
 * @throws {RangeError} if a side has no rows, the lengths differ, or a count is negative or not finite
 *
 * @example
 * psi([50, 30, 20], [40, 30, 30])
 * // => 0.06286086594223739
 */
export function psi(referenceCounts: ArrayLike<number>, currentCounts: ArrayLike<number>): number {
  const { referenceTotal, currentTotal } = countTotals('psi', referenceCounts, currentCounts);
  let sum = 0;
  for (let i = 0; i < referenceCounts.length; i++) {
    const reference = Math.max((referenceCounts[i] as number) / referenceTotal, SHARE_FLOOR);
    const current = Math.max((currentCounts[i] as number) / currentTotal, SHARE_FLOOR);
    sum += (current - reference) * Math.log(current / reference);
  }
  return sum;
}

/**
 * Noise floor of the population stability index: what it stays under in 95 of 100 pairs without drift.
 *
 * Under no drift the index over (1/n + 1/m) follows chi-squared with k - 1 degrees of freedom; the floor is
 * its 95 % point. Rough where bins expect fewer than 5 rows.
 *
 * Range: 0 (one level) upward, no unit.
 * Cost: O(1).
 * Source: Yurdakul (2018), "Statistical properties of population stability index", dissertation 3208,
 *         Western Michigan University.
 * Checked: scipy.stats.chi2.ppf 1.17.1, relative 1e-12 (test/fixtures/scipy/categorical.json)
 *
 * @param levelCount - k, bins or levels with rows, 1 or more
 * @param referenceCount - n rows, above 0
 * @param currentCount - m rows, above 0
 * @returns the 95 % point
 * @throws {RangeError} if an argument is out of range
 *
 * @example
 * psiNoiseFloor(10, 1000, 1000)
 * // => 0.033837955209240905
 */
export function psiNoiseFloor(
  levelCount: number,
  referenceCount: number,
  currentCount: number,
): number {
  if (!(levelCount >= 1 && referenceCount > 0 && currentCount > 0)) {
    throw new RangeError(
      `psiNoiseFloor requires a level and rows (got ${levelCount}, ${referenceCount}, ${currentCount})`,
    );
  }
  if (levelCount === 1) return 0;
  return chiSquaredQuantile(0.95, levelCount - 1) * (1 / referenceCount + 1 / currentCount);
}
