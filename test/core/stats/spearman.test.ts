import { expect, test } from 'vitest';
import { averageRanks, rankCorrelation, spearman } from '../../../core/stats/spearman.js';

test('the example', () => {
  const [left, right] = [Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(5, 6, 7, 8, 7)];
  expect(spearman(left, right)).toBeCloseTo(0.8207826816681233, 12);
});

test('ties have the mean of their ranks, rows without both values are left out', () => {
  expect(Array.from(averageRanks(Float64Array.of(3, 1, 3, NaN, 7)))).toEqual([2.5, 1, 2.5, NaN, 4]);
  const left = Float64Array.of(1, 2, NaN, 3, 4, 5, 9);
  const right = Float64Array.of(5, 6, 100, 7, 8, 7, NaN);
  expect(spearman(left, right)).toBeCloseTo(0.8207826816681233, 12);
});

test('is -1 for what falls, and nothing for what is constant', () => {
  const rising = Float64Array.of(1, 2, 3, 4);
  expect(spearman(rising, Float64Array.of(9, 4, 3, -1))).toBe(-1);
  expect(spearman(rising, Float64Array.of(2, 2, 2, 2))).toBeNull();
  expect(rankCorrelation(Float64Array.of(), Float64Array.of())).toBeNull();
});

test('follows any monotone change, and leaves its input alone', () => {
  const left = Float64Array.of(0.3, -2, 8, 1.5, 4);
  const copy = left.slice();
  expect(spearman(left, left.map(Math.exp))).toBeCloseTo(1, 15);
  expect(left).toEqual(copy);
});
