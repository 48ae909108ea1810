/** What was counted, as Markdown. */

import { bars, errorAt } from './bars.js';
import { type Counts, coverageOf, isFarFromNoise } from './cells.js';
import type { Sizes } from './columns.js';
import {
  coverageSizes,
  type Effort,
  movedColumns,
  multiples,
  powerSizes,
  sameColumns,
  sameSizes,
} from './plan.js';
import { cellName, families, type Tally } from './tasks.js';

export function calibrationTables(tally: Tally, seed: number, effort: Effort): string {
  return [
    introduction(seed, effort),
    '### Without drift',
    sameSummary(tally),
    ...sameSizes.map((sizes) => sameTable(tally, sizes)),
    '### With drift',
    powerTable(tally),
    '### Coverage of the 95 % intervals',
    coverageTable(tally),
    '### Bars',
    barTable(tally),
  ].join('\n\n');
}

function introduction(seed: number, effort: Effort): string {
  const { reportCount, largeReportCount, intervalCount, largeIntervalCount } = effort;
  const further =
    effort.stageCount > 0
      ? ` Cells that clear a bar by less than one standard error get ${effort.furtherReportCount} (${effort.largeFurtherReportCount}) more reports, or ${effort.furtherIntervalCount} (${effort.largeFurtherIntervalCount}) more intervals; those that then miss it by less than two get as many again, up to ${effort.stageCount - 1} times.`
      : '';
  return `Seed ${seed}. Without drift: ${reportCount} reports of ${sameColumns.length} columns for each pair of sizes (${largeReportCount} where both sides have 40 000 rows or more). With drift: ${Math.ceil(reportCount / 4)} reports (${Math.ceil(largeReportCount / 4)}) of 20 columns, 10 of which drift. Coverage: ${intervalCount} intervals for each cell (${largeIntervalCount}).${further} All shares in percent; in brackets the 95 % interval (Wilson) of the simulation itself.`;
}

const rules = ['drifted', 'stable', 'inconclusive', 'evidently', 'plain', 'corrected'] as const;
const ruleHeads = [
  'drifted',
  'stable',
  'inconclusive',
  'Evidently: drift',
  'p ≤ 0.05',
  'p ≤ 0.05, corrected',
];

function sameSummary(tally: Tally): string {
  const rows = sameSizes.map((sizes) => {
    const cells = sameColumns.map((family) => counted(tally, cellName('same', sizes, family, 0)));
    const sum: Counts = {};
    for (const cell of cells)
      for (const [name, count] of Object.entries(cell)) sum[name] = (sum[name] ?? 0) + count;
    return [sizesName(sizes), ...rules.map((rule) => share(sum, rule))];
  });
  return table(['reference v current', ...ruleHeads], rows);
}

function sameTable(tally: Tally, sizes: Sizes): string {
  const rows = sameColumns.map((family) => {
    const cell = counted(tally, cellName('same', sizes, family, 0));
    return [sameName(family), ...rules.map((rule) => share(cell, rule))];
  });
  return table([`${sizesName(sizes)} rows`, ...ruleHeads], rows);
}

/** Without what would drift if it did. */
function sameName(family: string): string {
  return family.replace(/, (location|spread)$/, '');
}

function powerTable(tally: Tally): string {
  const rows = movedColumns.flat().flatMap((family) =>
    multiples.map((multiple) => [
      family,
      `${multiple} ×`,
      ...powerSizes.map((sizes) => {
        const cell = counted(tally, cellName('mixed', sizes, family, multiple));
        return ['drifted', 'corrected', 'evidently'].map((rule) => percent(cell, rule)).join(' / ');
      }),
    ]),
  );
  return [
    'Share called drifted, with an effect of so many times the limit: by Driftglass / by corrected p ≤ 0.05 alone / by Evidently.',
    table(['what drifts', 'effect', ...powerSizes.map(sizesName)], rows),
    `Of the columns that do not drift, in the same reports, ${driftedAmongStill(tally)} are called drifted.`,
  ].join('\n\n');
}

