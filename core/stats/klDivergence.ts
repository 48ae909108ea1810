import { countTotals } from './counts.js';
import { entropyTerm } from './entropy.js';
import { type NotComputable, notComputable } from './outcome.js';

export interface KlDivergenceResult {
  kind: 'distance';
  distance: number;
}

export interface KlDivergenceOptions {
  /** Shares below it are raised to it and not scaled back, as for PSI with 1e-4. Default 0: none is raised. */
  floor?: number;
}

/**
 * Kullback-Leibler divergence of the reference's shares from the current ones: the surprise, in nats, of
 * one who expects the current shares and is shown the reference.
 *
 * Not symmetric: for the other direction exchange the arguments. Infinite as soon as one of the reference's
 * levels has vanished, so most people use it with a floor, where a vanished level counts by that floor.
 *
 * Range: 0 (same shares) upward, in nats; larger is more drift. With a floor a little below 0 is possible.
 * Cost: O(k).
 * Source: Kullback and Leibler (1951), "On information and sufficiency", Annals of Mathematical Statistics
 *         22(1), 79-86.
 * Checked: scipy.stats.entropy 1.17.1 (pk, qk), relative 1e-12 or its own rounding
 *          (test/fixtures/scipy/counts.json)
 *
 * @param referenceCounts - rows per bin or level, 0 or more each; not modified
 * @param currentCounts - the same bins in the same order; not modified
 * @param options - a floor for the shares
 * @returns the divergence; not computable where a level of the reference has no current rows and there is
 *   no floor
 * @throws {RangeError} if a side has no rows, the lengths differ, a count is negative or not finite, or the
 *   floor is not within 0 to 1
 *
 * @example
 * klDivergence([50, 30, 20], [40, 30, 30])
 * // => { kind: 'distance', distance: 0.030478754035472 }
 */
export function klDivergence(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
  options: KlDivergenceOptions = {},
): KlDivergenceResult | NotComputable {
  const totals = countTotals('klDivergence', referenceCounts, currentCounts);
  const { referenceTotal, currentTotal } = totals;
  const floor = options.floor ?? 0;
  if (!(floor >= 0 && floor <= 1)) {
    throw new RangeError(`klDivergence requires a floor of 0 to 1 (got ${floor})`);
  }
  let sum = 0;
  for (let i = 0; i < referenceCounts.length; i++) {
    const reference = referenceCounts[i] as number;
    const current = currentCounts[i] as number;
    if (floor > 0) {
      const raised = Math.max(reference / referenceTotal, floor);
      sum += raised * Math.log(raised / Math.max(current / currentTotal, floor));
    } else if (current > 0) {
      const gap = reference * currentTotal - current * referenceTotal;
      sum += (current / currentTotal) * entropyTerm(gap / current / referenceTotal);
    } else if (reference > 0) {
      return notComputable('it is infinite: a level of the reference has no current rows');
    }
  }
  return { kind: 'distance', distance: sum };
}
