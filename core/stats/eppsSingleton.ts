import { type NotComputable, notComputable } from './outcome.js';
import { exactScale, pooledQuantile, requireFiniteSamples } from './samples.js';
import { chiSquaredUpperTail } from './special.js';

export interface EppsSingletonResult {
  kind: 'test';
  statistic: number;
  pValue: number;
  method: 'asymptotic';
  degreesOfFreedom: 4;
}

/** Where the characteristic functions are compared, in units of half the pooled interquartile range. */
const FREQUENCIES = [0.4, 0.8] as const;
const SMALLEST_SAMPLE = 5;
/** Below so many values on both sides the statistic is shrunk. */
const SMALL_SAMPLE = 25;
/** An angle beyond it is known to no more than 1e-6 of a radian. */
const LARGEST_ANGLE = 2 ** 32;
/** A direction with less of its own than this is rounding. */
const LEAST_SHARE = 1e-8;

/**
 * Epps-Singleton test: the gap between two empirical characteristic functions at two frequencies.
 *
 * Null hypothesis: both samples come from one distribution, which need not be continuous: integers and ties
 * do no harm. It answers to the bulk, and little to the tails.
 *
 * Range: statistic 0 (same) upward, no unit; larger is more drift.
 *        pValue 0 to 1; smaller is more drift; rough with few values.
 * Cost: O(n + m), six sines and cosines a distinct value.
 * Source: Epps and Singleton (1986), "An omnibus test for the two-sample problem using the empirical
 *         characteristic function", Journal of Statistical Computation and Simulation 26, 177-203, at 0.4
 *         and 0.8; the covariance by orthogonal rotations, so that it is never squared.
 * Checked: scipy.stats.epps_singleton_2samp 1.17.1, relative 1e-9; 50 digits where the covariance is nearly
 *          singular and SciPy itself is off by 2e-9 (test/fixtures/scipy/ranks.json)
 *
 * @param sortedReference - n >= 1 finite values, ascending; not modified
 * @param sortedCurrent - m >= 1 finite values in the same unit, ascending; not modified
 * @returns the statistic and its p-value by chi-squared; not computable with fewer than 5 values on a side,
 *   where the middle half of all values is one value, where the covariance is singular (as with fewer
 *   than 5 distinct values), or with values more than 10^9 interquartile ranges away
 * @throws {RangeError} if either sample is empty or has a value that is not finite
 *
 * @example
 * eppsSingleton(Float64Array.of(1, 2, 3, 4, 5, 6), Float64Array.of(2, 4, 4, 7, 8, 9))
 * // => { kind: 'test', statistic: 2.468535379817139, pValue: 0.6502787440246599, ... }
 */
export function eppsSingleton(
  sortedReference: Float64Array,
  sortedCurrent: Float64Array,
): EppsSingletonResult | NotComputable {
  requireFiniteSamples('eppsSingleton', sortedReference, sortedCurrent);
  const n = sortedReference.length;
  const m = sortedCurrent.length;
  if (n < SMALLEST_SAMPLE || m < SMALLEST_SAMPLE) {
    return notComputable(`it needs at least ${SMALLEST_SAMPLE} values per side`);
  }
  const scale = exactScale(sortedReference, sortedCurrent);
  const quantile = (p: number) => pooledQuantile(sortedReference, sortedCurrent, p) * scale;
  const halfRange = (quantile(0.75) - quantile(0.25)) / 2;
  if (halfRange === 0) return notComputable('the middle half of all values is one value');
  const origin = quantile(0.5);
  const lowest = Math.min(sortedReference[0] as number, sortedCurrent[0] as number) * scale;
  const highest =
    Math.max(sortedReference[n - 1] as number, sortedCurrent[m - 1] as number) * scale;
  const reach = Math.max(origin - lowest, highest - origin);
  if ((reach / halfRange) * FREQUENCIES[1] > LARGEST_ANGLE) {
    return notComputable('some values are too far out for their angle to be known');
  }

  const factor = new Float64Array(DIMENSIONS * DIMENSIONS);
  const frame = { scale, origin, halfRange };
  const reference = sideMoments(sortedReference, frame, factor, n + m);
  const current = sideMoments(sortedCurrent, frame, factor, n + m);
  for (let column = 0; column < DIMENSIONS; column++) {
    const own = Math.abs(factor[column * DIMENSIONS + column] as number);
    let square = 0;
    for (let row = 0; row <= column; row++) {
      square += (factor[row * DIMENSIONS + column] as number) ** 2;
    }
    if (!(own > LEAST_SHARE * Math.sqrt(square))) {
      return notComputable('the covariance is singular: there are too few distinct values');
    }
  }
  const gaps = reference.map((mean, i) => mean - (current[i] as number));
  let statistic = (n + m) * squaredLength(factor, gaps);
  if (Math.max(n, m) < SMALL_SAMPLE) {
    statistic /= 1 + (n + m) ** -0.45 + 10.1 * (n ** -1.7 + m ** -1.7);
  }
  const pValue = chiSquaredUpperTail(statistic, 4);
  return { kind: 'test', statistic, pValue, method: 'asymptotic', degreesOfFreedom: 4 };
}

