import { undecidedCells } from './bars.js';
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
  /** So many times those cells of which it is open on which side of a bar they lie get more. */
  stageCount: number;
  furtherReportCount: number;
  largeFurtherReportCount: number;
  furtherIntervalCount: number;
  largeFurtherIntervalCount: number;
}

export const quick: Effort = {
  reportCount: 40,
  largeReportCount: 10,
  intervalCount: 60,
  largeIntervalCount: 20,
  stageCount: 0,
  furtherReportCount: 0,
  largeFurtherReportCount: 0,
  furtherIntervalCount: 0,
  largeFurtherIntervalCount: 0,
};

export const full: Effort = {
  reportCount: 160,
  largeReportCount: 32,
  intervalCount: 500,
  largeIntervalCount: 100,
  stageCount: 3,
  furtherReportCount: 120,
  largeFurtherReportCount: 32,
  furtherIntervalCount: 1000,
  largeFurtherIntervalCount: 300,
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

function reportTasks(effort: Effort): ReportTask[] {
  return reportGroups().flatMap((group) => {
    const count = isLarge(group.sizes) ? effort.largeReportCount : effort.reportCount;
    return parts(group, 0, group.group === 'same' ? count : Math.ceil(count / 4));
  });
}

type ReportGroup = Pick<ReportTask, 'type' | 'group' | 'sizes' | 'columns'>;

function reportGroups(): ReportGroup[] {
  const same = sameColumns.map((family) => ({ family, multiple: 0 }));
  const mixed = multiples.flatMap((multiple) =>
    movedColumns.map((moved) => [
      ...moved.map((family) => ({ family, multiple })),
      ...stillColumns.map((family) => ({ family, multiple: 0 })),
    ]),
  );
  const type = 'reports';
  return [
    ...sameSizes.map((sizes): ReportGroup => ({ type, group: 'same', sizes, columns: same })),
    ...powerSizes.flatMap((sizes) =>
      mixed.map((columns): ReportGroup => ({ type, group: 'mixed', sizes, columns })),
    ),
  ];
}

function parts(group: ReportGroup, stage: number, count: number): ReportTask[] {
  const partSize = 10;
  return Array.from({ length: Math.ceil(count / partSize) }, (_, part) => ({
    ...group,
    repetitionCount: Math.min(partSize, count - part * partSize),
    ...{ stage, part },
  }));
}

function coverageTasks(effort: Effort): CoverageTask[] {
  return coverageSizes.flatMap((sizes) =>
    families.flatMap(({ name }) =>
      [0, ...multiples].map((multiple) => ({
        type: 'coverage' as const,
        stage: 0,
        ...{ sizes, family: name, multiple },
        repetitionCount: isLarge(sizes) ? effort.largeIntervalCount : effort.intervalCount,
      })),
    ),
  );
}

/** More repetitions of the cells that are still undecided. */
export function furtherTasks(tally: Tally, effort: Effort, stage: number): Task[] {
  const undecided = undecidedCells(tally, stage);
  const reports = reportGroups()
    .filter(({ group, sizes, columns }) =>
      columns.some(({ family, multiple }) =>
        undecided.has(cellName(group, sizes, family, multiple)),
      ),
    )
    .flatMap((group) =>
      parts(
        group,
        stage,
        isLarge(group.sizes) ? effort.largeFurtherReportCount : effort.furtherReportCount,
      ),
    );
  const intervals = coverageTasks(effort)
    .filter(({ sizes, family, multiple }) =>
      undecided.has(cellName('coverage', sizes, family, multiple)),
    )
    .map((task) => ({
      ...task,
      stage,
      repetitionCount: isLarge(task.sizes)
        ? effort.largeFurtherIntervalCount
        : effort.furtherIntervalCount,
    }));
  return [...reports, ...intervals].sort((a, b) => costOf(b) - costOf(a));
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
