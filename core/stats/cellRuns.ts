import { inStretches } from '../column.js';
import { sortNumbers } from '../sortNumbers.js';
import { subCellCount } from './cellKernel.js';
import { heavyShare, type RefineSide } from './refineSide.js';
import { areWhole, createRuns, type Runs } from './runs.js';
import type { SubCells } from './subCells.js';

/**
 * One side's values in order: those that were looked at one by one, and of each other cell a run at its mean.
 *
 * Range: as many values as the side has finite ones, ascending.
 * Cost: O(c + r log r) for c cells and r values looked at.
 * Derivation: a run at a cell's mean has the area below it that its values have, where nothing crosses it.
 * Checked: with the whole refinement (test/core/stats/refine.test.ts)
 *
 * @param side - after both passes; its `rest` is put in order
 * @param isChosen - 1 by cell that was looked at
 * @param subCells - of the cells that were cut
 * @param subTallies - of this side
 * @param origin - what sums are above of
 * @returns the runs
 * @throws {RangeError} if the second pass brought other values than the first
 *
 * @example
 * cellRuns(side, isChosen, subCells, subCells.tallies.reference, cells.origin).length // => rows with a value
 */
export function cellRuns(
  side: RefineSide,
  isChosen: Uint8Array,
  subCells: SubCells,
  subTallies: Float64Array,
  origin: number,
): Runs {
  const rest = sortNumbers(side.rest.subarray(0, side.restCount));
  const runs = createGrowing(isChosen.length + subCells.isExact.length + rest.length);
  const found = findRuns(side, rest, isChosen, subCells, subTallies, origin, runs);
  const { length } = side;
  const { runCount } = runs;
  if (found.restCount !== rest.length || runs.ends[runCount - 1] !== length) {
    throw new RangeError(`refine needs the same values twice (got ${length}, then others)`);
  }
  const tiedShare = found.seenCount > 0 ? found.seenDistinctCount / found.seenCount : 1;
  const hiddenCount = Math.max(found.hiddenCellCount, Math.round(found.hiddenCount * tiedShare));
  const [values, ends] = [runs.values.slice(0, runCount), runs.ends.slice(0, runCount)];
  const moments = momentsOf(values, ends);
  // what lies inside of the cells left out is known in squares around the origin only
  const squares =
    found.hiddenCount === 0
      ? moments.squares
      : Math.max(0, side.squares - found.sum * (found.sum / length));
  return createRuns({
    length,
    values,
    ends,
    mean: moments.mean,
    standardDeviation: length < 2 ? null : Math.sqrt(squares / (length - 1)),
    distinctCount: runCount - found.hiddenCellCount + hiddenCount,
    areWhole: found.hiddenCount === 0 && areWhole(values),
  });
}

/** Runs while they are found; only the first ones are. */
interface GrowingRuns {
  values: Float64Array;
  ends: Float64Array;
  runCount: number;
}

function createGrowing(mostCount: number): GrowingRuns {
  return { values: new Float64Array(mostCount), ends: new Float64Array(mostCount), runCount: 0 };
}

/** What comes to light on the way. */
interface Found {
  /** Of the values that were looked at, so many were met. */
  restCount: number;
  /** Of all values above the origin. */
  sum: number;
  /** Of the cells that were looked at, the light ones, which show how often values are tied in the others. */
  seenCount: number;
  seenDistinctCount: number;
  /** In cells of which only the mean is known. */
  hiddenCount: number;
  hiddenCellCount: number;
}

/** Those of the last side, so that their shapes, and the code that was compiled for them, are not forgotten. */
const held: { last: object | null } = { last: null };

function createFound(): Found {
  return {
    restCount: 0,
    sum: 0,
    seenCount: 0,
    seenDistinctCount: 0,
    hiddenCount: 0,
    hiddenCellCount: 0,
  };
}

function findRuns(
  side: RefineSide,
  rest: Float64Array,
  isChosen: Uint8Array,
  subCells: SubCells,
  subTallies: Float64Array,
  origin: number,
  runs: GrowingRuns,
): Found {
  const found = createFound();
  held.last = { runs, found, subCells };
  inStretches(isChosen.length, (start, end) =>
    findRunsBetween(side, rest, isChosen, subCells, subTallies, origin, runs, found, start, end),
  );
  return found;
}

