import type { Pair } from '../column.js';
import type { Kind } from '../contract.js';
import { type NotComputable, notComputable } from '../stats/outcome.js';
import { chooseEvidentlyTest } from './chooseEvidentlyTest.js';
import {
  distinctCount,
  type EvidentlyColumn,
  type Level,
  sortedColumn,
  total,
} from './evidentlyColumn.js';
import { type EvidentlyAnswer, runStattest } from './evidentlyTest.js';

/** One column as it comes out of a scan. */
export interface ProfileColumn {
  kind: Kind;
  /** Finite values of a numeric column, without the missing ones. */
  numbers?: Pair<Float64Array> | null;
  /** Rows by level of any other column, without the missing ones. */
  levels?: Pair<ReadonlyMap<Level, number>> | null;
  /** The current side is stored as whole numbers and misses none, so that pandas holds it as int. */
  isInteger?: boolean;
}

/** Whole numbers with no more distinct values on the current side are categories to Evidently. */
const MOST_DISTINCT_CATEGORIES = 10;
/** Text with a larger share of distinct values on the current side is text to it, else categories. */
const LARGEST_CATEGORICAL_SHARE = 0.5;

/**
 * What Evidently 0.7.21's DataDriftPreset answers for one column when nothing is configured: its type, test,
 * score, threshold and verdict.
 *
 * The type is Evidently's own guess from the current side, which is not always ours: whole numbers with at
 * most 10 distinct values are categories, words of which more than half differ are text. It has no test for
 * datetimes and identifiers; of text it trains a classifier, which is not repeated here.
 *
 * Range: that of {@link evidentlyTest}.
 * Cost: O(n + m) for ascending numbers; O(k log k) for k levels; an exact KS test up to 1 000 reference rows.
 * Source: Evidently 0.7.21, `infer_column_type`, `DataDriftPreset`, `get_one_column_drift`.
 * Checked: default choice and answer of 20 seeded columns (test/core/profile/evidentlyProfile.test.ts)
 *
 * @param column - both sides, without missing and infinite values; not modified
 * @returns the answer; or why Evidently has none
 *
 * @example
 * evidentlyProfile({ kind: 'numeric', numbers: { reference: Float64Array.of(1, 2, 3, 4, 5, 6), current: Float64Array.of(4, 5, 6, 7, 8, 9) } })
 * // => { kind: 'test', stattest: 'ks', score: 0.474025974025974, threshold: 0.05, isDrifted: false }
 */
export function evidentlyProfile(column: ProfileColumn): EvidentlyAnswer {
  const seen = evidentlyColumn(column);
  return 'columnType' in seen ? runStattest(chooseEvidentlyTest(seen), seen) : seen;
}

function evidentlyColumn(column: ProfileColumn): EvidentlyColumn | NotComputable {
  const { kind, numbers, levels, isInteger = false } = column;
  if (kind === 'datetime') return notComputable('Evidently has no drift test for datetimes');
  if (kind === 'identifier') return notComputable('Evidently has no drift test for identifiers');
  if (numbers && (kind === 'numeric' || kind === 'boolean')) {
    const sorted = sortedColumn({ columnType: 'num', ...numbers });
    const isLikeLevels = isInteger && distinctCount(sorted.current) <= MOST_DISTINCT_CATEGORIES;
    return isLikeLevels ? asLevels(sorted) : sorted;
  }
  if (!levels || (!isInteger && isText(kind, levels.current))) {
    return notComputable(
      'Evidently trains a classifier to tell the texts apart, which is not repeated here',
    );
  }
  return { columnType: 'cat', ...levels };
}

function isText(kind: Kind, current: ReadonlyMap<Level, number>): boolean {
  if (kind === 'boolean') return false;
  return current.size > total([...current.values()]) * LARGEST_CATEGORICAL_SHARE;
}

function asLevels({ reference, current }: Pair<Float64Array>): EvidentlyColumn {
  return { columnType: 'cat', reference: tally(reference), current: tally(current) };
}

function tally(values: Float64Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
