import { partsOf, type Sorted } from './runs.js';

/** Neighbouring values of two samples together, each once. */
export interface PoolSlice {
  count: number;
  /** Ascending. */
  values: Float64Array;
  /** How many of the reference's values are up to each; */
  referenceCounts: Float64Array;
  /** and of the current's. */
  currentCounts: Float64Array;
}

/** Slices hold so many; and samples of so many in all are merged once for all measures of a column. */
const sliceSize = 4_096;
const mostKept = 2 ** 18;

let kept: { reference: Sorted; current: Sorted; slice: PoolSlice } | null = null;

/**
 * Two samples merged, a slice at a time. To take now from one and now from the other is slow, for the machine guesses
 * wrong every second time: what goes through the slices does not.
 *
 * @returns slices whose arrays the next one overwrites, be it of these samples or of others
 */
export function poolSlices(reference: Sorted, current: Sorted): Iterable<PoolSlice> {
  if (kept?.reference === reference && kept.current === current) return [kept.slice];
  const most = partsOf(reference).values.length + partsOf(current).values.length;
  if (most > mostKept) return mergeSlices(reference, current);
  const slice = kept && kept.slice.values.length >= most ? kept.slice : createSlice(most);
  fill(slice, reference, current, { reference: 0, current: 0 });
  kept = { reference, current, slice };
  return [slice];
}

function* mergeSlices(reference: Sorted, current: Sorted): Generator<PoolSlice> {
  const slice = createSlice(sliceSize);
  const from = { reference: 0, current: 0 };
  do {
    fill(slice, reference, current, from);
    yield slice;
  } while (slice.count === sliceSize);
}

function createSlice(size: number): PoolSlice {
  return {
    count: 0,
    values: new Float64Array(size),
    referenceCounts: new Float64Array(size),
    currentCounts: new Float64Array(size),
  };
}

function fill(
  slice: PoolSlice,
  reference: Sorted,
  current: Sorted,
  from: { reference: number; current: number },
): void {
  const [one, other] = [partsOf(reference), partsOf(current)];
  merge(one.values, other.values, from, slice);
  if (one.ends) toCounts(slice.referenceCounts, one.ends, slice.count);
  if (other.ends) toCounts(slice.currentCounts, other.ends, slice.count);
}

/** Fills a slice, with indices for counts, and moves on where the next one begins. */
function merge(
  reference: Float64Array,
  current: Float64Array,
  from: { reference: number; current: number },
  slice: PoolSlice,
): void {
  const { values, referenceCounts, currentCounts } = slice;
  let i = from.reference;
  let j = from.current;
  let count = 0;
  let last = Number.NaN;
  while (i < reference.length || j < current.length) {
    const one = i < reference.length ? (reference[i] as number) : Infinity;
    const other = j < current.length ? (current[j] as number) : Infinity;
    const value = Math.min(one, other);
    if (value !== last) {
      if (count === values.length) break;
      values[count] = value;
      count++;
      last = value;
    }
    if (i < reference.length && one <= other) i++;
    else j++;
    referenceCounts[count - 1] = i;
    currentCounts[count - 1] = j;
  }
  from.reference = i;
  from.current = j;
  slice.count = count;
}

function toCounts(indices: Float64Array, ends: Float64Array, count: number): void {
  for (let k = 0; k < count; k++) {
    const index = indices[k] as number;
    indices[k] = index === 0 ? 0 : (ends[index - 1] as number);
  }
}
