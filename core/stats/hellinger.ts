import { countTotals } from './counts.js';

/**
 * Hellinger distance: the straight line between the square roots of two sets of shares.
 *
 * Bounded and defined for new and vanished levels. Biased upward like Jensen-Shannon: without drift it is
 * about sqrt((k - 1) (1/n + 1/m) / 8), so many levels and few rows look like drift.
 *
 * Range: 0 (same shares) to 1 (no level in common), no unit; larger is more drift.
 * Cost: O(k).
 * Source: Hellinger (1909), "Neue Begründung der Theorie quadratischer Formen von unendlichvielen
 *         Veränderlichen", Journal für die reine und angewandte Mathematik 136, 210-271; divided by sqrt(2).
 * Checked: numpy 2.4.6, relative 1e-12 or its own rounding (test/fixtures/scipy/counts.json)
 *
 * @param referenceCounts - rows per bin or level, 0 or more each; not modified
 * @param currentCounts - the same bins in the same order; not modified
 * @returns the distance; accurate near 0, and 0 for equal shares
 * @throws {RangeError} if a side has no rows, the lengths differ, or a count is negative or not finite
 *
 * @example
 * hellinger([50, 30, 20], [40, 30, 30])
 * // => 0.08852926195176515
 */
export function hellinger(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
): number {
  const totals = countTotals('hellinger', referenceCounts, currentCounts);
  const { referenceTotal, currentTotal } = totals;
  let sum = 0;
  for (let i = 0; i < referenceCounts.length; i++) {
    const reference = referenceCounts[i] as number;
    const current = currentCounts[i] as number;
    // sqrt(p) - sqrt(q) as (p - q) / (sqrt(p) + sqrt(q)), the upper part whole.
    const gap =
      (reference * currentTotal - current * referenceTotal) / referenceTotal / currentTotal;
    if (gap === 0) continue;
    sum += (gap / (Math.sqrt(reference / referenceTotal) + Math.sqrt(current / currentTotal))) ** 2;
  }
  return Math.min(1, Math.sqrt(sum / 2));
}
