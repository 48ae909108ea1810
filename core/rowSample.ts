/** Rows of a side as they stand, in a report that was asked for them. Part of the contract (contract.ts gives all of it). */

/** Rows of a side at most. */
export const mostSampleRows = 1_000;

/** Rows drawn by the seed from those that are in the numbers. */
export interface RowSample {
  /** Rows that it was drawn from. */
  rowCount: number;
  /**
   * In the order in which they were drawn, so that the first of them are a smaller sample. Fewer than were asked for where
   * there are no more, or where they would take more than 10 million characters.
   */
  rows: SampledRow[];
}

export interface SampledRow {
  /** 1-based, among the rows that are in the numbers. */
  rowNumber: number;
  /** Of all columns of the side, in its order, those that are not compared too: text, null where missing, 200 characters at most. */
  values: (string | null)[];
  /** Places in `values` of those that are longer in the file; absent where none is. */
  cut?: number[];
}
