import { quantileSorted } from './quantile.js';
import { countUpTo, type Sorted } from './runs.js';

/**
 * Inner edges of the bins for PSI and its kin: quantiles of the reference, each value once.
 *
 * Every bin holds about the same share of the reference, so no bin is empty by design. Ties collapse
 * edges: then there are fewer, larger bins.
 *
 * Range: within the reference, ascending, without repeats; at most binCount - 1 of them.
 * Cost: O(binCount).
 * Source: Siddiqi (2017), "Intelligent Credit Scoring", chapter on scorecard monitoring (decile bins);
 *         quantiles of type 7 in Hyndman and Fan (1996).
 * Checked: numpy.unique(numpy.quantile(...)), relative 1e-14 (test/fixtures/scipy/descriptive.json)
 *
 * @param sortedReference - n >= 1 values, ascending, no NaN; not modified
 * @param binCount - bins asked for, 2 or more; fewer than five values a bin lower it to
 *   max(2, floor(n / 5))
 * @returns the edges, in the column's unit: bin i holds (edge[i-1], edge[i]], the first and the last
 *   bin are open, so there is one bin more than edges
 * @throws {RangeError} if the reference is empty or binCount is not a whole number of 2 or more
 *
 * @example
 * referenceBinEdges(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 10)
 * // => [5.5]
 */
export function referenceBinEdges(sortedReference: Sorted, binCount: number): number[] {
  const count = sortedReference.length;
  if (count === 0 || !Number.isInteger(binCount) || binCount < 2) {
    throw new RangeError(
      `referenceBinEdges requires a value and 2 bins or more (got ${count} values, ${binCount} bins)`,
    );
  }
  const used = Math.min(binCount, Math.max(2, Math.floor(count / 5)));
  const edges: number[] = [];
  for (let i = 1; i < used; i++) {
    const edge = quantileSorted(sortedReference, i / used);
    if (edge !== edges.at(-1)) edges.push(edge);
  }
  return edges;
}

/**
 * Counts of a sorted sample in the bins between inner edges.
 *
 * Range: 0 to n each; they add up to n, for the outer bins are open.
 * Cost: O(k log n) for k edges.
 * Source: the bins of {@link referenceBinEdges}.
 * Checked: numpy.searchsorted, exactly (test/fixtures/scipy/descriptive.json)
 *
 * @param sorted - n >= 0 values, ascending, no NaN; not modified
 * @param innerEdges - ascending, in the same unit; not modified
 * @returns one count more than edges: bin i holds (edge[i-1], edge[i]]
 *
 * @example
 * countInBins(Float64Array.of(1, 2, 3, 4), [2, 3.5])
 * // => [2, 1, 1]
 */
export function countInBins(sorted: Sorted, innerEdges: ArrayLike<number>): number[] {
  const counts: number[] = [];
  let counted = 0;
  for (let i = 0; i < innerEdges.length; i++) {
    const upTo = countUpTo(sorted, innerEdges[i] as number);
    counts.push(upTo - counted);
    counted = upTo;
  }
  counts.push(sorted.length - counted);
  return counts;
}