/** Cosine and sine at each frequency. */
const DIMENSIONS = 4;

interface Frame {
  scale: number;
  origin: number;
  halfRange: number;
}

/**
 * The means of cosines and sines of one side. Their covariance times N / n enters the factor R (R' R is the
 * covariance). Both are taken as distances from the side's median, by products of sines, so that a side
 * that is narrow beside the pooled range keeps its digits.
 */
function sideMoments(
  sorted: Float64Array,
  { scale, origin, halfRange }: Frame,
  factor: Float64Array,
  total: number,
): Float64Array {
  const n = sorted.length;
  const center = (sorted[n >> 1] as number) * scale;
  const means = new Float64Array(DIMENSIONS);
  const row = new Float64Array(DIMENSIONS);
  for (let start = 0; start < n; ) {
    const end = tieEnd(sorted, start);
    distances((sorted[start] as number) * scale, center, origin, halfRange, row);
    for (let d = 0; d < DIMENSIONS; d++) {
      means[d] = (means[d] as number) + (row[d] as number) * ((end - start) / n);
    }
    start = end;
  }
  for (let start = 0; start < n; ) {
    const end = tieEnd(sorted, start);
    distances((sorted[start] as number) * scale, center, origin, halfRange, row);
    const weight = (Math.sqrt(end - start) / n) * Math.sqrt(total);
    for (let d = 0; d < DIMENSIONS; d++) {
      row[d] = ((row[d] as number) - (means[d] as number)) * weight;
    }
    rotateIn(factor, row);
    start = end;
  }
  FREQUENCIES.forEach((frequency, f) => {
    const angle = (frequency / halfRange) * (center - origin);
    means[2 * f] = (means[2 * f] as number) + Math.cos(angle);
    means[2 * f + 1] = (means[2 * f + 1] as number) + Math.sin(angle);
  });
  return means;
}

function tieEnd(sorted: Float64Array, start: number): number {
  let end = start + 1;
  while (end < sorted.length && sorted[end] === sorted[start]) end++;
  return end;
}

/** cos(a) - cos(c) and sin(a) - sin(c) at each frequency, a and c the angles of the value and the center. */
function distances(
  value: number,
  center: number,
  origin: number,
  halfRange: number,
  row: Float64Array,
): void {
  for (let f = 0; f < FREQUENCIES.length; f++) {
    const frequency = (FREQUENCIES[f] as number) / halfRange;
    const half = (frequency * (value - center)) / 2;
    const middle = frequency * (center - origin) + half;
    const chord = 2 * Math.sin(half);
    row[2 * f] = -chord * Math.sin(middle);
    row[2 * f + 1] = chord * Math.cos(middle);
  }
}

/** Adds a row to the upper triangular factor by Givens rotations; the row is used up. */
function rotateIn(factor: Float64Array, row: Float64Array): void {
  for (let i = 0; i < DIMENSIONS; i++) {
    const below = row[i] as number;
    if (below === 0) continue;
    const diagonal = factor[i * DIMENSIONS + i] as number;
    const length = Math.sqrt(diagonal * diagonal + below * below);
    if (length === 0) continue;
    const cosine = diagonal / length;
    const sine = below / length;
    for (let d = i; d < DIMENSIONS; d++) {
      const at = i * DIMENSIONS + d;
      const kept = factor[at] as number;
      const added = row[d] as number;
      factor[at] = cosine * kept + sine * added;
      row[d] = cosine * added - sine * kept;
    }
  }
}

/** g' (R' R)^-1 g, by forward substitution in R' y = g. */
function squaredLength(factor: Float64Array, gaps: Float64Array): number {
  const solved = new Float64Array(DIMENSIONS);
  let sum = 0;
  for (let i = 0; i < DIMENSIONS; i++) {
    let rest = gaps[i] as number;
    for (let j = 0; j < i; j++)
      rest -= (factor[j * DIMENSIONS + i] as number) * (solved[j] as number);
    const value = rest / (factor[i * DIMENSIONS + i] as number);
    solved[i] = value;
    sum += value * value;
  }
  return sum;
}
