import { deviance, stirlingError } from './stirling.js';

const PI_SQUARED = Math.PI * Math.PI;
/** Above it a tail is below the smallest double. */
const LARGEST_EXPONENT = 370;
/** Beyond so many values the one-sided tail is Maag and Dicaire's approximation, as in SciPy. */
const LARGEST_EXACT_COUNT = 1_000_000;
/** A sum with more terms than this is taken by every k-th term: the terms are smooth, the rest is below rounding. */
const TERMS = 8192;

/**
 * Upper tail of Kolmogorov's limiting distribution: P(sqrt(n) D > lambda) for n without bound.
 *
 * Range: 1 (at 0) to 0; falls with lambda.
 * Cost: O(1).
 * Source: Kolmogorov (1933), "Sulla determinazione empirica di una legge di distribuzione"; for small
 *         lambda the theta function's other series.
 * Checked: scipy.special.kolmogorov 1.17.1, relative 1e-12 (test/fixtures/scipy/kolmogorov.json)
 *
 * @param lambda - sqrt(n) D, or sqrt(n m / (n + m)) D for two samples; at or below 0 the answer is 1
 * @returns the tail probability
 * @throws {RangeError} if lambda is NaN
 *
 * @example
 * kolmogorovUpperTail(1.3580986393225505)
 * // => 0.05
 */
export function kolmogorovUpperTail(lambda: number): number {
  if (Number.isNaN(lambda)) throw new RangeError('kolmogorovUpperTail requires a number (got NaN)');
  if (lambda <= 0.04) return 1;
  if (lambda < 1) {
    return 1 - (Math.sqrt(2 * Math.PI) / lambda) * thetaSum(lambda, () => 1);
  }
  let sum = 0;
  for (let k = 1; k <= 6; k++) {
    sum += (k % 2 === 0 ? -2 : 2) * Math.exp(-2 * k * k * lambda * lambda);
  }
  return sum;
}

/**
 * Upper tail of the Kolmogorov-Smirnov statistic of one sample: P(D >= d) among n values.
 *
 * With the effective count n m / (n + m) it gives the p-value of two large samples.
 *
 * Range: 1 (at d <= 1/(2n)) to 0 (at d >= 1); falls with d.
 * Cost: O(n) up to some 8 000 terms; matrix powers of up to some 65 rows for the smallest d.
 * Source: Simard and L'Ecuyer (2011), "Computing the two-sided Kolmogorov-Smirnov distribution", Journal of
 *         Statistical Software 39(11): Durbin's matrix by Marsaglia, Tsang and Wang (2003), Pelz and Good
 *         (1976), Miller (1956) with the Birnbaum and Tingey (1951) sum; beyond 1 000 000 values Maag and
 *         Dicaire (1971).
 * Checked: scipy.stats.kstwo.sf 1.17.1, relative 1e-9 (test/fixtures/scipy/kolmogorov.json)
 *
 * @param d - the statistic
 * @param count - n, a whole number of 1 or more
 * @returns the tail probability
 * @throws {RangeError} if d is NaN or count is not a whole number of 1 or more
 *
 * @example
 * kolmogorovSmirnovUpperTail(0.1, 100)
 * // => 0.2526927570063895
 */
export function kolmogorovSmirnovUpperTail(d: number, count: number): number {
  if (Number.isNaN(d) || !Number.isSafeInteger(count) || count < 1) {
    throw new RangeError(
      `kolmogorovSmirnovUpperTail requires a number and a count of 1 or more (got ${d}, ${count})`,
    );
  }
  const reach = count * d;
  if (reach <= 0.5) return 1;
  if (d >= 1) return 0;
  if (reach <= 1) return 1 - rubenGambino(reach, count);
  if (reach >= count - 1) return 2 * (1 - d) ** count;
  const square = reach * d;
  if (d >= 0.5) return 2 * oneSidedTail(d, count);
  if (count <= 140) {
    return square <= 4 ? 1 - durbinMatrix(d, count) : 2 * oneSidedTail(d, count);
  }
  if (square >= 2.2) return Math.min(1, 2 * oneSidedTail(d, count));
  // Below 0.06 Durbin's matrix is large and what it would correct is below 1e-9.
  if (square > 0.06 && count <= 100_000 && reach * Math.sqrt(d) <= 1.4) {
    return 1 - durbinMatrix(d, count);
  }
  return 1 - pelzGood(d, count);
}

/** P(D < d) = n! (2d - 1/n)^n while n d <= 1. */
function rubenGambino(reach: number, count: number): number {
  let product = 1;
  for (let k = 1; k <= count && product > 0; k++) product *= (k / count) * (2 * reach - 1);
  return product;
}

