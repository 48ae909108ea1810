/** Joint counts of pairs of columns, for one selection that all charts follow. Part of the contract; imports nothing. */

/**
 * Of the first ranked columns with a distribution, at most 30 and 400 kB as JSON; a column's tables are its own, so that
 * the last ones can be left out.
 */
export interface Cube {
  /** Rows that were counted: all of a side, or an evenly spread, seeded sample of 20 000. */
  referenceRowCount: number;
  currentRowCount: number;
  columns: CubeColumn[];
}

/** At most 12 bins; the last one holds rows without a value. */
export interface CubeColumn {
  name: string;
  /**
   * Numbers and times (milliseconds since 1970-01-01 UTC): inner edges, ascending. Bin i holds values from edge i - 1 up to,
   * and without, edge i; the first and the last bin of values are open.
   */
  binEdges?: number[];
  /** Whether all values that were looked at are whole numbers. */
  areWhole?: boolean;
  /** Categories: a bin for each of these, by its place in the column's `charts.categories.levels`; then one for all others. */
  levels?: number[];
  /** Rows by bin. */
  referenceCounts: number[];
  currentCounts: number[];
  /**
   * The tables with every column before it, as base64 of bytes. Table by table, for each the reference's and then the
   * current side's, row by row (bins of the earlier column), without the last row and the last place of each row, which
   * follow from the sums: count minus expected count, that is Math.round(row sum × column sum ÷ rows), as 2 × d for d ≥ 0
   * and -2 × d - 1 for d < 0, in LEB128; of n zeros a byte 0, and n - 1 in LEB128.
   */
  tables: string;
}
