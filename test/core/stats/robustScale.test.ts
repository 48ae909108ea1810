import { expect, test } from 'vitest';
import { robustScale } from '../../../core/stats/robustScale.js';

test('the example: the 5 and 95 % quantiles are 0.2 and 3.8', () => {
  expect(robustScale(Float64Array.of(0, 1, 2, 3, 4))).toBeCloseTo(3.6 / 3.29, 14);
});

test('an outlier does not move it, a unit does, a shift does not', () => {
  const values = Float64Array.from({ length: 1000 }, (_, i) => i);
  const outlier = values.slice();
  outlier[999] = 1e12;
  expect(robustScale(outlier)).toBe(robustScale(values));
  expect(robustScale(values.map((value) => 100 * value))).toBeCloseTo(100 * robustScale(values), 9);
  expect(robustScale(values.map((value) => value + 7))).toBeCloseTo(robustScale(values), 9);
});

test('it falls back to the standard deviation, then to 1', () => {
  const mostlyZero = new Float64Array(100).fill(0);
  mostlyZero[99] = 10;
  expect(robustScale(mostlyZero)).toBeCloseTo(1, 12);
  expect(robustScale(Float64Array.of(3, 3, 3))).toBe(1);
  expect(robustScale(Float64Array.of(5))).toBe(1);
  const huge = new Float64Array(100).fill(0);
  huge[99] = 1e200;
  expect(robustScale(huge)).toBeCloseTo(1e199, -190);
});

test('integers: a share that passes 5 % moves it little', () => {
  const integers = (zeroCount: number) =>
    Float64Array.from({ length: 1000 }, (_, i) => (i < zeroCount ? 0 : 1 + (i % 6))).sort();
  expect(robustScale(integers(53)) / robustScale(integers(48))).toBeLessThan(1.01);
});

test('no values', () => {
  expect(() => robustScale(new Float64Array(0))).toThrow(RangeError);
});

test('the input stays as it was', () => {
  const values = Float64Array.of(1, 1, 1, 1, 9);
  robustScale(values);
  expect(values).toEqual(Float64Array.of(1, 1, 1, 1, 9));
});
