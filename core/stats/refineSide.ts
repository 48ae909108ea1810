/** What two passes over one side's values count and keep. */
export interface RefineSide {
  length: number;
  /** Of each cell, side by side: how many values, and the sum of what they are above the origin. */
  tallies: Float64Array;
  /** Values in the cells before each one, and in all. */
  starts: Float64Array;
  squares: number;
  /** By cell that is looked at: the first value found, and how many equal it. */
  firsts: Float64Array;
  firstCounts: Uint32Array;
  rest: Float64Array;
  restCount: number;
  kept: Kept | null;
}

/** The first pass's cells, one per value: at most 65 535. */
export interface Kept {
  places: Uint16Array;
  countedCount: number;
  gatheredCount: number;
}

/** Cells with a larger share of a side are looked at: their values may be tied. */
export const heavyShare = 1 / 1024;

export function countOf({ tallies }: RefineSide, cell: number): number {
  return tallies[2 * cell] as number;
}
