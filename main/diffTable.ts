import type { ColumnState, DiffedReport, OptionChange, ReportDiff } from '../core/index.js';
import { printable } from './summaryTable.js';

const longestName = 32;

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
      short(name),
      was.verdict === is.verdict ? is.verdict : `${was.verdict} → ${is.verdict}`,
      `${effect(was)} → ${effect(is)}`,
      printable(reason),
    ]),
    ...added.map(({ name, verdict, reason }) => [
      'added',
      short(name),
      verdict,
      '',
      printable(reason),
    ]),
    ...removed.map(({ name, verdict }) => ['removed', short(name), verdict, '', '']),
  ];
  const widths = [0, 1, 2, 3].map((i) => Math.max(...rows.map((cells) => cells[i]?.length ?? 0)));
  const lines = rows.map((cells) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [
    `${titleOf(earlier)} → ${titleOf(later)}`,
    ...notes.map((note) => `Note: ${printable(note)}`),
    ...options.map((change) => `Option changed: ${optionWords(change)}`),
    printable(headline),
    ...(rows.length > 1 ? ['', ...lines] : []),
  ]
    .map((line) => (width !== null && line.length > width ? `${line.slice(0, width - 1)}…` : line))
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
  const isShare = effect.measure.endsWith('share') || effect.measure.startsWith('missing');
  const size = (value: number) =>
    isShare ? `${(value * 100).toFixed(1)} %` : String(Number(value.toPrecision(2)));
  const [low, high] = effect.interval;
  return `${size(effect.value)} (${size(low)} to ${size(high)})`;
}

function titleOf({ title, createdAt }: DiffedReport): string {
  return `${printable(title)} (${printable(createdAt.slice(0, 10))})`;
}

function short(name: string): string {
  const shown = printable(name);
  return shown.length > longestName ? `${shown.slice(0, longestName - 1)}…` : shown;
}
