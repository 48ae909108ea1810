import { type DrawKernel, takeDrawKernel } from './drawKernel.js';

/** Two empirical CDFs on cells: in each the mean of its left end, and its right end without the rows there. */
export interface CdfGrid {
  /** Between which the cells are; ascending, one more than cells. */
  nodes: Float64Array;
  reference: Float64Array;
  current: Float64Array;
}

/** What a comparison is made of, beside the CDFs. */
export interface Comparison {
  referenceCount: number;
  currentCount: number;
  /** Between which values the area counts. */
  clipRange: [number, number];
  /** By which the area is divided. */
  scale: number;
  /** True when the scale is the width from the 5 % to the 95 % quantile. */
  isQuantileScale: boolean;
  /** The distance that was found. */
  observed: number;
}

/** True distances that fit an observed one; ascending, one number per draw. */
export interface FittingDistances {
  /** Largest true distance for which this noise would have led to the observed one, for a truth of the observed shape. */
  inverted: Float64Array;
  /** The same, and 0 where the noise alone would have led as far. */
  shrunken: Float64Array;
}

/**
 * Of the part of the distance between the reference's 3.5 and 96.5 % quantiles. In the scale that was found: how
 * wrong that may be counts for the whole.
 */
export interface MiddleDistances extends FittingDistances {
  /** By how much the whole distance exceeds this part, draw by draw; ascending. */
  beyond: Float64Array;
  /** What a truth that goes one way everywhere has beyond, for 1 of what it has within. */
  usualBeyond: number;
}

/** What noise of the same size makes of a comparison; all ascending, one number per draw. */
export interface SimulatedDistances extends FittingDistances {
  /** Distance when both sides are alike. */
  alike: Float64Array;
  /** Distance after noise is added once more to the observed difference. */
  again: Float64Array;
  /**
   * As `inverted`, for a truth that goes one way everywhere, which noise can hide best. A distance below half
   * of what noise usually makes is taken as that half: samples that agree by luck prove no more.
   */
  hidden: Float64Array;
  /** Null unless the tails are long, so that noise there could outweigh all else. */
  middle: MiddleDistances | null;
}

/**
 * Plays a comparison of two CDFs again, many times, with the noise of samples of these sizes: Brownian
 * bridges over the observed shares, and the clip range and scale that the disturbed reference would have.
 *
 * Range: distances 0 upward, in units of the scale.
 * Cost: 500 draws, each O(cells): 0.2 to 1 ms. The first call with a seed takes 2 ms more.
 * Source: Brownian bridges as limit of empirical CDFs (Doob 1949, Donsker 1952); the shares of small samples are
 *         drawn towards the pooled ones, so that a single value still has noise.
 * Checked: coverage of the interval made of it (test/core/stats/calibration.test.ts, test/calibrate.ts)
 *
 * @param grid - both CDFs on shared nodes, of at most 127 cells; not modified
 * @param comparison - sizes, clip range, scale, and the distance found
 * @param seed - of the draws
 * @returns lists of distances, each ascending
 * @throws {RangeError} if there are more cells
 *
 * @example
 * simulateDistances(grid, comparison, 1).alike // its 95 % quantile is the noise floor
 */
export function simulateDistances(
  grid: CdfGrid,
  comparison: Comparison,
  seed: number,
): SimulatedDistances {
  const { referenceCount: n, currentCount: m, observed, scale, isQuantileScale } = comparison;
  const [lower, upper] = comparison.clipRange;
  const points = grid.reference.length;
  const kernel = takeDrawKernel(points, seed);
  setCurves(kernel, grid, n, m);
  kernel.run.prepare(points, lower, upper, scale, isQuantileScale);
  const plain = plainWeights(kernel, points);
  const middle = findMiddle(kernel, plain);
  kernel.run.play(
    1 / Math.sqrt(n),
    1 / Math.sqrt(m),
    observed,
    areaUnder(kernel.oneWay, plain, { from: 0, to: points }),
    Math.max(observed, usualDistance(kernel.pooled, plain, n, m) / 2),
    middle.from,
    middle.to,
    areaUnder(kernel.difference, plain, middle),
    (upper - lower) / scale,
  );
  const { whole, hidden } = kernel;
  return {
    alike: inOrder(hidden.alone),
    again: inOrder(whole.together),
    hidden: inOrder(hidden.inverted),
    inverted: inOrder(whole.inverted),
    shrunken: inOrder(whole.shrunken),
    middle: middle.from === middle.to ? null : middleDistances(kernel, middle.usualBeyond),
  };
}

