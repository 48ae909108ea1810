import { countUpTo, type Sorted } from './runs.js';

/**
 * Empirical cumulative distribution function: the share of a sample at or below each given value.
 *
 * Range: 0 to 1, growing with the value.
 * Cost: O(k log n) for k values.
 * Source: van der Vaart (1998), "Asymptotic Statistics", section 19.1.
 * Checked: scipy.stats.ecdf 1.17.1, relative 1e-15 (test/fixtures/scipy/descriptive.json)
 *
 * @param sorted - n >= 1 values, ascending, no NaN; not modified
 * @param values - where to look, in the same unit, any order; not modified
 * @returns one share per value, in the order given
 * @throws {RangeError} if the sample is empty
 *
 * @example
 * ecdfSorted(Float64Array.of(1, 2, 2, 5), [0, 2, 5])
 * // => [0, 0.75, 1]
 */
export function ecdfSorted(sorted: Sorted, values: ArrayLike<number>): number[] {
  if (sorted.length === 0) throw new RangeError('ecdfSorted requires at least one value (got 0)');
  return Array.from(values, (value) => countUpTo(sorted, value) / sorted.length);
}
