import { expect, test } from 'vitest';
import { jensenShannon } from '../../../core/stats/jensenShannon.js';
import { jensenShannonEffect } from '../../../core/stats/jensenShannonEffect.js';
import { createRandom } from '../../../core/stats/random.js';

test('the example', () => {
  const { value, observed, interval, noiseFloor } = jensenShannonEffect(
    [500, 300, 200],
    [400, 350, 250],
  );
  expect(value).toBeCloseTo(0.08395, 4);
  expect(observed).toBeCloseTo(0.08609, 4);
  expect(interval[0]).toBeCloseTo(0.04607, 4);
  expect(interval[1]).toBeCloseTo(0.12144, 4);
  expect(noiseFloor).toBeCloseTo(0.04651, 4);
});

test('observed is the plain distance', () => {
  expect(jensenShannonEffect([5, 0, 9], [1, 7, 3]).observed).toBeCloseTo(
    jensenShannon([5, 0, 9], [1, 7, 3]),
    12,
  );
});

test('the same data are 0 apart, the sides may change, the order of levels does not matter', () => {
  const same = jensenShannonEffect([30, 50, 20], [30, 50, 20]);
  expect([same.value, same.observed, same.interval[0]]).toEqual([0, 0, 0]);
  expect(same.interval[1]).toBeGreaterThan(0.03);
  const one = jensenShannonEffect([30, 50, 20], [90, 60, 70]);
  const swapped = jensenShannonEffect([90, 60, 70], [30, 50, 20]);
  const turned = jensenShannonEffect([20, 30, 50], [70, 90, 60]);
  for (const other of [swapped, turned]) {
    expect(other.value).toBeCloseTo(one.value, 9);
    expect(other.interval[0]).toBeCloseTo(one.interval[0], 9);
    expect(other.interval[1]).toBeCloseTo(one.interval[1], 9);
    expect(other.noiseFloor).toBeCloseTo(one.noiseFloor, 9);
  }
});

test('the noise floor of large counts is the 95 % quantile of chi-squared', () => {
  const count = 1e6;
  const { noiseFloor } = jensenShannonEffect([count, count, count], [count, count, count]);
  const unit = 2 / (3 * count) / (8 * Math.LN2);
  expect(noiseFloor ** 2 / unit).toBeCloseTo(5.991464547, 2);
});

test('500 levels at 1 000 rows a side without drift: a large distance, an effect near 0', () => {
  const random = createRandom(3);
  const draw = () => {
    const counts = new Float64Array(500);
    for (let row = 0; row < 1000; row++) {
      const level = random.integer(500);
      counts[level] = (counts[level] as number) + 1;
    }
    return counts;
  };
  let value = 0;
  let observed = 0;
  for (let i = 0; i < 20; i++) {
    const effect = jensenShannonEffect(draw(), draw());
    value += effect.value / 20;
    observed += effect.observed / 20;
  }
  expect(observed).toBeGreaterThan(0.4);
  expect(value).toBeLessThan(0.09);
});

test('drift in the large levels alone: the small ones keep all of their chance', () => {
  const random = createRandom(4);
  const large = [0.5, 0.3];
  const moved = [0.3, 0.5];
  const small = 0.2 / 400;
  const draw = (shares: number[]) => {
    const counts = new Float64Array(402);
    for (let row = 0; row < 500; row++) {
      const u = random.uniform();
      const [first, second] = shares as [number, number];
      const level = u < first ? 0 : u < first + second ? 1 : 2 + Math.floor((u - 0.8) / small);
      counts[level] = (counts[level] as number) + 1;
    }
    return counts;
  };
  const truth = jensenShannon([...large, 0.2], [...moved, 0.2]);
  let tooHigh = 0;
  for (let i = 0; i < 200; i++) {
    if (jensenShannonEffect(draw(large), draw(moved)).interval[0] > truth) tooHigh++;
  }
  expect(tooHigh).toBeLessThan(12);
});

test.each([
  ['one level', [5], [3], 0, 0],
  ['nothing in common, many rows', [1000, 0], [0, 1000], 0.96, 1],
  ['nothing in common, one row each', [1, 0], [0, 1], 0, 1],
  ['only single rows', [1, 1, 0, 0], [0, 0, 1, 1], 0, 1],
])('degenerate: %s', (_, reference, current, leastLower, leastUpper) => {
  const { value, interval, noiseFloor } = jensenShannonEffect(reference, current);
  expect(interval[0]).toBeGreaterThanOrEqual(leastLower);
  expect(interval[1]).toBeGreaterThanOrEqual(leastUpper);
  expect(value).toBeGreaterThanOrEqual(interval[0]);
  expect(value).toBeLessThanOrEqual(interval[1]);
  expect(noiseFloor).toBeLessThanOrEqual(1);
});

test('levels without rows say nothing, and sides without rows are refused', () => {
  expect(jensenShannonEffect([4, 0, 6], [7, 0, 2])).toEqual(jensenShannonEffect([4, 6], [7, 2]));
  expect(() => jensenShannonEffect([0, 0], [1, 2])).toThrow(RangeError);
  expect(() => jensenShannonEffect([1], [1, 2])).toThrow(RangeError);
});

test('the input stays as it was', () => {
  const counts = Object.freeze([3, 4, 5]);
  jensenShannonEffect(counts, Object.freeze([5, 4, 3]));
  expect(counts).toEqual([3, 4, 5]);
});
