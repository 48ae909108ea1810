import { type Pair, sliceLength, slicesOf } from '../column.js';
import { cellRuns } from './cellRuns.js';
import { type Cells, chooseCells, noCell, tally } from './cells.js';
import { chooseLookedAt, type RefineNeeds } from './chooseLookedAt.js';
import type { Kept, RefineSide } from './refineSide.js';
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
 * @param keptCounts - how many values each side will bring, where memory of 2 bytes each is worth a quicker second pass
 * @returns null where no cells part the values well; sort then
 *
 * @example
 * createRefinement(Float64Array.of(1, 2, 3)) !== null
 * // => true
 */
export function createRefinement(
  sample: Float64Array,
  keptCounts?: Pair<number>,
): Refinement | null {
  const cells = chooseCells(sample);
  if (!cells) return null;
  const sides = {
    reference: createSide(cells, keptCounts?.reference),
    current: createSide(cells, keptCounts?.current),
  };
  const isLookedAt = new Uint8Array(noCell + 1);
  const isChosen = isLookedAt.subarray(0, cells.count);
  const crossing: Crossing = {
    isCrossing: new Uint8Array(cells.count),
    gaps: new Float64Array(cells.count),
    widest: 0,
  };
  const isTied = new Set(sample).size < 0.5 * sample.length;

  return {
    count: (name, chunk) => {
      const side = sides[name];
      for (const part of slicesOf(chunk)) {
        const places = nextPlaces(side.kept, 'countedCount', part.length);
        cells.place(part, places);
        side.squares += tally(part, places, cells.origin, side.tallies);
      }
    },
    choose: (needs, mostCount) => {
      sumUp(sides.reference);
      sumUp(sides.current);
      return chooseLookedAt(sides, cells, needs, isChosen, crossing, isTied ? Infinity : mostCount);
    },
    gather: (name, chunk) => {
      const side = sides[name];
      for (const part of slicesOf(chunk)) {
        const places = nextPlaces(side.kept, 'gatheredCount', part.length);
        if (!side.kept) cells.place(part, places);
        gatherPicked(side, pick(part, places, isLookedAt));
      }
    },
    runs: () => {
      const subCells = cutCrossing(sides, cells, crossing);
      const runsOf = (name: keyof Pair<unknown>) =>
        cellRuns(sides[name], isChosen, subCells, subCells.tallies[name], cells.origin);
      const runs = { reference: runsOf('reference'), current: runsOf('current') };
      takeBack(sides.reference);
      takeBack(sides.current);
      return runs;
    },
  };
}

const unkept = new Uint16Array(sliceLength);

/** Where the cells of the next values of a pass stand. */
function nextPlaces(
  kept: Kept | null,
  pass: 'countedCount' | 'gatheredCount',
  length: number,
): Uint16Array {
  if (!kept) return unkept;
  const start = kept[pass];
  kept[pass] += length;
  return kept.places.subarray(start, start + length);
}

/** Of the cells that were looked at for the gap alone, most values need not be in order. */
function cutCrossing(
  { reference, current }: Pair<RefineSide>,
  cells: Cells,
  crossing: Crossing,
): SubCells {
  const found = (side: RefineSide) => {
    for (let cell = 0; cell < cells.count; cell++) {
      if (crossing.isCrossing[cell] === 0) continue;
      const count = side.firstCounts[cell] as number;
      makeRoom(side, count);
      side.rest.fill(side.firsts[cell] as number, side.restCount, side.restCount + count);
      side.restCount += count;
      side.firstCounts[cell] = 0;
    }
    return side.rest.subarray(0, side.restCount);
  };
  const { leftCounts, ...subCells } = cutCells(
    cells,
    crossing,
    { reference: found(reference), current: found(current) },
    { reference: reference.length, current: current.length },
  );
  reference.restCount = leftCounts.reference;
  current.restCount = leftCounts.current;
  return subCells;
}

const picked = new Float64Array(sliceLength);
const pickedPlaces = new Uint16Array(sliceLength);

/** Puts the values of a part that lie in cells that are looked at together; returns how many. */
function pick(part: Float64Array, places: Uint16Array, isLookedAt: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < part.length; i++) {
    const cell = places[i] as number;
    // written always and counted where it matters: a branch would be guessed wrong too often
    picked[count] = part[i] as number;
    pickedPlaces[count] = cell;
    count += isLookedAt[cell] as number;
  }
  return count;
}

/** Sides whose work is done. Their memory is used again: new memory for every column would keep the collector busy. */
const spareSides: RefineSide[] = [];
/** As many as one column needs, and no more values looked at than these. */
const mostSpareSides = 2;
const mostSpareRest = 500_000;

function createSide(cells: Cells, keptCount: number | undefined): RefineSide {
  const at = spareSides.findIndex(({ starts }) => starts.length === cells.count + 1);
  const [spare] = at < 0 ? [] : spareSides.splice(at, 1);
  const places =
    spare?.kept && spare.kept.places.length >= (keptCount ?? 0) ? spare.kept.places : null;
  return {
    length: 0,
    tallies: spare?.tallies.fill(0) ?? new Float64Array(2 * cells.count),
    starts: spare?.starts.fill(0) ?? new Float64Array(cells.count + 1),
    squares: 0,
    firsts: spare?.firsts ?? new Float64Array(cells.count),
    firstCounts: spare?.firstCounts.fill(0) ?? new Uint32Array(cells.count),
    rest: spare && spare.rest.length <= mostSpareRest ? spare.rest : new Float64Array(sliceLength),
    restCount: 0,
    kept:
      keptCount === undefined
        ? null
        : { places: places ?? new Uint16Array(keptCount), countedCount: 0, gatheredCount: 0 },
  };
}

function takeBack(side: RefineSide): void {
  if (spareSides.length === mostSpareSides) spareSides.shift();
  spareSides.push(side);
}

function sumUp(side: RefineSide): void {
  const { tallies, starts } = side;
  for (let cell = 0; cell < starts.length - 1; cell++)
    starts[cell + 1] = (starts[cell] as number) + (tallies[2 * cell] as number);
  side.length = starts[starts.length - 1] as number;
}

function gatherPicked(side: RefineSide, count: number): void {
  const { firsts, firstCounts } = side;
  makeRoom(side, count);
  const { rest } = side;
  let { restCount } = side;
  for (let i = 0; i < count; i++) {
    const cell = pickedPlaces[i] as number;
    // -0 would sort before 0 and count as another value
    const value = (picked[i] as number) + 0;
    if (firstCounts[cell] === 0) firsts[cell] = value;
    if (firsts[cell] === value) firstCounts[cell] = (firstCounts[cell] as number) + 1;
    else rest[restCount++] = value;
  }
  side.restCount = restCount;
}

function makeRoom(side: RefineSide, count: number): void {
  if (side.rest.length >= side.restCount + count) return;
  const larger = new Float64Array(2 * side.rest.length + count);
  larger.set(side.rest.subarray(0, side.restCount));
  side.rest = larger;
}
