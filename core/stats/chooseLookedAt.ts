import { type Pair, sliceLength } from '../column.js';
import { type Cells, noCell } from './cells.js';
import { countOf, heavyShare, type RefineSide } from './refineSide.js';
import { countUpTo } from './runs.js';
import { type Crossing, mayMatter } from './subCells.js';

/** What has to come out exactly, beside the widest gap and the area between the two CDFs. */
export interface RefineNeeds {
  /** How many of the smallest and of the largest values of either side are asked for. */
  extremes: number;
  /** Shares at which quantiles are asked for, of either side. */
  shares: readonly number[];
  /** Places at which values are counted. */
  values: readonly number[];
  /**
   * Even steps from the smaller quantile of both sides at `share` to the larger one at 1 - `share`, each moved by at
   * most `slack` of a step.
   */
  steps: { share: number; count: number; slack: number };
}

/** Where so few cells have values, as with whole numbers, all are looked at. */
const fewCells = 16_384;

/**
 * Marks the cells whose values have to be looked at one by one.
 *
 * Range: `isChosen` 0 or 1 by cell; `crossing` the ones that are marked for the gap alone.
 * Cost: O(c log c) for c cells.
 * Derivation: monotone CDFs bound the gap inside of a cell by the counts at its ends.
 * Checked: with the whole refinement (test/core/stats/refine.test.ts)
 *
 * @param sides - after the first pass
 * @param cells - into which values were counted
 * @param needs - what has to come out exactly
 * @param isChosen - written to
 * @param crossing - written to
 * @param mostCount - values that may be looked at
 * @returns false where not all that should be looked at could be
 *
 * @example
 * chooseLookedAt(sides, cells, needs, isChosen, crossing, Infinity) // => true
 */
export function chooseLookedAt(
  sides: Pair<RefineSide>,
  cells: Cells,
  needs: RefineNeeds,
  isChosen: Uint8Array,
  crossing: Crossing,
  mostCount: number,
): boolean {
  let usedCount = 0;
  for (let cell = 0; cell < cells.count; cell++) {
    const inReference = countOf(sides.reference, cell);
    const inCurrent = countOf(sides.current, cell);
    if (inReference + inCurrent > 0) usedCount++;
    if (
      inReference > heavyShare * sides.reference.length ||
      inCurrent > heavyShare * sides.current.length
    )
      isChosen[cell] = 1;
  }
  if (mostCount === Infinity && usedCount <= fewCells) {
    isChosen.fill(1);
    return true;
  }
  for (const side of [sides.reference, sides.current]) {
    const { length } = side;
    isChosen.fill(1, 0, cellOf(side, needs.extremes - 1) + 1);
    isChosen.fill(1, cellOf(side, length - needs.extremes));
    for (const share of [...needs.shares, needs.steps.share, 1 - needs.steps.share])
      chooseShare(side, share, isChosen);
  }
  chooseSteps(sides, cells, needs.steps, isChosen);
  chooseValues(sides, cells, needs.values, isChosen);
  return chooseGaps(sides, isChosen, crossing, mostCount);
}

function chooseValues(
  { reference, current }: Pair<RefineSide>,
  cells: Cells,
  asked: readonly number[],
  isChosen: Uint8Array,
): void {
  const values = Float64Array.from(asked);
  const places = new Uint16Array(values.length);
  for (let start = 0; start < values.length; start += sliceLength)
    cells.place(values.subarray(start, start + sliceLength), places.subarray(start));
  for (const cell of places) {
    if (cell === noCell) continue;
    isChosen[cell] = 1;
    for (const side of [reference, current]) {
      isChosen[usedBefore(side, cell)] = 1;
      isChosen[usedAfter(side, cell)] = 1;
    }
  }
}

