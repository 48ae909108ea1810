import { describe, expect, test } from 'vitest';
import type { MeasureId, Measurement } from '../../../core/contract.js';
import { measures } from '../../../core/drift/measures.js';
import { draws, judgedColumn, level } from './judged.js';

const byInput = {
  numbers: ['ks', 'wasserstein', 'psi', 'jensen-shannon'],
  levels: ['chi-squared', 'cramers-v', 'psi', 'jensen-shannon'],
};

test('the table says what each measure takes', () => {
  const idsThatTake = (input: 'numbers' | 'levels') =>
    measures.filter(({ takes }) => takes === input || takes === 'either').map(({ id }) => id);
  expect(idsThatTake('numbers')).toEqual(byInput.numbers);
  expect(idsThatTake('levels')).toEqual(byInput.levels);
  expect(new Set(measures.map(({ id }) => id)).size).toBe(measures.length);
});

describe('each column has what its data allow', () => {
  test('numbers', async () => {
    const { measures: found } = await judgedColumn([1.5, 2, 3, 4], [3, 4, 5, 6.5]);
    expect(Object.keys(found)).toEqual(byInput.numbers);
    expect(found.ks).toMatchObject({ kind: 'test', statistic: 0.5, at: 2, referenceCount: 4 });
    expect(found.wasserstein).toMatchObject({ kind: 'distance', distance: 2 });
  });

  test('categories', async () => {
    const { measures: found } = await judgedColumn(
      repeated({ a: 10, b: 20, c: 30 }),
      repeated({ a: 20, b: 20, c: 20 }),
    );
    expect(Object.keys(found)).toEqual(byInput.levels);
    expect(found['chi-squared']).toMatchObject({
      kind: 'test',
      statistic: expect.closeTo(16 / 3, 12),
      pValue: expect.closeTo(0.06948345122280151, 14),
      degreesOfFreedom: 2,
      method: 'asymptotic',
    });
    expect(found['cramers-v']).toMatchObject({ distance: expect.closeTo(Math.sqrt(16 / 360), 12) });
  });

  test('flags stored as numbers are both', async () => {
    const { kind, measures: found } = await judgedColumn([0, 1, 1, 0], [1, 1, 0, 1]);
    expect(kind).toBe('boolean');
    expect(Object.keys(found).sort()).toEqual(
      [...new Set([...byInput.numbers, ...byInput.levels])].sort(),
    );
  });

  test('text has none', async () => {
    const words = (seed: number) =>
      draws(seed, 60, (random, i) => `the ${i}th loan of ${random.integer(900)} for a car`);
    const { kind, measures: found } = await judgedColumn(words(1), words(2));
    expect([kind, found]).toEqual(['text', {}]);
  });

  test('the bins of PSI are in the report, and hold every value', async () => {
    const { measures: found } = await judgedColumn(
      draws(1, 1000, (random) => random.normal()),
      draws(2, 500, (random) => random.normal()),
      { bins: 5 },
    );
    const { psi } = found;
    if (psi?.kind !== 'distance') throw new Error('no PSI');
    expect(psi.binEdges).toHaveLength(4);
    expect(psi.referenceCounts).toEqual([200, 200, 200, 200, 200]);
    expect(psi.currentCounts?.reduce((sum, count) => sum + count, 0)).toBe(500);
  });
});

describe('a side without values', () => {
  test.each([
    ['reference', [null, null, null], [1, 2, 3]],
    ['current', ['a', 'b', 'b'], [null, null, null]],
  ])('%s', async (side, reference, current) => {
    const { measures: found } = await judgedColumn(reference, current);
    expect(Object.keys(found).length).toBeGreaterThan(3);
    for (const measurement of Object.values(found)) {
      expect(measurement).toEqual({
        kind: 'not computable',
        reason: `the ${side} side has no values`,
      });
    }
  });

  test('a distance beyond the largest number', async () => {
    const { measures: found } = await judgedColumn([-1e308, -1.5e308], [1e308, 1.5e308]);
    expect(found.wasserstein).toEqual({
      kind: 'not computable',
      reason: 'the distance is beyond the largest number',
    });
    expect(found.ks).toMatchObject({ statistic: 1 });
  });
});

describe('swapping the files changes no symmetric measure', () => {
  // PSI and Jensen-Shannon of numbers are not symmetric: their bins are the reference's quantiles
  test.each<[string, MeasureId[], unknown[], unknown[]]>([
    [
      'numbers',
      ['ks', 'wasserstein'],
      draws(1, 300, (random) => random.normal()),
      draws(2, 200, (random) => random.normal() + 0.2),
    ],
    [
      'numbers with ties',
      ['ks', 'wasserstein'],
      draws(1, 300, (random) => random.poisson(3)),
      draws(2, 200, (random) => random.poisson(4)),
    ],
    [
      'categories',
      ['chi-squared', 'cramers-v', 'psi', 'jensen-shannon'],
      draws(1, 300, (random) => level(random, [0.5, 0.3, 0.2])),
      draws(2, 200, (random) => level(random, [0.4, 0.3, 0.2, 0.1])),
    ],
  ])('%s', async (_, ids, one, other) => {
    const there = await judgedColumn(one, other);
    const back = await judgedColumn(other, one);
    for (const id of ids) {
      const [a, b] = [numbersOf(there.measures[id]), numbersOf(back.measures[id])];
      expect(a.length).toBeGreaterThan(0);
      for (const [i, value] of a.entries()) expect(b[i]).toBeCloseTo(value, 12);
    }
  });
});

function numbersOf(measurement: Measurement | undefined): number[] {
  if (measurement?.kind === 'test') return [measurement.statistic, measurement.pValue];
  return measurement?.kind === 'distance' ? [measurement.distance] : [];
}

function repeated(counts: Record<string, number>): string[] {
  return Object.entries(counts).flatMap(([value, count]) => Array<string>(count).fill(value));
}
