import { inStretches, type Pair, slicesOf } from '../column.js';
import {
  type CellKernel,
  giveBack,
  type SideMemory,
  sideNumbers,
  takeKernel,
} from './cellKernel.js';
import { cellRuns } from './cellRuns.js';
import { type Cells, chooseCells } from './cells.js';
import { chooseLookedAt, type RefineNeeds } from './chooseLookedAt.js';
import type { RefineSide } from './refineSide.js';
import type { Runs } from './runs.js';
import { type Crossing, cutCells, type SubCells } from './subCells.js';

/**
 * Two passes over two samples that are too large to sort: count into cells, then look closely at the cells
 * that matter.
 */
export interface Refinement {
  /** First pass: any finite values of a side, in chunks; others are left out. */
  count(side: keyof Pair<unknown>, chunk: Float64Array): void;
  /**
   * After the first pass. False where more than `mostCount` values would have to be looked at; then quantiles come
   * out exactly, the widest gap to the largest share of a cell, and the area to what fits into the cells left out.
   */
  choose(needs: RefineNeeds, mostCount: number): boolean;
  /** Second pass: the same values. */
  gather(side: keyof Pair<unknown>, chunk: Float64Array): void;
  /**
   * To be asked for once, at the end.
   *
   * @throws {RangeError} if the second pass brought other values than the first
   */
  runs(): Pair<Runs>;
  /** Gives its memory back. */
  close(): void;
}

/**
 * Order statistics of two large samples without sorting them: runs of equal values in which the widest gap
 * between the CDFs (Kolmogorov-Smirnov), the area between them (Wasserstein-1) and the quantiles asked for
 * come out as they do of the sorted samples.
 *
 * The counts per cell bound the gap inside of each; only cells whose bound reaches the widest gap at a cell's
 * end are looked at. Where the two CDFs cannot cross inside of a cell, the area there follows from the sums of its
 * values, so the cell stays one run at its mean on either side. Cells with quantiles or ties are looked at.
 *
 * Range: the runs of a side hold as many values as it has finite ones.
 * Cost: O(n + m), twice, at some nanoseconds a value; memory for 65 535 cells and the values looked at.
 * Source: derived here; bounds by monotone CDFs.
 * Checked: equal to sorting (D to the last bit, quantiles too, areas to 1e-12) over normal, Cauchy, lognormal, integer,
 *          constant, two-valued and clustered data (test/core/stats/refine.test.ts)
 *
 * @param sample - values of both sides, finite, ascending: some thousands tell how to cut
 * @returns null where no cells part the values well; sort then
 *
 * @example
 * createRefinement(Float64Array.of(1, 2, 3)) !== null
 * // => true
 */
export function createRefinement(sample: Float64Array): Refinement | null {
  const cells = chooseCells(sample);
  if (!cells) return null;
  const kernel = takeKernel();
  const sides = {
    reference: createSide(kernel.sides.reference, cells),
    current: createSide(kernel.sides.current, cells),
  };
  const isChosen = kernel.isLookedAt.subarray(0, cells.count);
  const crossing: Crossing = {
    isCrossing: new Uint8Array(cells.count),
    gaps: new Float64Array(cells.count),
    widest: 0,
  };
  const isTied = new Set(sample).size < 0.5 * sample.length;
  held.last = { sides, cells, crossing };
  return {
    count: (name, chunk) => countChunk(kernel, cells, sides[name], sideNumbers[name], chunk),
    choose: (needs, mostCount) => {
      sumUp(sides.reference);
      sumUp(sides.current);
      const most = isTied ? Infinity : mostCount;
      const areAllChosen = chooseLookedAt(sides, cells, needs, isChosen, crossing, most);
      for (const name of ['reference', 'current'] as const)
        sides[name].rest = roomFor(kernel.rooms[name], chosenCount(sides[name], isChosen));
      return areAllChosen;
    },
    gather: (name, chunk) => gatherChunk(kernel, cells, sides[name], sideNumbers[name], chunk),
    runs: () => {
      const subCells = cutCrossing(kernel, sides, cells, crossing);
      const runsOf = (name: keyof Pair<unknown>) =>
        cellRuns(sides[name], isChosen, subCells, subCells.tallies[name], cells.origin);
      return { reference: runsOf('reference'), current: runsOf('current') };
    },
    close: () => {
      for (const name of ['reference', 'current'] as const)
        if (sides[name].rest.length <= largestRoom) kernel.rooms[name] = sides[name].rest;
      giveBack(kernel);
    },
  };
}

