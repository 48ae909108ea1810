import { expect, test } from 'vitest';
import { pearsonLowerTail, pearsonQuantile } from '../../../core/stats/effect.js';
import { chiSquaredUpperTail } from '../../../core/stats/special.js';

test('the examples', () => {
  expect(pearsonLowerTail(3, { mean: 2, variance: 4, third: 16 })).toBeCloseTo(
    0.77686983985157,
    12,
  );
  expect(pearsonQuantile(0.95, { mean: 1, variance: 2, third: 8 })).toBeCloseTo(3.841458820694, 10);
});

test.each([1, 2, 7, 100])('chi-squared with %i degrees of freedom is met exactly', (df) => {
  const cumulants = { mean: df, variance: 2 * df, third: 8 * df };
  for (const x of [0.1 * df, df, 2 * df, 5 * df]) {
    expect(pearsonLowerTail(x, cumulants)).toBeCloseTo(1 - chiSquaredUpperTail(x, df), 12);
  }
  for (const p of [0.001, 0.025, 0.5, 0.95, 0.999]) {
    expect(pearsonLowerTail(pearsonQuantile(p, cumulants), cumulants)).toBeCloseTo(p, 10);
  }
});

test('a skew to the left is the mirror image, and none is normal', () => {
  const right = pearsonLowerTail(1.5, { mean: 0, variance: 1, third: 0.8 });
  expect(pearsonLowerTail(-1.5, { mean: 0, variance: 1, third: -0.8 })).toBeCloseTo(1 - right, 12);
  expect(pearsonLowerTail(1.959963984540054, { mean: 0, variance: 1, third: 0 })).toBeCloseTo(
    0.975,
    12,
  );
});

test('without variance the number is its mean', () => {
  expect(pearsonLowerTail(1, { mean: 2, variance: 0, third: 0 })).toBe(0);
  expect(pearsonLowerTail(2, { mean: 2, variance: 0, third: 0 })).toBe(1);
  expect(pearsonQuantile(0.95, { mean: 2, variance: 0, third: 0 })).toBe(2);
});
