import type { Pair } from '../column.js';
import { histogramSorted } from '../stats/histogram.js';
import {
  countLevels,
  distinctCount,
  type EvidentlyColumn,
  type EvidentlyNumbers,
} from './evidentlyColumn.js';

/** With more distinct values than that in the reference, numbers are put into bins. */
const MOST_DISTINCT_UNBINNED = 20;

/**
 * NumPy's `histogram_bin_edges(values, bins="sturges")`: bins of equal width from the smallest to the
 * largest value, some log2(n) + 1 of them. To the last digit, as a value on an edge falls to one side of it.
 *
 * @param min - the smallest of n values
 * @param max - the largest
 * @param count - n >= 1
 * @returns one more edge than bins, ascending; null where the values lie too close or too far for doubles
 */
export function sturgesEdges(min: number, max: number, count: number): Float64Array | null {
  const width = (max - min) / (Math.log2(count) + 1);
  const [first, last] = min === max ? [min - 0.5, max + 0.5] : [min, max];
  const binCount = width > 0 ? Math.ceil((last - first) / width) : 1;
  const step = (last - first) / binCount;
  if (!Number.isFinite(step)) return null;
  const edges = Float64Array.from({ length: binCount + 1 }, (_, i) => i * step + first);
  edges[binCount] = last;
  const isAscending = edges.every((edge, i) => i === 0 || edge > (edges[i - 1] as number));
  return isAscending ? edges : null;
}

/**
 * Shares per bin of both sides as psi, jensenshannon and kl_div have them: numbers with more than 20
 * distinct values in the reference in Sturges bins over both sides, anything else by distinct value.
 */
export function binShares(column: EvidentlyColumn): Pair<number[]> | null {
  if (column.columnType === 'cat' || distinctCount(column.reference) <= MOST_DISTINCT_UNBINNED) {
    const { reference, current, rowCount } = countLevels(column);
    return {
      reference: reference.map((count) => count / rowCount.reference),
      current: current.map((count) => count / rowCount.current),
    };
  }
  const { reference, current } = column;
  const edges = pooledEdges(column, reference.length + current.length);
  if (!edges) return null;
  const shares = (sorted: Float64Array) =>
    histogramSorted(sorted, edges).counts.map((count) => count / sorted.length);
  return { reference: shares(reference), current: shares(current) };
}

/** Sturges edges over both sides for so many values; the numbers have to be ascending. */
export function pooledEdges(
  { reference, current }: EvidentlyNumbers,
  count: number,
): Float64Array | null {
  const min = Math.min(reference[0] as number, current[0] as number);
  const max = Math.max(reference.at(-1) as number, current.at(-1) as number);
  return sturgesEdges(min, max, count);
}

/** Empty cells of a side become 0.0001, or a millionth of its smallest share where that is no larger. */
export function fillEmpty(shares: readonly number[]): number[] {
  const smallest = shares.reduce((least, share) => (share > 0 && share < least ? share : least), 1);
  const filling = smallest <= 0.0001 ? smallest / 10 ** 6 : 0.0001;
  return shares.map((share) => (share === 0 ? filling : share));
}