/** Cells in which the gap may become the widest, or change its sign; the likeliest first while there is room. */
function chooseGaps(
  sides: Pair<RefineSide>,
  isChosen: Uint8Array,
  crossing: Crossing,
  mostCount: number,
): boolean {
  const { reference, current } = sides;
  const [n, m] = [reference.length, current.length];
  let gap = 0;
  let widest = 0;
  let chosenCount = 0;
  const inCell = (cell: number) => countOf(reference, cell) + countOf(current, cell);
  for (let cell = 0; cell < isChosen.length; cell++) {
    gap += countOf(reference, cell) * m - countOf(current, cell) * n;
    widest = Math.max(widest, Math.abs(gap));
    if (isChosen[cell] === 1) chosenCount += inCell(cell);
  }
  crossing.widest = widest;
  const wanted: { cell: number; bound: number }[] = [];
  gap = 0;
  for (let cell = 0; cell < isChosen.length; cell++) {
    const rise = countOf(reference, cell) * m;
    const fall = countOf(current, cell) * n;
    crossing.gaps[cell] = gap;
    if (isChosen[cell] === 0 && mayMatter(gap, rise, fall, widest))
      wanted.push({ cell, bound: Math.max(gap + rise, fall - gap) });
    gap += rise - fall;
  }
  const wantedCount = wanted.reduce((count, { cell }) => count + inCell(cell), 0);
  if (chosenCount + wantedCount > mostCount) wanted.sort((a, b) => b.bound - a.bound);
  for (const { cell } of wanted) {
    chosenCount += inCell(cell);
    if (chosenCount > mostCount) return false;
    isChosen[cell] = 1;
    crossing.isCrossing[cell] = 1;
  }
  return true;
}

/** Cells around a quantile, also of the values beside it. */
function chooseShare(side: RefineSide, share: number, isChosen: Uint8Array): void {
  const rank = share * (side.length - 1);
  const [first, last] = [cellOf(side, rank - 1), cellOf(side, rank + 2)];
  isChosen.fill(1, usedBefore(side, first), usedAfter(side, last) + 1);
}

/** The cell with the value at a rank, 0-based. */
function cellOf({ starts, length }: RefineSide, rank: number): number {
  return countUpTo(starts, Math.min(Math.max(0, rank), length - 1)) - 1;
}

/** Cells in which the steps may lie: their ends are known to a cell. */
function chooseSteps(
  { reference, current }: Pair<RefineSide>,
  cells: Cells,
  { share, count, slack }: RefineNeeds['steps'],
  isChosen: Uint8Array,
): void {
  const sides = [reference, current].filter(({ length }) => length > 0);
  const cellsAt = (at: number, more: number) =>
    sides.map((side) => cellOf(side, Math.floor(at * (side.length - 1)) + more));
  // a quantile lies between two values, that may lie in cells apart
  const low = [Math.min(...cellsAt(share, 0)), Math.min(...cellsAt(share, 1)) + 1] as const;
  const high = [
    Math.max(...cellsAt(1 - share, 0)),
    Math.max(...cellsAt(1 - share, 1)) + 1,
  ] as const;
  const ends = new Float64Array(2);
  const places = new Uint16Array(2);
  const [start, end] = [cells.start(low[0]), cells.start(high[1])];
  const most = slack * (end / count - start / count);
  for (let step = 0; step <= count; step++) {
    const part = step / count;
    ends[0] = start * (1 - part) + cells.start(high[0]) * part - most;
    ends[1] = cells.start(low[1]) * (1 - part) + end * part + most;
    cells.place(ends, places);
    isChosen.fill(1, Math.max(0, (places[0] as number) - 1), (places[1] as number) + 2);
  }
}

function usedBefore(side: RefineSide, cell: number): number {
  let before = cell - 1;
  while (before > 0 && countOf(side, before) === 0) before--;
  return Math.max(0, before);
}

function usedAfter(side: RefineSide, cell: number): number {
  const last = side.starts.length - 2;
  let after = cell + 1;
  while (after < last && countOf(side, after) === 0) after++;
  return Math.min(after, last);
}
