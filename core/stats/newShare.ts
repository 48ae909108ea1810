import {
  type Cumulants,
  pearsonLowerTail,
  pearsonQuantile,
  type SizedEffect,
  solveIncreasing,
} from './effect.js';
import { logGamma } from './special.js';

/** Share of current rows outside of what the reference has seen, less what chance gives. */
export interface NewShare extends SizedEffect {
  /** The share to expect when nothing has drifted, as far as the data tell. */
  expected: number;
  pValue: number;
  method: 'exact' | 'asymptotic';
}

/**
 * Share of current rows out of the reference's range, in excess of what chance gives.
 *
 * Even without drift a new sample reaches beyond an old one: by 2 / (n + 1) of its rows on average. The
 * p-value is the chance, for exchangeable rows, of at least this many rows outside, both ends together;
 * with ties it is too large. It answers to new extremes only, never to a shift inside the range.
 *
 * Range: value, observed, interval and noiseFloor 0 to 1; larger is more drift.
 *        pValue 0 to 1; smaller is more drift.
 * Cost: O(1).
 * Source: of n + m exchangeable rows the x outermost are all current with g(x) = m! (n + m - x)! /
 *         ((m - x)! (n + m)!), and there are x + 1 ways to split them over the two ends, so that
 *         P(X >= x) = (x + 1) g(x) - x g(x + 1); X is beta-binomial (m; 2, n - 1).
 * Checked: enumeration of small samples (test/core/stats/newShare.test.ts); false alarms and coverage by
 *          simulation (test/core/stats/calibration.test.ts)
 *
 * @param counts.referenceCount - n >= 1 values
 * @param counts.currentCount - m >= 1 values
 * @param counts.below - current values below the smallest reference value
 * @param counts.above - current values above the largest reference value
 * @returns the excess share with its certainty, the expected share, and the p-value
 * @throws {RangeError} if a side is empty, or more rows are outside than there are
 *
 * @example
 * outOfRangeShare({ referenceCount: 99, currentCount: 100, below: 0, above: 12 })
 * // => value 0.1, observed 0.12, expected 0.02, pValue 0.00135
 */
export function outOfRangeShare({
  referenceCount: n,
  currentCount: m,
  below,
  above,
}: {
  referenceCount: number;
  currentCount: number;
  below: number;
  above: number;
}): NewShare {
  const outside = below + above;
  if (!(n >= 1 && m >= 1 && below >= 0 && above >= 0 && outside <= m)) {
    throw new RangeError(
      `outOfRangeShare requires rows on both sides, and no more outside than there are (got ${n}, ${m} and ${outside})`,
    );
  }
  const chance = betaBinomial(m, 2, n - 1);
  const pValue = upperTailOutside(outside, n, m);
  return {
    ...excess(outside, chance, m, pValue),
    noiseFloor: floorOutside(n, m),
    pValue,
    method: 'exact',
  };
}

/**
 * Share of current rows in levels that the reference lacks, in excess of what chance gives.
 *
 * A column of many rare levels shows new ones in every sample, drift or not. A level of t pooled rows
 * is wholly current by chance with h(t) = (m)_t / (n + m)_t; the p-value is the chance of at least
 * this many rows in such levels, levels taken as independent, which errs on the side of no alarm. The
 * expected share is read from the levels that the reference has: each of t rows stands for
 * h(t) / (1 - h(t)) that it misses by chance.
 *
 * Range: value, observed, interval and noiseFloor 0 to 1; larger is more drift.
 *        pValue 0 to 1; smaller is more drift.
 * Cost: O(k log k + x² log x) with x rows in new levels, while that is below some 1e7; beyond that
 *       O(k log k) and a gamma distribution in place of the exact one.
 * Source: occupancy under random division of the pooled rows; the expected share is a pooled form of
 *         Good (1953), "The population frequencies of species", Biometrika 40(3/4), 237-264.
 * Checked: enumeration of small samples (test/core/stats/newShare.test.ts); false alarms and coverage by
 *          simulation (test/core/stats/calibration.test.ts)
 *
 * @param referenceCounts - k >= 1 whole counts of rows, one per level, not folded; not modified
 * @param currentCounts - the same levels in the same order; not modified
 * @returns the excess share with its certainty, the expected share, and the p-value
 * @throws {RangeError} if the lengths differ or a side has no rows
 *
 * @example
 * newLevelShare([60, 40, 0], [50, 38, 12])
 * // => value 0.12, observed 0.12, pValue 0.000172
 */
