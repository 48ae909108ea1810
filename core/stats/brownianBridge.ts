import { createRandom } from './random.js';

/** A CDF, and the standard deviation of the step of Brownian motion up to each point, and to the end. */
export interface Walk {
  cdf: Float64Array;
  steps: Float64Array;
}

export function createWalk(cdf: Float64Array): Walk {
  const points = cdf.length;
  const steps = Float64Array.from({ length: points + 1 }, (_, i) => {
    const from = i === 0 ? 0 : (cdf[i - 1] as number);
    const to = i === points ? 1 : (cdf[i] as number);
    return Math.sqrt(Math.max(0, to - from));
  });
  return { cdf, steps };
}

/** Two Brownian bridges over two CDFs, made of the same normal numbers, times a factor. */
export function setBridges(
  normals: Float64Array,
  factor: number,
  [{ cdf, steps }, { cdf: otherCdf, steps: otherSteps }]: [Walk, Walk],
  [target, otherTarget]: [Float64Array, Float64Array],
): void {
  const points = cdf.length;
  let level = 0;
  let otherLevel = 0;
  for (let i = 0; i < points; i++) {
    const normal = factor * (normals[i] as number);
    level += (steps[i] as number) * normal;
    otherLevel += (otherSteps[i] as number) * normal;
    target[i] = level;
    otherTarget[i] = otherLevel;
  }
  const last = factor * (normals[points] as number);
  level += (steps[points] as number) * last;
  otherLevel += (otherSteps[points] as number) * last;
  for (let i = 0; i < points; i++) {
    target[i] = (target[i] as number) - (cdf[i] as number) * level;
    otherTarget[i] = (otherTarget[i] as number) - (otherCdf[i] as number) * otherLevel;
  }
}

let lastNormals = { seed: Number.NaN, values: new Float64Array(0) };

/** The first `count` of a seed. Kept for the next column, which has the same seed: to draw them takes most of the time. */
export function standardNormals(seed: number, count: number): Float64Array {
  if (lastNormals.seed !== seed || lastNormals.values.length < count) {
    const random = createRandom(seed);
    lastNormals = { seed, values: Float64Array.from({ length: count }, () => random.normal()) };
  }
  return lastNormals.values;
}
