import { inStretches, type Pair, sliceLength } from '../column.js';
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
  inStretches(cells.count, (start, end) => {
    usedCount += chooseHeavy(sides, isChosen, start, end);
  });
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

/** Returns how many of these cells have values. */
function chooseHeavy(
  { reference, current }: Pair<RefineSide>,
  isChosen: Uint8Array,
  start: number,
  end: number,
): number {
  let usedCount = 0;
  for (let cell = start; cell < end; cell++) {
    const inReference = countOf(reference, cell);
    const inCurrent = countOf(current, cell);
    if (inReference + inCurrent > 0) usedCount++;
    if (inReference > heavyShare * reference.length || inCurrent > heavyShare * current.length)
      isChosen[cell] = 1;
  }
  return usedCount;
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
  const cellCount = isChosen.length;
  const found = { gap: 0, chosenCount: 0 };
  inStretches(cellCount, (start, end) => setGaps(sides, isChosen, crossing, found, start, end));
  const wanted: number[] = [];
  inStretches(cellCount, (start, end) => findWanted(sides, isChosen, crossing, wanted, start, end));
  const inCell = (cell: number) => countOf(sides.reference, cell) + countOf(sides.current, cell);
  const wantedCount = wanted.reduce((count, cell) => count + inCell(cell), 0);
  if (found.chosenCount + wantedCount > mostCount) {
    const bounds = new Map(wanted.map((cell) => [cell, boundOf(sides, crossing, cell)]));
    wanted.sort((a, b) => (bounds.get(b) as number) - (bounds.get(a) as number));
  }
  let { chosenCount } = found;
  for (const cell of wanted) {
    chosenCount += inCell(cell);
    if (chosenCount > mostCount) return false;
    isChosen[cell] = 1;
    crossing.isCrossing[cell] = 1;
  }
  return true;
}

/** The gaps before these cells, and the widest at an end of one. */
function setGaps(
  { reference, current }: Pair<RefineSide>,
  isChosen: Uint8Array,
  crossing: Crossing,
  found: { gap: number; chosenCount: number },
  start: number,
  end: number,
): void {
  let { gap } = found;
  let { widest } = crossing;
  for (let cell = start; cell < end; cell++) {
    const [inReference, inCurrent] = [countOf(reference, cell), countOf(current, cell)];
    crossing.gaps[cell] = gap;
    gap += inReference * current.length - inCurrent * reference.length;
    widest = Math.max(widest, Math.abs(gap));
    if (isChosen[cell] === 1) found.chosenCount += inReference + inCurrent;
  }
  found.gap = gap;
  crossing.widest = widest;
}

function findWanted(
  { reference, current }: Pair<RefineSide>,
  isChosen: Uint8Array,
  { gaps, widest }: Crossing,
  wanted: number[],
  start: number,
  end: number,
): void {
  for (let cell = start; cell < end; cell++) {
    if (isChosen[cell] === 1) continue;
    const rise = countOf(reference, cell) * current.length;
    const fall = countOf(current, cell) * reference.length;
    if (mayMatter(gaps[cell] as number, rise, fall, widest)) wanted.push(cell);
  }
}

/** How wide the gap may become inside of a cell. */
function boundOf(
  { reference, current }: Pair<RefineSide>,
  { gaps }: Crossing,
  cell: number,
): number {
  const gap = gaps[cell] as number;
  return Math.max(
    gap + countOf(reference, cell) * current.length,
    countOf(current, cell) * reference.length - gap,
  );
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
