import { createRandom } from './random.js';
import { chiSquaredUpperTail, gammaQ } from './special.js';

/** Whether two sides share one distribution over levels. */
export interface HomogeneityResult {
  /** Chi-squared of the 2 x k table. */
  statistic: number;
  pValue: number;
  method: 'asymptotic' | 'exact' | 'permutation';
  /** Levels with rows, less 1. */
  degreesOfFreedom: number;
}

/** A 2 x k table without its empty levels. */
interface Levels {
  reference: Float64Array;
  totals: Float64Array;
  n: number;
  m: number;
}

const firstDraws = 1999;
const moreDraws = 9999;

/**
 * Test of homogeneity: chi-squared on a 2 x k table, with a p-value that holds for small counts too.
 *
 * Null hypothesis: both sides draw their levels with the same shares. While every expected count is 5
 * or more the chi-squared distribution serves. Else a 2 x 2 table is enumerated over all tables of its
 * margins, and a larger one is permuted: rows change sides at random, 1 999 times, and 9 999 times
 * when few reach the statistic. Sparse tables of many levels over 4 000 rows take a gamma distribution with the
 * mean and variance that permutation has. Weak where a difference spreads over many rare levels.
 *
 * Range: statistic 0 (same shares) up to n + m; larger is more drift.
 *        pValue 0 to 1; smaller is more drift; by permutation it is at least 1 / 10 000.
 * Cost: O(k) asymptotic; O(smallest margin) exact; O(min(k, n + m)) for each permutation.
 * Source: Pearson (1900); conditional moments after Haldane (1940), "The mean and variance of chi-squared,
 *         when used as a test of homogeneity, when expectations are small", Biometrika 31(3/4), 346-355;
 *         permutation p after Phipson and Smyth (2010), the observed table counted in.
 * Checked: false-alarm rate by simulation (test/core/stats/calibration.test.ts); the enumeration against
 *          exact fractions (test/core/stats/homogeneityTest.test.ts)
 *
 * @param referenceCounts - k >= 1 whole counts of rows, one per level; not modified
 * @param currentCounts - the same levels in the same order; not modified
 * @param seed - of the permutations
 * @returns the statistic, its p-value and method; statistic 0 and p 1 when fewer than 2 levels have rows
 * @throws {RangeError} if the lengths differ or a side has no rows
 *
 * @example
 * homogeneityTest([3, 1], [1, 3], 1)
 * // => { statistic: 2, pValue: 0.4857142857142857, method: 'exact', degreesOfFreedom: 1 }
 */
export function homogeneityTest(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
  seed: number,
): HomogeneityResult {
  const levels = levelsWithRows(referenceCounts, currentCounts);
  const { reference, totals, n, m } = levels;
  const k = totals.length;
  const degreesOfFreedom = k - 1;
  if (k < 2) return { statistic: 0, pValue: 1, method: 'exact', degreesOfFreedom: 0 };
  const statistic = chiSquared(levels);
  const smallest = totals.reduce((least, total) => Math.min(least, total), Infinity);
  if ((smallest * Math.min(n, m)) / (n + m) >= 5) {
    const pValue = chiSquaredUpperTail(statistic, degreesOfFreedom);
    return { statistic, pValue, method: 'asymptotic', degreesOfFreedom };
  }
  if (k === 2) {
    const pValue = exactPValue(reference[0] as number, totals[0] as number, n, m);
    return { statistic, pValue, method: 'exact', degreesOfFreedom };
  }
  if (k > 64 && n + m > 4000) {
    const pValue = momentPValue(statistic, levels);
    return { statistic, pValue, method: 'asymptotic', degreesOfFreedom };
  }
  const pValue = permutationPValue(levels, seed);
  return { statistic, pValue, method: 'permutation', degreesOfFreedom };
}

function levelsWithRows(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
): Levels {
  const reference: number[] = [];
  const totals: number[] = [];
  let n = 0;
  let m = 0;
  for (let i = 0; i < referenceCounts.length; i++) {
    const x = referenceCounts[i] as number;
    const y = currentCounts[i] as number;
    if (x + y === 0) continue;
    reference.push(x);
    totals.push(x + y);
    n += x;
    m += y;
  }
  if (referenceCounts.length !== currentCounts.length || !(n > 0) || !(m > 0)) {
    throw new RangeError(
      `homogeneityTest requires rows on both sides of the same levels (got ${n} and ${m} in ${referenceCounts.length} and ${currentCounts.length})`,
    );
  }
  return { reference: Float64Array.from(reference), totals: Float64Array.from(totals), n, m };
}

