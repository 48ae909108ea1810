import type { EvidentlyAnswer, EvidentlyScore } from './evidentlyTest.js';

export interface EvidentlyDatasetDrift {
  /** Columns with an answer; those that Evidently would refuse or that are not repeated here do not count. */
  columnCount: number;
  driftedCount: number;
  /** Null where no column has an answer. */
  driftedShare: number | null;
  threshold: number;
  isDrifted: boolean;
}

/**
 * Evidently's verdict on the whole dataset: drifted where at least half of its columns are.
 *
 * A rule without a reason: one column that decides is not enough, and many columns that alarm by chance are.
 * Text counts in Evidently's share and not here, since its test is not repeated.
 *
 * Range: driftedShare 0 to 1; larger is more drift.
 * Cost: O(columns).
 * Source: Evidently 0.7.21, `get_dataset_drift`: share >= drift_share, 0.5 by default.
 * Checked: by hand at both sides of the threshold (test/core/profile/evidentlyDatasetDrift.test.ts)
 *
 * @param findings - the answers for all columns
 * @param threshold - the share from which on the dataset is drifted
 * @returns how many columns drifted, and the verdict
 *
 * @example
 * evidentlyDatasetDrift([evidentlyTest('psi', same), evidentlyTest('psi', other)])
 * // => { columnCount: 2, driftedCount: 1, driftedShare: 0.5, threshold: 0.5, isDrifted: true }
 */
export function evidentlyDatasetDrift(
  findings: readonly EvidentlyAnswer[],
  threshold = 0.5,
): EvidentlyDatasetDrift {
  const answered = findings.filter(
    (finding): finding is EvidentlyScore => finding.kind !== 'not computable',
  );
  const columnCount = answered.length;
  const driftedCount = answered.filter(({ isDrifted }) => isDrifted).length;
  const driftedShare = columnCount === 0 ? null : driftedCount / columnCount;
  const isDrifted = driftedShare !== null && driftedShare >= threshold;
  return { columnCount, driftedCount, driftedShare, threshold, isDrifted };
}
