import {
  type Channel,
  type ChannelFinding,
  type DriftReport,
  type Finding,
  isShare,
  type Kind,
  type Summary,
} from '../contract.js';
import { quoted } from '../errors.js';
import type { Evidence } from './evidence.js';
import { counted, grouped, number, percent } from './words.js';

type Measured = Extract<Evidence, { status: 'measured' }>;

/** What happened, how large, how certain; for a colleague. */
export function channelReason(
  finding: Omit<ChannelFinding, 'reason'>,
  evidence: Measured,
  isCertainByItself: boolean,
): string {
  const { effect, difference } = evidence;
  if (effect.measure === 'type-change') return `${difference}.`;
  const size = amount(effect.measure);
  const range = `95 % interval ${size(effect.interval[0])} to ${size(effect.interval[1])}`;
  const unit = ` ${evidence.unit}`;
  const scope = evidence.scope === undefined ? '' : ` ${evidence.scope}`;
  if (finding.verdict === 'drifted') {
    return `${difference}; a difference of ${size(effect.value)}${unit} (${range}), limit ${size(effect.limit)}.${isCertainByItself ? '' : ' That values differ is certain from the new ones or those out of range.'}${scope}`;
  }
  if (finding.verdict === 'stable') {
    return `No difference that matters: at most ${size(effect.interval[1])}${unit}, below the limit of ${size(effect.limit)}.${scope}`;
  }
  if (effect.value === 0) {
    return `No difference beyond chance is seen, but these rows leave room for one of up to ${size(effect.interval[1])}${unit} (limit ${size(effect.limit)}). ${moreRows(finding)}${scope}`;
  }
  const where = effect.value >= effect.limit ? 'is not certain' : 'may or may not matter';
  return `${difference}; a difference of ${size(effect.value)}${unit} ${where} (${range}, limit ${size(effect.limit)}). ${moreRows(finding)}${scope}`;
}

/** The deciding channel's reason, led by what explains it where that is known. */
export function columnReason(
  kind: Kind,
  channel: Channel,
  channels: Finding['channels'],
  shape: Evidence,
): string {
  const { reason, verdict, effect } = channels[channel];
  if (kind === 'identifier' && verdict === 'stable' && effect === null) {
    return 'An identifier: its values are expected to differ; type and missing values are unchanged.';
  }
  const explains = shape.status === 'measured' && shape.isRescaled && channel !== 'shape';
  return explains && channels.shape.verdict === 'drifted'
    ? `${shape.difference}. ${reason}`
    : reason;
}

function moreRows({ rowsNeeded, referenceTooSmall }: Omit<ChannelFinding, 'reason'>): string {
  if (rowsNeeded === null) return 'It lies so near the limit that more rows would hardly tell.';
  const where = referenceTooSmall ? 'on both sides' : 'in the current file';
  return `About ${counted(rowsNeeded, 'more row')} ${where} would tell.`;
}

function amount(measure: Measured['effect']['measure']): (value: number) => string {
  return isShare(measure) ? percent : number;
}

/** One sentence that a manager can read. */
export function headline(findings: readonly Finding[], schema: DriftReport['schema']): string {
  const drifted = findings.filter(({ verdict }) => verdict === 'drifted');
  const inconclusive = findings.filter(({ verdict }) => verdict === 'inconclusive').length;
  const total = findings.length;
  const judged = counted(total, 'column');
  const open =
    inconclusive > 0 ? `; ${grouped(inconclusive)} cannot be decided with these rows` : '';
  const changes = schemaWords(schema);
  if (drifted.length === 0) {
    return `None of ${judged} drifted${open}${changes}.`;
  }
  const details = drifted.slice(0, 3).map(brief).join('; ');
  return `${grouped(drifted.length)} of ${judged} drifted: ${details}${drifted.length > 3 ? '; and more' : ''}${open}${changes}.`;
}

/** The beginning of a reason: what happened, without the numbers of certainty. */
function brief({ name, reason }: Finding): string {
  // a full stop inside of quotes belongs to a name
  const outsideQuotes = /^(?:"[^"]*"|[^"])*?(?=; a difference of|\. |\.$)/;
  const what = (
    reason.match(outsideQuotes)?.[0] ??
    reason.split('; a difference of')[0] ??
    ''
  ).replace(/ \((median|5-95).*?\)/, '');
  return `${quoted(name)}: ${what.charAt(0).toLowerCase()}${what.slice(1)}`;
}

function schemaWords({ added, removed }: DriftReport['schema']): string {
  const parts = [
    added.length > 0 ? `${counted(added.length, 'column')} only in current` : '',
    removed.length > 0 ? `${counted(removed.length, 'column')} only in reference` : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? `; ${parts.join(', ')}` : '';
}

export function summarize(
  findings: readonly Finding[],
  pValues: readonly number[],
  alpha: number,
  schema: DriftReport['schema'],
): Summary {
  const countOf = (verdict: Finding['verdict']) =>
    findings.filter((finding) => finding.verdict === verdict).length;
  const driftedCount = countOf('drifted');
  return {
    columnCount: findings.length,
    driftedCount,
    stableCount: countOf('stable'),
    inconclusiveCount: countOf('inconclusive'),
    skippedCount: countOf('skipped'),
    expectedFalseAlarms: alpha * driftedCount,
    testCount: pValues.length,
    uncorrected: {
      alarmCount: pValues.filter((pValue) => pValue < alpha).length,
      expectedByChance: alpha * pValues.length,
    },
    headline: headline(findings, schema),
  };
}
