import type { ColumnState, DiffedReport, OptionChange, ReportDiff } from '../core/index.js';
import { effectSize } from './summaryTable.js';
import { alignedLines, cutTo, printable, shortName } from './terminalText.js';

/**
 * What changed, for a terminal: what cannot be compared first, then one line per column that changed.
 *
 * @param width - columns of the terminal; null: lines are not cut
 */
export function diffTable(diff: ReportDiff, width: number | null): string {
  const { earlier, later, headline, notes, options, columns, added, removed } = diff;
  const changed = columns.filter(({ change }) => change !== 'unchanged');
  const rows = [
    ['change', 'column', 'verdict', 'effect', 'reason'],
    ...changed.map(({ name, change, reason, earlier: was, later: is }) => [
      change,
      shortName(name),
      verdictWords(was, is),
      `${effect(was)} → ${effect(is)}`,
      printable(reason),
    ]),
    ...added.map(({ name, verdict, reason }) => [
      'added',
      shortName(name),
      verdict,
      '',
      printable(reason),
    ]),
    ...removed.map(({ name, verdict }) => ['removed', shortName(name), verdict, '', '']),
  ];
  return [
    `${titleOf(earlier)} → ${titleOf(later)}`,
    ...notes.map((note) => `Note: ${printable(note)}`),
    ...options.map((change) => `Option changed: ${optionWords(change)}`),
    printable(headline),
    ...(rows.length > 1 ? ['', ...alignedLines(rows)] : []),
  ]
    .map((line) => cutTo(line, width))
    .join('\n')
    .concat('\n');
}

/** `limit of "age" 0.1, now 0.2`, with what verdicts depend on marked. */
export function optionWords({ option, of, earlier, later, judges }: OptionChange): string {
  const name = of === null ? option : `${option} of "${printable(of)}"`;
  const change = `${printable(earlier ?? 'none')}, now ${printable(later ?? 'none')}`;
  return `${name} ${change}${judges ? ' (verdicts depend on it)' : ''}`;
}

/** `0.31 (0.28 to 0.34)`, in percent where it is a share. */
export function effect({ effect }: ColumnState): string {
  if (effect === null || effect.measure === 'type-change') return '-';
  const [low, high] = effect.interval.map((end) => effectSize(effect, end));
  return `${effectSize(effect, effect.value)} (${low} to ${high})`;
}

/** `stable → drifted`, or one of them where nothing changed. */
export function verdictWords(earlier: ColumnState, later: ColumnState): string {
  return earlier.verdict === later.verdict
    ? later.verdict
    : `${earlier.verdict} → ${later.verdict}`;
}

function titleOf({ title, createdAt }: DiffedReport): string {
  return `${printable(title)} (${printable(createdAt.slice(0, 10))})`;
}
