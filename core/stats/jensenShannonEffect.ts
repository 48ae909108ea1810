import {
  type Cumulants,
  pearsonLowerTail,
  pearsonQuantile,
  type SizedEffect,
  solveIncreasing,
} from './effect.js';
import { hypergeometricChances } from './homogeneityTest.js';
import { logGamma } from './special.js';

/**
 * Jensen-Shannon distance of two sides over levels, less what chance gives, with its certainty.
 *
 * It answers how far the shares of categories have moved, on a scale that needs no unit. The plain
 * distance of two samples is never 0, and with many levels it is far from it (500 levels at 1 000 rows
 * a side: 0.47), so it is judged against the divergences that a true one would lead to. Weak where
 * levels outnumber rows: the interval is then wide, and the value can overstate a drift that is there.
 *
 * Range: value, observed, interval and noiseFloor 0 (same shares) to 1 (no level in common); larger is
 *        more drift. It is the distance, the square root of the divergence, in base 2.
 * Cost: O(k) and some 100 terms for each distinct number of pooled rows; no simulation.
 * Source: derived here on the squared scale, where bias adds up. Without drift: the first three moments of every
 *         level's divergence under random division of its pooled rows, less what the fixed sums
 *         take away. With drift: plus the true divergence, and the delta method's variance, of the second order what
 *         chance adds then; where levels have few rows or vanish, that part is not known, and the ends of the interval
 *         take the worse of keeping it all and losing it. Interval and value invert that distribution (Pearson type III).
 * Checked: coverage, bias and noise floor by simulation for 2 to 500 levels
 *          (test/core/stats/calibration.test.ts, test/calibrate.ts)
 *
 * @param referenceCounts - k >= 1 whole counts of rows, one per level; not modified
 * @param currentCounts - the same levels in the same order; not modified
 * @returns the debiased distance (median-unbiased), the plain one, the 95 % interval and the noise floor
 * @throws {RangeError} if the lengths differ or a side has no rows
 *
 * @example
 * jensenShannonEffect([500, 300, 200], [400, 350, 250])
 * // => value 0.0840, observed 0.0861, interval [0.0461, 0.1214], noiseFloor 0.0465
 */
export function jensenShannonEffect(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
): SizedEffect {
  const levels = levelsWithRows(referenceCounts, currentCounts);
  const { x, y, n, m } = levels;
  let observed = 0;
  for (let i = 0; i < x.length; i++)
    observed += divergence((x[i] as number) / n, (y[i] as number) / m);
  observed = Math.min(1, observed);
  if (x.length === 1) return { value: 0, observed: 0, interval: [0, 0], noiseFloor: 0 };
  const chance = x.length === 2 && n + m <= 10000 ? chanceOfTwo(levels) : chanceDivergence(levels);
  // of a level with many rows; levels with few of them vary less by chance, but drift may lie elsewhere
  const unit = Math.max(
    chance.mean > 0 ? chance.variance / (2 * chance.mean) : 0,
    (1 / n + 1 / m) / (8 * Math.LN2),
  );
  const sparse = sparseShare(levels);
  const slope = truthSlope(levels, unit, sparse);
  const tilt = observed > 0 ? (1 - sparse) * chanceTilt(levels) : 0;
  // In levels of many rows it is known by how much drift changes what chance adds. In the others chance adds all
  // of its part where few rows moved, and less the more did or the more levels vanished: the ends of the interval
  // take the worse of the two, the value the middle.
  const vanished = vanishedChance(levels, chance.mean);
  const partOfChance = (truth: number, lessening: number) =>
    1 +
    tilt * (truth < observed ? truth / observed : 1) -
    lessening * sparse * truth -
    (lessening > 0 ? vanished : 0);
  const atMost = (truth: number, limit: number, lessening: number) =>
    pearsonLowerTail(limit, {
      mean: truth + Math.max(0, partOfChance(truth, lessening)) * chance.mean,
      variance: (1 - truth) * chance.variance + truth * slope,
      third: (1 - truth) * chance.third + 24 * unit * unit * truth,
    });
  /** The divergence for which the observed one is at this quantile. */
  const truthAt = (p: number, limit: number, lessening: number) =>
    atMost(0, limit, lessening) <= p
      ? 0
      : atMost(1, limit, lessening) > p
        ? 1
        : solveIncreasing((truth) => p - atMost(truth, limit, lessening), 0, 1);
  const slack = 1e-12;
  // sides that agree by luck prove no more than half of the usual distance
  const usual = chance.mean / 4;
  return {
    value: Math.sqrt(truthAt(0.5, observed - slack, 0.5)),
    observed: Math.sqrt(observed),
    interval: [
      Math.sqrt(truthAt(0.975, observed - slack, 0)),
      Math.sqrt(truthAt(0.025, Math.max(observed, usual) + slack, 1)),
    ],
    noiseFloor: Math.sqrt(Math.min(1, Math.max(0, pearsonQuantile(0.95, chance)))),
  };
}

