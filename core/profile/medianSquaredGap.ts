/**
 * The median of the squared gaps between all n² ordered pairs of values, each with itself included,
 * as NumPy's percentile finds it with `method="nearest"`; without ever listing the pairs.
 *
 * @param sorted - n >= 1 values, ascending
 */
export function medianSquaredGap(sorted: Float64Array): number {
  const n = sorted.length;
  const middle = (n * n - 1) / 2;
  const index = roundHalfToEven(middle);
  if (index < n) return 0;
  // Above the n zeros of the diagonal each pair stands twice.
  const rank = Math.floor((index - n) / 2);
  let low = 0;
  let high = (sorted[n - 1] as number) - (sorted[0] as number);
  if (pairsWithin(sorted, low) > rank) return 0;
  // Halving ends at the smallest gap that has enough pairs within it.
  for (;;) {
    const gap = low + (high - low) / 2;
    if (gap <= low || gap >= high) return high * high;
    if (pairsWithin(sorted, gap) > rank) high = gap;
    else low = gap;
  }
}

/** How many pairs i < j are no more than `gap` apart. */
function pairsWithin(sorted: Float64Array, gap: number): number {
  let count = 0;
  let first = 0;
  for (let i = 0; i < sorted.length; i++) {
    while ((sorted[i] as number) - (sorted[first] as number) > gap) first++;
    count += i - first;
  }
  return count;
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value === floor) return floor;
  return floor % 2 === 0 ? floor : floor + 1;
}
