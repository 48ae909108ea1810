/** Counts with the rare levels put together. Sums are those of the input. */
export interface FoldedLevels {
  /** The kept levels in their order, then *Other* if there is one. */
  referenceCounts: Float64Array;
  currentCounts: Float64Array;
  /** Input index of each kept level; one fewer than counts when there is an *Other*. */
  keptIndices: number[];
  /** Input indices of the levels in *Other*, ascending. */
  foldedIndices: number[];
}

/** Chi-squared is trusted from this expected count on. */
const minimumExpected = 5;
/** Past this share of all rows *Other* would hide what is to be compared. */
const largestOtherShare = 0.5;

/**
 * Folding of rare levels: puts categories that are too rare to compare one by one into *Other*.
 *
 * A level is rare when pooling gives it fewer than 5 expected rows on either side. If *Other* is
 * itself that rare it joins the smallest kept level, as long as two remain. Where more than half of
 * all rows would go into *Other* (500 even levels at 1 000 rows) only the rarest are folded, by
 * pooled rows, and the rest stay: a test by simulation can still tell them apart, a single *Other*
 * could not. The choice looks at pooled rows only, so it is the same whatever has drifted.
 *
 * Range: 1 level to as many as given; levels without rows on both sides are folded.
 * Cost: O(k log k).
 * Source: Cochran (1954), "Some methods for strengthening the common chi-squared tests",
 *         Biometrics 10(4), 417-451, for the 5.
 * Checked: false-alarm rate of the folded test (test/core/stats/calibration.test.ts)
 *
 * @param referenceCounts - k >= 1 counts of rows, one per level; not modified
 * @param currentCounts - the same levels in the same order; not modified
 * @returns the folded counts and which levels were folded
 * @throws {RangeError} if the lengths differ, there is no level, or a side has no rows
 *
 * @example
 * foldRareLevels([50, 30, 3, 2], [40, 40, 4, 6])
 * // => referenceCounts 50, 30, 5; currentCounts 40, 40, 10; foldedIndices 2, 3
 */
export function foldRareLevels(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
): FoldedLevels {
  const k = referenceCounts.length;
  const n = sum(referenceCounts);
  const m = sum(currentCounts);
  if (k === 0 || currentCounts.length !== k || !(n > 0) || !(m > 0)) {
    throw new RangeError(
      `foldRareLevels requires rows on both sides of the same levels (got ${n} and ${m} in ${k} and ${currentCounts.length})`,
    );
  }
  const totals = Float64Array.from(
    { length: k },
    (_, i) => (referenceCounts[i] as number) + (currentCounts[i] as number),
  );
  const smallest = smallestKeptTotal(totals, n, m);
  const kept: number[] = [];
  const folded: number[] = [];
  for (let i = 0; i < k; i++) ((totals[i] as number) >= smallest ? kept : folded).push(i);
  joinOther(totals, kept, folded, (minimumExpected * (n + m)) / Math.min(n, m));
  const hasOther = folded.some((i) => totals[i] !== 0);
  const collect = (counts: ArrayLike<number>) => {
    const values = kept.map((i) => counts[i] as number);
    if (hasOther) values.push(folded.reduce((rows, i) => rows + (counts[i] as number), 0));
    return Float64Array.from(values);
  };
  return {
    referenceCounts: collect(referenceCounts),
    currentCounts: collect(currentCounts),
    keptIndices: kept,
    foldedIndices: folded,
  };
}

/** Equal totals fall on the same side, so the order of levels does not matter. */
function smallestKeptTotal(totals: Float64Array, n: number, m: number): number {
  const needed = (minimumExpected * (n + m)) / Math.min(n, m);
  const ascending = totals.slice().sort();
  let rows = 0;
  for (let start = 0; start < ascending.length; ) {
    const total = ascending[start] as number;
    if (total >= needed) return needed;
    let end = start;
    while (end < ascending.length && ascending[end] === total) end++;
    rows += total * (end - start);
    if (rows > largestOtherShare * (n + m)) return Math.max(total, 1);
    start = end;
  }
  return needed;
}

function joinOther(totals: Float64Array, kept: number[], folded: number[], needed: number): void {
  const otherTotal = folded.reduce((rows, i) => rows + (totals[i] as number), 0);
  if (otherTotal === 0 || otherTotal >= needed || kept.length <= 2) return;
  let smallest = 0;
  for (let i = 1; i < kept.length; i++) {
    if ((totals[kept[i] as number] as number) < (totals[kept[smallest] as number] as number)) {
      smallest = i;
    }
  }
  folded.push(kept[smallest] as number);
  folded.sort((a, b) => a - b);
  kept.splice(smallest, 1);
}

function sum(counts: ArrayLike<number>): number {
  let rows = 0;
  for (let i = 0; i < counts.length; i++) rows += counts[i] as number;
  return rows;
}
