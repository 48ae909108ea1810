import { expect, test } from 'vitest';
import { chiSquaredTest } from '../../../core/stats/chiSquaredTest.js';
import { homogeneityTest, hypergeometricChances } from '../../../core/stats/homogeneityTest.js';

test('the example: 34 of the 70 ways to choose 4 of 8 rows are at least as far', () => {
  const { statistic, pValue, method, degreesOfFreedom } = homogeneityTest([3, 1], [1, 3], 1);
  expect(statistic).toBeCloseTo(2, 14);
  expect(pValue).toBeCloseTo(34 / 70, 14);
  expect({ method, degreesOfFreedom }).toEqual({ method: 'exact', degreesOfFreedom: 1 });
});

test('with 5 and more expected rows it is the chi-squared test', () => {
  const found = homogeneityTest([50, 30, 20], [40, 45, 25], 1);
  const textbook = chiSquaredTest([50, 30, 20], [40, 45, 25]);
  expect(found.method).toBe('asymptotic');
  expect(found.pValue).toBeCloseTo(textbook.pValue, 12);
  expect(found.statistic).toBeCloseTo(textbook.statistic, 10);
});

test('hypergeometric chances are exact fractions', () => {
  const { first, chances } = hypergeometricChances(3, 5, 4);
  expect(first).toBe(0);
  [4, 30, 40, 10].forEach((ways, i) => {
    expect(chances[i]).toBeCloseTo(ways / 84, 14);
  });
});

test('a sparse table is permuted, near the enumeration of all its divisions', () => {
  // of the 20 ways to choose 3 of 6 rows the 2 that part the levels wholly reach the statistic
  const { pValue, method } = homogeneityTest([3, 0, 0], [0, 2, 1], 1);
  expect(method).toBe('permutation');
  expect(Math.abs(pValue - 0.1)).toBeLessThan(0.02);
});

test('many sparse levels over many rows: close to the permutation', () => {
  const reference = Array.from({ length: 1500 }, (_, i) => (i * 7) % 4);
  const current = Array.from({ length: 1500 }, (_, i) => (i * 11 + 1) % 4);
  const { method, pValue } = homogeneityTest(reference, current, 1);
  expect(method).toBe('asymptotic');
  expect(pValue).toBeGreaterThanOrEqual(0);
  expect(homogeneityTest(reference, reference, 1).pValue).toBeCloseTo(1, 12);
});

test('same shares, swapped sides, levels in another order', () => {
  expect(homogeneityTest([2, 4, 6], [1, 2, 3], 1)).toMatchObject({ statistic: 0, pValue: 1 });
  const one = homogeneityTest([7, 2], [3, 9], 1).pValue;
  expect(homogeneityTest([3, 9], [7, 2], 1).pValue).toBeCloseTo(one, 13);
  expect(homogeneityTest([2, 7], [9, 3], 1).pValue).toBeCloseTo(one, 13);
  expect(homogeneityTest([1, 5, 2], [4, 0, 2], 5)).toEqual(
    homogeneityTest([1, 5, 2], [4, 0, 2], 5),
  );
});

test('degenerate tables', () => {
  expect(homogeneityTest([5, 0], [3, 0], 1)).toEqual({
    statistic: 0,
    pValue: 1,
    method: 'exact',
    degreesOfFreedom: 0,
  });
  expect(homogeneityTest([1, 0], [0, 1], 1).pValue).toBe(1);
  expect(() => homogeneityTest([0, 0], [1, 1], 1)).toThrow(RangeError);
  expect(() => homogeneityTest([1], [1, 1], 1)).toThrow(RangeError);
});

test('the input stays as it was', () => {
  const counts = Object.freeze([3, 1, 1]);
  homogeneityTest(counts, Object.freeze([1, 3, 0]), 1);
  expect(counts).toEqual([3, 1, 1]);
});
