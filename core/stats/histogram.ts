import { countBelow, countUpTo, type Sorted } from './runs.js';

export interface HistogramCounts {
  /** One fewer than the edges. */
  counts: number[];
  /** Values left of the first edge. */
  below: number;
  /** Values right of the last edge. */
  above: number;
}

/**
 * Histogram of a sorted sample over given edges: how many values each bin holds.
 *
 * Bins are half open, [edge, next edge), and the last one holds its upper edge too.
 *
 * Range: counts 0 to n; counts, below and above add up to n.
 * Cost: O(k log n) for k edges.
 * Source: numpy.histogram, the same bins.
 * Checked: numpy.histogram, exactly (test/fixtures/scipy/descriptive.json)
 *
 * @param sorted - n >= 0 values, ascending, no NaN; not modified
 * @param binEdges - at least 2, ascending, in the same unit; not modified
 * @returns the counts, and how many values lie outside of all bins
 * @throws {RangeError} if there are fewer than two edges or they do not ascend
 *
 * @example
 * histogramSorted(Float64Array.of(0, 1, 2, 3, 4, 9), [1, 2, 4])
 * // => { counts: [1, 3], below: 1, above: 1 }
 */
export function histogramSorted(sorted: Sorted, binEdges: ArrayLike<number>): HistogramCounts {
  const binCount = binEdges.length - 1;
  if (binCount < 1) {
    throw new RangeError(`histogramSorted requires two edges or more (got ${binEdges.length})`);
  }
  const counts: number[] = [];
  const below = countBelow(sorted, binEdges[0] as number);
  let counted = below;
  for (let i = 1; i <= binCount; i++) {
    const edge = binEdges[i] as number;
    if (!(edge > (binEdges[i - 1] as number))) {
      throw new RangeError(`histogramSorted requires ascending edges (got ${edge} at ${i})`);
    }
    const upTo = i === binCount ? countUpTo(sorted, edge) : countBelow(sorted, edge);
    counts.push(upTo - counted);
    counted = upTo;
  }
  return { counts, below, above: sorted.length - counted };
}
