import { type Pair, sliceLength } from '../column.js';
import { cellsWasm } from '../kernels/built/cells.js';
import { type Kernel, kernelOf } from '../kernels/instantiate.js';

/** The functions of core/kernels/assembly/cells.ts. Addresses are in bytes. */
interface Exports {
  readonly VALUES: Global;
  readonly PLACES: Global;
  readonly REST: Global;
  readonly STARTS: Global;
  readonly LOOKED_AT: Global;
  readonly SIDES: Global;
  readonly FIRSTS: Global;
  readonly FIRST_COUNTS: Global;
  readonly SIDE_SIZE: Global;
  readonly FIRST_SUBS: Global;
  readonly CUTS: Global;
  readonly EXACT: Global;
  readonly SUB_TALLIES: Global;
  readonly SUB_TALLIES_SIZE: Global;
  clear(): void;
  placeEvenly(count: number, low: number, scale: number): void;
  placeShrinking(count: number, center: number, scale: number): void;
  placeGrowing(
    count: number,
    center: number,
    width: number,
    shift: number,
    firstStep: number,
  ): void;
  placeBetween(count: number, startCount: number): void;
  tally(count: number, side: number, origin: number): number;
  gather(count: number, side: number): number;
  tallySubs(count: number, side: number, origin: number): void;
  takeOut(count: number): number;
}

interface Global {
  readonly value: number;
}

/** What the kernel keeps of one side. */
export interface SideMemory {
  /** Of each cell, side by side: how many values, and the sum of what they are above the origin. */
  tallies: Float64Array;
  /** By cell that is looked at: the first value found, and how many equal it. */
  firsts: Float64Array;
  firstCounts: Uint32Array;
}

/** Cells that are cut once more. */
interface CutMemory {
  /** By cell: its first sub-cell, or -1 where it is not cut. */
  firsts: Int32Array;
  /** Of each cut cell, side by side: where it begins, and sub-cells for 1 of its width. */
  places: Float64Array;
  /** 1 where the values of a sub-cell have to be known one by one. */
  isExact: Uint8Array;
  /** Of each sub-cell, as of cells. */
  tallies: Pair<Float64Array>;
}

/** Counts and picks values of two samples by cells; a slice at a time, which is put into its memory. */
export interface CellKernel {
  readonly run: Kernel<Exports>;
  /** A slice goes in here, */
  readonly values: Float64Array;
  /** the cells of its values come out here, */
  readonly places: Uint16Array;
  /** and those of its values that were picked, here. */
  readonly rest: Float64Array;
  /** Where cells begin that lie between values. */
  readonly starts: Float64Array;
  /** 1 by cell that is looked at. */
  readonly isLookedAt: Uint8Array;
  readonly sides: Pair<SideMemory>;
  readonly cuts: CutMemory;
  /** For the values that are looked at, with what was there before. */
  rooms: Pair<Float64Array>;
  /** Whose places are in `starts`. */
  startsOf: object | null;
}

const mostCells = 65_535;
/** Of one cell that is cut. */
export const subCellCount = 16;
export const mostCuts = 16_384;
const mostSubs = subCellCount * mostCuts;
export const mostStarts = 32_768;

const instantiate = kernelOf<Exports>(cellsWasm);

function createKernel(): CellKernel {
  const run = instantiate();
  const { buffer } = run.memory;
  const side = (index: number): SideMemory => {
    const start = run.SIDES.value + index * run.SIDE_SIZE.value;
    return {
      tallies: new Float64Array(buffer, start, 2 * mostCells),
      firsts: new Float64Array(buffer, start + run.FIRSTS.value, mostCells),
      firstCounts: new Uint32Array(buffer, start + run.FIRST_COUNTS.value, mostCells),
    };
  };
  const subTallies = (index: number) => {
    const start = run.SUB_TALLIES.value + index * run.SUB_TALLIES_SIZE.value;
    return new Float64Array(buffer, start, 2 * mostSubs);
  };
  return {
    run,
    values: new Float64Array(buffer, run.VALUES.value, sliceLength),
    places: new Uint16Array(buffer, run.PLACES.value, sliceLength),
    rest: new Float64Array(buffer, run.REST.value, sliceLength),
    starts: new Float64Array(buffer, run.STARTS.value, mostStarts),
    isLookedAt: new Uint8Array(buffer, run.LOOKED_AT.value, mostCells),
    sides: { reference: side(0), current: side(1) },
    cuts: {
      firsts: new Int32Array(buffer, run.FIRST_SUBS.value, mostCells + 1),
      places: new Float64Array(buffer, run.CUTS.value, 2 * mostCuts),
      isExact: new Uint8Array(buffer, run.EXACT.value, mostSubs),
      tallies: { reference: subTallies(0), current: subTallies(1) },
    },
    rooms: { reference: new Float64Array(0), current: new Float64Array(0) },
    startsOf: null,
  };
}

/** Of the sides, for its functions. */
export const sideNumbers = { reference: 0, current: 1 } as const;

/** Those whose work is done: memory that was in use before is quicker to fill than new one. */
const spare: CellKernel[] = [];
const mostSpare = 2;

/** With nothing counted. To be given back. */
export function takeKernel(): CellKernel {
  const kernel = spare.pop() ?? createKernel();
  kernel.run.clear();
  return kernel;
}

export function giveBack(kernel: CellKernel): void {
  if (spare.length < mostSpare) spare.push(kernel);
}
