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

const drawCount = 500;

/**
 * Plays a comparison of two CDFs again, many times, with the noise of samples of these sizes: Brownian
 * bridges over the observed shares, and the clip range and scale that the disturbed reference would have.
 *
 * Range: distances 0 upward, in units of the scale.
 * Cost: 500 draws, each O(nodes): about 5 ms. The first call with a seed takes three times as long.
 * Source: Brownian bridges as limit of empirical CDFs (Doob 1949, Donsker 1952); the shares of small samples are
 *         drawn towards the pooled ones, so that a single value still has noise.
 * Checked: coverage of the interval made of it (test/core/stats/calibration.test.ts, test/calibrate.ts)
 *
 * @param grid - both CDFs on shared nodes; not modified
 * @param comparison - sizes, clip range, scale, and the distance found
 * @param seed - of the draws
 * @returns five lists of distances, each ascending
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
  const width = points + 1;
  const normals = standardNormals(seed, 2 * drawCount * width);
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
  const noise = new Float64Array(points);
  const chance = new Float64Array(points);
  const disturbed = new Float64Array(points);
  const weights = new Float64Array(points);
  const [referenceWalk, pooledWalk, currentWalk] = [reference, pooled, current].map(createWalk) as [
    Walk,
    Walk,
    Walk,
  ];
  const still = readQuantiles(grid.nodes, reference);
  for (let draw = 0; draw < drawCount; draw++) {
    const forReference = normals.subarray(2 * draw * width, (2 * draw + 1) * width);
    const forCurrent = normals.subarray((2 * draw + 1) * width, (2 * draw + 2) * width);
    noise.fill(0);
    chance.fill(0);
    addBridge(referenceWalk, forReference, 1 / Math.sqrt(n), noise);
    addBridge(pooledWalk, forReference, 1 / Math.sqrt(n), chance);
    for (let i = 0; i < points; i++) disturbed[i] = (reference[i] as number) + (noise[i] as number);
    setWeights(weights, grid.nodes, comparison, still, readQuantiles(grid.nodes, disturbed));
    addBridge(currentWalk, forCurrent, -1 / Math.sqrt(m), noise);
    addBridge(pooledWalk, forCurrent, -1 / Math.sqrt(m), chance);
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
}

let lastNormals = { seed: Number.NaN, values: new Float64Array(0) };

/** The first `count` of a seed. Kept for the next column, which has the same seed: to draw them takes most of the time. */
function standardNormals(seed: number, count: number): Float64Array {
  if (lastNormals.seed !== seed || lastNormals.values.length < count) {
    const random = createRandom(seed);
    lastNormals = { seed, values: Float64Array.from({ length: count }, () => random.normal()) };
  }
  return lastNormals.values;
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

/** A CDF, and the standard deviation of the step of Brownian motion up to each point, and to the end. */
interface Walk {
  cdf: Float64Array;
  steps: Float64Array;
}

function createWalk(cdf: Float64Array): Walk {
  const points = cdf.length;
  const steps = Float64Array.from({ length: points + 1 }, (_, i) => {
    const from = i === 0 ? 0 : (cdf[i - 1] as number);
    const to = i === points ? 1 : (cdf[i] as number);
    return Math.sqrt(Math.max(0, to - from));
  });
  return { cdf, steps };
}

/** Adds a multiple of the Brownian bridge over a CDF, made of these normal numbers. */
function addBridge(
  { cdf, steps }: Walk,
  normals: Float64Array,
  factor: number,
  target: Float64Array,
): void {
  let end = 0;
  for (let i = 0; i < steps.length; i++) end += (steps[i] as number) * (normals[i] as number);
  let level = 0;
  for (let i = 0; i < cdf.length; i++) {
    level += (steps[i] as number) * (normals[i] as number);
    target[i] = (target[i] as number) + factor * (level - (cdf[i] as number) * end);
  }
}

/** Of the reference: 0.5, 5, 95 and 99.5 %. */
type Quantiles = [number, number, number, number];
const quantileShares = [0.005, 0.05, 0.95, 0.995] as const;

/** Of a CDF that is read at the middle of each node's step, as mid-ranks have it. */
function readQuantiles(nodes: Float64Array, cdf: Float64Array): Quantiles {
  const quantiles: Quantiles = [0, 0, 0, 0];
  const last = nodes.length - 1;
  let k = 0;
  let level = middleLevel(cdf, 0);
  let before = 0;
  for (let q = 0; q < 4; q++) {
    const share = quantileShares[q] as number;
    while (level < share && k < last) {
      before = level;
      level = middleLevel(cdf, ++k);
    }
    const node = nodes[k] as number;
    const from = nodes[Math.max(0, k - 1)] as number;
    const part = level > before ? Math.min(1, Math.max(0, (share - before) / (level - before))) : 1;
    quantiles[q] = from + (node - from) * part;
  }
  return quantiles;
}

function middleLevel(cdf: Float64Array, node: number): number {
  const left = node === 0 ? 0 : (cdf[2 * node - 1] as number);
  const right = 2 * node >= cdf.length ? 1 : (cdf[2 * node] as number);
  return (left + right) / 2;
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
    if (!(next < multiple * (1 - 1e-7))) break;
    multiple = next;
  }
  return Math.max(0, multiple);
}
