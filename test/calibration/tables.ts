/** What was counted, as Markdown. */

import { type Counts, coverageOf, isFarFromNoise } from './cells.js';
import type { Sizes } from './columns.js';
import {
  coverageSizes,
  type Effort,
  movedColumns,
  multiples,
  nearness,
  powerSizes,
  sameColumns,
  sameSizes,
} from './plan.js';
import { cellName, families, type Tally } from './tasks.js';

export function calibrationTables(tally: Tally, seed: number, effort: Effort): string {
  return [
    `Seed ${seed}. Without drift: ${effort.reportCount} reports of ${sameColumns.length} columns for each pair of sizes (${effort.largeReportCount} where both sides have 40 000 rows or more). With drift: ${Math.ceil(effort.reportCount / 4)} reports (${Math.ceil(effort.largeReportCount / 4)}) of 20 columns, 10 of which drift. Coverage: ${effort.intervalCount} intervals for each cell (${effort.largeIntervalCount}), and ${effort.furtherCount} (${effort.largeFurtherCount}) more where the first ones end within ${nearness} points of a bar. All shares in percent; in brackets the 95 % interval (Wilson) of the simulation itself.`,
    '### Without drift',
    sameSummary(tally),
    ...sameSizes.map((sizes) => sameTable(tally, sizes)),
    '### With drift',
    powerTable(tally),
    '### Coverage of the 95 % intervals',
    coverageTable(tally),
    '### Bars',
    bars(tally),
  ].join('\n\n');
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
function bars(tally: Tally): string {
  const all = Object.entries(tally);
  const same = all.filter(([name]) => name.startsWith('same'));
  const isLarge = (name: string) => /\| (\d{5,}) v (\d{5,}) \|/.test(name);
  const moved = all.filter(([name]) => /^mixed.*\| [24]$/.test(name));
  const covered = all.filter(([name]) => name.startsWith('coverage'));
  const far = covered.filter(([name, cell]) => isFarFromNoise(name, cell));
  const rate = (cell: Counts, rule: string) => (100 * (cell[rule] ?? 0)) / (cell.count ?? 0);
  const error = (cell: Counts, value: number) =>
    100 * Math.sqrt(((value / 100) * (1 - value / 100)) / (cell.count ?? 0));
  const rows = (
    [
      ['no drift: at most 5 % drifted', same, (cell) => 5 - rate(cell, 'drifted'), 5],
      [
        'no drift, 40 000 rows and more: at least 90 % stable',
        same.filter(([name]) => isLarge(name)),
        (cell) => rate(cell, 'stable') - 90,
        90,
      ],
      ['coverage: at least 93 %', covered, (cell) => coverageOf(cell) - 93, 93],
      ['coverage with a star: at most 97 %', far, (cell) => 97 - coverageOf(cell), 97],
      [
        'effect of 2 limits and more: drifted at least as often as by corrected p, less 5 points',
        moved,
        (cell) => rate(cell, 'drifted') - rate(cell, 'corrected') + 5,
        50,
      ],
    ] satisfies [string, [string, Counts][], (cell: Counts) => number, number][]
  ).map(([bar, cells, margin, at]) => {
    const missed = cells.filter(([, cell]) => margin(cell) < 0);
    const clearly = missed.filter(([, cell]) => margin(cell) < -2 * error(cell, at));
    const worst = missed.sort((a, b) => margin(a[1]) - margin(b[1])).slice(0, mostNamed);
    const named = worst.map(([name, cell]) => `${cellWords(name)} (${margin(cell).toFixed(1)})`);
    if (missed.length > mostNamed) named.push(`${missed.length - mostNamed} more`);
    return [
      bar,
      String(cells.length),
      String(missed.length),
      String(clearly.length),
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