function findRunsBetween(
  side: RefineSide,
  rest: Float64Array,
  isChosen: Uint8Array,
  subCells: SubCells,
  subTallies: Float64Array,
  origin: number,
  runs: GrowingRuns,
  found: Found,
  start: number,
  end: number,
): void {
  const { tallies, firstCounts } = side;
  for (let cell = start; cell < end; cell++) {
    const count = tallies[2 * cell] as number;
    if (count === 0) continue;
    const offsets = tallies[2 * cell + 1] as number;
    found.sum += offsets;
    const firstSub = subCells.firsts[cell] as number;
    if (isChosen[cell] === 0) hide(runs, found, origin + offsets / count, count);
    else if (firstSub >= 0) addSubCells(runs, found, rest, subCells, subTallies, firstSub, origin);
    else {
      const before = runs.runCount;
      const restEnd = found.restCount + count - (firstCounts[cell] as number);
      addLookedAt(runs, rest, found.restCount, restEnd, side, cell);
      found.restCount = restEnd;
      if (count > heavyShare * side.length) continue;
      found.seenCount += count;
      found.seenDistinctCount += runs.runCount - before;
    }
  }
}

function addSubCells(
  runs: GrowingRuns,
  found: Found,
  rest: Float64Array,
  { isExact }: SubCells,
  subTallies: Float64Array,
  firstSub: number,
  origin: number,
): void {
  for (let sub = firstSub; sub < firstSub + subCellCount; sub++) {
    const count = subTallies[2 * sub] as number;
    if (count === 0) continue;
    if (isExact[sub] === 0) {
      hide(runs, found, origin + (subTallies[2 * sub + 1] as number) / count, count);
      continue;
    }
    addOneByOne(runs, rest, found.restCount, found.restCount + count);
    found.restCount += count;
  }
}

/** The values of a cell: its first one, as often as it was met, stands among the others. */
function addLookedAt(
  runs: GrowingRuns,
  rest: Float64Array,
  restStart: number,
  restEnd: number,
  { firsts, firstCounts }: RefineSide,
  cell: number,
): void {
  const first = firsts[cell] as number;
  const firstCount = firstCounts[cell] as number;
  let place = restStart;
  while (place < restEnd && (rest[place] as number) < first) place++;
  addOneByOne(runs, rest, restStart, place);
  if (firstCount > 0) addRun(runs, first, firstCount);
  addOneByOne(runs, rest, place, restEnd);
}

function addOneByOne(runs: GrowingRuns, rest: Float64Array, start: number, end: number): void {
  for (let place = start; place < end; place++) addRun(runs, rest[place] as number, 1);
}

/** Of a cell, or a part of one, only the mean is known. */
function hide(runs: GrowingRuns, found: Found, mean: number, count: number): void {
  found.hiddenCount += count;
  found.hiddenCellCount++;
  const before = runs.runCount > 0 ? (runs.values[runs.runCount - 1] as number) : -Infinity;
  // rounding must not put a mean out of order
  addRun(runs, Math.max(mean, before), count);
}

function addRun(runs: GrowingRuns, value: number, count: number): void {
  const { values, ends } = runs;
  const last = runs.runCount - 1;
  const end = (last < 0 ? 0 : (ends[last] as number)) + count;
  if (last >= 0 && value === values[last]) {
    ends[last] = end;
    return;
  }
  values[last + 1] = value;
  ends[last + 1] = end;
  runs.runCount = last + 2;
}

/** Mean, and sum of squares around it. */
function momentsOf(values: Float64Array, ends: Float64Array): { mean: number; squares: number } {
  const origin = values[values.length >> 1] as number;
  const length = ends[ends.length - 1] as number;
  sums.fill(0);
  inStretches(values.length, (start, end) => addMoments(values, ends, origin, start, end));
  const [sum, squares] = sums as unknown as [number, number];
  return { mean: origin + sum / length, squares: Math.max(0, squares - sum * (sum / length)) };
}

/** Of the offsets from the origin, and of their squares. */
const sums = new Float64Array(2);

function addMoments(
  values: Float64Array,
  ends: Float64Array,
  origin: number,
  start: number,
  end: number,
): void {
  let [sum, squares] = sums as unknown as [number, number];
  let before = start === 0 ? 0 : (ends[start - 1] as number);
  for (let run = start; run < end; run++) {
    const count = (ends[run] as number) - before;
    const offset = (values[run] as number) - origin;
    before = ends[run] as number;
    sum += count * offset;
    squares += count * offset * offset;
  }
  sums[0] = sum;
  sums[1] = squares;
}
