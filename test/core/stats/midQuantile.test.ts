import { expect, test } from 'vitest';
import { midQuantileSorted } from '../../../core/stats/midQuantile.js';
import { quantileSorted } from '../../../core/stats/quantile.js';
import { createRandom } from '../../../core/stats/random.js';

test('the example: half of the rows are zero, so the median lies between', () => {
  expect(midQuantileSorted(Float64Array.of(0, 0, 0, 1, 1, 1), 0.5)).toBe(0.5);
});

test('without ties it is the plain quantile', () => {
  const random = createRandom(1);
  const values = Float64Array.from({ length: 101 }, () => random.normal()).sort();
  for (const p of [0, 0.003, 0.05, 0.25, 0.5, 0.777, 0.95, 1]) {
    expect(midQuantileSorted(values, p)).toBeCloseTo(quantileSorted(values, p), 12);
  }
});

test('it moves little where the plain one jumps by a unit', () => {
  const integers = (zeroCount: number) =>
    Float64Array.from({ length: 1000 }, (_, i) => (i < zeroCount ? 0 : 1 + (i % 6))).sort();
  const [fewer, more] = [integers(48), integers(53)];
  expect(quantileSorted(fewer, 0.05) - quantileSorted(more, 0.05)).toBe(1);
  const gap = midQuantileSorted(fewer, 0.05) - midQuantileSorted(more, 0.05);
  expect(gap).toBeGreaterThan(0);
  expect(gap).toBeLessThan(0.04);
});

test('it rises with p, from the smallest value to the largest', () => {
  const values = Float64Array.of(-2, -2, 0, 3, 3, 3, 8);
  const quantiles = Array.from({ length: 101 }, (_, i) => midQuantileSorted(values, i / 100));
  expect([quantiles[0], quantiles[100]]).toEqual([-2, 8]);
  expect(quantiles).toEqual([...quantiles].sort((a, b) => a - b));
});

test.each([
  ['one value', [5], 5],
  ['a constant', [3, 3, 3], 3],
  ['huge values', [-1e308, 1e308], 0],
])('degenerate: %s', (_, values, median) => {
  expect(midQuantileSorted(Float64Array.from(values), 0.5)).toBe(median);
});

test('no values, or p out of range', () => {
  expect(() => midQuantileSorted(new Float64Array(0), 0.5)).toThrow(RangeError);
  expect(() => midQuantileSorted(Float64Array.of(1), 1.1)).toThrow(RangeError);
});

test('the input stays as it was', () => {
  const values = Float64Array.of(1, 1, 2);
  midQuantileSorted(values, 0.4);
  expect(values).toEqual(Float64Array.of(1, 1, 2));
});
