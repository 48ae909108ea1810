import { type Pair, sliceLength, slicesOf } from '../column.js';
import type { Cells } from './cells.js';

/** Cells cut once more, for the values that were found in them. */
export interface SubCells {
  /** By cell: its first sub-cell, or -1 where it is not cut. */
  firsts: Int32Array;
  /** Of each sub-cell, side by side: how many values, and the sum of what they are above the origin. */
  tallies: Pair<Float64Array>;
  /** 1 where the values of a sub-cell have to be known one by one. */
  isExact: Uint8Array;
}

/** So many of one cell. */
export const subCellCount = 16;

/** What decides which sub-cells have to be looked at. */
export interface Crossing {
  /** 1 for the cells in which the CDFs may cross, or the gap between them be the widest. */
  isCrossing: Uint8Array;
  /** Before each cell: values of the reference up to there times those of the current side, less the other way round. */
  gaps: Float64Array;
  /** The widest gap that is known. */
  widest: number;
}

/**
 * Cuts cells in which two CDFs may cross, or come apart the farthest, so that this is left open in a few parts only.
 *
 * @param values - of each side, those of the crossing cells among them; those that need not be looked at are
 *   taken out, in place
 * @param sizes - values of each side in all
 * @returns the sub-cells, and how many of the values are left, at the start of each array
 */
export function cutCells(
  cells: Cells,
  { isCrossing, gaps, widest }: Crossing,
  values: Pair<Float64Array>,
  sizes: Pair<number>,
): SubCells & { leftCounts: Pair<number> } {
  const firsts = new Int32Array(cells.count).fill(-1);
  let count = 0;
  for (let cell = 0; cell < cells.count; cell++) {
    if (isCrossing[cell] === 0) continue;
    firsts[cell] = count;
    count += subCellCount;
  }
  const places = {
    reference: placesOf(values.reference, cells, firsts, count),
    current: placesOf(values.current, cells, firsts, count),
  };
  const tallies = {
    reference: tally(values.reference, places.reference, count, cells.origin),
    current: tally(values.current, places.current, count, cells.origin),
  };
  const isExact = new Uint8Array(count);
  for (let cell = 0; cell < cells.count; cell++) {
    const first = firsts[cell] as number;
    if (first < 0) continue;
    let gap = gaps[cell] as number;
    for (let sub = first; sub < first + subCellCount; sub++) {
      const rise = (tallies.reference[2 * sub] as number) * sizes.current;
      const fall = (tallies.current[2 * sub] as number) * sizes.reference;
      if (mayMatter(gap, rise, fall, widest)) isExact[sub] = 1;
      gap += rise - fall;
    }
  }
  const leftCounts = {
    reference: takeOut(values.reference, places.reference, isExact),
    current: takeOut(values.current, places.current, isExact),
  };
  return { firsts, tallies, isExact, leftCounts };
}

/** The sub-cell of each value, ascending with the values; -1 outside of cells that are cut. */
function placesOf(
  values: Float64Array,
  cells: Cells,
  firsts: Int32Array,
  count: number,
): Int32Array {
  const starts = new Float64Array(count / subCellCount);
  const scales = new Float64Array(starts.length);
  for (let cell = 0; cell < cells.count; cell++) {
    const first = firsts[cell] as number;
    if (first < 0) continue;
    starts[first / subCellCount] = cells.start(cell);
    scales[first / subCellCount] = subCellCount / (cells.start(cell + 1) - cells.start(cell));
  }
  const places = new Int32Array(values.length);
  let start = 0;
  for (const part of slicesOf(values)) {
    cells.place(part, coarse);
    placePart(part, firsts, starts, scales, places.subarray(start, start + part.length));
    start += part.length;
  }
  return places;
}

const coarse = new Uint16Array(sliceLength);

function placePart(
  part: Float64Array,
  firsts: Int32Array,
  starts: Float64Array,
  scales: Float64Array,
  places: Int32Array,
): void {
  for (let i = 0; i < part.length; i++) {
    const first = firsts[coarse[i] as number] as number;
    if (first < 0) {
      places[i] = -1;
      continue;
    }
    const at = first / subCellCount;
    const step = ((part[i] as number) - (starts[at] as number)) * (scales[at] as number);
    places[i] = first + (step > 0 ? Math.min(step, subCellCount - 1) | 0 : 0);
  }
}

function tally(
  values: Float64Array,
  places: Int32Array,
  count: number,
  origin: number,
): Float64Array {
  const tallies = new Float64Array(2 * count);
  for (let i = 0; i < values.length; i++) {
    const sub = places[i] as number;
    if (sub < 0) continue;
    tallies[2 * sub] = (tallies[2 * sub] as number) + 1;
    tallies[2 * sub + 1] = (tallies[2 * sub + 1] as number) + ((values[i] as number) - origin);
  }
  return tallies;
}

/** Leaves what must be looked at, or is in no sub-cell; returns how many. */
function takeOut(values: Float64Array, places: Int32Array, isExact: Uint8Array): number {
  let leftCount = 0;
  for (let i = 0; i < values.length; i++) {
    const sub = places[i] as number;
    if (sub < 0 || isExact[sub] === 1) values[leftCount++] = values[i] as number;
  }
  return leftCount;
}

/** Whether the gap may change its sign inside of a cell, or reach the widest one, with so much of each side in it. */
export function mayMatter(gap: number, rise: number, fall: number, widest: number): boolean {
  if (rise + fall === 0) return false;
  return Math.max(gap + rise, fall - gap) >= widest || (gap + rise > 0 && gap - fall < 0);
}
