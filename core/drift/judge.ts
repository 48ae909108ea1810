import {
  type Channel,
  type ChannelFinding,
  channels,
  type Finding,
  type MeasureId,
  type ResolvedOptions,
  type Severity,
} from '../contract.js';
import { adjustPValues } from '../stats/adjustPValues.js';
import type { Evidence } from './evidence.js';
import type { ColumnEvidence } from './measureColumn.js';
import { profileVerdict } from './profileVerdict.js';
import { channelReason, columnReason } from './reasons.js';
import { rowsNeeded } from './rowsNeeded.js';

const loudness = { drifted: 3, inconclusive: 2, stable: 1, skipped: 0 };

export interface Judgement {
  /** Ranked, see DriftReport.columns. */
  findings: Finding[];
  /** Raw p-values of all channel tests. */
  pValues: number[];
}

/**
 * Verdicts for all columns at once: p-values are corrected over all channel tests of all columns,
 * then each channel is judged by size and by certainty, and the loudest one speaks for its column.
 */
export function judge(columns: readonly ColumnEvidence[], options: ResolvedOptions): Judgement {
  const tests: { column: number; channel: Channel; pValue: number }[] = [];
  for (const [column, { channels: evidence, skipReason }] of columns.entries()) {
    if (skipReason !== null) continue;
    for (const channel of channels) {
      const found = evidence[channel];
      if (found.status === 'measured' && found.pValue !== null)
        tests.push({ column, channel, pValue: found.pValue });
    }
  }
  const pValues = tests.map(({ pValue }) => pValue);
  const corrected = adjustPValues(pValues, options.correction);
  const adjusted = new Map(
    tests.map(({ column, channel }, i) => [`${column} ${channel}`, corrected[i] as number]),
  );
  const findings = columns.map((column, index) =>
    judgeColumn(column, (channel) => adjusted.get(`${index} ${channel}`) ?? null, options),
  );
  adjustMeasures(findings, options);
  return { findings: findings.sort(byRank), pValues };
}

function judgeColumn(
  { column, channels: evidence, profile, skipReason }: ColumnEvidence,
  adjustedOf: (channel: Channel) => number | null,
  options: ResolvedOptions,
): Finding {
  const judged = Object.fromEntries(
    channels.map((channel) => {
      const found: Evidence =
        skipReason === null
          ? evidence[channel]
          : { status: 'skipped', reason: `${capitalized(skipReason)}.` };
      const otherTest = channel === 'shape' ? adjustedOf('support') : null;
      return [channel, judgeChannel(found, adjustedOf(channel), otherTest, options)];
    }),
  ) as Record<Channel, ChannelFinding>;
  const loudest = [...channels]
    .reverse()
    .sort((a, b) => compareLoudness(judged[b], judged[a]))[0] as Channel;
  const finding =
    skipReason === null
      ? spokenFor(column, judged, loudest, evidence.shape)
      : { ...column, ...skippedFinding(`${capitalized(skipReason)}.`), channels: judged };
  return { ...finding, profile: profile && profileVerdict(profile, finding) };
}

/** The loudest channel speaks for its column. */
function spokenFor(
  column: ColumnEvidence['column'],
  channels: Finding['channels'],
  channel: Channel,
  shape: Evidence,
): Omit<Finding, 'profile'> {
  const { verdict, severity, pValue, adjustedPValue, pValueMethod, effect } = channels[channel];
  const reason = columnReason(column.kind, channel, channels, shape);
  return {
    ...column,
    ...{ verdict, severity, reason, channel, channels },
    ...{ pValue, adjustedPValue, pValueMethod, effect, causes: [] },
  };
}

function skippedFinding(
  reason: string,
): Omit<Finding, keyof ColumnEvidence['column'] | 'channels' | 'profile'> {
  return {
    ...{ verdict: 'skipped', severity: 'none', reason, channel: null },
    ...{ pValue: null, adjustedPValue: null, pValueMethod: null, effect: null, causes: [] },
  };
}

/**
 * Drifted: certain and large enough. Stable: even the interval's upper end is small. Else more rows would tell.
 * `otherTest` is the corrected p-value of another test of the same hypothesis: the tests of shape and support both
 * ask whether the values come from one population, and each sees changes to which the other is nearly blind.
 */
function judgeChannel(
  evidence: Evidence,
  adjustedPValue: number | null,
  otherTest: number | null,
  { alpha }: ResolvedOptions,
): ChannelFinding {
  const nothing = {
    pValue: null,
    adjustedPValue: null,
    pValueMethod: null,
    effect: null,
    rowsNeeded: null,
    referenceTooSmall: false,
  };
  if (evidence.status === 'skipped')
    return { verdict: 'skipped', severity: 'none', reason: evidence.reason, ...nothing };
  if (evidence.status === 'clear')
    return { verdict: 'stable', severity: 'none', reason: evidence.reason, ...nothing };
  const { effect, pValue, pValueMethod } = evidence;
  const isCertainByItself = adjustedPValue === null || adjustedPValue <= alpha;
  const isCertain =
    isCertainByItself || (otherTest !== null && otherTest <= alpha && effect.interval[0] > 0);
  const verdict =
    isCertain && effect.value >= effect.limit
      ? 'drifted'
      : effect.interval[1] < effect.limit
        ? 'stable'
        : 'inconclusive';
  const more =
    verdict === 'inconclusive'
      ? rowsNeeded(evidence)
      : { rowCount: null, referenceTooSmall: false };
  const finding = {
    verdict,
    severity: verdict === 'drifted' ? severityOf(effect.value / effect.limit) : 'none',
    ...{ pValue, adjustedPValue, pValueMethod, effect },
    ...{ rowsNeeded: more.rowCount, referenceTooSmall: more.referenceTooSmall },
  } as const;
  return { ...finding, reason: channelReason(finding, evidence, isCertainByItself) };
}

function severityOf(ratio: number): Severity {
  if (ratio >= 4) return 'major';
  return ratio >= 2 ? 'moderate' : 'minor';
}

function compareLoudness(a: ChannelFinding, b: ChannelFinding): number {
  return loudness[a.verdict] - loudness[b.verdict] || ratio(a.effect) - ratio(b.effect);
}

function byRank(a: Finding, b: Finding): number {
  return (
    loudness[b.verdict] - loudness[a.verdict] ||
    ratio(b.effect) - ratio(a.effect) ||
    (a.name < b.name ? -1 : 1)
  );
}

function ratio(effect: Finding['effect']): number {
  return effect ? effect.value / effect.limit : 0;
}

/** Corrects each measure's p-value over the same test of all columns. */
function adjustMeasures(findings: Finding[], { correction }: ResolvedOptions): void {
  const ids = new Set(findings.flatMap(({ measures }) => Object.keys(measures) as MeasureId[]));
  for (const id of ids) {
    const tests = findings.flatMap(({ measures }) =>
      measures[id]?.kind === 'test' ? [measures[id]] : [],
    );
    const adjusted = adjustPValues(
      tests.map(({ pValue }) => pValue),
      correction,
    );
    for (const [i, test] of tests.entries()) test.adjustedPValue = adjusted[i] as number;
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