/** P(D+ >= d): Birnbaum and Tingey's sum of binomial terms. */
function oneSidedTail(d: number, count: number): number {
  if (count * d * d >= LARGEST_EXPONENT) return 0;
  if (count > LARGEST_EXACT_COUNT) return Math.exp(-((6 * count * d + 1) ** 2) / 18 / count);
  const last = Math.floor(count * (1 - d));
  const stride = Math.max(1, Math.floor(count / TERMS));
  const fixed = stirlingError(count);
  let sum = 0;
  for (let v = stride; v <= last && v < count; v += stride) {
    const rest = count - v;
    const success = v + count * d;
    if (success >= count) break;
    const exponent =
      fixed -
      stirlingError(v) -
      stirlingError(rest) -
      deviance(v, success) -
      deviance(rest, count - success);
    sum += (Math.exp(exponent) * Math.sqrt(count / (2 * Math.PI * v * rest))) / success;
  }
  return sum * count * d * stride + Math.exp(count * Math.log1p(-d));
}

/** P(D < d) by the n-th power of Durbin's matrix. */
function durbinMatrix(d: number, count: number): number {
  const half = Math.ceil(count * d);
  const excess = half - count * d;
  const size = 2 * half - 1;
  const matrix = new Float64Array(size * size);
  // Reciprocals of factorials.
  const factors = new Float64Array(size + 1).fill(1);
  for (let k = 1; k <= size; k++) factors[k] = (factors[k - 1] as number) / k;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= Math.min(row + 1, size - 1); column++) {
      matrix[row * size + column] = factors[row - column + 1] as number;
    }
  }
  for (let k = 0; k < size; k++) {
    const edge = (1 - excess ** (k + 1)) * (factors[k + 1] as number);
    matrix[k * size] = edge;
    matrix[(size - 1) * size + size - 1 - k] = edge;
  }
  const corner = 1 - 2 * excess ** size + Math.max(0, 2 * excess - 1) ** size;
  matrix[(size - 1) * size] = corner * (factors[size] as number);

  const power = matrixPower({ entries: matrix, exponent: 0 }, size, count);
  let share = power.entries[(half - 1) * size + half - 1] as number;
  let exponent = power.exponent;
  for (let k = 1; k <= count; k++) {
    share *= k / count;
    if (share < 2 ** -500) {
      share *= 2 ** 500;
      exponent -= 500;
    }
  }
  return share * 2 ** Math.max(-1074, exponent);
}

interface Scaled {
  entries: Float64Array;
  /** The matrix is entries × 2^exponent. */
  exponent: number;
}

function matrixPower(matrix: Scaled, size: number, power: number): Scaled {
  if (power === 1) return matrix;
  const root = matrixPower(matrix, size, Math.floor(power / 2));
  const square = multiply(root, root, size);
  return power % 2 === 0 ? square : multiply(matrix, square, size);
}

function multiply(left: Scaled, right: Scaled, size: number): Scaled {
  const entries = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < size; k++) {
      const factor = left.entries[row * size + k] as number;
      if (factor === 0) continue;
      for (let column = 0; column < size; column++) {
        entries[row * size + column] =
          (entries[row * size + column] as number) +
          factor * (right.entries[k * size + column] as number);
      }
    }
  }
  const exponent = left.exponent + right.exponent;
  const middle = ((size - 1) / 2) * (size + 1);
  if ((entries[middle] as number) < 2 ** 400) return { entries, exponent };
  return { entries: entries.map((entry) => entry * 2 ** -400), exponent: exponent + 400 };
}

/** P(D < d) by the expansion of Pelz and Good in powers of 1 / sqrt(n). */
function pelzGood(d: number, count: number): number {
  const z = Math.sqrt(count) * d;
  if (z < 0.04) return 0;
  const z2 = z * z;
  const z4 = z2 * z2;
  const z6 = z4 * z2;
  const z8 = z4 * z4;
  const root = Math.sqrt(Math.PI / 2);
  const sum0 = thetaSum(z, () => 2);
  const sum1 = thetaSum(z, (a) => 2 * (a - z2));
  const sum2 = thetaSum(
    z,
    (a) => 2 * (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * a + (1 - 2 * z2) * a * a),
  );
  const sum3 = thetaSum(
    z,
    (a) =>
      2 *
      ((5 - 30 * z2) * a ** 3 +
        (212 * z4 - 60 * z2) * a * a +
        (135 * z4 - 96 * z6) * a -
        30 * z6 -
        90 * z8),
  );
  let even2 = 0;
  let even3 = 0;
  for (let k = 1; k <= 20; k++) {
    const a = PI_SQUARED * k * k;
    const weight = 2 * Math.exp(-a / (2 * z2));
    even2 += a * weight;
    even3 += (3 * a * z2 - a * a) * weight;
  }
  const term0 = (root * sum0) / z;
  const term1 = (root * sum1) / (6 * z4);
  const term2 = root * (sum2 / (72 * z6 * z) - even2 / (36 * z2 * z));
  const term3 = root * (sum3 / (6480 * z8 * z2) + even3 / (216 * z6));
  return term0 + term1 / Math.sqrt(count) + term2 / count + term3 / count ** 1.5;
}

/** Sum over odd k of coefficient(π²k²/4) exp(-π²k² / (8 z²)). */
function thetaSum(z: number, coefficient: (a: number) => number): number {
  let sum = 0;
  for (let k = 39; k >= 1; k -= 2) {
    const a = (PI_SQUARED * k * k) / 4;
    sum += coefficient(a) * Math.exp(-a / (2 * z * z));
  }
  return sum;
}
