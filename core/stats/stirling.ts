/** The gamma function's logarithm, and Loader's two corrections from which exact tail probabilities are made. */

const HALF_LOG_TWO_PI = 0.9189385332046728;
const EULER_COMPLEMENT = 0.42278433509846713;

/** (-1)^k (zeta(k) - 1) / k for k = 2, 3, ...: the Taylor series of ln Γ at 2. */
const LOG_GAMMA_AT_TWO = createLogGammaCoefficients();

/**
 * Natural logarithm of the gamma function.
 *
 * It answers how large a factorial is without overflow: ln((x - 1)!). Relative accuracy
 * holds at the zeros x = 1 and x = 2 too.
 *
 * Range: about -0.1215 (at 1.4616) to Infinity; a pure number.
 * Cost: O(1).
 * Source: NIST Digital Library of Mathematical Functions 5.7.3 and 5.11.1.
 * Checked: scipy.special.gammaln 1.17.1, relative 1e-13 or absolute 1e-15 (test/fixtures/scipy/special.json)
 *
 * @param x - above 0
 * @returns ln Γ(x)
 * @throws {RangeError} if x is not above 0
 *
 * @example
 * logGamma(10)
 * // => 12.801827480081469
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`logGamma requires a number above 0 (got ${x})`);
  if (x === Number.POSITIVE_INFINITY) return x;
  if (x >= 12) return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingSeries(x);
  if (x < 0.5) return logGammaNearTwo(x) - Math.log1p(x) - Math.log(x);
  if (x < 1.5) return logGammaNearTwo(x - 1) - Math.log1p(x - 1);
  let product = 1;
  let low = x;
  while (low > 2.5) {
    low -= 1;
    product *= low;
  }
  return Math.log(product) + logGammaNearTwo(low - 2);
}

/** ln Γ(x + 1) - (x + 1/2) ln x + x - ln sqrt(2π): Loader's stirlerr. */
export function stirlingError(x: number): number {
  if (x >= 12) return stirlingSeries(x);
  return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - HALF_LOG_TWO_PI;
}

/** x ln(x / mean) + mean - x without cancellation: Loader's bd0. */
export function deviance(x: number, mean: number): number {
  const gap = x - mean;
  if (Math.abs(gap) >= 0.1 * (x + mean)) return x * Math.log(x / mean) + mean - x;
  const v = gap / (x + mean);
  const square = v * v;
  let sum = gap * v;
  let power = 2 * x * v;
  for (let k = 3; ; k += 2) {
    power *= square;
    const next = sum + power / k;
    if (next === sum) return sum;
    sum = next;
  }
}

/** ln Γ(1 + z) for 0 < z < 1, without the rounding of 1 + z. */
export function logGammaOnePlus(z: number): number {
  return z < 0.5 ? logGammaNearTwo(z) - Math.log1p(z) : logGamma(1 + z);
}

/** ln Γ(2 + z) for |z| <= 0.5. */
function logGammaNearTwo(z: number): number {
  let sum = 0;
  for (let i = LOG_GAMMA_AT_TWO.length - 1; i >= 0; i--) {
    sum = sum * z + (LOG_GAMMA_AT_TWO[i] as number);
  }
  return z * (EULER_COMPLEMENT + z * sum);
}

/** ln Γ(x) without (x - 1/2) ln x - x + ln sqrt(2π), for x >= 12. */
function stirlingSeries(x: number): number {
  const s = 1 / (x * x);
  const tail = 1 / 1680 - s * (1 / 1188 - s * (691 / 360360 - s * (1 / 156 - s * (3617 / 122400))));
  return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * tail))) / x;
}

function createLogGammaCoefficients(): Float64Array {
  const coefficients = new Float64Array(30);
  for (let k = 2; k < 32; k++) {
    // zeta(k) - 1: a direct sum, and the Euler-Maclaurin remainder from 40 on.
    const last = 40;
    let sum = last ** (1 - k) / (k - 1) + last ** -k / 2 + (k * last ** (-k - 1)) / 12;
    sum -= (k * (k + 1) * (k + 2) * last ** (-k - 3)) / 720;
    sum += (k * (k + 1) * (k + 2) * (k + 3) * (k + 4) * last ** (-k - 5)) / 30240;
    for (let i = last - 1; i >= 2; i--) sum += i ** -k;
    coefficients[k - 2] = ((k % 2 === 0 ? 1 : -1) * sum) / k;
  }
  return coefficients;
}
