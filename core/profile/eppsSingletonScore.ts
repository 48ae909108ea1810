import { type NotComputable, notComputable } from '../stats/outcome.js';
import { quantileSorted } from '../stats/quantile.js';
import { chiSquaredUpperTail } from '../stats/special.js';
import { type EvidentlyNumbers, pooledNumbers } from './evidentlyColumn.js';

/** Where the characteristic functions are compared, in units of half the pooled interquartile range. */
const POINTS = [0.4, 0.8];
const SIZE = 2 * POINTS.length;
/** NumPy's limits for what counts as zero: in a pseudo-inverse, and per row in a rank. */
const INVERSE_LIMIT = 1e-15;
const RANK_LIMIT = SIZE * Number.EPSILON;
/** Below so many values on both sides the statistic is made smaller. */
const SMALL_SAMPLE = 25;

/**
 * Epps-Singleton as SciPy has it; where half of all values are equal Evidently refuses it. With fewer than
 * five distinct values SciPy may take rounding for a direction of its own, which is not repeated here.
 */
export function eppsSingletonScore({
  reference,
  current,
}: EvidentlyNumbers): number | NotComputable {
  const [n, m] = [reference.length, current.length];
  const pooled = pooledNumbers(reference, current).sort();
  const range = quantileSorted(pooled, 0.75) - quantileSorted(pooled, 0.25);
  if (range === 0) return notComputable('Evidently refuses an interquartile range of 0 here');
  if (n < 5 || m < 5) return notComputable('SciPy refuses fewer than five values on a side here');
  const points = POINTS.map((point) => point / (range / 2));
  const [one, other] = [moments(reference, points), moments(current, points)];
  const covariance = one.covariance.map((row, i) =>
    row.map((entry, j) => ((n + m) / n) * entry + ((n + m) / m) * (other.covariance[i]?.[j] ?? 0)),
  );
  const gaps = one.means.map((mean, i) => mean - (other.means[i] ?? 0));
  const { values, vectors } = eigen(covariance);
  const largest = Math.max(...values.map(Math.abs));
  const inverses = values.map((value) =>
    Math.abs(value) > INVERSE_LIMIT * largest ? 1 / value : 0,
  );
  const largestInverse = Math.max(...inverses.map(Math.abs));
  const rank = inverses.filter((value) => Math.abs(value) > RANK_LIMIT * largestInverse).length;
  let statistic = 0;
  inverses.forEach((inverse, k) => {
    const along = gaps.reduce((sum, gap, i) => sum + gap * (vectors[i]?.[k] ?? 0), 0);
    statistic += (n + m) * inverse * along * along;
  });
  if (Math.max(n, m) < SMALL_SAMPLE) {
    statistic /= 1 + (n + m) ** -0.45 + 10.1 * (n ** -1.7 + m ** -1.7);
  }
  return rank === 0 ? Number.NaN : chiSquaredUpperTail(statistic, rank);
}

/** Means and covariances (with n) of cos(t x) and sin(t x) at the points t. */
function moments(
  values: Float64Array,
  points: readonly number[],
): { means: number[]; covariance: number[][] } {
  const n = values.length;
  const waves = [
    ...points.map((point) => values.map((value) => Math.cos(point * value))),
    ...points.map((point) => values.map((value) => Math.sin(point * value))),
  ];
  const means = waves.map((wave) => wave.reduce((sum, value) => sum + value, 0) / n);
  const centred = waves.map((wave, i) => wave.map((value) => value - (means[i] as number)));
  const covariance = centred.map((left) => centred.map((right) => dot(left, right) / n));
  return { means, covariance };
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += (left[i] as number) * (right[i] as number);
  return sum;
}

/** Eigenvalues of a small symmetric matrix, and its eigenvectors as columns: Jacobi's rotations. */
function eigen(symmetric: number[][]): { values: number[]; vectors: number[][] } {
  const size = symmetric.length;
  const a = symmetric.map((row) => Float64Array.from(row));
  const v = a.map((_, i) => Float64Array.from(a, (_, j) => (i === j ? 1 : 0)));
  const rotate = (matrix: Float64Array[], p: number, q: number, c: number, s: number) => {
    for (const row of matrix) {
      const [left, right] = [row[p] as number, row[q] as number];
      row[p] = c * left - s * right;
      row[q] = s * left + c * right;
    }
  };
  for (let sweep = 0; sweep < 50; sweep++) {
    let isDiagonal = true;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        const across = a[p]?.[q] as number;
        if (across === 0) continue;
        isDiagonal = false;
        const angle = Math.atan2(2 * across, (a[q]?.[q] as number) - (a[p]?.[p] as number)) / 2;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        rotate(a, p, q, c, s);
        transposed(a);
        rotate(a, p, q, c, s);
        transposed(a);
        rotate(v, p, q, c, s);
      }
    }
    if (isDiagonal) break;
  }
  return { values: a.map((row, i) => row[i] as number), vectors: v.map((row) => [...row]) };
}

function transposed(matrix: Float64Array[]): void {
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j < i; j++) {
      const [row, column] = [matrix[i] as Float64Array, matrix[j] as Float64Array];
      const held = row[j] as number;
      row[j] = column[i] as number;
      column[i] = held;
    }
  }
}