/** Of the last pair: the shapes of objects that nobody holds are forgotten, and with them the code that was compiled for them. */
const held: { last: object | null } = { last: null };

/** Of the cells that were looked at for the gap alone, most values need not be in order. */
function cutCrossing(
  kernel: CellKernel,
  { reference, current }: Pair<RefineSide>,
  cells: Cells,
  crossing: Crossing,
): SubCells {
  const found = (side: RefineSide) => {
    inStretches(cells.count, (start, end) =>
      firstsToRest(side, crossing.isCrossing.subarray(start, end), start),
    );
    return side.rest.subarray(0, side.restCount);
  };
  const subCells = cutCells(
    kernel,
    cells,
    crossing,
    { reference: found(reference), current: found(current) },
    { reference: reference.length, current: current.length },
  );
  reference.restCount = subCells.leftCounts.reference;
  current.restCount = subCells.leftCounts.current;
  return subCells;
}

/** @param start - the first one of these cells */
function firstsToRest(side: RefineSide, isCrossing: Uint8Array, start: number): void {
  for (let i = 0; i < isCrossing.length; i++) {
    if (isCrossing[i] === 0) continue;
    const count = side.firstCounts[start + i] as number;
    makeRoom(side, count);
    side.rest.fill(side.firsts[start + i] as number, side.restCount, side.restCount + count);
    side.restCount += count;
    side.firstCounts[start + i] = 0;
  }
}

function countChunk(
  kernel: CellKernel,
  cells: Cells,
  side: RefineSide,
  sideNumber: number,
  chunk: Float64Array,
): void {
  for (const part of slicesOf(chunk)) {
    placePart(kernel, cells, part);
    side.squares += kernel.run.tally(part.length, sideNumber, cells.origin);
  }
}

function gatherChunk(
  kernel: CellKernel,
  cells: Cells,
  side: RefineSide,
  sideNumber: number,
  chunk: Float64Array,
): void {
  for (const part of slicesOf(chunk)) {
    placePart(kernel, cells, part);
    keep(side, kernel.rest, kernel.run.gather(part.length, sideNumber));
  }
}

function placePart(kernel: CellKernel, cells: Cells, part: Float64Array): void {
  kernel.values.set(part);
  cells.find(kernel, part.length);
}

function createSide({ tallies, firsts, firstCounts }: SideMemory, { count }: Cells): RefineSide {
  return {
    length: 0,
    tallies: tallies.subarray(0, 2 * count),
    starts: new Float64Array(count + 1),
    squares: 0,
    firsts: firsts.subarray(0, count),
    firstCounts: firstCounts.subarray(0, count),
    rest: new Float64Array(0),
    restCount: 0,
  };
}

function sumUp(side: RefineSide): void {
  const { tallies, starts } = side;
  const count = starts.length - 1;
  inStretches(count, (start, end) => sumUpBetween(tallies, starts, start, end));
  side.length = starts[count] as number;
}

function sumUpBetween(
  tallies: Float64Array,
  starts: Float64Array,
  start: number,
  end: number,
): void {
  for (let cell = start; cell < end; cell++)
    starts[cell + 1] = (starts[cell] as number) + (tallies[2 * cell] as number);
}

/** Values that are made room for at once, and whose room is kept; most of them may be equal, and need none. */
const largestRoom = 4_000_000;

function roomFor(room: Float64Array, count: number): Float64Array {
  return room.length >= Math.min(count, largestRoom)
    ? room
    : new Float64Array(Math.min(count, largestRoom));
}

function chosenCount({ tallies }: RefineSide, isChosen: Uint8Array): number {
  let count = 0;
  inStretches(isChosen.length, (start, end) => {
    count += chosenBetween(tallies, isChosen, start, end);
  });
  return count;
}

function chosenBetween(
  tallies: Float64Array,
  isChosen: Uint8Array,
  start: number,
  end: number,
): number {
  let count = 0;
  for (let cell = start; cell < end; cell++)
    if (isChosen[cell] === 1) count += tallies[2 * cell] as number;
  return count;
}

function keep(side: RefineSide, values: Float64Array, count: number): void {
  makeRoom(side, count);
  side.rest.set(values.subarray(0, count), side.restCount);
  side.restCount += count;
}

function makeRoom(side: RefineSide, count: number): void {
  if (side.rest.length >= side.restCount + count) return;
  const larger = new Float64Array(2 * side.rest.length + count);
  larger.set(side.rest.subarray(0, side.restCount));
  side.rest = larger;
}
