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

/** Adds a multiple of the Brownian bridge over a CDF, made of these normal numbers. */
export function addBridge(
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

let lastNormals = { seed: Number.NaN, values: new Float64Array(0) };

/** The first `count` of a seed. Kept for the next column, which has the same seed: to draw them takes most of the time. */
export function standardNormals(seed: number, count: number): Float64Array {
  if (lastNormals.seed !== seed || lastNormals.values.length < count) {
    const random = createRandom(seed);
    lastNormals = { seed, values: Float64Array.from({ length: count }, () => random.normal()) };
  }
  return lastNormals.values;
}
