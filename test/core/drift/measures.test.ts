import { describe, expect, test } from 'vitest';
import type { MeasureId, Measurement } from '../../../core/contract.js';
import { measures } from '../../../core/drift/measures.js';
import { draws, judgedColumn, level } from './judged.js';

/** Every measure by what it takes, in the order of the contract. */
const byInput = {
  numbers: [
    ...['ks', 'cramer-von-mises', 'anderson-darling', 'mann-whitney', 'welch-t'],
    ...['kruskal-wallis', 'epps-singleton', 'energy', 'wasserstein', 'mmd'],
  ] as MeasureId[],
  levels: [
    ...['chi-squared', 'g-test', 'fisher-exact', 'z-test', 'cramers-v', 'l-infinity'],
  ] as MeasureId[],
  either: [
    ...['psi', 'jensen-shannon', 'kl-divergence', 'hellinger', 'total-variation'],
  ] as MeasureId[],
};

/** What every report has. */
const usual = {
  numbers: ['ks', 'wasserstein', 'psi', 'jensen-shannon'],
  levels: ['chi-squared', 'cramers-v', 'psi', 'jensen-shannon'],
};

test('the table says what each measure takes', () => {
  for (const [input, ids] of Object.entries(byInput)) {
    expect(measures.filter(({ takes }) => takes === input).map(({ id }) => id)).toEqual(ids);
  }
  expect(new Set(measures.map(({ id }) => id)).size).toBe(21);
});

test('the table says which ones every report has', () => {
  const ids = measures.filter(({ isUsual }) => isUsual).map(({ id }) => id);
  expect(ids.sort()).toEqual([...new Set([...usual.numbers, ...usual.levels])].sort());
});

