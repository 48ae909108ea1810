/** The sums of two lists of counts, after a check that they can be compared level by level. */
export function countTotals(
  name: string,
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
): { referenceTotal: number; currentTotal: number } {
  if (referenceCounts.length !== currentCounts.length) {
    throw new RangeError(
      `${name} requires as many levels on both sides (got ${referenceCounts.length} and ${currentCounts.length})`,
    );
  }
  const referenceTotal = total(name, referenceCounts);
  const currentTotal = total(name, currentCounts);
  if (referenceTotal === 0 || currentTotal === 0) {
    throw new RangeError(
      `${name} requires at least one row per side (got ${referenceTotal} and ${currentTotal})`,
    );
  }
  return { referenceTotal, currentTotal };
}

function total(name: string, counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number;
    if (!(count >= 0 && count < Infinity)) {
      throw new RangeError(`${name} requires counts of 0 or more (got ${count} at ${i})`);
    }
    sum += count;
  }
  return sum;
}
