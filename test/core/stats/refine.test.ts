import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extremes } from '../../../core/drift/extremes.js';
import { sortNumbers } from '../../../core/sortNumbers.js';
import type { RefineNeeds } from '../../../core/stats/chooseLookedAt.js';
import { ksTest } from '../../../core/stats/ksTest.js';
import { midQuantileSorted } from '../../../core/stats/midQuantile.js';
import { quantileSorted } from '../../../core/stats/quantile.js';
import { createRandom, type Random } from '../../../core/stats/random.js';
import { createRefinement } from '../../../core/stats/refine.js';
import { countBelow, countUpTo, isRuns, type Runs } from '../../../core/stats/runs.js';
import { summarizeSorted } from '../../../core/stats/summarize.js';
import { wasserstein } from '../../../core/stats/wasserstein.js';
import { normalizedDistance } from '../../../core/stats/wassersteinEffect.js';

type Draw = (random: Random) => number;

const families: Record<string, [reference: Draw, current: Draw]> = {
  'normal, alike': [(r) => r.normal(), (r) => r.normal()],
  'normal, shifted': [(r) => r.normal(), (r) => r.normal() + 0.3],
  'normal, disjoint': [(r) => r.normal(), (r) => r.normal() + 100],
  Cauchy: [cauchy, (r) => 1.2 * cauchy(r)],
  lognormal: [(r) => Math.exp(3 * r.normal()), (r) => Math.exp(3 * r.normal() + 0.1)],
  'lognormal, alike': [(r) => Math.exp(3 * r.normal()), (r) => Math.exp(3 * r.normal())],
  integers: [(r) => r.poisson(40), (r) => r.poisson(41)],
  'integers on a wide range': [
    (r) => Math.floor(1e9 * r.uniform()),
    (r) => Math.floor(1e9 * r.uniform() ** 1.1),
  ],
  prices: [(r) => Math.round(1e4 * r.uniform()) / 100, (r) => Math.round(1e4 * r.uniform()) / 100],
  constant: [() => 7, () => 7],
  'two constants': [() => 7, () => -0.1],
  'two values': [(r) => (r.uniform() < 0.3 ? 0 : 1), (r) => (r.uniform() < 0.35 ? 0 : 1)],
  'zeros of both signs': [
    (r) => (r.uniform() < 0.5 ? -0 : r.normal()),
    (r) => (r.uniform() < 0.5 ? 0 : r.normal()),
  ],
  'half zeros': [
    (r) => (r.uniform() < 0.5 ? 0 : r.normal()),
    (r) => (r.uniform() < 0.6 ? 0 : r.normal()),
  ],
  'one far value': [(r) => (r.uniform() < 1e-4 ? 1e12 : r.normal()), (r) => r.normal()],
  'all in one cell': [
    (r) => (r.uniform() < 0.002 ? 1e18 * r.normal() : 1 + 1e-9 * r.uniform()),
    (r) => 1 + 1e-9 * r.uniform(),
  ],
  'times in milliseconds': [
    (r) => 1.7e12 + Math.floor(3e9 * r.uniform()),
    (r) => 1.7e12 + Math.floor(3e9 * r.uniform()),
  ],
  'tiny and large': [
    (r) => 10 ** (300 * r.uniform() - 150),
    (r) => 10 ** (299 * r.uniform() - 149),
  ],
  subnormal: [
    (r) => 5e-324 * Math.floor(1000 * r.normal()),
    (r) => 5e-324 * Math.floor(1000 * r.normal()),
  ],
};

const shares = [0, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 1];
const needs: RefineNeeds = {
  extremes: 5,
  shares,
  values: [0, 1, -1],
  steps: { share: 0.005, count: 40, slack: 0.001 },
};

