import { createWalk, setBridges, standardNormals, type Walk } from './brownianBridge.js';
import {
  baseWeights,
  type CdfGrid,
  type Comparison,
  readQuantiles,
  setWeights,
} from './cellWeights.js';

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

const drawCount = 500;

/**
 * Plays a comparison of two CDFs again, many times, with the noise of samples of these sizes: Brownian
 * bridges over the observed shares, and the clip range and scale that the disturbed reference would have.
 *
 * Range: distances 0 upward, in units of the scale.
 * Cost: 500 draws, each O(cells): 1 to 3 ms, 4 for long tails. The first call with a seed takes twice as long.
 * Source: Brownian bridges as limit of empirical CDFs (Doob 1949, Donsker 1952); the shares of small samples are
 *         drawn towards the pooled ones, so that a single value still has noise.
 * Checked: coverage of the interval made of it (test/core/stats/calibration.test.ts, test/calibrate.ts)
 *
 * @param grid - both CDFs on shared nodes; not modified
 * @param comparison - sizes, clip range, scale, and the distance found
 * @param seed - of the draws
 * @returns lists of distances, each ascending
 *
 * @example
 * simulateDistances(grid, comparison, 1).alike // its 95 % quantile is the noise floor
 */
export function simulateDistances(
  grid: CdfGrid,
  comparison: Comparison,
  seed: number,
): SimulatedDistances {
  const { referenceCount: n, currentCount: m, observed } = comparison;
  const points = grid.reference.length;
  const { difference, pooled, reference, current, oneWay } = curves(grid, n, m);
  const plain = baseWeights(grid, comparison);
  const oneWayDistance = areaUnder(oneWay, plain);
  const hiding = Math.max(observed, usualDistance(pooled, plain, n, m) / 2);
  const farthest = (comparison.clipRange[1] - comparison.clipRange[0]) / comparison.scale;
  const alike = new Float64Array(drawCount);
  const again = new Float64Array(drawCount);
  const hidden = new Float64Array(drawCount);
  const [noise, chance, weights] = createThree(points);
  const whole = createPart(observed, difference, noise, weights);
  const middle = findMiddle(reference, oneWay, plain, (from, to) => {
    const [there, plainThere] = [difference.subarray(from, to), plain.subarray(from, to)];
    return createPart(areaUnder(there, plainThere), there, noise.subarray(from, to), plainThere);
  });
  const draws = createDraws(grid, comparison, { reference, pooled, current }, seed);
  for (let draw = 0; draw < drawCount; draw++) {
    draws.set(draw, noise, chance, weights);
    again[draw] = fitDraw(whole, draw, farthest);
    if (middle) fitDraw(middle.part, draw, farthest);
    const sums = againstNoise(oneWay, chance, weights);
    alike[draw] = sums.alone;
    const largest = largestMultiple(hiding, sums, oneWay, chance, weights);
    hidden[draw] = Math.min(farthest, oneWayDistance * largest);
  }
  const beyond =
    middle && whole.inverted.map((there, draw) => there - (middle.part.inverted[draw] as number));
  return {
    alike: alike.sort(),
    again: again.sort(),
    hidden: hidden.sort(),
    ...inOrder(whole),
    middle: middle &&
      beyond && { ...inOrder(middle.part), beyond: beyond.sort(), usualBeyond: middle.usualBeyond },
  };
}

function createThree(points: number): [Float64Array, Float64Array, Float64Array] {
  return [new Float64Array(points), new Float64Array(points), new Float64Array(points)];
}

/**
 * Noise of a comparison with its differences, noise of one where both sides are alike, and the weights that the
 * disturbed reference leads to. Draws come in pairs whose noise is opposite, so that they balance.
 */
function createDraws(
  grid: CdfGrid,
  comparison: Comparison,
  { reference, pooled, current }: Record<'reference' | 'pooled' | 'current', Float64Array>,
  seed: number,
) {
  const points = reference.length;
  const width = points + 1;
  const normals = standardNormals(seed, drawCount * width);
  const [referenceWalk, pooledWalk, currentWalk] = [reference, pooled, current].map(createWalk) as [
    Walk,
    Walk,
    Walk,
  ];
  const [forReference, chanceOfReference, disturbed] = createThree(points);
  const [forCurrent, chanceOfCurrent] = createThree(points);
  const still = readQuantiles(grid.nodes, reference);
  return {
    set(draw: number, noise: Float64Array, chance: Float64Array, weights: Float64Array): void {
      const sign = draw % 2 === 0 ? 1 : -1;
      if (sign > 0) {
        setBridges(
          normals.subarray(draw * width, (draw + 1) * width),
          1 / Math.sqrt(comparison.referenceCount),
          [referenceWalk, pooledWalk],
          [forReference, chanceOfReference],
        );
        setBridges(
          normals.subarray((draw + 1) * width, (draw + 2) * width),
          1 / Math.sqrt(comparison.currentCount),
          [currentWalk, pooledWalk],
          [forCurrent, chanceOfCurrent],
        );
      }
      sumUp(sign, reference, forReference, disturbed);
      subtract(sign, forReference, forCurrent, noise);
      subtract(sign, chanceOfReference, chanceOfCurrent, chance);
      setWeights(weights, grid.nodes, comparison, still, readQuantiles(grid.nodes, disturbed));
    },
  };
}

function sumUp(sign: number, level: Float64Array, other: Float64Array, sum: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (level[i] as number) + sign * (other[i] as number);
}

function subtract(sign: number, from: Float64Array, other: Float64Array, rest: Float64Array): void {
  for (let i = 0; i < rest.length; i++)
    rest[i] = sign * ((from[i] as number) - (other[i] as number));
}

