import type { SizedEffect } from './effect.js';
import { quantileSorted } from './quantile.js';
import { createRandom } from './random.js';
import { robustScale } from './robustScale.js';

export interface WassersteinEffect extends SizedEffect {
  /** What one unit of the effect is, in the column's unit. */
  scale: number;
  /** Values beyond these two, in the column's unit, were taken as the nearer one. */
  clipRange: [number, number];
}

const simulationCount = 500;

export function wassersteinEffect(
  sortedReference: Float64Array,
  sortedCurrent: Float64Array,
  seed: number,
): WassersteinEffect {
  const n = sortedReference.length;
  const m = sortedCurrent.length;
  if (n === 0 || m === 0) {
    throw new RangeError(
      `wassersteinEffect requires at least one value per sample (got ${n} and ${m})`,
    );
  }
  const scale = robustScale(sortedReference);
  const lower = quantileSorted(sortedReference, 0.005);
  const upper = quantileSorted(sortedReference, 0.995);
  const observed = clippedDistance(sortedReference, sortedCurrent, lower, upper) / scale;
  const grid = createGrid(sortedReference, sortedCurrent, lower, upper, scale);
  const { multiples, chanceDistances } = simulate(grid, n, m, observed, seed);
  return {
    value: observed * quantileSorted(multiples, 0.5),
    observed,
    interval: [
      observed * quantileSorted(multiples, 0.025),
      observed * quantileSorted(multiples, 0.975),
    ],
    noiseFloor: quantileSorted(chanceDistances, 0.95),
    scale,
    clipRange: [lower, upper],
  };
}

/** Area between the two empirical CDFs from `lower` to `upper`. */
function clippedDistance(
  sortedReference: Float64Array,
  sortedCurrent: Float64Array,
  lower: number,
  upper: number,
): number {
  const n = sortedReference.length;
  const m = sortedCurrent.length;
  let i = countAtMost(sortedReference, lower);
  let j = countAtMost(sortedCurrent, lower);
  let from = lower;
  let area = 0;
  while (from < upper) {
    const a = i < n ? (sortedReference[i] as number) : Infinity;
    const b = j < m ? (sortedCurrent[j] as number) : Infinity;
    const to = Math.min(a, b, upper);
    area += Math.abs(i / n - j / m) * (to - from);
    while (i < n && sortedReference[i] === to) i++;
    while (j < m && sortedCurrent[j] === to) j++;
    from = to;
  }
  return area;
}

/**
 * The two CDFs at chosen points, ascending. Each cell between neighbouring nodes has two points: its
 * left end, and its right end without the value there.
 */
interface Grid {
  /** Half the cell's width, in units of the scale. */
  weights: Float64Array;
  reference: Float64Array;
  current: Float64Array;
}

const quantileNodes = 64;

function createGrid(
  sortedReference: Float64Array,
  sortedCurrent: Float64Array,
  lower: number,
  upper: number,
  scale: number,
): Grid {
  const nodes = chooseNodes(sortedReference, sortedCurrent, lower, upper);
  const points = 2 * Math.max(0, nodes.length - 1);
  const grid: Grid = {
    weights: new Float64Array(points),
    reference: new Float64Array(points),
    current: new Float64Array(points),
  };
  for (let cell = 0; 2 * cell < points; cell++) {
    const from = nodes[cell] as number;
    const to = nodes[cell + 1] as number;
    grid.weights.fill((to - from) / (2 * scale), 2 * cell, 2 * cell + 2);
    grid.reference[2 * cell] = countAtMost(sortedReference, from) / sortedReference.length;
    grid.reference[2 * cell + 1] = countBelow(sortedReference, to) / sortedReference.length;
    grid.current[2 * cell] = countAtMost(sortedCurrent, from) / sortedCurrent.length;
    grid.current[2 * cell + 1] = countBelow(sortedCurrent, to) / sortedCurrent.length;
  }
  return grid;
}

/** Every value while they are few; else quantiles of both sides and even steps, for long tails. */
function chooseNodes(
  sortedReference: Float64Array,
  sortedCurrent: Float64Array,
  lower: number,
  upper: number,
): number[] {
  const few = distinctWithin([sortedReference, sortedCurrent], lower, upper, 3 * quantileNodes);
  const nodes = new Set<number>(few ?? []);
  if (!few) {
    for (let i = 1; i < quantileNodes; i++) {
      for (const sorted of [sortedReference, sortedCurrent]) {
        const value = sorted[Math.floor((i * sorted.length) / quantileNodes)] as number;
        if (value > lower && value < upper) nodes.add(value);
      }
      nodes.add(lower + ((upper - lower) * i) / quantileNodes);
    }
  }
  nodes.add(lower).add(upper);
  return [...nodes].sort((a, b) => a - b);
}

/** Undefined when there are more than `limit`. */
function distinctWithin(
  samples: Float64Array[],
  lower: number,
  upper: number,
  limit: number,
): Set<number> | undefined {
  const distinct = new Set<number>();
  for (const sorted of samples) {
    let i = countAtMost(sorted, lower);
    while (i < sorted.length && (sorted[i] as number) < upper) {
      distinct.add(sorted[i] as number);
      if (distinct.size > limit) return undefined;
      i = countAtMost(sorted, sorted[i] as number);
    }
  }
  return distinct;
}

