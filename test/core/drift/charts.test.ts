import { describe, expect, test } from 'vitest';
import type { Charts } from '../../../core/contract.js';
import { histogramSorted } from '../../../core/stats/histogram.js';
import { quantileSorted } from '../../../core/stats/quantile.js';
import { draws, judgedColumn } from './judged.js';

const rows = 4000;

describe('histogram', () => {
  test('bins and what lies outside hold every value', async () => {
    const { histogram } = await chartsOf(normal(1), normal(2, 1).slice(0, 3000));
    if (!histogram) throw new Error('no histogram');
    const { binEdges, referenceCounts, currentCounts, below, above } = histogram;
    expect(binEdges).toHaveLength(41);
    expect(binEdges).toEqual([...binEdges].sort((a, b) => a - b));
    expect(sum(referenceCounts) + below.reference + above.reference).toBe(rows);
    expect(sum(currentCounts) + below.current + above.current).toBe(3000);
  });

  test('edges have few digits, stand evenly to a thousandth of a bin, and the outer two leave nothing out', async () => {
    const values = normal(1).map((value) => value * Math.PI * 1e-3);
    const { histogram } = await chartsOf(values, values);
    const edges = histogram?.binEdges ?? [];
    expect(Math.max(...edges.map((edge) => String(Math.abs(edge)).length))).toBeLessThanOrEqual(10);
    const sorted = Float64Array.from(values).sort();
    const [low, high] = [quantileSorted(sorted, 0.005), quantileSorted(sorted, 0.995)];
    const width = (high - low) / 40;
    for (const [i, edge] of edges.entries())
      expect(Math.abs(edge - low - i * width)).toBeLessThanOrEqual(0.001 * width);
    expect(edges[0]).toBeLessThanOrEqual(low);
    expect(edges.at(-1)).toBeGreaterThanOrEqual(high);
    const { counts } = histogramSorted(sorted, edges);
    expect(histogram?.referenceCounts).toEqual(counts);
  });

  test('a far value does not flatten the rest', async () => {
    const { histogram } = await chartsOf(normal(1), normal(2).with(5, 1e9));
    expect(histogram?.binEdges.at(-1)).toBeLessThan(4);
    expect(histogram?.binEdges.at(-1)).toBeGreaterThan(2);
    expect(histogram?.above.current).toBeGreaterThan(0);
  });

  test('few whole numbers have a bin each', async () => {
    const dice = (seed: number) => draws(seed, rows, (random) => 1 + random.integer(6));
    const { histogram } = await chartsOf(dice(1), dice(2));
    expect(histogram?.binEdges).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5]);
    expect(histogram?.referenceCounts).toEqual(
      [1, 2, 3, 4, 5, 6].map((face) => dice(1).filter((value) => value === face).length),
    );
  });

  test('one value alone stands in the middle', async () => {
    const { histogram } = await chartsOf([7.5, 7.5], [7.5]);
    expect(histogram?.binEdges[0]).toBe(3.75);
    expect(histogram?.binEdges.at(-1)).toBe(11.25);
    expect(sum(histogram?.referenceCounts ?? [])).toBe(2);
  });

  test.each([
    ['whole numbers beyond the exact ones', [2 ** 62, 2 ** 62 + 2048]],
    ['the largest 64-bit numbers', [-(2 ** 63), 2 ** 63]],
    ['one value beyond the exact ones', [2 ** 62]],
    ['neighbouring doubles', [1 - 2 ** -52, 1 - 2 ** -53, 1]],
    ['a single subnormal', [5e-324]],
    ['the ends of the doubles', [-1.7e308, 0, 1.7e308]],
  ])('%s have ascending edges and lose no value', async (_, some) => {
    const values = Array.from({ length: 200 }, (_, i) => some[i % some.length] as number);
    const { histogram } = await chartsOf(values, values);
    if (!histogram) throw new Error('no histogram');
    const { binEdges, referenceCounts, below, above } = histogram;
    expect(binEdges.length).toBeGreaterThan(1);
    expect(
      binEdges.every(
        (edge, i) => Number.isFinite(edge) && (i === 0 || edge > (binEdges[i - 1] ?? 0)),
      ),
    ).toBe(true);
    expect(sum(referenceCounts) + below.reference + above.reference).toBe(200);
  });

  test('a side without values has empty bins', async () => {
    const { histogram, ecdf } = await chartsOf(
      normal(1),
      normal(2).map(() => null),
    );
    expect(sum(histogram?.currentCounts ?? [1])).toBe(0);
    expect(ecdf?.current).toEqual([]);
  });
});

test('cumulative curves rise from above 0 to 1', async () => {
  const { ecdf } = await chartsOf(normal(1), normal(2, 1));
  if (!ecdf) throw new Error('no curve');
  expect(ecdf.values.length).toBeLessThanOrEqual(62);
  for (const curve of [ecdf.reference, ecdf.current]) {
    expect(curve).toEqual([...curve].sort((a, b) => a - b));
    expect(curve.at(-1)).toBe(1);
  }
  expect([...ecdf.reference, ...ecdf.current].every((share) => String(share).length <= 7)).toBe(
    true,
  );
  const at = ecdf.values.indexOf(Math.min(...normal(1)));
  expect(ecdf.reference[at]).toBe(1 / rows);
});