interface Levels {
  x: Float64Array;
  y: Float64Array;
  n: number;
  m: number;
}

function levelsWithRows(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
): Levels {
  const x: number[] = [];
  const y: number[] = [];
  let n = 0;
  let m = 0;
  for (let i = 0; i < referenceCounts.length; i++) {
    const reference = referenceCounts[i] as number;
    const current = currentCounts[i] as number;
    if (reference + current === 0) continue;
    x.push(reference);
    y.push(current);
    n += reference;
    m += current;
  }
  if (referenceCounts.length !== currentCounts.length || !(n > 0) || !(m > 0)) {
    throw new RangeError(
      `jensenShannonEffect requires rows on both sides of the same levels (got ${n} and ${m} in ${referenceCounts.length} and ${currentCounts.length})`,
    );
  }
  return { x: Float64Array.from(x), y: Float64Array.from(y), n, m };
}

/** One level's part of the Jensen-Shannon divergence, in bits. */
function divergence(p: number, q: number): number {
  const middle = (p + q) / 2;
  if (middle === 0) return 0;
  const e = (p - q) / (2 * middle);
  const square = e * e;
  if (square < 1e-6)
    return (middle * square * (1 + square / 6 + (square * square) / 15)) / Math.LN2 / 2;
  const high = (1 + e) * Math.log1p(e);
  const low = e >= 1 ? 0 : (1 - e) * Math.log1p(-e);
  const both = e <= -1 ? 2 * Math.LN2 : high + low;
  return (middle * both) / (2 * Math.LN2);
}

/**
 * Cumulants of the plain divergence when rows change sides at random: each level's count is binomial
 * given its pooled rows, and what follows from all counts together having the sum n is taken out, to
 * the second order in that sum.
 */
function chanceDivergence({ x, y, n, m }: Levels): Cumulants {
  const levelCounts = new Map<number, number>();
  for (let i = 0; i < x.length; i++) {
    const total = (x[i] as number) + (y[i] as number);
    levelCounts.set(total, (levelCounts.get(total) ?? 0) + 1);
  }
  const parts = Array.from(levelCounts, ([total, count]) => ({
    count,
    moments: levelMoments(total, n, m),
  }));
  const add = (term: (moments: LevelMoments) => number) =>
    parts.reduce((sum, { count, moments }) => sum + count * term(moments), 0);
  const sumVariance = (n * m) / (n + m);
  const linear = add(({ c11 }) => c11) / sumVariance;
  const square = add(({ c12 }) => c12) / sumVariance;
  const free = add(({ c20, c11, c02 }) => c20 - 2 * linear * c11 + linear ** 2 * c02);
  const third = add(
    ({ c30, c21, c12, c03 }) => c30 - 3 * linear * c21 + 3 * linear ** 2 * c12 - linear ** 3 * c03,
  );
  const mean = Math.max(0, add((moments) => moments.mean) - square / 2);
  const variance = free - square ** 2 / 2;
  if (!(variance > 1e-12 * mean * mean)) return { mean, variance: 0, third: 0 };
  return { mean, variance, third: (third * variance) / free };
}

/**
 * Share of the chance divergence that is not there because levels have vanished from a side, or turned up: by
 * how many more levels one side lacks than chance alone leaves out. Such a level's part is its true one.
 */
function vanishedChance({ x, y, n, m }: Levels, chanceMean: number): number {
  const share = n / (n + m);
  let lackedCount = 0;
  let expectedCount = 0;
  let part = 0;
  for (let i = 0; i < x.length; i++) {
    const total = (x[i] as number) + (y[i] as number);
    const left = share ** total + (1 - share) ** total;
    expectedCount += left;
    if (x[i] !== 0 && y[i] !== 0) continue;
    lackedCount++;
    part += levelMoments(total, n, m).mean;
  }
  if (lackedCount <= expectedCount || !(chanceMean > 0)) return 0;
  return Math.min(1, (part / chanceMean) * (1 - expectedCount / lackedCount));
}

/** With two levels one count says all, and its distribution is hypergeometric. */
function chanceOfTwo({ x, y, n, m }: Levels): Cumulants {
  const total = (x[0] as number) + (y[0] as number);
  const { first, chances } = hypergeometricChances(total, n, m);
  const divergences = chances.map((_, i) => {
    const p = (first + i) / n;
    const q = (total - first - i) / m;
    return divergence(p, q) + divergence(1 - p, 1 - q);
  });
  const moment = (power: number, center: number) =>
    chances.reduce(
      (sum, chance, i) => sum + chance * ((divergences[i] as number) - center) ** power,
      0,
    );
  const mean = moment(1, 0);
  return { mean, variance: moment(2, mean), third: moment(3, mean) };
}

/** Of one level's divergence and of its count less the expected one: cij is E[divergence^i count^j], centred. */
interface LevelMoments {
  mean: number;
  c20: number;
  c11: number;
  c02: number;
  c30: number;
  c21: number;
  c12: number;
  c03: number;
}

