import type { Pair } from '../column.js';
import type { Finding, ProfileSummary, ProfileVerdict } from '../contract.js';
import { evidentlyDatasetDrift } from '../profile/evidentlyDatasetDrift.js';
import { evidentlyProfile } from '../profile/evidentlyProfile.js';
import type { EvidentlyAnswer } from '../profile/evidentlyTest.js';
import { isRuns } from '../stats/runs.js';
import type { Sample } from './sample.js';
import { number } from './words.js';

/** What Evidently would answer for a column by its defaults. */
export function profileAnswer({ pair, sorted, absentCount }: Sample): EvidentlyAnswer {
  if (pair.kind === 'boolean' && pair.isRetyped) {
    const reason = 'Its flags are written in two ways, which Evidently would take for other values';
    return { kind: 'not computable', reason };
  }
  if (sorted && (isRuns(sorted.reference) || isRuns(sorted.current))) {
    const reason = 'The column is too large to be held in memory; compare a sample of the rows';
    return { kind: 'not computable', reason };
  }
  const numbers = sorted as Pair<Float64Array> | null;
  return evidentlyProfile({
    kind: pair.kind,
    numbers,
    levels: pair.levels && {
      reference: pair.levels.reference.levels,
      current: pair.levels.current.levels,
    },
    // CSV numbers are all read as doubles, so there the values have to tell
    isInteger:
      absentCount.current === 0 &&
      (/INT/.test(pair.storageType.current) || (numbers?.current.every(Number.isInteger) ?? false)),
  });
}

/** That answer beside our own verdict: where it alarms and ours does not, it is likely a false alarm. */
export function profileVerdict(
  answer: EvidentlyAnswer,
  finding: Omit<Finding, 'profile'>,
): ProfileVerdict {
  if (answer.kind === 'not computable') return { test: null, reason: answer.reason };
  const { kind, stattest, score, threshold, isDrifted } = answer;
  const likelyFalseAlarm = isDrifted ? falseAlarmReason(finding) : null;
  return { test: stattest, kind, value: score, threshold, isDrifted, likelyFalseAlarm };
}

function falseAlarmReason({ verdict, channels }: Omit<Finding, 'profile'>): string | null {
  const { effect } = channels.shape;
  if (verdict === 'stable') {
    return effect
      ? `the difference is at most ${number(effect.interval[1])} with 95 % confidence, below the limit of ${number(effect.limit)}`
      : 'no channel shows a difference that matters';
  }
  if (verdict !== 'inconclusive' || !effect || effect.observed > effect.noiseFloor) return null;
  return `at these sizes chance alone gives up to ${number(effect.noiseFloor)}, and the difference is ${number(effect.observed)}`;
}

export function profileSummary(
  answers: readonly EvidentlyAnswer[],
  findings: readonly Finding[],
): ProfileSummary {
  const { columnCount, driftedCount, isDrifted, threshold } = evidentlyDatasetDrift(answers);
  const likelyFalse = findings.filter(
    ({ profile }) => profile?.test && profile.likelyFalseAlarm !== null,
  );
  return {
    id: 'evidently',
    name: 'Evidently 0.7.21, default drift preset',
    columnCount,
    driftedCount,
    isDrifted,
    limit: threshold,
    likelyFalseAlarmCount: likelyFalse.length,
  };
}
