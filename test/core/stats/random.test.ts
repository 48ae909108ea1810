import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../core/stats/random.js';
import { chiSquaredUpperTail, logGamma } from '../../../core/stats/special.js';
import { expectClose } from './expectClose.js';

function moments(draw: () => number, count = 40_000): { mean: number; variance: number } {
  const values = Float64Array.from({ length: count }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  return { mean, variance };
}

/** P-value of Pearson's test of draws against exact probabilities; rare outcomes are put together. */
function pearsonPValue(
  draw: () => number,
  share: (outcome: number) => number,
  end: number,
): number {
  const count = 40_000;
  const counts = new Float64Array(end + 1);
  for (let i = 0; i < count; i++) {
    const outcome = Math.min(end, draw());
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  let statistic = 0;
  let bins = 0;
  let restCount = count;
  let restExpected = count;
  for (let outcome = 0; outcome < end; outcome++) {
    const expected = count * share(outcome);
    if (expected < 10) continue;
    statistic += ((counts[outcome] ?? 0) - expected) ** 2 / expected;
    restCount -= counts[outcome] ?? 0;
    restExpected -= expected;
    bins++;
  }
  if (restExpected > 1) statistic += (restCount - restExpected) ** 2 / restExpected;
  return chiSquaredUpperTail(statistic, bins - (restExpected > 1 ? 0 : 1));
}

const logChoose = (n: number, k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
const poissonShare = (mean: number) => (k: number) =>
  Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));
const binomialShare = (n: number, p: number) => (k: number) =>
  k > n ? 0 : Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
const hypergeometricShare = (hits: number, misses: number, draws: number) => (k: number) =>
  k > Math.min(hits, draws) || k < draws - misses
    ? 0
    : Math.exp(logChoose(hits, k) + logChoose(misses, draws - k) - logChoose(hits + misses, draws));

function some(random: Random): number[] {
  return [
    random.uniform(),
    random.normal(),
    random.integer(1000),
    random.poisson(3),
    random.poisson(300),
    random.binomial(50, 0.1),
    random.binomial(1000, 0.7),
    random.hypergeometric(300, 500, 100),
  ];
}

describe('createRandom', () => {
  it('repeats the example, on every machine', () => {
    expect(createRandom(1).uniform()).toBe(0.5486449192438306);
  });

  it('gives the same numbers for the same seed, others for another', () => {
    expect(some(createRandom(7))).toEqual(some(createRandom(7)));
    const starts = [0, -1, 1, 2, 0.5, 2 ** 40, 2 ** 40 + 1, 1e300].map((seed) =>
      createRandom(seed).uniform(),
    );
    expect(new Set(starts).size).toBe(starts.length);
  });

  it('has the right moments', () => {
    const random = createRandom(11);
    const uniform = moments(random.uniform);
    expectClose(uniform.mean, 0.5, 0.01);
    expectClose(uniform.variance, 1 / 12, 0.03);
    const normal = moments(random.normal);
    expectClose(normal.mean, 0, 0, '', 0.02);
    expectClose(normal.variance, 1, 0.03);
    const cubes = moments(() => random.normal() ** 4);
    expectClose(cubes.mean, 3, 0.08);
    const large = moments(() => random.poisson(5000));
    expectClose(large.mean, 5000, 0.001);
    expectClose(large.variance, 5000, 0.03);
  });

  it.each([
    ['poisson 0.7', (r: Random) => r.poisson(0.7), poissonShare(0.7), 12],
    ['poisson 9', (r: Random) => r.poisson(9), poissonShare(9), 40],
    ['poisson 25', (r: Random) => r.poisson(25), poissonShare(25), 80],
    ['binomial 20, 0.3', (r: Random) => r.binomial(20, 0.3), binomialShare(20, 0.3), 21],
    ['binomial 90, 0.4', (r: Random) => r.binomial(90, 0.4), binomialShare(90, 0.4), 91],
    ['binomial 90, 0.8', (r: Random) => r.binomial(90, 0.8), binomialShare(90, 0.8), 91],
    [
      'hypergeometric small',
      (r: Random) => r.hypergeometric(7, 30, 12),
      hypergeometricShare(7, 30, 12),
      8,
    ],
    [
      'hypergeometric large',
      (r: Random) => r.hypergeometric(80, 120, 90),
      hypergeometricShare(80, 120, 90),
      91,
    ],
    [
      'hypergeometric many hits',
      (r: Random) => r.hypergeometric(150, 60, 170),
      hypergeometricShare(150, 60, 170),
      151,
    ],
    ['integer 13', (r: Random) => r.integer(13), (k: number) => (k < 13 ? 1 / 13 : 0), 13],
  ] as const)('%s has the right probabilities', (_, draw, share, end) => {
    const random = createRandom(5);
    const p = pearsonPValue(() => draw(random), share, end);
    expect(p).toBeGreaterThan(1e-4);
    expect(p).toBeLessThan(1 - 1e-4);
  });

  it('shuffles every order alike', () => {
    const random = createRandom(3);
    const seen = new Map<string, number>();
    for (let i = 0; i < 12_000; i++) {
      const values = Float64Array.of(1, 2, 3, 4);
      random.shuffle(values);
      seen.set(values.join(), (seen.get(values.join()) ?? 0) + 1);
    }
    expect(seen.size).toBe(24);
    const statistic = [...seen.values()].reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0);
    expect(chiSquaredUpperTail(statistic, 23)).toBeGreaterThan(1e-4);
  });

  it('answers at the ends', () => {
    const random = createRandom(2);
    expect([
      random.poisson(0),
      random.binomial(0, 0.5),
      random.binomial(9, 0),
      random.binomial(9, 1),
    ]).toEqual([0, 0, 0, 9]);
    expect([
      random.hypergeometric(5, 0, 3),
      random.hypergeometric(0, 5, 3),
      random.hypergeometric(40, 60, 100),
    ]).toEqual([3, 0, 40]);
    expect(random.integer(1)).toBe(0);
  });

  it('refuses what has no answer', () => {
    const random = createRandom(2);
    expect(() => createRandom(Number.NaN)).toThrow(RangeError);
    expect(() => random.integer(0)).toThrow(RangeError);
    expect(() => random.poisson(-1)).toThrow(RangeError);
    expect(() => random.binomial(3, 1.5)).toThrow(RangeError);
    expect(() => random.binomial(2.5, 0.5)).toThrow(RangeError);
    expect(() => random.hypergeometric(3, 3, 7)).toThrow(RangeError);
  });
});
