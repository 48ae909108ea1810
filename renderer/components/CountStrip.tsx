import { type Summary, type Verdict, verdicts } from '../../core/contract.js';
import { formatCount, formatCounted, formatNumber } from '../format.js';
import { toggleVerdict } from '../store.js';
import { CountSwitch } from './CountSwitch.js';
import { VerdictIcon } from './VerdictMark.js';

/** How many columns have which verdict. Each count is a switch of the list's filter. */
export function CountStrip({
  summary,
  alpha,
  verdicts: shown,
}: {
  summary: Summary;
  alpha: number;
  verdicts: Verdict[];
}) {
  const counts: Record<Verdict, number> = {
    drifted: summary.driftedCount,
    inconclusive: summary.inconclusiveCount,
    stable: summary.stableCount,
    skipped: summary.skippedCount,
  };
  return (
    <div className="strip">
      <fieldset className="counts">
        <legend className="unseen">Show only columns with these verdicts</legend>
        {verdicts.map((verdict) => (
          <CountSwitch
            key={verdict}
            data-verdict={verdict}
            icon={<VerdictIcon verdict={verdict} />}
            count={counts[verdict]}
            words={verdict}
            isShown={shown.includes(verdict)}
            onToggle={() => toggleVerdict(verdict)}
          />
        ))}
      </fieldset>
      <p className="false-alarms">
        {alarmSentence(summary)}{' '}
        <span className="quiet">
          Without correction and limits, p &lt; {alpha} alone would have raised{' '}
          {formatCounted(summary.uncorrected.alarmCount, 'alarm')} in{' '}
          {formatCounted(summary.testCount, 'test')}; chance alone raises about{' '}
          {formatNumber(summary.uncorrected.expectedByChance, 2)}.
        </span>
      </p>
    </div>
  );
}

function alarmSentence(summary: Summary): string {
  if (summary.driftedCount === 0) return 'No column is called drifted, so none is a false alarm.';
  const expected = formatNumber(summary.expectedFalseAlarms, 2);
  return `Of the ${formatCount(summary.driftedCount)} drifted, expect about ${expected} to be false alarms.`;
}
