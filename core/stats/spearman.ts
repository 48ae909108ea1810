/**
 * Spearman's rank correlation: how far two columns rise and fall together.
 *
 * It answers to any monotone relation and does not follow wild values; a relation that
 * turns around (a parabola) stays near 0.
 *
 * Range: -1 (one falls as the other rises) to 1; 0 for no monotone relation; null where a side is constant.
 * Cost: O(n log n).
 * Source: Spearman (1904), "The proof and measurement of association between two things",
 *         The American Journal of Psychology 15(1), 72-101; average ranks for ties.
 * Checked: scipy.stats.spearmanr 1.17.1, absolute 1e-12 (test/core/stats/spearman.test.ts)
 *
 * @param left - n values in row order; NaN where missing; not modified
 * @param right - n values of the same rows; NaN where missing; not modified
 * @returns the correlation over the rows in which both have a value; null for fewer than two, or for a constant side
 *
 * @example
 * spearman(Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(5, 6, 7, 8, 7))
 * // => 0.8207826816681233
 */
export function spearman(left: Float64Array, right: Float64Array): number | null {
  const isWhole = (_value: number, row: number) =>
    !Number.isNaN(left[row]) && !Number.isNaN(right[row]);
  return rankCorrelation(averageRanks(left.filter(isWhole)), averageRanks(right.filter(isWhole)));
}

/** Ranks from 1, equal values at the mean of theirs; NaN where there is no value. */
export function averageRanks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys())
    .filter((row) => !Number.isNaN(values[row]))
    .sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Float64Array(values.length).fill(Number.NaN);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    const value = values[order[start] as number];
    while (end < order.length && values[order[end] as number] === value) end++;
    for (let i = start; i < end; i++) ranks[order[i] as number] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** Pearson's correlation of ranks over the rows that have both. */
export function rankCorrelation(left: Float64Array, right: Float64Array): number | null {
  let count = 0;
  let leftSum = 0;
  let rightSum = 0;
  for (let row = 0; row < left.length; row++) {
    const x = left[row] as number;
    const y = right[row] as number;
    if (Number.isNaN(x + y)) continue;
    count++;
    leftSum += x;
    rightSum += y;
  }
  const leftMean = leftSum / count;
  const rightMean = rightSum / count;
  let leftSquares = 0;
  let rightSquares = 0;
  let products = 0;
  for (let row = 0; row < left.length; row++) {
    const x = (left[row] as number) - leftMean;
    const y = (right[row] as number) - rightMean;
    if (Number.isNaN(x + y)) continue;
    leftSquares += x * x;
    rightSquares += y * y;
    products += x * y;
  }
  const scale = Math.sqrt(leftSquares * rightSquares);
  return scale > 0 ? products / scale : null;
}