/**
 * Plays the comparison again with noise of the same size. `multiples`: for which multiple of the
 * observed difference of CDFs the noise would have led to the observed distance; its quantiles invert
 * the test. `chanceDistances`: the distance when both sides are alike. Both ascending.
 */
function simulate(
  grid: Grid,
  n: number,
  m: number,
  observed: number,
  seed: number,
): { multiples: Float64Array; chanceDistances: Float64Array } {
  const { weights, reference, current } = grid;
  const points = weights.length;
  const random = createRandom(seed);
  const multiples = new Float64Array(simulationCount);
  const chanceDistances = new Float64Array(simulationCount);
  const difference = new Float64Array(points);
  const pooled = new Float64Array(points);
  const smoothReference = new Float64Array(points);
  const smoothCurrent = new Float64Array(points);
  for (let i = 0; i < points; i++) {
    const f = reference[i] as number;
    const g = current[i] as number;
    difference[i] = f - g;
    const h = (n * f + m * g) / (n + m);
    pooled[i] = h;
    smoothReference[i] = (n * f + 2 * h) / (n + 2);
    smoothCurrent[i] = (m * g + 2 * h) / (m + 2);
  }
  const normals = new Float64Array(points + 1);
  const bridge = new Float64Array(points);
  const noise = new Float64Array(points);
  const chance = new Float64Array(points);
  for (let draw = 0; draw < simulationCount; draw++) {
    noise.fill(0);
    chance.fill(0);
    for (const [cdf, size, sign] of [
      [smoothReference, n, 1],
      [smoothCurrent, m, -1],
    ] as const) {
      for (let i = 0; i <= points; i++) normals[i] = random.normal();
      addBridge(noise, cdf, normals, sign / Math.sqrt(size), bridge);
      addBridge(chance, pooled, normals, sign / Math.sqrt(size), bridge);
    }
    chanceDistances[draw] = distanceAt(0, weights, difference, chance);
    multiples[draw] = multipleThatGives(observed, weights, difference, noise);
  }
  return { multiples: multiples.sort(), chanceDistances: chanceDistances.sort() };
}

function addBridge(
  target: Float64Array,
  cdf: Float64Array,
  normals: Float64Array,
  factor: number,
  bridge: Float64Array,
): void {
  const points = cdf.length;
  let before = 0;
  let level = 0;
  for (let i = 0; i < points; i++) {
    const share = cdf[i] as number;
    if (share > before) level += Math.sqrt(share - before) * (normals[i] as number);
    bridge[i] = level;
    before = share;
  }
  const end = level + Math.sqrt(Math.max(0, 1 - before)) * (normals[points] as number);
  for (let i = 0; i < points; i++) {
    target[i] = (target[i] as number) + factor * ((bridge[i] as number) - (cdf[i] as number) * end);
  }
}

function distanceAt(
  multiple: number,
  weights: Float64Array,
  difference: Float64Array,
  noise: Float64Array,
): number {
  let area = 0;
  for (let i = 0; i < weights.length; i++) {
    area +=
      (weights[i] as number) *
      Math.abs(multiple * (difference[i] as number) + (noise[i] as number));
  }
  return area;
}

/** The distance is convex in the multiple: Newton's steps from the far side come down to it. */
function multipleThatGives(
  distance: number,
  weights: Float64Array,
  difference: Float64Array,
  noise: Float64Array,
): number {
  if (!(distance > 0) || distanceAt(0, weights, difference, noise) >= distance) return 0;
  let multiple = 2;
  while (multiple < 1e6 && distanceAt(multiple, weights, difference, noise) < distance)
    multiple *= 2;
  for (let step = 0; step < 60; step++) {
    let area = 0;
    let slope = 0;
    for (let i = 0; i < weights.length; i++) {
      const d = difference[i] as number;
      const gap = multiple * d + (noise[i] as number);
      const weight = weights[i] as number;
      area += weight * Math.abs(gap);
      slope += gap > 0 ? weight * d : -weight * d;
    }
    if (!(slope > 0)) break;
    const next = multiple - (area - distance) / slope;
    if (!(next < multiple * (1 - 1e-9))) break;
    multiple = next;
  }
  return Math.max(0, multiple);
}

/** How many values are at most the given one. */
function countAtMost(sorted: Float64Array, value: number): number {
  let lo = 0;
  let hi = sorted.length;
  while (lo < hi) {
    const middle = (lo + hi) >>> 1;
    if ((sorted[middle] as number) <= value) lo = middle + 1;
    else hi = middle;
  }
  return lo;
}

/** How many values are below the given one. */
function countBelow(sorted: Float64Array, value: number): number {
  let lo = 0;
  let hi = sorted.length;
  while (lo < hi) {
    const middle = (lo + hi) >>> 1;
    if ((sorted[middle] as number) < value) lo = middle + 1;
    else hi = middle;
  }
  return lo;
}
