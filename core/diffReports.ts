import {
  type Change,
  type Channel,
  type ChannelFinding,
  type ColumnChange,
  type DiffedReport,
  type DriftReport,
  type Effect,
  type Finding,
  isShare,
  type LoneFinding,
  type ReportDiff,
  verdicts,
} from './contract.js';
import { diffOptions } from './diffOptions.js';
import { counted, grouped, number, percent } from './drift/words.js';
import { quoted } from './errors.js';

const channels: readonly Channel[] = ['shape', 'missing', 'support', 'schema'];
const order: readonly Change[] = ['new', 'worsened', 'untold', 'eased', 'resolved', 'unchanged'];

/** What changed from one report to a later one. Pure. */
export function diffReports(earlier: DriftReport, later: DriftReport): ReportDiff {
  const options = diffOptions(earlier.options, later.options);
  const isJudgedAlike =
    earlier.options.alpha === later.options.alpha &&
    earlier.options.correction === later.options.correction;
  const before = new Map(earlier.columns.map((finding) => [finding.name, finding]));
  const after = new Set(later.columns.map(({ name }) => name));
  const columns = later.columns
    .flatMap((finding) => {
      const was = before.get(finding.name);
      return was ? [columnChange(was, finding, isJudgedAlike)] : [];
    })
    .sort(byRank);
  const lone = (findings: Finding[], known: { has(name: string): boolean }) =>
    findings.filter(({ name }) => !known.has(name)).map(loneFinding);
  const diff = {
    type: 'diff',
    schemaVersion: 1,
    earlier: diffedReport(earlier),
    later: diffedReport(later),
    notes: notes(earlier, later, isJudgedAlike),
    options,
    columns,
    counts: countBy(order, columns, ({ change }) => change),
    added: lone(later.columns, before),
    removed: lone(earlier.columns, after),
  } as const;
  return { ...diff, headline: headline(diff) };
}

/** Whether anything is worse than it was: drift that is new or grew, or a new column that drifted. */
export function isWorse({ counts, added }: ReportDiff): boolean {
  return counts.new + counts.worsened > 0 || added.some(({ verdict }) => verdict === 'drifted');
}

/** Whether the report given as the earlier one was made after the other. */
export function isOutOfOrder({
  earlier,
  later,
}: Record<'earlier' | 'later', { createdAt: string }>): boolean {
  return Date.parse(earlier.createdAt) > Date.parse(later.createdAt);
}

/**
 * Verdicts say it where they are certain on both sides. What is inconclusive, or judged by other limits, is told by its
 * intervals alone: fewer rows are no drift, and more rows do not undo one.
 */
function columnChange(earlier: Finding, later: Finding, isJudgedAlike: boolean): ColumnChange {
  const moves = channels.map((channel) => ({ channel, move: movement(earlier, later, channel) }));
  const limitOf = ({ channels: judged }: Finding) =>
    channels.map((channel) => judged[channel].effect?.limit ?? null);
  const limits = { earlier: limitOf(earlier), later: limitOf(later) };
  const isComparable =
    isJudgedAlike &&
    limits.later.every((limit, i) => {
      const other = limits.earlier[i] ?? null;
      return limit === null || other === null || limit === other;
    });
  const say = (change: Change, channel: Channel | null, reason: string): ColumnChange => ({
    name: later.name,
    change,
    reason: `${kindWords(earlier, later)}${reason}`,
    channel,
    earlier: stateOf(earlier, channel),
    later: stateOf(later, channel),
  });
  const deciding = later.channel ?? earlier.channel;
  const [was, is] = [earlier.verdict, later.verdict];
  if (was === 'skipped' && is === 'skipped') return say('unchanged', null, later.reason);
  if (is === 'skipped') return say('untold', earlier.channel, `Not compared now: ${later.reason}`);
  if (was === 'skipped' && is !== 'drifted')
    return say('untold', deciding, `Not compared in the earlier report: ${earlier.reason}`);
  if (isComparable && is === 'drifted' && was !== 'drifted')
    return say('new', deciding, later.reason);
  if (isComparable && was === 'drifted' && is === 'stable')
    return say('resolved', earlier.channel, later.reason);
  const grown = moves.find(({ move }) => move === 'up');
  if (grown) return say('worsened', grown.channel, effectWords(earlier, later, grown.channel));
  const further =
    isComparable && channels.find((channel) => isNewlyDrifted(earlier, later, channel));
  if (further) return say('worsened', further, later.channels[further].reason);
  const shrunk = moves.find(({ move }) => move === 'down');
  if (shrunk) return say('eased', shrunk.channel, effectWords(earlier, later, shrunk.channel));
  if (was === is) return say('unchanged', deciding, later.reason);
  if (!isComparable)
    return say(
      'untold',
      deciding,
      'Judged otherwise than before, and the intervals of its effect overlap.',
    );
  if (is === 'stable') return say('unchanged', deciding, `Now certain: ${later.reason}`);
  return say('untold', deciding, `No longer certain: ${later.reason}`);
}