export function newLevelShare(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
): NewShare {
  const { groups, fresh, m } = groupByTotal(referenceCounts, currentCounts);
  const pooled = addUp(groups, ({ count, missChance: h }) => ({
    mean: count * h,
    variance: count * h * (1 - h),
    third: count * h * (1 - h) * (1 - 2 * h),
  }));
  const estimated = addUp(groups, ({ count, seenCount, missChance: h }) => {
    const odds = h / (1 - h);
    const variance = Math.min(count, seenCount / (1 - h)) * odds;
    return { mean: seenCount * odds, variance, third: (variance * (1 - 2 * h)) / (1 - h) };
  });
  const tail = upperTailFresh(groups, fresh, pooled);
  return {
    ...excess(fresh, estimated, m, tail.pValue),
    noiseFloor: clampShare(pearsonQuantile(0.95, pooled) / m),
    ...tail,
  };
}

/**
 * Cumulants of rows from those of numbers of levels. Large levels that are all but never missed stay
 * out, as long as it takes 100 samples to see one: their rows would swell the skewness without being there.
 */
function addUp(groups: LevelGroup[], levels: (group: LevelGroup) => Cumulants): Cumulants {
  const sum: Cumulants = { mean: 0, variance: 0, third: 0 };
  let seldom = 0;
  for (let g = groups.length - 1; g >= 0; g--) {
    const group = groups[g] as LevelGroup;
    const { mean, variance, third } = levels(group);
    seldom += mean;
    if (seldom < 0.01) continue;
    sum.mean += group.total * mean;
    sum.variance += group.total ** 2 * variance;
    sum.third += group.total ** 3 * third;
  }
  return sum;
}

/** Levels of equal pooled rows. */
interface LevelGroup {
  total: number;
  count: number;
  /** Those that the reference has. */
  seenCount: number;
  /** Chance that one such level is wholly current. */
  missChance: number;
}

function groupByTotal(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
): { groups: LevelGroup[]; fresh: number; n: number; m: number } {
  const byTotal = new Map<number, LevelGroup>();
  let n = 0;
  let m = 0;
  let fresh = 0;
  for (let i = 0; i < referenceCounts.length; i++) {
    const x = referenceCounts[i] as number;
    const y = currentCounts[i] as number;
    if (x + y === 0) continue;
    n += x;
    m += y;
    if (x === 0) fresh += y;
    const group = byTotal.get(x + y) ?? { total: x + y, count: 0, seenCount: 0, missChance: 0 };
    group.count++;
    if (x > 0) group.seenCount++;
    byTotal.set(x + y, group);
  }
  if (referenceCounts.length !== currentCounts.length || !(n > 0) || !(m > 0)) {
    throw new RangeError(
      `newLevelShare requires rows on both sides of the same levels (got ${n} and ${m} in ${referenceCounts.length} and ${currentCounts.length})`,
    );
  }
  const groups = [...byTotal.values()].sort((a, b) => a.total - b.total);
  for (const group of groups) group.missChance = Math.exp(logAllCurrent(group.total, n, m));
  return { groups, fresh, n, m };
}

/** Logarithm of the chance that x rows, chosen beforehand among n + m exchangeable ones, are all current. */
function logAllCurrent(x: number, n: number, m: number): number {
  if (x > m) return -Infinity;
  if (x <= 64) {
    let product = 0;
    for (let i = 0; i < x; i++) product += Math.log((m - i) / (n + m - i));
    return product;
  }
  return logGamma(m + 1) - logGamma(m - x + 1) + logGamma(n + m - x + 1) - logGamma(n + m + 1);
}

function upperTailOutside(x: number, n: number, m: number): number {
  const ways = 1 + (x * n) / (n + m - x);
  return Math.min(1, ways * Math.exp(logAllCurrent(x, n, m)));
}

/** The smallest share that at most one sample in 20 exceeds. */
function floorOutside(n: number, m: number): number {
  let lo = 0;
  let hi = m;
  while (lo < hi) {
    const middle = Math.floor((lo + hi) / 2);
    if (upperTailOutside(middle + 1, n, m) <= 0.05) hi = middle;
    else lo = middle + 1;
  }
  return lo / m;
}

