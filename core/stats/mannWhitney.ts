import { requireSamples, visitTies } from './samples.js';
import { normalUpperTail } from './special.js';

export interface MannWhitneyResult {
  kind: 'test';
  statistic: number;
  pValue: number;
  method: 'exact' | 'asymptotic';
}

export interface MannWhitneyOptions {
  /** `auto`: exact while one sample has at most 8 values and no value occurs twice. */
  method?: 'auto' | 'exact' | 'asymptotic';
}

const LARGEST_EXACT_SAMPLE = 8;
/** Values of U to count up to, and steps for it; above, exact gives way to asymptotic. */
const LARGEST_EXACT_SUM = 5_000_000;
const LARGEST_EXACT_WORK = 200_000_000;

/**
 * Mann-Whitney U test (Wilcoxon rank sum), two-sided: does one sample tend to have the larger values?
 *
 * Null hypothesis: both samples come from one distribution. It answers to a shift and is robust to wild
 * values; a change of spread alone, with the middle where it was, stays unseen.
 *
 * Range: statistic 0 to n m, n m / 2 where neither side is larger; far from that is more drift. It counts
 *        the pairs in which the reference's value is the larger, ties as a half.
 *        pValue 0 to 1; smaller is more drift.
 * Cost: O(n + m); exact p-value O(min(n, m) U) beyond.
 * Source: Mann and Whitney (1947), "On a test of whether one of two random variables is stochastically
 *         larger than the other", Annals of Mathematical Statistics 18, 50-60; normal law with correction
 *         for ties and for continuity; exact law by its generating function, Löffler (1983).
 * Checked: scipy.stats.mannwhitneyu 1.17.1, relative 1e-12 (test/fixtures/scipy/ranks.json)
 *
 * @param sortedReference - n >= 1 values, ascending, no NaN; not modified
 * @param sortedCurrent - m >= 1 values in the same unit, ascending, no NaN; not modified
 * @param options - which p-value; `exact` takes no note of ties and falls back to `asymptotic` where it
 *   would count more than 5 million values of U
 * @returns U of the reference, its two-sided p-value and method; 1 where all values are equal
 * @throws {RangeError} if either sample is empty or has NaN
 *
 * @example
 * mannWhitney(Float64Array.of(16, 19, 22, 24, 29), Float64Array.of(11, 12, 17, 20))
 * // => { kind: 'test', statistic: 17, pValue: 0.1111111111111111, method: 'exact' }
 */
export function mannWhitney(
  sortedReference: Float64Array,
  sortedCurrent: Float64Array,
  options: MannWhitneyOptions = {},
): MannWhitneyResult {
  requireSamples('mannWhitney', sortedReference, sortedCurrent);
  const n = sortedReference.length;
  const m = sortedCurrent.length;
  const { statistic, spread, hasTies } = rankSums(sortedReference, sortedCurrent);
  const smaller = Math.min(statistic, n * m - statistic);
  if (choosesExact(options.method ?? 'auto', n, m, hasTies, smaller)) {
    // With ties half a unit is rounded away from the middle.
    const pValue = 2 * lowerShare(Math.min(n, m), Math.max(n, m), Math.ceil(smaller));
    return { kind: 'test', statistic, pValue: Math.min(1, pValue), method: 'exact' };
  }
  const gap = (n * m) / 2 - smaller - 0.5;
  const pValue = spread === 0 ? 1 : Math.min(1, 2 * normalUpperTail(gap / Math.sqrt(spread)));
  return { kind: 'test', statistic, pValue, method: 'asymptotic' };
}

/**
 * U of the reference, and its variance without drift: n m / 12 (N + 1 - sum (t³ - t) / (N (N - 1))), whose
 * bracket is a sum of positive terms, 3 t b (t + b) for each t tied values above b others.
 */
export function rankSums(
  sortedReference: Float64Array,
  sortedCurrent: Float64Array,
): { statistic: number; spread: number; hasTies: boolean } {
  const n = sortedReference.length;
  const m = sortedCurrent.length;
  const total = n + m;
  let statistic = 0;
  let untied = 0;
  let hasTies = false;
  visitTies(sortedReference, sortedCurrent, (a, b, referenceBelow, currentBelow) => {
    statistic += a * (currentBelow + b / 2);
    const below = referenceBelow + currentBelow;
    untied += (a + b) * below * (a + b + below);
    if (a + b > 1) hasTies = true;
  });
  return { statistic, spread: ((n * m) / 4 / total / (total - 1)) * untied, hasTies };
}

function choosesExact(
  method: 'auto' | 'exact' | 'asymptotic',
  n: number,
  m: number,
  hasTies: boolean,
  sum: number,
): boolean {
  const isFeasible = sum <= LARGEST_EXACT_SUM && sum * Math.min(n, m) <= LARGEST_EXACT_WORK;
  if (method !== 'auto') return method === 'exact' && isFeasible;
  return Math.min(n, m) <= LARGEST_EXACT_SAMPLE && !hasTies && isFeasible;
}

/**
 * P(U <= sum): the product over i = 1 ... n of (1 - q^(m + i)) / (1 - q^i) up to the power `sum`, each factor
 * with its own share i / (m + i) of the number of orders, so that nothing leaves the doubles.
 */
function lowerShare(n: number, m: number, sum: number): number {
  const shares = new Float64Array(sum + 1);
  shares[0] = 1;
  for (let i = 1; i <= n; i++) {
    const weight = i / (m + i);
    for (let u = sum; u >= m + i; u--) {
      shares[u] = (shares[u] as number) - (shares[u - m - i] as number);
    }
    for (let u = 0; u < i && u <= sum; u++) shares[u] = (shares[u] as number) * weight;
    for (let u = i; u <= sum; u++) {
      shares[u] = (shares[u] as number) * weight + (shares[u - i] as number);
    }
  }
  let share = 0;
  for (let u = 0; u <= sum; u++) share += Math.max(0, shares[u] as number);
  return share;
}
