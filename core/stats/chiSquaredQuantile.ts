import { chiSquaredUpperTail, gammaP, normalQuantile } from './special.js';

/**
 * Quantile of the chi-squared distribution: the x that a share p lies below.
 *
 * Range: 0 (at p = 0) to Infinity (at p = 1).
 * Cost: O(1), some 50 tail probabilities.
 * Source: bisection from Wilson and Hilferty (1931), "The distribution of chi-square", Proceedings of the
 *         National Academy of Sciences 17(12), 684-688.
 * Checked: scipy.stats.chi2.ppf 1.17.1, relative 1e-12 (test/fixtures/scipy/special.json)
 *
 * @param p - share below, 0 to 1
 * @param degreesOfFreedom - above 0
 * @returns x
 * @throws {RangeError} if p is not within 0 to 1 or degreesOfFreedom is not above 0
 *
 * @example
 * chiSquaredQuantile(0.95, 1)
 * // => 3.841458820694128
 */
export function chiSquaredQuantile(p: number, degreesOfFreedom: number): number {
  if (!(p >= 0 && p <= 1 && degreesOfFreedom > 0)) {
    throw new RangeError(
      `chiSquaredQuantile requires 0 <= p <= 1 and degreesOfFreedom > 0 (got ${p}, ${degreesOfFreedom})`,
    );
  }
  if (p === 0) return 0;
  if (p === 1) return Number.POSITIVE_INFINITY;
  const spread = 2 / (9 * degreesOfFreedom);
  const root = 1 - spread + normalQuantile(p) * Math.sqrt(spread);
  const isBelow = (x: number) =>
    p < 0.5
      ? gammaP(degreesOfFreedom / 2, x / 2) < p
      : chiSquaredUpperTail(x, degreesOfFreedom) > 1 - p;
  let low = Math.max(0, degreesOfFreedom * root ** 3);
  let high = low;
  while (low > 0 && !isBelow(low)) low /= 2;
  while (isBelow(high)) high = 2 * high + Number.MIN_VALUE;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
}