/** What is observed on a stretch of the points, the noise and weights there, and what fits. */
interface Part extends FittingDistances {
  observed: number;
  difference: Float64Array;
  /** Of the present draw. */
  noise: Float64Array;
  /** Of the present draw, or of none. */
  weights: Float64Array;
}

function createPart(
  observed: number,
  difference: Float64Array,
  noise: Float64Array,
  weights: Float64Array,
): Part {
  const inverted = new Float64Array(drawCount);
  const shrunken = new Float64Array(drawCount);
  return { observed, difference, noise, weights, inverted, shrunken };
}

/** Returns the distance of the difference with this noise. */
function fitDraw(part: Part, draw: number, farthest: number): number {
  const { observed, difference, noise, weights, inverted, shrunken } = part;
  const sums = againstNoise(difference, noise, weights);
  const largest = observed * largestMultiple(observed, sums, difference, noise, weights);
  inverted[draw] = Math.min(largest, farthest);
  shrunken[draw] = sums.alone < observed ? (inverted[draw] as number) : 0;
  return sums.together;
}

function inOrder({ inverted, shrunken }: Part): FittingDistances {
  return { inverted: inverted.sort(), shrunken: shrunken.sort() };
}

/** Shares of the reference on either side that are beyond the middle. */
const tailShare = 0.035;
/** Below this the rest is not worth the time: a bell has 0.05, a lognormal 0.15, Cauchy's distribution 0.8. */
const leastBeyond = 0.3;

/** The stretch of points between the tails; null where the tails are short. */
function findMiddle(
  reference: Float64Array,
  oneWay: Float64Array,
  weights: Float64Array,
  create: (from: number, to: number) => Part,
): { part: Part; usualBeyond: number } | null {
  const isWithin = (share: number) => share >= tailShare && share <= 1 - tailShare;
  const from = reference.findIndex(isWithin);
  const to = reference.findLastIndex(isWithin) + 1;
  if (from < 0) return null;
  let [all, within] = [0, 0];
  for (const [i, height] of oneWay.entries()) {
    const area = height * (weights[i] as number);
    all += area;
    if (i >= from && i < to) within += area;
  }
  const usualBeyond = all / within - 1;
  if (!(usualBeyond >= leastBeyond)) return null;
  return { part: create(from, to), usualBeyond };
}

/** Shares of small samples are drawn towards the pooled ones by two rows' worth: none is certain. */
function curves(grid: CdfGrid, n: number, m: number) {
  const points = grid.reference.length;
  const difference = new Float64Array(points);
  const pooled = new Float64Array(points);
  const reference = new Float64Array(points);
  const current = new Float64Array(points);
  const oneWay = new Float64Array(points);
  for (let i = 0; i < points; i++) {
    const f = grid.reference[i] as number;
    const g = grid.current[i] as number;
    const h = (n * f + m * g) / (n + m);
    difference[i] = f - g;
    pooled[i] = h;
    reference[i] = (n * f + 2 * h) / (n + 2);
    current[i] = (m * g + 2 * h) / (m + 2);
    oneWay[i] = h * (1 - h);
  }
  return { difference, pooled, reference, current, oneWay };
}

/** Mean distance of two samples that are alike. */
function usualDistance(pooled: Float64Array, weights: Float64Array, n: number, m: number): number {
  const factor = Math.sqrt((2 / Math.PI) * (1 / n + 1 / m));
  return pooled.reduce(
    (sum, h, i) => sum + (weights[i] as number) * factor * Math.sqrt(h * (1 - h)),
    0,
  );
}

function areaUnder(curve: Float64Array, weights: Float64Array): number {
  let area = 0;
  for (let i = 0; i < weights.length; i++) {
    area += (weights[i] as number) * Math.abs(curve[i] as number);
  }
  return area;
}

/** Areas under a curve and its noise; those of `far` multiples of the curve are `level` + multiple x `slope`. */
interface NoiseSums {
  alone: number;
  together: number;
  far: { level: number; slope: number };
}

function againstNoise(curve: Float64Array, noise: Float64Array, weights: Float64Array): NoiseSums {
  let alone = 0;
  let together = 0;
  let level = 0;
  let slope = 0;
  for (let i = 0; i < weights.length; i++) {
    const height = curve[i] as number;
    const disturbance = noise[i] as number;
    const weight = weights[i] as number;
    const area = weight * Math.abs(disturbance);
    alone += area;
    together += weight * Math.abs(height + disturbance);
    slope += weight * Math.abs(height);
    level += height === 0 ? area : weight * Math.sign(height) * disturbance;
  }
  return { alone, together, far: { level, slope } };
}

/**
 * The distance is convex in the multiple, and for large multiples a straight line: from where that line has the
 * target, Newton's steps come down to the largest multiple. 0 if there is none above 0.
 */
function largestMultiple(
  target: number,
  { far }: NoiseSums,
  curve: Float64Array,
  noise: Float64Array,
  weights: Float64Array,
): number {
  let multiple = (target - far.level) / far.slope;
  for (let step = 0; step < 100; step++) {
    if (!(multiple > 0)) return 0;
    let area = 0;
    let slope = 0;
    for (let i = 0; i < weights.length; i++) {
      const height = curve[i] as number;
      const gap = multiple * height + (noise[i] as number);
      const weight = weights[i] as number;
      const width = Math.abs(gap);
      area += weight * width;
      // the sign of the gap; which of two it is would be guessed wrong too often
      slope += weight * height * (width > 0 ? gap / width : -1);
    }
    if (!(slope > 0)) return 0;
    const next = multiple - (area - target) / slope;
    if (!(next < multiple * (1 - 1e-6))) break;
    multiple = next;
  }
  return multiple;
}