/** Intervals that lie apart, in a channel that is not stable on both sides and is measured alike. */
function movement(earlier: Finding, later: Finding, channel: Channel): 'up' | 'down' | null {
  const [was, is] = [earlier.channels[channel], later.channels[channel]];
  if (!was.effect || !is.effect || was.effect.measure !== is.effect.measure) return null;
  if (!matters(was) && !matters(is)) return null;
  if (is.effect.interval[0] > was.effect.interval[1]) return 'up';
  return is.effect.interval[1] < was.effect.interval[0] ? 'down' : null;
}

function matters({ verdict }: ChannelFinding): boolean {
  return verdict === 'drifted' || verdict === 'inconclusive';
}

function isNewlyDrifted(earlier: Finding, later: Finding, channel: Channel): boolean {
  const was = earlier.channels[channel].verdict;
  return later.channels[channel].verdict === 'drifted' && was === 'stable';
}

function effectWords(earlier: Finding, later: Finding, channel: Channel): string {
  const [was, is] = [earlier.channels[channel].effect, later.channels[channel].effect];
  if (!was || !is)
    throw new RangeError(`effectWords requires an effect on both sides (${channel})`);
  return `The effect on ${subjects[channel]} is ${withInterval(is)}, and was ${withInterval(was)}.`;
}

const subjects: Record<Channel, string> = {
  shape: 'shape',
  missing: 'missing values',
  support: 'values not seen in the reference',
  schema: 'type',
};

function withInterval({ measure, value, interval: [low, high] }: Effect): string {
  const size = isShare(measure) ? percent : number;
  return `${size(value)} (95 % interval ${size(low)} to ${size(high)})`;
}

function kindWords(earlier: Finding, later: Finding): string {
  return earlier.kind === later.kind ? '' : `Was ${earlier.kind}, is ${later.kind}. `;
}

function stateOf(
  { kind, verdict, severity, effect, channels: judged }: Finding,
  channel: Channel | null,
): ColumnChange['later'] {
  return { kind, verdict, severity, effect: channel === null ? effect : judged[channel].effect };
}

function byRank(a: ColumnChange, b: ColumnChange): number {
  return (
    order.indexOf(a.change) - order.indexOf(b.change) ||
    ratio(b.later.effect) - ratio(a.later.effect) ||
    (a.name < b.name ? -1 : 1)
  );
}

function ratio(effect: Effect | null): number {
  return effect ? effect.value / effect.limit : 0;
}

function loneFinding({ name, verdict, reason }: Finding): LoneFinding {
  return { name, verdict, reason };
}

function diffedReport({
  options,
  tool,
  createdAt,
  reference,
  current,
  columns,
}: DriftReport): DiffedReport {
  return {
    title: options.title,
    toolVersion: tool.version,
    createdAt,
    reference: { name: reference.name, rowCount: reference.rowCount },
    current: { name: current.name, rowCount: current.rowCount },
    counts: countBy(verdicts, columns, ({ verdict }) => verdict),
  };
}

function countBy<K extends string, T>(
  keys: readonly K[],
  items: readonly T[],
  keyOf: (item: T) => K,
): Record<K, number> {
  return Object.fromEntries(
    keys.map((key) => [key, items.filter((item) => keyOf(item) === key).length]),
  ) as Record<K, number>;
}

function notes(earlier: DriftReport, later: DriftReport, isJudgedAlike: boolean): string[] {
  const differ = (side: 'reference' | 'current') =>
    earlier[side].name !== later[side].name || earlier[side].rowCount !== later[side].rowCount;
  const rows = ({ reference: { name, rowCount } }: DriftReport) =>
    `${quoted(name)} with ${counted(rowCount, 'row')}`;
  return [
    ...(isOutOfOrder({ earlier, later })
      ? [
          'The report given as the earlier one was made after the other; swap them if that is not meant.',
        ]
      : []),
    ...(isJudgedAlike
      ? []
      : [
          'The reports judge by different levels or corrections, so that verdicts are not comparable: only effects are compared.',
        ]),
    ...(differ('reference')
      ? [`The references differ: ${rows(earlier)}, now ${rows(later)}.`]
      : []),
    ...(earlier.tool.version === later.tool.version
      ? []
      : [
          `The reports were made by different versions (${quoted(earlier.tool.version)} and ${quoted(later.tool.version)}).`,
        ]),
  ];
}

function headline({ counts, added, removed }: Omit<ReportDiff, 'headline'>): string {
  const parts: [number, string][] = [
    [counts.new, 'newly drifted'],
    [counts.worsened, 'worsened'],
    [counts.eased, 'eased'],
    [counts.resolved, 'resolved'],
    [counts.untold, 'cannot be told'],
    [added.length, 'added'],
    [removed.length, 'removed'],
  ];
  const told = parts
    .filter(([count]) => count > 0)
    .map(([count, what], i) => `${i === 0 ? counted(count, 'column') : grouped(count)} ${what}`);
  if (told.length === 0) return `Nothing changed in ${counted(counts.unchanged, 'column')}.`;
  return `${told.join(', ')}; ${grouped(counts.unchanged)} unchanged.`;
}
