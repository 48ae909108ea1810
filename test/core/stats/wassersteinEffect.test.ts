import { expect, test } from 'vitest';
import { createRandom } from '../../../core/stats/random.js';
import { wasserstein } from '../../../core/stats/wasserstein.js';
import { wassersteinEffect } from '../../../core/stats/wassersteinEffect.js';

function normals(count: number, shift: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: count }, () => shift + random.normal()).sort();
}

test('the example: the same data are 0 apart', () => {
  const values = Float64Array.of(1, 2, 3, 4, 5);
  const { value, observed, interval } = wassersteinEffect(values, values, 1);
  expect({ value, observed, lower: interval[0] }).toEqual({ value: 0, observed: 0, lower: 0 });
  expect(interval[1]).toBeGreaterThan(0.3);
});

test('observed is Wasserstein-1 of the clipped values over the scale', () => {
  const reference = normals(800, 0, 1);
  const current = normals(500, 0.4, 2);
  const { observed, scale, clipRange } = wassersteinEffect(reference, current, 1);
  const clip = (value: number) => Math.min(clipRange[1], Math.max(clipRange[0], value));
  expect(observed).toBeCloseTo(wasserstein(reference.map(clip), current.map(clip)) / scale, 12);
});

test('a clear shift: value and interval stand around the truth, far above the noise floor', () => {
  const { value, interval, noiseFloor } = wassersteinEffect(
    normals(5000, 0, 3),
    normals(5000, 0.5, 4),
    1,
  );
  expect(value).toBeGreaterThan(0.44);
  expect(value).toBeLessThan(0.56);
  expect(interval[0]).toBeLessThan(value);
  expect(interval[1]).toBeGreaterThan(value);
  expect(interval[1] - interval[0]).toBeLessThan(0.13);
  expect(noiseFloor).toBeLessThan(0.06);
});

// the last one near the largest of numbers, where a width is more than one
test.each([1024, 2 ** 1021])('the unit does not matter: %d', (factor) => {
  const reference = normals(300, 0, 5);
  const current = normals(400, 0.2, 6);
  const plain = wassersteinEffect(reference, current, 1);
  const other = wassersteinEffect(
    reference.map((value) => value * factor),
    current.map((value) => value * factor),
    1,
  );
  expect(other.value).toBeCloseTo(plain.value, 9);
  expect(other.interval[1]).toBeCloseTo(plain.interval[1], 9);
  expect(other.noiseFloor).toBeCloseTo(plain.noiseFloor, 9);
  expect(other.scale / factor).toBeCloseTo(plain.scale, 9);
  expect(other.clipRange.map((end) => end / factor)).toEqual(plain.clipRange);
});

test('one outlier among many moves nothing', () => {
  const reference = normals(2000, 0, 7);
  const current = normals(2000, 0, 8);
  const spoiled = current.slice();
  spoiled[1999] = 1e12;
  expect(wassersteinEffect(reference, spoiled, 1).observed).toBeCloseTo(
    wassersteinEffect(reference, current, 1).observed,
    2,
  );
});

test('the seed decides, and little', () => {
  const reference = normals(400, 0, 9);
  const current = normals(400, 0.3, 10);
  const first = wassersteinEffect(reference, current, 1);
  expect(wassersteinEffect(reference, current, 1)).toEqual(first);
  expect(Math.abs(wassersteinEffect(reference, current, 2).value - first.value)).toBeLessThan(0.03);
});

test.each([
  ['one value each', [1], [2]],
  ['a constant against a constant', [1, 1, 1], [5, 5, 5]],
  ['a constant against values', [1, 1, 1], [1, 2, 3]],
  ['values against a constant', [1, 2, 3], [2, 2, 2]],
  ['two values', [0, 0, 1, 1], [0, 1, 1, 1]],
  ['huge values', [-1e150, 0, 1e150], [0, 1e150]],
])('degenerate: %s', (_, reference, current) => {
  const effect = wassersteinEffect(Float64Array.from(reference), Float64Array.from(current), 1);
  for (const number of [effect.value, effect.observed, ...effect.interval, effect.noiseFloor]) {
    expect(Number.isFinite(number)).toBe(true);
    expect(number).toBeGreaterThanOrEqual(0);
  }
  expect(effect.interval[0]).toBeLessThanOrEqual(effect.value);
  expect(effect.interval[1]).toBeGreaterThanOrEqual(effect.value);
});

test('few values are not over-confident', () => {
  const { interval } = wassersteinEffect(normals(5, 0, 11), normals(5, 0, 12), 1);
  expect(interval[1] - interval[0]).toBeGreaterThan(0.8);
});

test('no values', () => {
  expect(() => wassersteinEffect(new Float64Array(0), Float64Array.of(1), 1)).toThrow(RangeError);
});

test('the input stays as it was', () => {
  const reference = Float64Array.of(1, 2, 3);
  const current = Float64Array.of(2, 3, 9);
  wassersteinEffect(reference, current, 1);
  expect([reference, current]).toEqual([Float64Array.of(1, 2, 3), Float64Array.of(2, 3, 9)]);
});