describe('agrees with sorting', () => {
  for (const [name, [reference, current]] of Object.entries(families)) {
    for (const [n, m] of [
      [120_000, 90_000],
      [3_000, 40_001],
    ] as const) {
      test(`${name}, ${n} against ${m}`, () => {
        const random = createRandom(n);
        check(
          Float64Array.from({ length: n }, () => reference(random)),
          Float64Array.from({ length: m }, () => current(random)),
        );
      });
    }
  }

  test('the same values on both sides', () => {
    const random = createRandom(3);
    const values = Float64Array.from({ length: 50_000 }, () => random.normal());
    check(values, values.slice().reverse());
  });

  test('any mixture of clusters, ties and far values', () => {
    const part = fc.record({
      at: fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
      width: fc.constantFrom(0, 1e-9, 1, 1e6),
      digits: fc.constantFrom(0, 2, 17),
      weight: fc.integer({ min: 1, max: 20 }),
    });
    const side = fc.array(part, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(side, side, fc.integer({ min: 1, max: 1e6 }), (one, other, seed) => {
        const random = createRandom(seed);
        const draw = (parts: typeof one) => {
          const pool = parts.flatMap((p) => new Array<typeof p>(p.weight).fill(p));
          return Float64Array.from({ length: 20_000 }, () => {
            const { at, width, digits } = pool[
              Math.floor(random.uniform() * pool.length)
            ] as (typeof pool)[number];
            const value = at + width * random.normal();
            return digits === 17 ? value : Math.round(value * 10 ** digits) / 10 ** digits;
          });
        };
        check(draw(one), draw(other));
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});

test('looks at few values where the two sides are unlike', () => {
  const random = createRandom(5);
  const reference = Float64Array.from({ length: 400_000 }, () => random.normal());
  const current = Float64Array.from({ length: 400_000 }, () => random.normal() + 0.2);
  const runs = refined(reference, current);
  if (!runs) throw new Error('not refined');
  expect(runs.reference.values.length).toBeLessThan(100_000);
});

test('leaves out what is not finite', () => {
  const random = createRandom(6);
  const values = Float64Array.from({ length: 30_000 }, (_, i) =>
    i % 7 === 0 ? ([Number.NaN, Infinity, -Infinity][i % 3] as number) : random.normal(),
  );
  const finite = values.filter(Number.isFinite);
  expect(refined(values, values)?.reference.length).toBe(finite.length);
  expect(refined(values, values)?.reference.mean).toBeCloseTo(
    summarizeSorted(finite.slice().sort()).mean,
    12,
  );
});

test('other values in the second pass are told', () => {
  const random = createRandom(8);
  const values = Float64Array.from({ length: 30_000 }, () => random.normal());
  const refinement = createRefinement(values.slice(0, 5_000).sort());
  if (!refinement) throw new Error('not refined');
  for (const side of ['reference', 'current'] as const) refinement.count(side, values);
  refinement.choose(needs, Infinity);
  refinement.gather('reference', values.subarray(0, 100));
  expect(() => refinement.runs()).toThrow(RangeError);
  refinement.close();
});

function refined(
  reference: Float64Array,
  current: Float64Array,
): { reference: Runs; current: Runs } | null {
  const sample = [
    ...reference.filter((_, i) => i % 20 === 0),
    ...current.filter((_, i) => i % 20 === 0),
  ];
  const refinement = createRefinement(Float64Array.from(sample.filter(Number.isFinite)).sort());
  if (!refinement) return null;
  refinement.count('reference', reference);
  refinement.count('current', current);
  refinement.choose(needs, Infinity);
  refinement.gather('reference', reference);
  refinement.gather('current', current);
  const runs = refinement.runs();
  refinement.close();
  return runs;
}

/** Where no cells part the values, sorting stays: there is nothing to compare then. */
function check(reference: Float64Array, current: Float64Array): void {
  const runs = refined(reference, current);
  if (runs !== null) compare(runs, reference, current);
}

function compare(
  runs: { reference: Runs; current: Runs },
  reference: Float64Array,
  current: Float64Array,
): void {
  const sorted = {
    reference: sortNumbers(reference.map((value) => value + 0)),
    current: sortNumbers(current.map((value) => value + 0)),
  };
  const expected = ksTest(sorted.reference, sorted.current, { method: 'asymptotic' });
  const found = ksTest(runs.reference, runs.current, { method: 'asymptotic' });
  expect([found.statistic, found.pValue, found.at]).toEqual([
    expected.statistic,
    expected.pValue,
    expected.at,
  ]);
  const area = wasserstein(sorted.reference, sorted.current);
  // a cell's mean is a double as well, and subnormal ones have few digits
  const rounding =
    1e-319 +
    2 ** -53 * Math.max(...[0, 1].map((p) => Math.abs(quantileSorted(sorted.reference, p))));
  expect(Math.abs(wasserstein(runs.reference, runs.current) - area)).toBeLessThanOrEqual(
    1e-11 * area + rounding,
  );
  const clipped = normalizedDistance(sorted.reference, sorted.current);
  const foundClipped = normalizedDistance(runs.reference, runs.current);
  expect(foundClipped.clipRange).toEqual(clipped.clipRange);
  expect(Math.abs(foundClipped.observed - clipped.observed)).toBeLessThanOrEqual(
    1e-11 * clipped.observed +
      (2 ** -53 * Math.max(...clipped.clipRange.map(Math.abs))) / clipped.scale,
  );
  const ends = [0.005, 0.995].map((share) =>
    ['reference', 'current'].map((side) => quantileSorted(sorted[side as 'reference'], share)),
  ) as [number[], number[]];
  const [low, high] = [Math.min(...ends[0]), Math.max(...ends[1])];
  const { count, slack } = needs.steps;
  const moved = slack * (high / count - low / count);
  const edges = Array.from(
    { length: count + 1 },
    (_, i) => low * (1 - i / count) + high * (i / count),
  ).flatMap((edge) => [edge - moved, edge, edge + moved]);
  for (const side of ['reference', 'current'] as const) {
    const [one, other] = [runs[side], sorted[side]];
    for (const edge of edges) expect(countBelow(one, edge)).toBe(countBelow(other, edge));
    if (!isRuns(one)) throw new Error('no runs');
    expect(one.length).toBe(other.length);
    expect(extremes(one)).toEqual(extremes(other));
    for (const share of shares) {
      expect(quantileSorted(one, share)).toBe(quantileSorted(other, share));
      expect(midQuantileSorted(one, share)).toBe(midQuantileSorted(other, share));
    }
    for (const value of needs.values) {
      expect([countBelow(one, value), countUpTo(one, value)]).toEqual([
        countBelow(other, value),
        countUpTo(other, value),
      ]);
    }
    const { mean, standardDeviation } = summarizeSorted(other);
    const deviation = standardDeviation ?? 0;
    expect(Math.abs(one.mean - mean)).toBeLessThanOrEqual(
      1e-10 * Math.max(deviation, Math.abs(mean)) + 1e-319,
    );
    // squares of what is smaller leave the doubles
    expect(Math.abs((one.standardDeviation ?? 0) - deviation)).toBeLessThanOrEqual(
      1e-9 * deviation + 1e-160,
    );
  }
}

function cauchy(random: Random): number {
  return Math.tan(Math.PI * (random.uniform() - 0.5));
}
