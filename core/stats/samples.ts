/** What the tests on two sorted samples share: a check of the arguments, one merge pass, a scale for squares. */

/** Both samples must have values, and no NaN; a sorted typed array has its NaNs last. */
export function requireSamples(
  name: string,
  sortedReference: Float64Array,
  sortedCurrent: Float64Array,
): void {
  const n = sortedReference.length;
  const m = sortedCurrent.length;
  if (n === 0 || m === 0) {
    throw new RangeError(`${name} requires at least one value per sample (got ${n} and ${m})`);
  }
  if (Number.isNaN(sortedReference[n - 1]) || Number.isNaN(sortedCurrent[m - 1])) {
    throw new RangeError(`${name} requires samples without NaN`);
  }
}

/** The same, for statistics that need the values and not only their order. */
export function requireFiniteSamples(
  name: string,
  sortedReference: Float64Array,
  sortedCurrent: Float64Array,
): void {
  requireSamples(name, sortedReference, sortedCurrent);
  for (const sorted of [sortedReference, sortedCurrent]) {
    if (!Number.isFinite(sorted[0]) || !Number.isFinite(sorted[sorted.length - 1])) {
      throw new RangeError(`${name} requires finite values`);
    }
  }
}

/** How many values of each side are equal to one pooled value, and how many lie below it. */
export type VisitTie = (
  referenceTies: number,
  currentTies: number,
  referenceBelow: number,
  currentBelow: number,
) => void;

/** Calls `visit` for every distinct pooled value, ascending. */
export function visitTies(
  sortedReference: Float64Array,
  sortedCurrent: Float64Array,
  visit: VisitTie,
): void {
  const n = sortedReference.length;
  const m = sortedCurrent.length;
  let i = 0;
  let j = 0;
  while (i < n || j < m) {
    const isReference =
      j >= m || (i < n && (sortedReference[i] as number) <= (sortedCurrent[j] as number));
    const value = (isReference ? sortedReference[i] : sortedCurrent[j]) as number;
    const referenceBelow = i;
    const currentBelow = j;
    while (i < n && (sortedReference[i] as number) === value) i++;
    while (j < m && (sortedCurrent[j] as number) === value) j++;
    visit(i - referenceBelow, j - currentBelow, referenceBelow, currentBelow);
  }
}

/** A power of two that brings the largest value near 1 where squares would leave the doubles; else 1. */
export function exactScale(sortedReference: Float64Array, sortedCurrent: Float64Array): number {
  const ends = [sortedReference, sortedCurrent].flatMap((sorted) => [
    Math.abs(sorted[0] as number),
    Math.abs(sorted[sorted.length - 1] as number),
  ]);
  const extreme = Math.max(...ends);
  if (extreme === 0 || (extreme > 1e-100 && extreme < 1e100)) return 1;
  return 2 ** -Math.max(-1000, Math.min(1000, Math.floor(Math.log2(extreme)) + 2));
}

/** Linear (type 7) quantile of both samples together. */
export function pooledQuantile(
  sortedReference: Float64Array,
  sortedCurrent: Float64Array,
  p: number,
): number {
  const position = (sortedReference.length + sortedCurrent.length - 1) * p;
  const index = Math.floor(position);
  const low = pooledAt(sortedReference, sortedCurrent, index);
  const share = position - index;
  if (share === 0) return low;
  return low + share * (pooledAt(sortedReference, sortedCurrent, index + 1) - low);
}

/** The value at an index of the merged samples, by bisection over how many come from the reference. */
function pooledAt(
  sortedReference: Float64Array,
  sortedCurrent: Float64Array,
  index: number,
): number {
  const n = sortedReference.length;
  const m = sortedCurrent.length;
  let low = Math.max(0, index - m);
  let high = Math.min(n, index);
  while (low < high) {
    const taken = (low + high) >>> 1;
    const other = index - taken - 1;
    if ((sortedCurrent[other] as number) > (sortedReference[taken] as number)) low = taken + 1;
    else high = taken;
  }
  const reference = low < n ? (sortedReference[low] as number) : Number.POSITIVE_INFINITY;
  const current = index - low < m ? (sortedCurrent[index - low] as number) : reference;
  return Math.min(reference, current);
}