function driftedAmongStill(tally: Tally): string {
  const sum: Counts = {};
  for (const [name, cell] of Object.entries(tally)) {
    if (!name.startsWith('mixed') || !name.endsWith('| 0')) continue;
    for (const rule of ['count', 'drifted']) sum[rule] = (sum[rule] ?? 0) + (cell[rule] ?? 0);
  }
  return `${share(sum, 'drifted')} percent`;
}

function coverageTable(tally: Tally): string {
  const rows = families.flatMap(({ name }) =>
    [0, ...multiples].map((multiple) => [
      name,
      `${multiple} ×`,
      ...coverageSizes.map((sizes) => {
        const at = cellName('coverage', sizes, name, multiple);
        const cell = counted(tally, at);
        return `${coverageOf(cell).toFixed(1)}${isFarFromNoise(at, cell) ? '*' : ''}`;
      }),
    ]),
  );
  return [
    'Share of intervals that hold the true effect. With a star: the effect is at least twice the noise floor, and every category expects 5 rows on both sides.',
    table(['column', 'effect', ...coverageSizes.map(sizesName)], rows),
  ].join('\n\n');
}

const mostNamed = 8;

/** Each bar, and the cells that miss it by more than two standard errors of the simulation. */
function barTable(tally: Tally): string {
  const rows = bars.map((bar) => {
    const cells = Object.entries(tally).filter(([name, cell]) => bar.covers(name, cell));
    const missed = cells
      .map(([name, cell]) => ({ name, margin: bar.margin(cell), error: errorAt(bar, cell) }))
      .filter(({ margin }) => margin < 0)
      .sort((a, b) => a.margin - b.margin);
    const clearly = missed.filter(({ margin, error }) => margin < -2 * error);
    const named = missed
      .slice(0, mostNamed)
      .map(({ name, margin }) => `${cellWords(name)} (${margin.toFixed(1)})`);
    if (missed.length > mostNamed) named.push(`${missed.length - mostNamed} more`);
    return [
      bar.words,
      ...[cells, missed, clearly].map(({ length }) => String(length)),
      named.join('; '),
    ];
  });
  return table(
    ['bar', 'cells', 'missed in', 'by more than 2 standard errors', 'which (points)'],
    rows,
  );
}

function cellWords(name: string): string {
  const [, sizes = '', family = '', multiple = ''] = name.split(' | ');
  const [reference = '', current = ''] = sizes.split(' v ');
  return `${family}, ${multiple} ×, ${grouped(Number(reference))} v ${grouped(Number(current))}`;
}

function counted(tally: Tally, name: string): Counts {
  const cell = tally[name];
  if (!cell) throw new RangeError(`nothing was counted for ${name}`);
  return cell;
}

function share(cell: Counts, rule: string): string {
  const [lower, upper] = wilson(cell[rule] ?? 0, cell.count ?? 0);
  return `${percent(cell, rule)} (${(100 * lower).toFixed(1)}-${(100 * upper).toFixed(1)})`;
}

function percent(cell: Counts, rule: string): string {
  return ((100 * (cell[rule] ?? 0)) / (cell.count ?? 0)).toFixed(1);
}

function wilson(hits: number, count: number): [number, number] {
  const z = 1.959963984540054;
  const p = hits / count;
  const center = p + (z * z) / (2 * count);
  const reach = z * Math.sqrt((p * (1 - p)) / count + (z / (2 * count)) ** 2);
  const scale = 1 + (z * z) / count;
  return [Math.max(0, (center - reach) / scale), Math.min(1, (center + reach) / scale)];
}

function sizesName({ reference, current }: Sizes): string {
  return `${grouped(reference)} v ${grouped(current)}`;
}

function grouped(count: number): string {
  return String(count).replace(/(\d)(?=(\d{3})+$)/g, '$1 ');
}

function table(heads: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