function chiSquared({ reference, totals, n, m }: Levels): number {
  const share = n / (n + m);
  let sum = 0;
  for (let i = 0; i < totals.length; i++) {
    const total = totals[i] as number;
    const gap = (reference[i] as number) - total * share;
    sum += (gap * gap) / total;
  }
  return sum / (share * (m / (n + m)));
}

/** All 2 x 2 tables of these margins that are at least as far from the expected one. */
function exactPValue(observed: number, total: number, n: number, m: number): number {
  const { first, chances } = hypergeometricChances(total, n, m);
  const expected = (total * n) / (n + m);
  const reach = Math.abs(observed - expected) * (1 - 5e-8);
  let pValue = 0;
  for (let i = 0; i < chances.length; i++) {
    if (Math.abs(first + i - expected) >= reach) pValue += chances[i] as number;
  }
  return Math.min(1, pValue);
}

/**
 * Chances of `first`, `first` + 1, ... reference rows among `total` rows that are taken at random
 * from n reference and m current ones. By ratios from the likeliest count on, so that no digits cancel.
 */
export function hypergeometricChances(
  total: number,
  n: number,
  m: number,
): { first: number; chances: Float64Array } {
  const first = Math.max(0, total - m);
  const last = Math.min(total, n);
  const mode = Math.min(last, Math.max(first, Math.floor(((total + 1) * (n + 1)) / (n + m + 2))));
  const chances = new Float64Array(last - first + 1);
  chances[mode - first] = 1;
  let sum = 1;
  for (let x = mode; x > first; x--) {
    const chance =
      ((chances[x - first] as number) * x * (m - total + x)) / ((n - x + 1) * (total - x + 1));
    chances[x - 1 - first] = chance;
    sum += chance;
  }
  for (let x = mode; x < last; x++) {
    const chance =
      ((chances[x - first] as number) * (n - x) * (total - x)) / ((x + 1) * (m - total + x + 1));
    chances[x + 1 - first] = chance;
    sum += chance;
  }
  for (let i = 0; i < chances.length; i++) chances[i] = (chances[i] as number) / sum;
  return { first, chances };
}

/** With fixed margins chi-squared is a rising function of the sum of x² / total, which is compared. */
function permutationPValue(levels: Levels, seed: number): number {
  const { reference, totals, n, m } = levels;
  const random = createRandom(seed);
  const byLevel = totals.length * 8 < n + m;
  let observed = 0;
  for (let i = 0; i < totals.length; i++) {
    observed += (reference[i] as number) ** 2 / (totals[i] as number);
  }
  const bar = observed * (1 - 1e-12);
  let reached = 0;
  let drawn = 0;
  const draw = (until: number) => {
    for (; drawn < until; drawn++) if (permutedSum() >= bar) reached++;
  };
  draw(firstDraws);
  if (reached < 20) draw(moreDraws);
  return (reached + 1) / (drawn + 1);

  function permutedSum(): number {
    let referenceLeft = n;
    let left = n + m;
    let sum = 0;
    for (let i = 0; i < totals.length; i++) {
      const total = totals[i] as number;
      let x = 0;
      if (byLevel) x = random.hypergeometric(referenceLeft, left - referenceLeft, total);
      else {
        for (let row = 0; row < total; row++) {
          if (random.uniform() * (left - row) < referenceLeft - x) x++;
        }
      }
      referenceLeft -= x;
      left -= total;
      sum += (x * x) / total;
    }
    return sum;
  }
}

/** Gamma distribution with chi-squared's mean and variance over all tables of these margins. */
function momentPValue(statistic: number, { totals, n, m }: Levels): number {
  const rows = n + m;
  const k = totals.length;
  const balance = (n / rows) * (m / rows);
  const reciprocals = totals.reduce((sum, total) => sum + 1 / total, 0);
  const mean = ((k - 1) * rows) / (rows - 1);
  const variance =
    2 * (k - 1) * (1 - k / rows) + (1 / balance - 6) * (reciprocals - (k * k) / rows);
  if (!(variance > 1e-9 * mean)) return 1;
  return gammaQ((mean * mean) / variance, (statistic * mean) / variance);
}