describe('categories', () => {
  test('are listed most frequent first, new and vanished ones counted', async () => {
    const { categories } = await chartsOf(
      ['a', 'b', 'b', 'b', 'gone', null],
      ['b', 'new', 'new', 'a', 'newer'],
    );
    expect(categories).toEqual({
      levels: [
        { value: 'b', referenceCount: 3, currentCount: 1 },
        { value: 'a', referenceCount: 1, currentCount: 1 },
        { value: 'gone', referenceCount: 1, currentCount: 0 },
        { value: 'new', referenceCount: 0, currentCount: 2 },
        { value: 'newer', referenceCount: 0, currentCount: 1 },
      ],
      other: { levelCount: 0, referenceCount: 0, currentCount: 0 },
      newCount: 2,
      vanishedCount: 1,
      newLevels: [
        { value: 'new', count: 2 },
        { value: 'newer', count: 1 },
      ],
      vanishedLevels: [{ value: 'gone', count: 1 }],
    });
  });

  test('on one side only, the 20 most frequent of each are named', async () => {
    const spelled = (word: string) =>
      Array.from({ length: 30 }, (_, i) => Array<string>(30 - i).fill(`${word} ${i}`)).flat();
    const { categories } = await chartsOf(
      ['both', ...spelled('gone')],
      ['both', ...spelled('new')],
    );
    expect([categories?.newCount, categories?.vanishedCount]).toEqual([30, 30]);
    const listed = (word: string) =>
      Array.from({ length: 20 }, (_, i) => ({ value: `${word} ${i}`, count: 30 - i }));
    expect(categories?.newLevels).toEqual(listed('new'));
    expect(categories?.vanishedLevels).toEqual(listed('gone'));
  });

  test('beyond 50 the ones with small shares on both sides are put together', async () => {
    const many = (seed: number) =>
      draws(seed, rows, (random, i) =>
        i < 100 ? `seldom ${i % 20}` : `often ${random.integer(50)}`,
      );
    const { categories } = await chartsOf(many(1), many(2));
    expect(categories?.levels).toHaveLength(50);
    expect(categories?.levels.every(({ value }) => value.startsWith('often'))).toBe(true);
    expect(categories?.other).toEqual({ levelCount: 20, referenceCount: 100, currentCount: 100 });
  });
});

describe('day profiles', () => {
  const hourMs = 3_600_000;
  /** 2026-01-05 is a Monday. */
  const monday = Date.UTC(2026, 0, 5);
  const timeline = (hours: (i: number) => number) =>
    Array.from({ length: rows }, (_, i) => new Date(monday + hours(i) * hourMs));

  test('hours of the day and weekdays, Monday first, in UTC', async () => {
    // each day of eight weeks at 09:00, Mondays at 15:00 as well
    const plain = timeline((i) => 24 * (i % 56) + 9);
    const busyMondays = timeline((i) => (i % 2 === 0 ? 24 * (i % 56) + 9 : 7 * 24 * (i % 8) + 15));
    const { hours, weekdays } = await chartsOf(plain, busyMondays);
    expect(hours?.reference).toEqual(
      Array.from({ length: 24 }, (_, hour) => (hour === 9 ? rows : 0)),
    );
    expect([hours?.current[9], hours?.current[15]]).toEqual([rows / 2, rows / 2]);
    expect(weekdays?.reference).toHaveLength(7);
    expect(Math.max(...(weekdays?.reference ?? []))).toBeLessThan(rows / 6);
    expect(weekdays?.current[0]).toBeGreaterThan(rows / 2);
  });

  test('dates before 1970 have them too', async () => {
    const early = Array.from(
      { length: 60 },
      (_, day) => new Date(Date.UTC(1950, 0, 2) + 24 * hourMs * day + 5 * hourMs),
    );
    const { hours, weekdays } = await chartsOf(early, early);
    expect(hours?.reference[5]).toBe(60);
    // 1950-01-02 was a Monday
    expect(weekdays?.reference).toEqual([9, 9, 9, 9, 8, 8, 8]);
  });

  test('not of dates without times, nor of a few days', async () => {
    const dates = timeline((i) => 24 * (i % 56));
    expect((await chartsOf(dates, dates)).hours).toBeUndefined();
    const threeDays = timeline((i) => i % 72);
    const { hours, weekdays } = await chartsOf(threeDays, threeDays);
    expect(hours).toBeDefined();
    expect(weekdays).toBeUndefined();
    const oneDay = timeline((i) => i % 24);
    expect((await chartsOf(oneDay, oneDay)).hours).toBeUndefined();
  });
});

test('identifiers have none', async () => {
  const ids = Array.from({ length: 100 }, (_, i) => `id-${i}`);
  expect(await chartsOf(ids, ids)).toEqual({});
});

async function chartsOf(reference: unknown[], current: unknown[]): Promise<Charts> {
  return (await judgedColumn(reference, current)).charts;
}

function normal(seed: number, mean = 0): number[] {
  return draws(seed, rows, (random) => mean + random.normal());
}

function sum(counts: number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
