/** A Gaussian kernel on numbers: its bandwidth by the median heuristic, and its matrix as a thin factor. */

/** What the factor may leave of a value's kernel with itself, which is 1. */
const RESIDUE = 1e-14;

/** The lower median of all positive distances between two of the values, or null where there are none. */
export function medianDistance(sorted: Float64Array): number | null {
  const n = sorted.length;
  const zeros = pairsWithin(sorted, 0);
  const positive = (n * (n - 1)) / 2 - zeros;
  if (positive === 0) return null;
  const wanted = zeros + Math.ceil(positive / 2);
  // Bisection over the bits of doubles, which are ordered as the numbers are: the answer is exact.
  const bits = new BigInt64Array(1);
  const value = new Float64Array(bits.buffer);
  value[0] = (sorted[n - 1] as number) - (sorted[0] as number);
  let high = bits[0] as bigint;
  let low = 0n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    bits[0] = middle;
    if (pairsWithin(sorted, value[0] as number) >= wanted) high = middle;
    else low = middle;
  }
  bits[0] = high;
  return value[0] as number;
}

/** How many pairs of values are at most `distance` apart. */
function pairsWithin(sorted: Float64Array, distance: number): number {
  let start = 0;
  let count = 0;
  for (let end = 0; end < sorted.length; end++) {
    while ((sorted[end] as number) - (sorted[start] as number) > distance) start++;
    count += end - start;
  }
  return count;
}

/**
 * Rows whose inner products are the kernel matrix to 1e-14, by Cholesky's decomposition with the largest
 * residue as next pivot (Fine and Scheinberg 2001), each column then centered on 0.
 */
export function lowRankKernel(
  sorted: Float64Array,
  bandwidth: number,
): { factor: Float64Array; rank: number } {
  const n = sorted.length;
  const residues = new Float64Array(n).fill(1);
  const columns: Float64Array[] = [];
  while (columns.length < n) {
    let pivot = 0;
    for (let i = 1; i < n; i++) {
      if ((residues[i] as number) > (residues[pivot] as number)) pivot = i;
    }
    const largest = residues[pivot] as number;
    if (largest < RESIDUE) break;
    const column = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const gap = ((sorted[i] as number) - (sorted[pivot] as number)) / bandwidth;
      column[i] = Math.exp((-gap * gap) / 2);
    }
    for (const earlier of columns) {
      const weight = earlier[pivot] as number;
      for (let i = 0; i < n; i++) {
        column[i] = (column[i] as number) - weight * (earlier[i] as number);
      }
    }
    const root = Math.sqrt(largest);
    for (let i = 0; i < n; i++) {
      const entry = (column[i] as number) / root;
      column[i] = entry;
      residues[i] = (residues[i] as number) - entry * entry;
    }
    residues[pivot] = 0;
    columns.push(column);
  }
  const rank = columns.length;
  const factor = new Float64Array(n * rank);
  columns.forEach((column, d) => {
    let sum = 0;
    for (const entry of column) sum += entry;
    for (let i = 0; i < n; i++) factor[i * rank + d] = (column[i] as number) - sum / n;
  });
  return { factor, rank };
}
