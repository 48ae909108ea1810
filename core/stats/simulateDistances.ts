import { createRandom } from './random.js';

/**
 * Two empirical CDFs at chosen points, ascending. Each cell between neighbouring nodes has two points:
 * its left end, and its right end without the rows there.
 */
export interface CdfGrid {
  /** Ascending; one more than cells. */
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

/** What noise of the same size makes of a comparison; all ascending, one number per draw. */
export interface SimulatedDistances {
  /** Distance when both sides are alike. */
  alike: Float64Array;
  /** Distance after noise is added once more to the observed difference. */
  again: Float64Array;
  /** Largest true distance for which this noise would have led to the observed one, for a truth of the observed shape. */
  inverted: Float64Array;
  /** The same, and 0 where the noise alone would have led as far. */
  shrunken: Float64Array;
  /**
   * The same for a truth that goes one way everywhere, which noise can hide best. A distance below half of
   * what noise usually makes is taken as that half: samples that agree by luck prove no more.
   */
  hidden: Float64Array;
}

const drawCount = 400;

/**
 * Plays a comparison of two CDFs again, many times, with the noise of samples of these sizes: Brownian
 * bridges over the observed shares, and the clip range and scale that the disturbed reference would have.
 *
 * Range: distances 0 upward, in units of the scale.
 * Cost: 400 draws, each O(nodes).
 * Source: Brownian bridges as limit of empirical CDFs (Doob 1949, Donsker 1952); the shares of small samples are
 *         drawn towards the pooled ones, so that a single value still has noise.
 * Checked: coverage of the interval made of it (test/core/stats/calibration.test.ts)
 *
 * @param grid - both CDFs on shared nodes; not modified
 * @param comparison - sizes, clip range, scale, and the distance found
 * @param seed - of the draws
 * @returns four lists of distances, each ascending
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
  const random = createRandom(seed);
  const { difference, pooled, reference, current, oneWay } = curves(grid, n, m);
  const plain = baseWeights(grid, comparison);
  const oneWayDistance = distance(1, oneWay, new Float64Array(points), plain);
  const hiding = Math.max(observed, usualDistance(pooled, plain, n, m) / 2);
  const farthest = (comparison.clipRange[1] - comparison.clipRange[0]) / comparison.scale;
  const alike = new Float64Array(drawCount);
  const again = new Float64Array(drawCount);
  const inverted = new Float64Array(drawCount);
  const shrunken = new Float64Array(drawCount);
  const hidden = new Float64Array(drawCount);
  const normals = new Float64Array(points + 1);
  const noise = new Float64Array(points);
  const chance = new Float64Array(points);
  const disturbed = new Float64Array(points);
  const weights = new Float64Array(points);
  const knots = createKnots(grid);
  const still = readQuantiles(knots, reference);
  for (let draw = 0; draw < drawCount; draw++) {
    fillNormals();
    bridge(reference, normals, 1 / Math.sqrt(n), noise);
    bridge(pooled, normals, 1 / Math.sqrt(n), chance);
    for (let i = 0; i < points; i++) disturbed[i] = (reference[i] as number) + (noise[i] as number);
    setWeights(weights, grid.nodes, comparison, still, readQuantiles(knots, disturbed));
    fillNormals();
    bridge(current, normals, -1 / Math.sqrt(m), noise, true);
    bridge(pooled, normals, -1 / Math.sqrt(m), chance, true);
    alike[draw] = distance(0, difference, chance, weights);
    again[draw] = distance(1, difference, noise, weights);
    const largest = observed * largestMultiple(observed, difference, noise, weights);
    inverted[draw] = Math.min(largest, farthest);
    shrunken[draw] =
      distance(0, difference, noise, weights) < observed ? (inverted[draw] as number) : 0;
    hidden[draw] = Math.min(
      farthest,
      oneWayDistance * largestMultiple(hiding, oneWay, chance, weights),
    );
  }
  return {
    alike: alike.sort(),
    again: again.sort(),
    inverted: inverted.sort(),
    shrunken: shrunken.sort(),
    hidden: hidden.sort(),
  };

  function fillNormals(): void {
    for (let i = 0; i <= points; i++) normals[i] = random.normal();
  }
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

function bridge(
  cdf: Float64Array,
  normals: Float64Array,
  factor: number,
  target: Float64Array,
  isAdded = false,
): void {
  const points = cdf.length;
  let before = 0;
  let level = 0;
  for (let i = 0; i < points; i++) {
    const share = cdf[i] as number;
    if (share > before) {
      level += Math.sqrt(share - before) * (normals[i] as number);
      before = share;
    }
  }
  const end = level + Math.sqrt(Math.max(0, 1 - before)) * (normals[points] as number);
  before = 0;
  level = 0;
  for (let i = 0; i < points; i++) {
    const share = cdf[i] as number;
    if (share > before) {
      level += Math.sqrt(share - before) * (normals[i] as number);
      before = share;
    }
    const value = factor * (level - share * end);
    target[i] = isAdded ? (target[i] as number) + value : value;
  }
}

/** Of the reference: 0.5, 5, 95 and 99.5 %. */
type Quantiles = [number, number, number, number];
const quantileShares = [0.005, 0.05, 0.95, 0.995] as const;

/** Where a CDF is read between its points: the mean of two of them, since a light value's step is smooth. */
interface Knot {
  node: number;
  /** Points of the grid; -1 is the share 0 before all of them, and their number the share 1 behind. */
  first: number;
  second: number;
}

const heaviestSmoothStep = 0.02;

function createKnots({ nodes, reference }: CdfGrid): Knot[] {
  return Array.from(nodes).flatMap((node, k) => {
    const first = 2 * k - 1;
    const second = 2 * k;
    const step = levelAt(reference, second) - levelAt(reference, first);
    if (step <= heaviestSmoothStep) return [{ node, first, second }];
    return [
      { node, first, second: first },
      { node, first: second, second },
    ];
  });
}

function levelAt(cdf: Float64Array, point: number): number {
  return point < 0 ? 0 : point >= cdf.length ? 1 : (cdf[point] as number);
}

function readQuantiles(knots: Knot[], cdf: Float64Array): Quantiles {
  const quantiles: Quantiles = [0, 0, 0, 0];
  let k = 0;
  let level = 0;
  let before = 0;
  for (let q = 0; q < 4; q++) {
    const share = quantileShares[q] as number;
    for (; k < knots.length; k++) {
      const { first, second } = knots[k] as Knot;
      level = (levelAt(cdf, first) + levelAt(cdf, second)) / 2;
      if (level >= share) break;
      before = level;
    }
    const node = (knots[Math.min(k, knots.length - 1)] as Knot).node;
    const from = (knots[Math.max(0, Math.min(k, knots.length) - 1)] as Knot).node;
    const part = level > before ? (share - before) / (level - before) : 1;
    quantiles[q] = k < knots.length ? from + (node - from) * Math.max(0, part) : node;
  }
  return quantiles;
}

function baseWeights(grid: CdfGrid, comparison: Comparison): Float64Array {
  const weights = new Float64Array(grid.reference.length);
  setWeights(weights, grid.nodes, comparison, [0, 0, 1, 0], [0, 0, 1, 0]);
  return weights;
}

/** Each point stands for half of its cell's width inside the clip range, in units of the scale. */
function setWeights(
  weights: Float64Array,
  nodes: Float64Array,
  { clipRange: [lower, upper], scale, isQuantileScale }: Comparison,
  still: Quantiles,
  moved: Quantiles,
): void {
  const from = lower + moved[0] - still[0];
  const to = Math.max(from, upper + moved[3] - still[3]);
  const stretch = isQuantileScale ? (moved[2] - moved[1]) / (still[2] - still[1]) : 1;
  const unit = 2 * scale * Math.max(stretch, 0.1);
  for (let cell = 0; 2 * cell < weights.length; cell++) {
    const left = Math.max(from, nodes[cell] as number);
    const right = Math.min(to, nodes[cell + 1] as number);
    const weight = right > left ? (right - left) / unit : 0;
    weights[2 * cell] = weight;
    weights[2 * cell + 1] = weight;
  }
}

/** Mean distance of two samples that are alike. */
function usualDistance(pooled: Float64Array, weights: Float64Array, n: number, m: number): number {
  const factor = Math.sqrt((2 / Math.PI) * (1 / n + 1 / m));
  return pooled.reduce(
    (sum, h, i) => sum + (weights[i] as number) * factor * Math.sqrt(h * (1 - h)),
    0,
  );
}

/** Area between a multiple of a curve and the (negative) noise. */
function distance(
  multiple: number,
  curve: Float64Array,
  noise: Float64Array,
  weights: Float64Array,
): number {
  let area = 0;
  for (let i = 0; i < weights.length; i++) {
    area +=
      (weights[i] as number) * Math.abs(multiple * (curve[i] as number) + (noise[i] as number));
  }
  return area;
}

/** The distance is convex in the multiple: Newton's steps from the far side come down to the largest one. */
function largestMultiple(
  target: number,
  curve: Float64Array,
  noise: Float64Array,
  weights: Float64Array,
): number {
  let multiple = 1;
  let isFar = false;
  for (let step = 0; step < 100; step++) {
    let area = 0;
    let slope = 0;
    for (let i = 0; i < weights.length; i++) {
      const d = curve[i] as number;
      const gap = multiple * d + (noise[i] as number);
      const weight = weights[i] as number;
      area += weight * Math.abs(gap);
      slope += gap > 0 ? weight * d : -weight * d;
    }
    if (!isFar) {
      if ((area >= target && slope > 0) || multiple > 1e9) isFar = true;
      else {
        multiple *= 2;
        continue;
      }
    }
    if (!(slope > 0)) return 0;
    const next = multiple - (area - target) / slope;
    if (!(next < multiple * (1 - 1e-9))) break;
    multiple = next;
  }
  return Math.max(0, multiple);
}
