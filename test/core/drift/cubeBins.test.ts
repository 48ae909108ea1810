import { describe, expect, test } from 'vitest';
import type { Charts, Finding } from '../../../core/contract.js';
import { mostCubeBins } from '../../../core/cubeTables.js';
import { cubeBins } from '../../../core/drift/cubeBins.js';
import { draws, judgedColumn } from './judged.js';

const rowCount = 5000;

async function edgesOf(reference: number[], current: number[] = reference): Promise<number[]> {
  return cubeBins(await judgedColumn(reference, current))?.binEdges ?? [];
}

/** The largest share of the values in one bin. */
function largestShare(values: number[], edges: number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) {
    const bin = edges.filter((edge) => edge <= value).length;
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  return Math.max(...counts.values()) / values.length;
}

describe('numbers', () => {
  test('even bins stand on round numbers', async () => {
    const ages = draws(1, rowCount, (random) => 18 + random.integer(60));
    expect(await edgesOf(ages)).toEqual([24, 30, 36, 42, 48, 54, 60, 66, 72]);
  });

  test('few whole numbers have a bin each', async () => {
    const dice = draws(2, rowCount, (random) => 1 + random.integer(6));
    expect(await edgesOf(dice)).toEqual([1.5, 2.5, 3.5, 4.5, 5.5]);
  });

  test.each([
    ['long tails', draws(3, rowCount, (random) => Math.exp(3 * random.normal()))],
    ['many zeros', draws(4, rowCount, (r) => (r.integer(10) < 4 ? 0 : Math.exp(2 * r.normal())))],
    ['a change of unit', draws(5, rowCount, (r) => (r.integer(2) ? 1 : 1000) * (50 + r.normal()))],
    ['tiny numbers', draws(6, rowCount, (random) => 1e-300 * random.normal())],
    ['huge numbers', draws(7, rowCount, (random) => 1e307 * random.normal())],
  ])('%s: no bin holds nearly everything, and there are few', async (_, values) => {
    const edges = await edgesOf(values);
    expect(edges).toEqual([...new Set(edges)].sort((a, b) => a - b));
    expect(edges.length + 2).toBeLessThanOrEqual(mostCubeBins);
    expect(edges.length).toBeGreaterThanOrEqual(4);
    expect(largestShare(values, edges)).toBeLessThan(0.5);
  });

  test('a value that most rows have is parted from the others', async () => {
    const edges = await edgesOf(
      draws(8, rowCount, (r) => (r.integer(10) < 8 ? 0 : 1 + r.integer(50))),
    );
    expect(edges[0]).toBe(1);
    expect(edges.length).toBeGreaterThan(1);
  });

  test('one value alone has one bin', async () => {
    expect(await edgesOf([7, 7, 7])).toHaveLength(0);
  });
});

test('times are cut at the beginnings of months, days or hours', () => {
  const day = 86_400_000;
  const edges = (start: string, end: string) => {
    const [low, high] = [Date.parse(start), Date.parse(end)];
    const values = Array.from({ length: 41 }, (_, i) => low + (i * (high - low)) / 40);
    const share = values.map((_, i) => i / 40);
    const charts: Charts = {
      histogram: {
        binEdges: values,
        referenceCounts: new Array(40).fill(1),
        currentCounts: new Array(40).fill(1),
        below: { reference: 0, current: 0 },
        above: { reference: 0, current: 0 },
      },
      ecdf: { values, reference: share, current: share },
    };
    const finding = { name: 't', kind: 'datetime', verdict: 'stable', charts } as Finding;
    return (cubeBins(finding)?.binEdges ?? []).map((edge) => new Date(edge).toISOString());
  };
  expect(edges('2025-01-10', '2025-12-20')[0]).toBe('2025-03-01T00:00:00.000Z');
  expect(edges('2025-01-01', '2025-01-08')[0]).toBe('2025-01-02T00:00:00.000Z');
  expect(edges('2025-01-01T00:00', '2025-01-01T10:00')[0]).toBe('2025-01-01T01:00:00.000Z');
  expect(edges('0020-01-01', '0420-01-01').at(-1)).toBe('0400-01-01T00:00:00.000Z');
  const weeks = edges('2025-01-01', '2025-03-12').map((edge) => new Date(edge).getUTCDay());
  expect(new Set(weeks)).toEqual(new Set([1]));
  expect(Date.parse('2025-01-06') % day).toBe(0);
});

test('of many levels the largest of either side are kept, in the chart’s order', () => {
  const level = (value: string, referenceCount: number, currentCount: number) => ({
    value,
    referenceCount,
    currentCount,
  });
  const levels = [
    ...Array.from({ length: 14 }, (_, i) => level(`level ${i}`, 100 - i, 1)),
    level('new', 0, 500),
  ];
  const categories = {
    levels,
    other: { levelCount: 0, referenceCount: 0, currentCount: 0 },
    newCount: 1,
    vanishedCount: 0,
    newLevels: [],
    vanishedLevels: [],
  };
  const finding = { name: 'c', kind: 'categorical', verdict: 'stable', charts: { categories } };
  expect(cubeBins(finding as unknown as Finding)?.levels).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 14]);
});

test('texts, identifiers and what was skipped have none', () => {
  const charts = { histogram: { binEdges: [0, 1] }, ecdf: { values: [0, 1] } };
  for (const [kind, verdict] of [
    ['text', 'stable'],
    ['identifier', 'stable'],
    ['numeric', 'skipped'],
  ])
    expect(cubeBins({ name: 'c', kind, verdict, charts } as unknown as Finding)).toBeNull();
});