/** Over all counts while they are few, else over normal nodes. */
function levelMoments(total: number, n: number, m: number): LevelMoments {
  const share = n / (n + m);
  const spread = Math.sqrt(total * share * (1 - share));
  const isLarge = spread > 20;
  const first = isLarge ? -28 : Math.max(0, Math.floor(total * share - 9 * spread - 9));
  const last = isLarge ? 28 : Math.min(total, Math.ceil(total * share + 9 * spread + 9));
  const counts = new Float64Array(last - first + 1);
  const chances = new Float64Array(last - first + 1);
  let chance = isLarge ? 0 : Math.exp(logBinomial(total, first, share));
  let mass = 0;
  for (let i = 0; i < counts.length; i++) {
    if (isLarge) {
      const z = (first + i) / 4;
      counts[i] = total * share + spread * z;
      chance = Math.exp((-z * z) / 2);
    } else {
      counts[i] = first + i;
      if (i > 0) chance *= ((total - first - i + 1) * share) / ((first + i) * (1 - share));
    }
    chances[i] = chance;
    mass += chance;
  }
  let mean = 0;
  const divergences = counts.map((count) => divergence(count / n, (total - count) / m));
  for (let i = 0; i < counts.length; i++) {
    chances[i] = (chances[i] as number) / mass;
    mean += (chances[i] as number) * (divergences[i] as number);
  }
  const moments = { mean, c20: 0, c11: 0, c02: 0, c30: 0, c21: 0, c12: 0, c03: 0 };
  for (let i = 0; i < counts.length; i++) {
    const p = chances[i] as number;
    const d = (divergences[i] as number) - mean;
    const u = (counts[i] as number) - total * share;
    moments.c20 += p * d * d;
    moments.c11 += p * d * u;
    moments.c02 += p * u * u;
    moments.c30 += p * d * d * d;
    moments.c21 += p * d * d * u;
    moments.c12 += p * d * u * u;
    moments.c03 += p * u * u * u;
  }
  return moments;
}

function logBinomial(total: number, count: number, share: number): number {
  return (
    logGamma(total + 1) -
    logGamma(count + 1) -
    logGamma(total - count + 1) +
    count * Math.log(share) +
    (total - count) * Math.log1p(-share)
  );
}

/** With so many rows by chance on the smaller side, or fewer, a level's own shares are mostly noise. */
const fewRows = 5;

/** To what part the plain divergence lies in levels of few rows: these in whole, others the less the more rows. */
function sparseShare({ x, y, n, m }: Levels): number {
  let [sum, all] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    const [reference, current] = [x[i] as number, y[i] as number];
    const part = divergence(reference / n, current / m);
    all += part;
    const expected = ((reference + current) * Math.min(n, m)) / (n + m);
    sum += part * Math.min(1, fewRows / expected) ** 2;
  }
  return all > 0 ? sum / all : 1;
}

/**
 * By what part drift like the observed one changes what chance adds to the divergence, to the second order: more
 * where the levels that the smaller side has less of moved.
 */
function chanceTilt({ x, y, n, m }: Levels): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const [p, q] = [(x[i] as number) / n, (y[i] as number) / m];
    sum += ((q * (1 - p)) / n + (p * (1 - q)) / m) / (p + q);
  }
  return (2 * sum) / ((x.length - 1) * (1 / n + 1 / m)) - 1;
}

/** Where rows are few on a level, no less than near 0: what noise is in its shares makes it look smaller. */
function truthSlope(levels: Levels, unit: number, sparse: number): number {
  const slope = varianceSlope(levels);
  return Math.max(slope, (1 - sparse) * slope + sparse * 4 * unit);
}

/**
 * Variance of the plain divergence per unit of divergence (delta method), at shares that are drawn
 * towards the pooled ones by two rows' worth, so that a level which one side lacks is not certain.
 */
function varianceSlope({ x, y, n, m }: Levels): number {
  let mean = 0;
  let referenceMean = 0;
  let currentMean = 0;
  let referenceSquares = 0;
  let currentSquares = 0;
  for (let i = 0; i < x.length; i++) {
    const pooled = ((x[i] as number) + (y[i] as number)) / (n + m);
    const p = ((x[i] as number) + 2 * pooled) / (n + 2);
    const q = ((y[i] as number) + 2 * pooled) / (m + 2);
    const a = Math.log2((2 * p) / (p + q)) / 2;
    const b = Math.log2((2 * q) / (p + q)) / 2;
    mean += divergence(p, q);
    referenceMean += p * a;
    referenceSquares += p * a * a;
    currentMean += q * b;
    currentSquares += q * b * b;
  }
  if (!(mean > 0)) return 0;
  const variance =
    (referenceSquares - referenceMean ** 2) / n + (currentSquares - currentMean ** 2) / m;
  return Math.max(0, variance) / mean;
}
