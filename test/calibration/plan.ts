import { type Counts, coverageOf, isFarFromNoise } from './cells.js';
import type { Sizes } from './columns.js';
import { levelFamilies, numberFamilies } from './families.js';
import {
  type CoverageTask,
  cellName,
  families,
  type ReportTask,
  type Tally,
  type Task,
} from './tasks.js';

/** How often to repeat, which decides how long it takes. */
export interface Effort {
  /** Reports for each pair of sizes, and for the largest ones. */
  reportCount: number;
  largeReportCount: number;
  /** Intervals for each cell of coverage, and where both sides are large. */
  intervalCount: number;
  largeIntervalCount: number;
  /** More of them, where the first ones end near a bar. */
  furtherCount: number;
  largeFurtherCount: number;
}

export const quick: Effort = {
  reportCount: 40,
  largeReportCount: 10,
  intervalCount: 60,
  largeIntervalCount: 20,
  furtherCount: 0,
  largeFurtherCount: 0,
};

export const full: Effort = {
  reportCount: 160,
  largeReportCount: 32,
  intervalCount: 500,
  largeIntervalCount: 100,
  furtherCount: 1000,
  largeFurtherCount: 200,
};

export const sameSizes = [
  [100, 5000],
  [5000, 100],
  [1000, 1000],
  [1000, 5000],
  [5000, 1000],
  [40_000, 40_000],
  [100_000, 100_000],
].map(asSizes);

export const powerSizes = [
  [100, 5000],
  [5000, 100],
  [1000, 1000],
  [5000, 1000],
  [40_000, 40_000],
].map(asSizes);

export const coverageSizes = [
  [200, 200],
  [1000, 1000],
  [1000, 5000],
  [5000, 1000],
  [40_000, 40_000],
].map(asSizes);

/** Of the limit. */
export const multiples = [0.5, 1, 2, 4];

/** One column of each kind in a report without drift. */
export const sameColumns = [
  'normal, location',
  'lognormal, location',
  'Cauchy, location',
  'zero-inflated, location',
  'nine in ten zero',
  'integers (Poisson 3)',
  'ordinal 0-4',
  'rounded normal',
  ...levelFamilies.map(({ name }) => name),
  '10 % missing',
  'new category',
  'values out of range',
];

/** A report in which half of the columns drift. */
const stillColumns = [
  'normal, location',
  'lognormal, location',
  'Cauchy, location',
  'zero-inflated, location',
  'integers (Poisson 3)',
  '2 categories, even',
  '10 categories, Zipf',
  '50 categories, Zipf',
  '500 categories, Zipf',
  'boolean, 1 % true',
];

export const movedColumns = [
  [
    'normal, location',
    'normal, spread',
    'lognormal, location',
    'Cauchy, location',
    'integers (Poisson 3)',
    'zero-inflated, location',
    '2 categories, even',
    '10 categories, Zipf',
    '50 categories, even',
    '10 % missing',
  ],
  [
    'normal, tail',
    'lognormal, spread',
    'Cauchy, spread',
    'zero-inflated, zeros',
    'ordinal 0-4',
    'rounded normal',
    '10 categories, even',
    '50 categories, Zipf',
    'new category',
    'values out of range',
  ],
];

/** The longest tasks come first, so that both processors end at about the same time. */
export function plan(effort: Effort): Task[] {
  return [...reportTasks(effort), ...coverageTasks(effort)].sort((a, b) => costOf(b) - costOf(a));
}

function reportTasks(effort: Effort): Task[] {
  const same = sameColumns.map((family) => ({ family, multiple: 0 }));
  const mixed = multiples.flatMap((multiple) =>
    movedColumns.map((moved) => [
      ...moved.map((family) => ({ family, multiple })),
      ...stillColumns.map((family) => ({ family, multiple: 0 })),
    ]),
  );
  return [
    ...sameSizes.flatMap((sizes) => parts('same', sizes, same, reportCount(sizes, effort))),
    ...powerSizes.flatMap((sizes) =>
      mixed.flatMap((columns) =>
        parts('mixed', sizes, columns, Math.ceil(reportCount(sizes, effort) / 4)),
      ),
    ),
  ];
}

function parts(
  group: ReportTask['group'],
  sizes: Sizes,
  columns: ReportTask['columns'],
  count: number,
): Task[] {
  const partSize = 10;
  return Array.from({ length: Math.ceil(count / partSize) }, (_, part) => ({
    type: 'reports',
    group,
    sizes,
    columns,
    repetitionCount: Math.min(partSize, count - part * partSize),
    part,
  }));
}

function reportCount(sizes: Sizes, effort: Effort): number {
  return isLarge(sizes) ? effort.largeReportCount : effort.reportCount;
}

function coverageTasks(effort: Effort): CoverageTask[] {
  return coverageSizes.flatMap((sizes) =>
    families.flatMap(({ name }) =>
      [0, ...multiples].map((multiple) => ({
        type: 'coverage' as const,
        stage: 'first' as const,
        ...{ sizes, family: name, multiple },
        repetitionCount: isLarge(sizes) ? effort.largeIntervalCount : effort.intervalCount,
      })),
    ),
  );
}

/** Points of coverage around a bar within which more intervals are asked for. */
export const nearness = 1;

export function furtherTasks(tally: Tally, effort: Effort): Task[] {
  if (effort.furtherCount === 0) return [];
  return coverageTasks(effort).flatMap((task) => {
    const name = cellName('coverage', task.sizes, task.family, task.multiple);
    const cell = tally[name];
    if (!cell || !isNearBar(name, cell)) return [];
    const repetitionCount = isLarge(task.sizes) ? effort.largeFurtherCount : effort.furtherCount;
    return [{ ...task, stage: 'further' as const, repetitionCount }];
  });
}

function isNearBar(name: string, cell: Counts): boolean {
  const coverage = coverageOf(cell);
  const isNear = (bar: number) => Math.abs(coverage - bar) <= nearness;
  return isNear(93) || coverage < 93 || (isFarFromNoise(name, cell) && coverage > 97 - nearness);
}

function isLarge({ reference, current }: Sizes): boolean {
  return Math.min(reference, current) >= 40_000;
}

/** About, in milliseconds. */
function costOf(task: Task): number {
  const rows = task.sizes.reference + task.sizes.current;
  const columnCount = task.type === 'reports' ? task.columns.length : 1;
  const isNumeric =
    task.type === 'reports' || numberFamilies.some(({ name }) => name === task.family);
  return task.repetitionCount * columnCount * (isNumeric ? 10 + rows / 2000 : 1);
}

function asSizes([reference, current]: number[]): Sizes {
  return { reference: reference as number, current: current as number };
}
