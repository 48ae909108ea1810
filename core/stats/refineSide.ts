import type { SideMemory } from './cellKernel.js';

/** What two passes over one side's values count and keep. */
export interface RefineSide extends SideMemory {
  length: number;
  /** Values in the cells before each one, and in all. */
  starts: Float64Array;
  squares: number;
  rest: Float64Array;
  restCount: number;
}

/** Cells with a larger share of a side are looked at: their values may be tied. */
export const heavyShare = 1 / 1024;

export function countOf({ tallies }: RefineSide, cell: number): number {
  return tallies[2 * cell] as number;
}