describe('each column has what its data allow', () => {
  test('numbers', async () => {
    const { measures: found } = await judgedColumn([1.5, 2, 3, 4], [3, 4, 5, 6.5]);
    expect(Object.keys(found)).toEqual(usual.numbers);
    expect(found.ks).toMatchObject({ kind: 'test', statistic: 0.5, at: 2, referenceCount: 4 });
    expect(found.wasserstein).toMatchObject({ kind: 'distance', distance: 2 });
  });

  test('categories', async () => {
    const { measures: found } = await judgedColumn(
      repeated({ a: 10, b: 20, c: 30 }),
      repeated({ a: 20, b: 20, c: 20 }),
    );
    expect(Object.keys(found)).toEqual(usual.levels);
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
      [...new Set([...usual.numbers, ...usual.levels])].sort(),
    );
  });

  test('text has none', async () => {
    const words = (seed: number) =>
      draws(seed, 60, (random, i) => `the ${i}th loan of ${random.integer(900)} for a car`);
    for (const measures of [[], 'all'] as const) {
      const { kind, measures: found } = await judgedColumn(words(1), words(2), {
        measures: measures === 'all' ? 'all' : [],
      });
      expect([kind, found]).toEqual(['text', {}]);
    }
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

describe('measures that are asked for', () => {
  const columns = (): Record<'numbers' | 'levels', [unknown[], unknown[]]> => ({
    numbers: [
      draws(1, 300, (random) => random.normal()),
      draws(2, 200, (random) => random.normal()),
    ],
    levels: [
      draws(1, 300, (random) => level(random, [0.5, 0.3, 0.2])),
      draws(2, 200, (random) => level(random, [0.5, 0.3, 0.2])),
    ],
  });

  test.each(['numbers', 'levels'] as const)('all of %s', async (input) => {
    const { measures: found } = await judgedColumn(...columns()[input], { measures: 'all' });
    expect(Object.keys(found)).toEqual([...byInput[input], ...byInput.either]);
  });

  test('some, beside the usual ones, and where they apply', async () => {
    const asked = { measures: ['mmd', 'g-test', 'hellinger', 'ks'] satisfies MeasureId[] };
    const numbers = await judgedColumn(...columns().numbers, asked);
    expect(Object.keys(numbers.measures).sort()).toEqual(
      [...usual.numbers, 'mmd', 'hellinger'].sort(),
    );
    const levels = await judgedColumn(...columns().levels, asked);
    expect(Object.keys(levels.measures).sort()).toEqual(
      [...usual.levels, 'g-test', 'hellinger'].sort(),
    );
  });

  test('change no verdict', async () => {
    for (const input of ['numbers', 'levels'] as const) {
      const { measures: _, ...plain } = await judgedColumn(...columns()[input]);
      const { measures: all, ...rest } = await judgedColumn(...columns()[input], {
        measures: 'all',
      });
      expect(rest).toEqual(plain);
      expect(Object.keys(all).length).toBeGreaterThan(10);
    }
  });

  test('given edges go before the reference’s quantiles, and hold for all that take bins', async () => {
    const { measures: found } = await judgedColumn(...columns().numbers, {
      measures: 'all',
      binEdges: { value: [-1, 0.5] },
    });
    for (const id of byInput.either) {
      const measurement = found[id];
      if (measurement?.kind !== 'distance') throw new Error(`no ${id}`);
      expect(measurement.binEdges).toEqual([-1, 0.5]);
      expect(measurement.referenceCounts?.reduce((sum, count) => sum + count)).toBe(300);
      expect(measurement.currentCounts).toHaveLength(3);
    }
  });
});

describe('a side without values', () => {
  test.each([
    ['reference', [null, null, null], [1, 2, 3]],
    ['current', ['a', 'b', 'b'], [null, null, null]],
  ])('%s', async (side, reference, current) => {
    const { measures: found } = await judgedColumn(reference, current, { measures: 'all' });
    expect(Object.keys(found).length).toBeGreaterThan(10);
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

/** What becomes of each statistic or distance when the files change places; p-values stay. */
const mirrored: Record<MeasureId, 'same' | 'negative' | 'inverse' | 'nm minus' | 'another'> = {
  ks: 'same',
  'cramer-von-mises': 'same',
  'anderson-darling': 'same',
  'mann-whitney': 'nm minus',
  'welch-t': 'negative',
  'kruskal-wallis': 'same',
  'epps-singleton': 'same',
  energy: 'same',
  wasserstein: 'same',
  mmd: 'same',
  'chi-squared': 'same',
  'g-test': 'same',
  'fisher-exact': 'inverse',
  'z-test': 'negative',
  'cramers-v': 'same',
  'l-infinity': 'same',
  psi: 'same',
  'jensen-shannon': 'same',
  'kl-divergence': 'another',
  hellinger: 'same',
  'total-variation': 'same',
};

describe('swapping the files changes no symmetric measure', () => {
  const [n, m] = [300, 200];
  // bins are the reference's quantiles, so what takes them is symmetric on given edges only
  const binEdges = { value: [-0.5, 0, 0.5] };
  test.each<[string, MeasureId[], unknown[], unknown[]]>([
    [
      'numbers',
      [...byInput.numbers, ...byInput.either],
      draws(1, n, (random) => random.normal()),
      draws(2, m, (random) => random.normal() + 0.2),
    ],
    [
      'numbers with ties',
      byInput.numbers,
      draws(1, n, (random) => random.poisson(3)),
      draws(2, m, (random) => random.poisson(4)),
    ],
    [
      'two categories',
      [...byInput.levels, ...byInput.either],
      draws(1, n, (random) => level(random, [0.7, 0.3])),
      draws(2, m, (random) => level(random, [0.6, 0.4])),
    ],
    [
      'four categories',
      [
        ...byInput.levels.filter((id) => id !== 'fisher-exact' && id !== 'z-test'),
        ...byInput.either,
      ],
      draws(1, n, (random) => level(random, [0.5, 0.3, 0.15, 0.05])),
      draws(2, m, (random) => level(random, [0.4, 0.3, 0.2, 0.1])),
    ],
  ])('%s', async (_, ids, one, other) => {
    const options = { measures: 'all', binEdges } as const;
    const there = await judgedColumn(one, other, options);
    const back = await judgedColumn(other, one, options);
    for (const id of ids) {
      const [a, b] = [numbersOf(there.measures[id]), numbersOf(back.measures[id])];
      const wanted = {
        same: a.value,
        negative: -a.value,
        inverse: 1 / a.value,
        'nm minus': n * m - a.value,
        another: Number.NaN,
      }[mirrored[id]];
      if (mirrored[id] === 'another') expect(Math.abs(a.value - b.value)).toBeGreaterThan(1e-4);
      else expect(b.value / wanted, id).toBeCloseTo(1, 11);
      // mmd draws other permutations: two standard errors of a p of 999 of them
      expect(Math.abs(a.pValue - b.pValue), id).toBeLessThan(id === 'mmd' ? 0.045 : 1e-12);
    }
  });
});

function numbersOf(measurement: Measurement | undefined): { value: number; pValue: number } {
  if (measurement?.kind === 'test' && measurement.statistic !== null)
    return { value: measurement.statistic, pValue: measurement.pValue };
  if (measurement?.kind === 'distance') return { value: measurement.distance, pValue: 0 };
  throw new Error(`no numbers in ${JSON.stringify(measurement)}`);
}

function repeated(counts: Record<string, number>): string[] {
  return Object.entries(counts).flatMap(([value, count]) => Array<string>(count).fill(value));
}