/** Shares of small samples are drawn towards the pooled ones by two rows' worth: none is certain. */
function setCurves(kernel: DrawKernel, grid: CdfGrid, n: number, m: number): void {
  const { difference, pooled, reference, current, oneWay } = kernel;
  kernel.nodes.set(grid.nodes);
  for (let i = 0; i < grid.reference.length; i++) {
    const f = grid.reference[i] as number;
    const g = grid.current[i] as number;
    const h = (n * f + m * g) / (n + m);
    difference[i] = f - g;
    pooled[i] = h;
    reference[i] = (n * f + 2 * h) / (n + 2);
    current[i] = (m * g + 2 * h) / (m + 2);
    oneWay[i] = h * (1 - h);
  }
}

function plainWeights(kernel: DrawKernel, points: number): Float64Array {
  const weights = new Float64Array(points);
  for (let i = 0; i < points; i++) weights[i] = kernel.plainWeights[2 * i] as number;
  return weights;
}

/** Shares of the reference on either side that are beyond the middle. */
const tailShare = 0.035;
/** Below this the rest is not worth the time: a bell has 0.05, a lognormal 0.15, Cauchy's distribution 0.8. */
const leastBeyond = 0.3;

/** Points, half open. */
interface Stretch {
  from: number;
  to: number;
}

/** The stretch of points between the tails; empty where the tails are short. */
function findMiddle(
  { reference, oneWay }: DrawKernel,
  weights: Float64Array,
): Stretch & { usualBeyond: number } {
  const isWithin = (share: number) => share >= tailShare && share <= 1 - tailShare;
  const shares = reference.subarray(0, weights.length);
  const from = shares.findIndex(isWithin);
  const to = shares.findLastIndex(isWithin) + 1;
  let all = 0;
  let within = 0;
  for (let i = 0; i < weights.length; i++) {
    const area = (oneWay[i] as number) * (weights[i] as number);
    all += area;
    if (i >= from && i < to) within += area;
  }
  const usualBeyond = all / within - 1;
  const isLong = from >= 0 && usualBeyond >= leastBeyond;
  return isLong ? { from, to, usualBeyond } : { from: 0, to: 0, usualBeyond };
}

/** Mean distance of two samples that are alike. */
function usualDistance(pooled: Float64Array, weights: Float64Array, n: number, m: number): number {
  const factor = Math.sqrt((2 / Math.PI) * (1 / n + 1 / m));
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const h = pooled[i] as number;
    sum += (weights[i] as number) * factor * Math.sqrt(h * (1 - h));
  }
  return sum;
}

function areaUnder(curve: Float64Array, weights: Float64Array, { from, to }: Stretch): number {
  let area = 0;
  for (let i = from; i < to; i++) area += (weights[i] as number) * Math.abs(curve[i] as number);
  return area;
}

function middleDistances({ whole, middle }: DrawKernel, usualBeyond: number): MiddleDistances {
  const beyond = whole.inverted.slice();
  for (let draw = 0; draw < beyond.length; draw++) {
    beyond[draw] = (beyond[draw] as number) - (middle.inverted[draw] as number);
  }
  return {
    inverted: inOrder(middle.inverted),
    shrunken: inOrder(middle.shrunken),
    beyond: beyond.sort(),
    usualBeyond,
  };
}

/** The kernel's memory is overwritten by the next comparison. */
function inOrder(distances: Float64Array): Float64Array {
  return distances.slice().sort();
}
