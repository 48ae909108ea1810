import { type EvidentlyColumn, levelSet, rowCounts } from './evidentlyColumn.js';
import { type Stattest, stattests } from './stattests.js';

/** Up to so many reference rows Evidently runs a test, above it a distance. */
const LARGEST_TESTED_REFERENCE = 1000;
/** Numbers with no more distinct values over both sides are compared like categories. */
const MOST_DISTINCT_LIKE_LEVELS = 5;

/**
 * The test that Evidently 0.7.21 runs where none is set.
 *
 * Only the type, the number of reference rows (at most 1 000 or not) and of distinct values over both sides
 * decide; the current side's size never does, so the two sides swapped may be judged by another test.
 *
 * Range: ks, chisquare, z, wasserstein or jensenshannon.
 * Cost: O(n + m) for ascending numbers; O(k) for k levels.
 * Source: Evidently 0.7.21, `_get_default_stattest`.
 * Checked: the choices in that tool's answers (test/core/profile/evidentlyTest.test.ts)
 *
 * @param column - both sides, without missing and infinite values; not modified
 * @returns the test
 *
 * @example
 * chooseEvidentlyTest({ columnType: 'num', reference: Float64Array.of(1, 2), current: Float64Array.of(2, 3) }).name
 * // => 'chisquare'
 */
export function chooseEvidentlyTest(column: EvidentlyColumn): Stattest {
  const isTested = rowCounts(column).reference <= LARGEST_TESTED_REFERENCE;
  const distinct = pooledDistinctCount(column);
  if (column.columnType === 'num' && distinct > MOST_DISTINCT_LIKE_LEVELS) {
    return isTested ? stattests.ks : stattests.wasserstein;
  }
  if (!isTested) return stattests.jensenshannon;
  return distinct > 2 ? stattests.chisquare : stattests.z;
}

/** How many values differ over both sides, counted no further than the choice needs for numbers. */
function pooledDistinctCount(column: EvidentlyColumn): number {
  if (column.columnType === 'cat') return levelSet(column).size;
  const distinct = new Set<number>();
  for (const side of [column.reference, column.current]) {
    let previous = Number.NaN;
    for (const value of side) {
      if (value !== previous) distinct.add(value);
      if (distinct.size > MOST_DISTINCT_LIKE_LEVELS) return distinct.size;
      previous = value;
    }
  }
  return distinct.size;
}
