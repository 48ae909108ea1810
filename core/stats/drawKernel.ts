import { drawsWasm } from '../kernels/built/draws.js';
import { type Kernel, kernelOf } from '../kernels/instantiate.js';
import { createRandom, type Random } from './random.js';

/** The functions of core/kernels/assembly/draws.ts. Addresses are in bytes. */
interface Exports {
  readonly DRAW_COUNT: Global;
  readonly MOST_POINTS: Global;
  readonly NODES: Global;
  readonly REFERENCE: Global;
  readonly CURRENT: Global;
  readonly POOLED: Global;
  readonly DIFFERENCE: Global;
  readonly ONE_WAY: Global;
  readonly NORMALS: Global;
  readonly PARTS: Global;
  readonly PART_SIZE: Global;
  readonly ALONE: Global;
  readonly TOGETHER: Global;
  readonly INVERTED: Global;
  readonly SHRUNKEN: Global;
  readonly PLAIN_WEIGHTS: Global;
  prepare(
    pointCount: number,
    lower: number,
    upper: number,
    scale: number,
    isQuantileScale: boolean,
  ): void;
  play(
    referenceNoise: number,
    currentNoise: number,
    observed: number,
    oneWay: number,
    hiding: number,
    middleStart: number,
    middleEnd: number,
    middleObserved: number,
    farthest: number,
  ): void;
}

interface Global {
  readonly value: number;
}

/** Distances that a curve comes to, one a draw. */
export interface PlayedPart {
  /** By the noise alone. */
  alone: Float64Array;
  /** With the noise. */
  together: Float64Array;
  /** Of the largest multiple of the curve that has the target with the noise; 0 where none has. */
  inverted: Float64Array;
  /** The same, and 0 where the noise alone has the target. */
  shrunken: Float64Array;
}

/** Its memory, which the next comparison overwrites. */
export interface DrawKernel {
  readonly run: Kernel<Exports>;
  readonly nodes: Float64Array;
  readonly reference: Float64Array;
  readonly current: Float64Array;
  readonly pooled: Float64Array;
  readonly difference: Float64Array;
  readonly oneWay: Float64Array;
  /** Each one twice. */
  readonly plainWeights: Float64Array;
  readonly whole: PlayedPart;
  readonly middle: PlayedPart;
  readonly hidden: PlayedPart;
  /** The first `count` of a seed are kept for the next column, which has the same seed: to draw them takes long. */
  readonly normals: { values: Float64Array; seed: number; random: Random | null; count: number };
}

const instantiate = kernelOf<Exports>(drawsWasm);
let kernel: DrawKernel | null = null;

/**
 * The kernel of this thread, with a seed's first normal numbers.
 *
 * @throws {RangeError} if there are more points than the kernel has room for
 */
export function takeDrawKernel(points: number, seed: number): DrawKernel {
  kernel ??= createKernel();
  const { run, normals } = kernel;
  if (points > run.MOST_POINTS.value) {
    throw new RangeError(
      `takeDrawKernel requires at most ${run.MOST_POINTS.value} points (got ${points})`,
    );
  }
  setNormals(normals, seed, run.DRAW_COUNT.value * (points + 1));
  return kernel;
}

function createKernel(): DrawKernel {
  const run = instantiate();
  const { buffer } = run.memory;
  const drawCount = run.DRAW_COUNT.value;
  const mostNodes = run.MOST_POINTS.value + 1;
  const byNode = ({ value }: Global) => new Float64Array(buffer, value, mostNodes);
  const part = (index: number): PlayedPart => {
    const start = run.PARTS.value + index * run.PART_SIZE.value;
    const byDraw = ({ value }: Global) => new Float64Array(buffer, start + value, drawCount);
    return {
      alone: byDraw(run.ALONE),
      together: byDraw(run.TOGETHER),
      inverted: byDraw(run.INVERTED),
      shrunken: byDraw(run.SHRUNKEN),
    };
  };
  return {
    run,
    nodes: byNode(run.NODES),
    reference: byNode(run.REFERENCE),
    current: byNode(run.CURRENT),
    pooled: byNode(run.POOLED),
    difference: byNode(run.DIFFERENCE),
    oneWay: byNode(run.ONE_WAY),
    plainWeights: new Float64Array(buffer, run.PLAIN_WEIGHTS.value, 2 * mostNodes),
    whole: part(0),
    middle: part(1),
    hidden: part(2),
    normals: {
      values: new Float64Array(buffer, run.NORMALS.value, drawCount * mostNodes),
      seed: Number.NaN,
      random: null,
      count: 0,
    },
  };
}

function setNormals(normals: DrawKernel['normals'], seed: number, count: number): void {
  if (normals.random === null || normals.seed !== seed) {
    normals.seed = seed;
    normals.random = createRandom(seed);
    normals.count = 0;
  }
  const { values, random } = normals;
  for (; normals.count < count; normals.count++) values[normals.count] = random.normal();
}