function betaBinomial(m: number, a: number, b: number): Cumulants {
  const s = a + b;
  const variance = (m * a * b * (s + m)) / (s * s * (s + 1));
  if (variance === 0) return { mean: (m * a) / s, variance, third: 0 };
  const skewness = (((s + 2 * m) * (b - a)) / (s + 2)) * Math.sqrt((1 + s) / (m * a * b * (m + s)));
  return { mean: (m * a) / s, variance, third: skewness * variance ** 1.5 };
}

/**
 * Value and interval of a share of new rows: besides them, `chance` many rows are there by chance.
 * Counts are whole, so coverage moves in steps. The lower end, on which an alarm depends, goes half a row outward,
 * the upper one does not: where 5 rows and more are expected and chance has none, coverage is 94.1 to 97.6 %, while
 * half a row at both ends makes it 95.1 to 98.5 %. The lower end is 0 unless the test says otherwise.
 */
function excess(
  count: number,
  chance: Cumulants,
  m: number,
  pValue: number,
): Pick<NewShare, 'value' | 'observed' | 'interval' | 'expected'> {
  const atMost = (share: number, limit: number) => {
    const newVariance = m * share * (1 - share);
    return pearsonLowerTail(limit, {
      mean: m * share + (1 - share) * chance.mean,
      variance: newVariance + (1 - share) * chance.variance,
      third: newVariance * (1 - 2 * share) + (1 - share) * chance.third,
    });
  };
  const lower = (share: number) => 1 - atMost(share, count - 0.5) - 0.025;
  const upper = (share: number) => 0.025 - atMost(share, count);
  const observed = count / m;
  const value = Math.max(0, (count - chance.mean) / m);
  return {
    value,
    observed,
    interval: [
      pValue > 0.025 || lower(0) >= 0 ? 0 : Math.min(value, solveIncreasing(lower, 0, 1)),
      upper(1) <= 0 ? 1 : Math.max(value, solveIncreasing(upper, 0, 1)),
    ],
    expected: clampShare(chance.mean / m),
  };
}

/** Chance of at least `fresh` rows in levels that are wholly current. */
function upperTailFresh(
  groups: LevelGroup[],
  fresh: number,
  pooled: Cumulants,
): { pValue: number; method: 'exact' | 'asymptotic' } {
  if (fresh === 0) return { pValue: 1, method: 'exact' };
  let cost = 0;
  for (const { total, count } of groups) cost += fresh * Math.min(count, fresh / total);
  if (cost > 1e7) {
    return { pValue: 1 - pearsonLowerTail(fresh - 0.5, pooled), method: 'asymptotic' };
  }
  let chances = new Float64Array(fresh);
  chances[0] = 1;
  let reached = 0;
  for (const { total, count, missChance } of groups) {
    const next = new Float64Array(fresh);
    const missed = binomialChances(count, missChance);
    const farther = missed.slice();
    for (let j = farther.length - 2; j >= 0; j--) {
      farther[j] = (farther[j] as number) + (farther[j + 1] as number);
    }
    for (let rows = 0; rows < fresh; rows++) {
      const before = chances[rows] as number;
      if (before === 0) continue;
      const enough = Math.ceil((fresh - rows) / total);
      for (let j = 0; j < enough && j < missed.length; j++) {
        const to = rows + j * total;
        next[to] = (next[to] as number) + before * (missed[j] as number);
      }
      if (enough < farther.length) reached += before * (farther[enough] as number);
    }
    chances = next;
  }
  return { pValue: Math.min(1, reached), method: 'exact' };
}

/** Of 0 to n successes. By ratios from the likeliest count on, so that no digits cancel. */
function binomialChances(n: number, p: number): Float64Array {
  const chances = new Float64Array(n + 1);
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const odds = p / (1 - p);
  chances[mode] = 1;
  let sum = 1;
  for (let x = mode; x > 0; x--) {
    chances[x - 1] = ((chances[x] as number) * x) / ((n - x + 1) * odds);
    sum += chances[x - 1] as number;
  }
  for (let x = mode; x < n; x++) {
    chances[x + 1] = ((chances[x] as number) * (n - x) * odds) / (x + 1);
    sum += chances[x + 1] as number;
  }
  for (let x = 0; x <= n; x++) chances[x] = (chances[x] as number) / sum;
  return chances;
}

function clampShare(share: number): number {
  return Math.min(1, Math.max(0, share));
}
