import { expect, test } from 'vitest';
import { newLevelShare, outOfRangeShare } from '../../../core/stats/newShare.js';

test('the examples', () => {
  const range = outOfRangeShare({ referenceCount: 99, currentCount: 100, below: 0, above: 12 });
  expect(range.value).toBeCloseTo(0.1, 12);
  expect(range.expected).toBeCloseTo(0.02, 12);
  expect(range.pValue).toBeCloseTo(0.00135, 5);
  const levels = newLevelShare([60, 40, 0], [50, 38, 12]);
  expect(levels.value).toBeCloseTo(0.12, 12);
  expect(levels.pValue).toBeCloseTo(0.000172, 6);
});

test('out of range: the p-values are those of all divisions of the rows', () => {
  const n = 4;
  const m = 5;
  const reached = new Array(m + 1).fill(0);
  let divisions = 0;
  for (let set = 0; set < 1 << (n + m); set++) {
    const isReference = Array.from({ length: n + m }, (_, i) => (set >> i) & 1);
    if (isReference.reduce((a, b) => a + b, 0) !== n) continue;
    divisions++;
    const outside = isReference.indexOf(1) + (n + m - 1 - isReference.lastIndexOf(1));
    for (let x = 0; x <= outside; x++) reached[x]++;
  }
  for (let x = 0; x <= m; x++) {
    const { pValue, expected } = outOfRangeShare({
      referenceCount: n,
      currentCount: m,
      below: x,
      above: 0,
    });
    expect(pValue).toBeCloseTo(reached[x] / divisions, 12);
    expect(expected).toBeCloseTo(2 / (n + 1), 12);
  }
});

test('new levels: the p-value is that of independent levels', () => {
  // h(1) = 1/2, h(2) = 3/14, h(4) = 1/70 with 4 rows a side; levels of 1, 1, 2 and 4 pooled rows
  const { pValue, method } = newLevelShare([0, 0, 1, 3], [1, 1, 1, 1]);
  const h1 = 1 / 2;
  const h2 = 3 / 14;
  const h4 = 1 / 70;
  expect(method).toBe('exact');
  expect(pValue).toBeCloseTo(1 - (1 - h1 ** 2) * (1 - h2) * (1 - h4), 12);
});

test('one new level of many rows is certain, thousands of single rows are not', () => {
  const lump = newLevelShare([5000, 5000, 0], [4500, 4500, 1000]);
  expect(lump.pValue).toBeLessThan(1e-200);
  expect(lump.value).toBeCloseTo(0.1, 6);
  const singles = Array.from({ length: 4000 }, (_, i) => i % 2);
  const noise = newLevelShare(
    singles,
    singles.map((count) => 1 - count),
  );
  expect(noise.pValue).toBeGreaterThan(0.4);
  expect(noise.value).toBe(0);
  expect(noise.observed).toBe(1);
});

test('nothing new', () => {
  expect(
    outOfRangeShare({ referenceCount: 50, currentCount: 80, below: 0, above: 0 }),
  ).toMatchObject({ value: 0, observed: 0, pValue: 1 });
  const levels = newLevelShare([5, 5], [9, 9]);
  expect(levels).toMatchObject({ value: 0, observed: 0, pValue: 1 });
  expect(levels.interval[1]).toBeGreaterThan(0);
});

test('both ends count alike, and so does the order of levels', () => {
  const ends = (below: number, above: number) =>
    outOfRangeShare({ referenceCount: 30, currentCount: 40, below, above });
  expect(ends(3, 4)).toEqual(ends(7, 0));
  expect(newLevelShare([0, 7, 2], [3, 5, 1])).toEqual(newLevelShare([2, 0, 7], [1, 3, 5]));
});

test('degenerate samples', () => {
  const one = outOfRangeShare({ referenceCount: 1, currentCount: 3, below: 1, above: 2 });
  expect(one).toMatchObject({ value: 0, expected: 1 });
  expect(one.pValue).toBeCloseTo(1, 12);
  expect(newLevelShare([1, 0], [0, 1]).value).toBe(0);
  expect(() => outOfRangeShare({ referenceCount: 0, currentCount: 3, below: 0, above: 0 })).toThrow(
    RangeError,
  );
  expect(() => newLevelShare([0], [1])).toThrow(RangeError);
  expect(() => newLevelShare([1, 1], [1])).toThrow(RangeError);
});
