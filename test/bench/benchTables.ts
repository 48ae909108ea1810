import type { Figures } from './figures.js';
import { type Bar, type PairPlan, shapeOf } from './pairs.js';

export interface Measured {
  plan: PairPlan;
  figures: Figures;
}

/** Where, when and how the figures were taken. */
export interface Setting {
  date: string;
  processors: string;
  memoryBytes: number;
  nodeVersion: string;
  /** The system's load over the last minute, before the first run. */
  load: number;
  commands: string[];
}

/** The figures as Markdown tables, which read well in a terminal too. */
export function benchTables(measured: readonly Measured[], setting: Setting): string {
  const { date, processors, memoryBytes, nodeVersion, load, commands } = setting;
  const machine = `${processors}, ${(memoryBytes / 1e9).toFixed(0)} GB of memory, Node.js ${nodeVersion}`;
  const failures = measured.flatMap(({ plan, figures: { failure } }) =>
    failure === null ? [] : [`${plan.name} failed: ${failure.replaceAll(/\s+/g, ' ')}`],
  );
  return [
    `Measured on ${date}: ${machine}; load before the first run ${load.toFixed(1)}.`,
    commands.map((command) => `    ${command}`).join('\n'),
    table(costHeader, measured.map(costRow)),
    table(stageHeader, measured.map(stageRow)),
    table(listHeader, measured.map(listRow)),
    table(barHeader, measured.flatMap(barRows)),
    ...failures,
  ].join('\n\n');
}

const begin = '<!-- bench: begin -->';
const end = '<!-- bench: end -->';

/** The page with these tables between its two markers, in place of what stands there. */
export function withTables(text: string, tables: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new RangeError(`the page lacks the lines ${begin} and ${end}`);
  return `${text.slice(0, from + begin.length)}\n\n${tables}\n\n${text.slice(to)}`;
}

const costHeader = [
  'pair',
  'rows × columns',
  'runs',
  'scan s',
  'its query s',
  'scan MB',
  'wall s',
  'CPU s',
  'peak MB',
  '÷ scan',
];

function costRow({ plan, figures: { scan, comparison } }: Measured): string[] {
  return [
    plan.name,
    shapeOf(plan),
    String(plan.runCount),
    scan.wallSeconds.toFixed(2),
    scan.querySeconds.toFixed(2),
    (scan.peakBytes / 1e6).toFixed(0),
    shown(comparison?.wallSeconds, 2),
    shown(comparison?.cpuSeconds, 2),
    shown(comparison && comparison.peakBytes / 1e6, 0),
    shown(comparison && comparison.wallSeconds / scan.wallSeconds, 2),
  ];
}

const stageHeader = [
  'pair',
  'start s',
  'reference read s',
  'current read s',
  'measure s',
  'render s',
  'close s',
  'HTML MB',
  'interactive s',
  'requests',
];

function stageRow({ plan, figures: { stages, htmlBytes, page } }: Measured): string[] {
  return [
    plan.name,
    shown(stages?.start, 2),
    shown(stages?.reference, 2),
    shown(stages?.current, 2),
    shown(stages?.measure, 2),
    shown(stages?.render, 2),
    shown(stages?.close, 2),
    shown(htmlBytes && htmlBytes / 1e6, 2),
    shown(page?.interactiveSeconds, 2),
    shown(page?.requestCount, 0),
  ];
}

const listHeader = ['pair', 'columns', 'frames/s', 'search ms', 'heap MB', 'own MB', 'whole MB'];

function listRow({ plan, figures: { page } }: Measured): string[] {
  const list = page?.list;
  return [
    plan.name,
    String(plan.columnCount),
    shown(list?.framesPerSecond, 0),
    shown(list?.searchMs, 1),
    shown(list && list.heapBytes / 1e6, 0),
    shown(list?.renderer && list.renderer.ownBytes / 1e6, 0),
    shown(list?.renderer && list.renderer.wholeBytes / 1e6, 0),
  ];
}

const barHeader = ['pair', 'what', 'bar', 'measured', 'holds'];

function barRows({ plan, figures }: Measured): string[][] {
  return plan.bars.map((bar) => {
    const value = bar.of(figures);
    return [
      plan.name,
      bar.what,
      `${bar.isLeast ? '≥' : '≤'} ${withUnit(bar.limit, bar)}`,
      value === null ? '-' : withUnit(value, bar),
      verdict(value, bar, figures),
    ];
  });
}

function verdict(value: number | null, { limit, isLeast }: Bar, { failure }: Figures): string {
  if (value === null) return failure === null ? 'not measured' : '**no**';
  return (isLeast ? value >= limit : value <= limit) ? 'yes' : '**no**';
}

function withUnit(value: number, { unit }: Bar): string {
  if (unit === 'requests') return String(value);
  return `${Number.isInteger(value) ? value : value.toFixed(unit === 'MB' && value > 100 ? 0 : 2)} ${unit}`;
}

function shown(value: number | null | undefined, digits: number): string {
  return value === null || value === undefined ? '-' : value.toFixed(digits);
}

/** Padded, so that it is a table before it is rendered, too. */
function table(header: string[], rows: string[][]): string {
  const widths = header.map((cell, index) =>
    Math.max(cell.length, ...rows.map((row) => (row[index] ?? '').length)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  return [
    line(header),
    `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`,
    ...rows.map(line),
  ].join('\n');
}
