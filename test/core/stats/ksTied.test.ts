import { expect, test } from 'vitest';
import { ksTest } from '../../../core/stats/ksTest.js';
import { ksTied } from '../../../core/stats/ksTied.js';
import { createRandom } from '../../../core/stats/random.js';

test('the example: of the 924 divisions of twelve rows some 29 % reach the gap', () => {
  const reference = Float64Array.of(1, 1, 1, 2, 2, 2);
  const current = Float64Array.of(2, 2, 2, 3, 3, 3);
  const { statistic, pValue, method } = ksTied(reference, current, 1);
  expect({ statistic, method }).toEqual({ statistic: 0.5, method: 'permutation' });
  expect(pValue).toBeCloseTo(0.295, 3);
  expect(ksTest(reference, current).pValue).toBeCloseTo(0.474, 3);
});

test('without ties it is the textbook test', () => {
  const random = createRandom(2);
  const reference = Float64Array.from({ length: 700 }, () => random.normal()).sort();
  const current = Float64Array.from({ length: 900 }, () => random.normal() + 0.05).sort();
  const { statistic, pValue, method } = ksTest(reference, current);
  expect(ksTied(reference, current, 1)).toEqual({ statistic, pValue, method });
});

test('simulation and permutation agree on ordinal data, below the textbook', () => {
  const random = createRandom(4);
  const draw = (count: number, shift: number) =>
    Float64Array.from({ length: count }, () =>
      Math.floor(5 * random.uniform() ** (1 + shift)),
    ).sort();
  const small = ksTied(draw(1900, 0), draw(1900, 0.06), 1);
  expect(small.method).toBe('permutation');
  const reference = draw(3000, 0);
  const current = draw(3000, 0.05);
  const large = ksTied(reference, current, 1);
  expect(large.method).toBe('simulation');
  expect(large.pValue).toBeLessThan(ksTest(reference, current).pValue);
});

test('same data, swapped sides', () => {
  const values = Float64Array.of(0, 0, 1, 1, 2);
  expect(ksTied(values, values, 1)).toMatchObject({ statistic: 0, pValue: 1 });
  const other = Float64Array.of(0, 1, 1, 2, 2, 2);
  const difference = ksTied(values, other, 1).pValue - ksTied(other, values, 1).pValue;
  expect(Math.abs(difference)).toBeLessThan(0.06);
});

test('degenerate data', () => {
  const one = Float64Array.of(1);
  expect(ksTied(one, one, 1).pValue).toBe(1);
  expect(ksTied(one, Float64Array.of(2), 1).pValue).toBe(1);
  const constant = new Float64Array(3000).fill(4);
  expect(ksTied(constant, constant, 1)).toMatchObject({ statistic: 0, pValue: 1 });
  expect(() => ksTied(new Float64Array(0), one, 1)).toThrow(RangeError);
});

test('the input stays as it was', () => {
  const reference = Float64Array.of(1, 1, 2);
  const current = Float64Array.of(1, 3, 3);
  ksTied(reference, current, 1);
  expect([reference, current]).toEqual([Float64Array.of(1, 1, 2), Float64Array.of(1, 3, 3)]);
});
