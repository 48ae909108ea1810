import {
  type Baseline,
  type DriftReport,
  type Effect,
  type Finding,
  isShare,
} from '../core/index.js';
import { alignedLines, counted, cutTo, printable, shortName } from './terminalText.js';

const marks = { drifted: '▲', inconclusive: '?', stable: '·', skipped: '-' };

/**
 * The report for a terminal: the headline, then one line per column.
 *
 * @param width - columns of the terminal; null: lines are not cut
 */
export function summaryTable(report: DriftReport, width: number | null): string {
  const { reference, current, summary, notes } = report;
  const lines = [
    `${printable(reference.name)} (${counted(reference.rowCount, 'row')}) → ${printable(current.name)} (${counted(current.rowCount, 'row')})`,
    printable(summary.headline),
    ...notes.map((note) => `Note: ${printable(note)}`),
    ...schemaLines(report),
    ...besideLines(report),
    '',
  ];
  const rows = [
    ['', 'column', 'kind', 'effect', '95 % interval', 'limit', 'reason'],
    ...report.columns.map((finding) => row(finding)),
  ];
  lines.push(...alignedLines(rows).map((line) => cutTo(line, width)));
  return `${lines.join('\n')}\n`;
}

function row({ name, kind, verdict, severity, effect, reason }: Finding): string[] {
  return [
    `${marks[verdict]} ${verdict}${severity === 'none' ? '' : `, ${severity}`}`,
    shortName(name),
    kind,
    effect ? effectSize(effect, effect.value) : '',
    effect ? effect.interval.map((end) => effectSize(effect, end)).join(' to ') : '',
    effect ? effectSize(effect, effect.limit) : '',
    printable(reason),
  ];
}

/** A size in an effect's unit. */
export function effectSize({ measure }: Effect, size: number): string {
  return isShare(measure) ? `${(size * 100).toFixed(1)} %` : String(Number(size.toPrecision(2)));
}

/** What stands beside the verdicts: values to look at, and what was asked for. */
function besideLines({ columns, baseline, profile }: DriftReport): string[] {
  const disguised = columns.flatMap(({ name, disguisedMissing }) =>
    disguisedMissing.length > 0
      ? [`${name} (${disguisedMissing.map(({ value }) => value).join(', ')})`]
      : [],
  );
  return [
    ...(disguised.length > 0
      ? [
          `May stand for missing: ${printable(disguised.slice(0, 5).join('; '))}${disguised.length > 5 ? '; and more' : ''}`,
        ]
      : []),
    ...(baseline ? [`The reference against itself: ${baselineWords(baseline)}`] : []),
    ...(profile
      ? [
          `${profile.name}: ${profile.driftedCount} of ${profile.columnCount} columns drifted, ${profile.likelyFalseAlarmCount} of them likely false alarms`,
        ]
      : []),
  ];
}

function baselineWords({ driftedCount, split, timestamp, columns }: Baseline): string {
  const how = split === 'time' ? `split by ${printable(timestamp ?? '')}` : 'split at random';
  if (driftedCount === 0) return `no column drifted (${how})`;
  const names = columns
    .filter(({ verdict }) => verdict === 'drifted')
    .map(({ name }) => printable(name));
  const more = driftedCount > 5 ? ' and more' : '';
  return `not of one piece, its halves differ in ${counted(driftedCount, 'column')} (${how}): ${names.slice(0, 5).join(', ')}${more}`;
}

function schemaLines({ schema }: DriftReport): string[] {
  const names = (columns: { name: string }[]) =>
    columns.map(({ name }) => printable(name)).join(', ');
  return [
    ...(schema.removed.length > 0 ? [`Only in reference: ${names(schema.removed)}`] : []),
    ...(schema.added.length > 0 ? [`Only in current: ${names(schema.added)}`] : []),
    ...schema.renamed.map(
      ({ from, to, why }) =>
        `Perhaps renamed (accept with --rename old=new): ${printable(from)} → ${printable(to)} (${why})`,
    ),
  ];
}
