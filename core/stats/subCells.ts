import { inStretches, type Pair, slicesOf } from '../column.js';
import { type CellKernel, mostCuts, sideNumbers, subCellCount } from './cellKernel.js';
import type { Cells } from './cells.js';

/** Cells cut once more, for the values that were found in them. */
export interface SubCells {
  /** By cell: its first sub-cell, or -1 where it is not cut. */
  firsts: Int32Array;
  /** Of each sub-cell, side by side: how many values, and the sum of what they are above the origin. */
  tallies: Pair<Float64Array>;
  /** 1 where the values of a sub-cell have to be known one by one. */
  isExact: Uint8Array;
  /** How many values of each side that were found in cells need to be known. */
  leftCounts: Pair<number>;
}

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
 * Of very many such cells the last ones are not cut.
 *
 * @param kernel - whose memory the sub-cells are in
 * @param values - of each side, those of the crossing cells among them; those that need not be looked at are
 *   taken out, in place
 * @param sizes - values of each side in all
 * @returns the sub-cells; what is left of the values is at the start of each array
 */
export function cutCells(
  kernel: CellKernel,
  cells: Cells,
  crossing: Crossing,
  values: Pair<Float64Array>,
  sizes: Pair<number>,
): SubCells {
  const { firsts, isExact, tallies } = kernel.cuts;
  const count = subCellCount * placeCuts(kernel, cells, crossing);
  const found: SubCells = {
    firsts,
    isExact: isExact.subarray(0, count),
    tallies: { reference: tallies.reference, current: tallies.current },
    leftCounts: { reference: values.reference.length, current: values.current.length },
  };
  if (count === 0) return found;
  for (const side of ['reference', 'current'] as const) {
    found.tallies[side] = tallies[side].subarray(0, 2 * count).fill(0);
    for (const part of slicesOf(values[side])) {
      kernel.values.set(part);
      cells.find(kernel, part.length);
      kernel.run.tallySubs(part.length, sideNumbers[side], cells.origin);
    }
  }
  found.isExact.fill(0);
  inStretches(cells.count, (start, end) => markExact(found, crossing, sizes, start, end));
  for (const side of ['reference', 'current'] as const)
    found.leftCounts[side] = takeOut(kernel, cells, values[side]);
  return found;
}

/** Returns how many cells are cut. */
function placeCuts(kernel: CellKernel, cells: Cells, { isCrossing }: Crossing): number {
  const { firsts, places } = kernel.cuts;
  firsts.fill(-1);
  let count = 0;
  for (let cell = 0; cell < cells.count && count < mostCuts; cell++) {
    if (isCrossing[cell] === 0) continue;
    const start = cells.start(cell);
    firsts[cell] = subCellCount * count;
    places[2 * count] = start;
    places[2 * count + 1] = subCellCount / (cells.start(cell + 1) - start);
    count++;
  }
  return count;
}

function markExact(
  { firsts, tallies, isExact }: SubCells,
  { gaps, widest }: Crossing,
  sizes: Pair<number>,
  start: number,
  end: number,
): void {
  for (let cell = start; cell < end; cell++) {
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
}

/** Leaves what must be looked at, or is in no sub-cell; returns how many. */
function takeOut(kernel: CellKernel, cells: Cells, values: Float64Array): number {
  let leftCount = 0;
  for (const part of slicesOf(values)) {
    kernel.values.set(part);
    cells.find(kernel, part.length);
    const count = kernel.run.takeOut(part.length);
    values.set(kernel.rest.subarray(0, count), leftCount);
    leftCount += count;
  }
  return leftCount;
}

/** Whether the gap may change its sign inside of a cell, or reach the widest one, with so much of each side in it. */
export function mayMatter(gap: number, rise: number, fall: number, widest: number): boolean {
  if (rise + fall === 0) return false;
  return Math.max(gap + rise, fall - gap) >= widest || (gap + rise > 0 && gap - fall < 0);
}
