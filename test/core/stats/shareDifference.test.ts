import { expect, test } from 'vitest';
import { shareDifference } from '../../../core/stats/shareDifference.js';

test('the example', () => {
  const { signed, interval, pValue, observed } = shareDifference(56, 70, 48, 80);
  expect(signed).toBeCloseTo(-0.2, 14);
  expect(observed).toBeCloseTo(0.2, 14);
  expect(interval[0]).toBeCloseTo(0.0524, 4);
  expect(interval[1]).toBeCloseTo(0.3339, 4);
  expect(pValue).toBeCloseTo(0.00804508, 8);
});

// Newcombe (1998), table II, method 10, where the lower end is above 0 and p below 0.05
test.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [10, 10, 0, 10, 0.6075, 1],
])('Newcombe: %i of %i against %i of %i', (x, n, y, m, lower, upper) => {
  const { interval } = shareDifference(x, n, y, m);
  expect(interval[0]).toBeCloseTo(lower, 4);
  expect(interval[1]).toBeCloseTo(upper, 4);
});

test('the same share is no difference, however seen', () => {
  expect(shareDifference(20, 100, 200, 1000)).toMatchObject({ value: 0, observed: 0, pValue: 1 });
  const one = shareDifference(5, 200, 40, 300);
  const swapped = shareDifference(40, 300, 5, 200);
  expect(swapped.signed).toBeCloseTo(-one.signed, 14);
  expect(swapped.value).toBeCloseTo(one.value, 12);
  expect(swapped.interval[0]).toBeCloseTo(one.interval[0], 12);
  const misses = shareDifference(195, 200, 260, 300);
  expect(misses.interval[1]).toBeCloseTo(one.interval[1], 12);
  expect(misses.noiseFloor).toBeCloseTo(one.noiseFloor, 12);
});

test('degenerate shares', () => {
  expect(shareDifference(0, 5, 0, 5)).toMatchObject({ value: 0, noiseFloor: 0, pValue: 1 });
  expect(shareDifference(0, 5, 0, 5).interval[1]).toBeGreaterThan(0.3);
  expect(shareDifference(0, 1, 1, 1)).toMatchObject({ observed: 1, pValue: 1, interval: [0, 1] });
  expect(() => shareDifference(0, 0, 1, 2)).toThrow(RangeError);
  expect(() => shareDifference(3, 2, 1, 2)).toThrow(RangeError);
});
