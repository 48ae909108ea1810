import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Figures } from './figures.js';

/** Two files, how often they are measured, and what is promised of them. */
export interface PairPlan {
  name: string;
  rowCount: number;
  columnCount: number;
  extension: 'csv' | 'parquet';
  /** Room that both files take. */
  sizeBytes: number;
  runCount: number;
  /** Memory for the data engine, where it is not left to itself. */
  memoryBytes: number | null;
  bars: Bar[];
}

export interface Bar {
  what: string;
  limit: number;
  unit: 's' | 'ms' | 'MB' | '×' | 'requests' | 'frames/s';
  /** The limit is what must at least be reached. */
  isLeast?: true;
  of: (figures: Figures) => number | null;
}

const wall = (limit: number): Bar => ({
  what: 'wall time, whole process',
  limit,
  unit: 's',
  of: ({ comparison }) => comparison?.wallSeconds ?? null,
});
const ratio = (limit: number): Bar => ({
  what: 'wall time ÷ bare scan',
  limit,
  unit: '×',
  of: ({ comparison, scan }) => comparison && comparison.wallSeconds / scan.wallSeconds,
});
const peak = (limit: number): Bar => ({
  what: 'peak memory',
  limit,
  unit: 'MB',
  of: ({ comparison }) => comparison && comparison.peakBytes / 1e6,
});
const inMegabytes = (bytes: number | null | undefined) => (bytes ? bytes / 1e6 : null);
const list: Bar[] = [
  {
    what: 'frames while scrolling',
    limit: 50,
    unit: 'frames/s',
    isLeast: true,
    of: (figures) => figures.page?.list.framesPerSecond ?? null,
  },
  {
    what: 'search, one key',
    limit: 16.7,
    unit: 'ms',
    of: (figures) => figures.page?.list.searchMs ?? null,
  },
  {
    what: 'memory of the page',
    limit: 300,
    unit: 'MB',
    of: (figures) => inMegabytes(figures.page?.list.renderer?.ownBytes),
  },
];
const page = (limit: number, interactiveSeconds = 1): Bar[] => [
  { what: 'HTML', limit, unit: 'MB', of: ({ htmlBytes }) => htmlBytes && htmlBytes / 1e6 },
  {
    what: 'interactive',
    limit: interactiveSeconds,
    unit: 's',
    of: (figures) => figures.page?.interactiveSeconds ?? null,
  },
  {
    what: 'requests',
    limit: 0,
    unit: 'requests',
    of: (figures) => figures.page?.requestCount ?? null,
  },
];

const plans: PairPlan[] = [
  {
    name: 'S',
    rowCount: 10_000,
    columnCount: 20,
    extension: 'csv',
    sizeBytes: 6e6,
    runCount: 5,
    memoryBytes: null,
    bars: [wall(1), ...page(1.2)],
  },
  {
    name: 'M',
    rowCount: 1_000_000,
    columnCount: 20,
    extension: 'csv',
    sizeBytes: 6e8,
    runCount: 3,
    memoryBytes: null,
    bars: [ratio(3), peak(800), ...page(1.2)],
  },
  {
    name: 'L',
    rowCount: 10_000_000,
    columnCount: 20,
    extension: 'parquet',
    sizeBytes: 2.4e9,
    runCount: 1,
    memoryBytes: null,
    bars: [ratio(6), peak(1500), ...page(1.2)],
  },
  {
    name: 'wide',
    rowCount: 10_000,
    columnCount: 1000,
    extension: 'csv',
    sizeBytes: 1.5e8,
    runCount: 3,
    memoryBytes: null,
    bars: [wall(5), ...page(5, 2), ...list],
  },
  {
    name: 'XL',
    rowCount: 100_000_000,
    columnCount: 4,
    extension: 'parquet',
    sizeBytes: 2.3e9,
    runCount: 1,
    memoryBytes: 1.5e9,
    bars: [peak(2000)],
  },
];

/** The pairs of these names, or those that are measured when none is asked for. */
export function choosePairs(names: readonly string[]): PairPlan[] {
  const asked = names.length > 0 ? names : ['S', 'M', 'L', 'wide'];
  return asked.map((name) => {
    const plan = plans.find((other) => other.name === name);
    if (!plan) {
      const known = plans.map((other) => other.name).join(', ');
      throw new RangeError(`bench knows ${known} (got ${name})`);
    }
    return plan;
  });
}

/** For tables: `10 000 × 20 CSV`. */
export function shapeOf({ rowCount, columnCount, extension }: PairPlan): string {
  const grouped = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
  return `${grouped(rowCount)} × ${grouped(columnCount)} ${extension === 'csv' ? 'CSV' : 'Parquet'}`;
}

export function filesOf({ name, extension }: PairPlan, folder: string): [string, string] {
  return [join(folder, `${name}_ref.${extension}`), join(folder, `${name}_cur.${extension}`)];
}

export function isMade(plan: PairPlan, folder: string): boolean {
  return filesOf(plan, folder).every((file) => existsSync(file));
}
