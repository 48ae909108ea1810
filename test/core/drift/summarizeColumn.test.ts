import { describe, expect, test } from 'vitest';
import type { ColumnSummary } from '../../../core/contract.js';
import { extremes } from '../../../core/drift/extremes.js';
import { judgedColumn } from './judged.js';

const nothing: Omit<ColumnSummary, 'count' | 'distinctCount'> = {
  missingCount: 0,
  infiniteCount: 0,
  unparsedCount: 0,
  mean: null,
  standardDeviation: null,
  min: null,
  max: null,
  quantiles: null,
  top: null,
};

describe('one side of a column', () => {
  test('numbers: missing and infinite ones apart', async () => {
    const values = [1.5, 2, 3, 3, Number.NaN, null, Number.POSITIVE_INFINITY, -0, 0];
    expect(await summaryOf(values)).toEqual({
      ...nothing,
      count: 6,
      missingCount: 2,
      infiniteCount: 1,
      distinctCount: 4,
      mean: 9.5 / 6,
      standardDeviation: expect.closeTo(Math.sqrt((24.25 - 9.5 ** 2 / 6) / 5), 14),
      min: 0,
      max: 3,
      quantiles: {
        '0.01': 0,
        '0.05': 0,
        '0.25': 0.375,
        '0.5': 1.75,
        '0.75': 2.75,
        '0.95': 3,
        '0.99': 3,
      },
      zeroCount: 2,
      extremes: { smallest: [0, 0, 1.5, 2, 3], largest: [0, 1.5, 2, 3, 3] },
    });
  });

  test.each([
    ['some values are equal', [-2, 0, 3, 4, 9, 9, 11], [-2, 0, 3, 4, 9, 11], [1, 2, 3, 4, 6, 7]],
    ['there are few', [1, 1, 2], [1, 2], [2, 3]],
    ['all are equal', [7, 7, 7, 7, 7, 7, 7, 7], [7], [8]],
  ])('the extremes of runs are those of the values, where %s', (_, sorted, values, ends) => {
    const runs = {
      ...{ length: sorted.length, mean: 0, standardDeviation: 0, distinctCount: 0, areWhole: true },
      values: Float64Array.from(values),
      ends: Float64Array.from(ends),
    };
    expect(extremes(runs)).toEqual(extremes(Float64Array.from(sorted)));
  });

  test('one number has no standard deviation', async () => {
    expect(await summaryOf([7.5])).toMatchObject({ mean: 7.5, standardDeviation: null });
  });

  test('categories: the most frequent ones', async () => {
    expect(await summaryOf(['b', 'a', 'b', null])).toEqual({
      ...nothing,
      count: 3,
      missingCount: 1,
      distinctCount: 2,
      top: [
        { value: 'b', count: 2 },
        { value: 'a', count: 1 },
      ],
    });
  });

  test('at most 20 of them', async () => {
    const { top, distinctCount } = await summaryOf(
      Array.from({ length: 200 }, (_, i) => `level ${i % 30}`),
    );
    expect([top?.length, distinctCount]).toEqual([20, 30]);
  });

  test('flags', async () => {
    expect(await summaryOf([true, false, true, null])).toMatchObject({
      count: 3,
      missingCount: 1,
      distinctCount: 2,
      top: [
        { value: 'true', count: 2 },
        { value: 'false', count: 1 },
      ],
    });
  });

  test('dates: as text, without a mean', async () => {
    const summary = await summaryOf([new Date(0), new Date(2000), null]);
    expect(summary).toMatchObject({
      count: 2,
      missingCount: 1,
      distinctCount: 2,
      mean: null,
      standardDeviation: null,
      min: '1970-01-01T00:00:00.000Z',
      max: '1970-01-01T00:00:02.000Z',
    });
    expect(summary.quantiles?.['0.5']).toBe('1970-01-01T00:00:01.000Z');
  });

  test('identifiers: quantiles of their lengths', async () => {
    const ids = Array.from({ length: 40 }, (_, i) => `id-${i}`);
    expect(await summaryOf(ids)).toMatchObject({
      count: 40,
      distinctCount: 40,
      min: null,
      quantiles: { '0.01': 4, '0.5': 5, '0.99': 5 },
      top: null,
    });
  });
});

async function summaryOf(values: unknown[]): Promise<ColumnSummary> {
  return (await judgedColumn(values, values)).reference;
}
