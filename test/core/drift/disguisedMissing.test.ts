/** What looks like a value and stands for none; and what only looks so. */
import { describe, expect, test } from 'vitest';
import { draws, judgedColumn, level } from './judged.js';

const rows = 3000;

type Values = readonly unknown[];

describe('is found', () => {
  test.each<[string, Values, Values, string[], RegExp]>([
    ['-1 in ages', some(ages(1), -1), some(ages(2), -1), ['-1'], /only negative number/],
    ['-1 in current only', ages(1), some(ages(2), -1), ['-1'], /only negative number/],
    ['-999 in a positive column', ages(1), some(ages(2), -999), ['-999'], /only negative number/],
    ['-999 among values of both signs', normal(1), some(normal(2), -999), ['-999'], /far from all/],
    ['999 far away', ages(1), some(ages(2), 999), ['999'], /far from all other values/],
    ['9999 in prices', prices(1), some(prices(2), 9999), ['9999'], /./],
    ['99999 in the reference only', some(prices(1), 99_999), prices(2), ['99999'], /far from all/],
    ['99 in ages', ages(1), some(ages(2), 99), ['99'], /./],
    ['zeros in current only', prices(1), some(prices(2), 0), ['0'], /zero .* current file/],
    ['zeros in the reference only', some(prices(1), 0), prices(2), ['0'], /zero .* reference file/],
    [
      'the reference’s median, filled in',
      normal(1),
      some(normal(2), median(normal(1))),
      [String(median(normal(1)))],
      /the reference’s median .* current file/,
    ],
    ['zeros in small counts', counts(1), some(counts(2), 0, 0, 5), ['0'], /zero .* current file/],
    ['nothing but zeros', prices(1), Array<number>(rows).fill(0), ['0'], /zero .* current file/],
    ['-1 in counts', counts(1), some(counts(2), -1), ['-1'], /only negative number/],
    ['-1 in probabilities', shares(1), some(shares(2), -1), ['-1'], /only negative number/],
    ['both -1 and 999', ages(1), some(some(ages(2), -1), 999, 7), ['-1', '999'], /./],
    ['unknown', words(1), some(words(2), 'unknown'), ['unknown'], /means that there is no value/],
    ['any case of N/A', some(words(1), 'n/a'), some(words(2), 'N/A'), ['N/A', 'n/a'], /word/],
    ['a blank', words(1), some(words(2), '  '), ['  '], /word/],
    ['a question mark', words(1), some(words(2), '?'), ['?'], /word/],
    ['the epoch', days(1), some(days(2), new Date(0)), ['1970-01-01'], /calendars/],
    [
      'the epoch with a time',
      days(1),
      some(days(2), new Date(3_600_000)),
      ['1970-01-01'],
      /calendars/,
    ],
    ['Excel’s zero', some(days(1), new Date('1899-12-30')), days(2), ['1899-12-30'], /calendars/],
    ['the end of time', days(1), some(days(2), new Date('9999-12-31')), ['9999-12-31'], /./],
  ])('%s', async (_, reference, current, values, why) => {
    const { disguisedMissing } = await judgedColumn(reference, current);
    expect(disguisedMissing.map(({ value }) => value)).toEqual(values);
    for (const found of disguisedMissing) {
      expect(found.why).toMatch(why);
      const counts = [reference, current].map((side) => side.filter(isWritten(found.value)).length);
      expect([found.referenceCount, found.currentCount]).toEqual(counts);
    }
  });

  test('in a column of one value and the sentinel', async () => {
    const { disguisedMissing } = await judgedColumn(
      Array<number>(rows).fill(5),
      some(Array<number>(rows).fill(5), -1),
    );
    expect(disguisedMissing.map(({ value }) => value)).toEqual(['-1']);
  });
});

describe('is not found', () => {
  const poisson = (mean: number) => (seed: number) =>
    draws(seed, rows, (random) => random.poisson(mean));
  const quiet: [string, (seed: number) => Values][] = [
    ['counts with many zeros', (seed) => zeros(seed, 0.7)],
    ['amounts with many zeros', (seed) => zeros(seed, 0.4).map((count) => count * 12.5)],
    ['ordinals to 9', (seed) => draws(seed, rows, (random) => 1 + random.integer(9))],
    ['ordinals to 10', (seed) => draws(seed, rows, (random) => random.integer(11))],
    ['1 to 5', (seed) => draws(seed, rows, (random) => 1 + random.integer(5))],
    ['labels -1 and 1', (seed) => draws(seed, rows, (random) => 2 * random.integer(2) - 1)],
    ['-1, 0, 1', (seed) => draws(seed, rows, (random) => random.integer(3) - 1)],
    ['differences of counts', (seed) => difference(poisson(3)(seed), poisson(3)(seed + 50))],
    ['a normal', normal],
    ['a rounded normal', (seed) => normal(seed).map((value) => Math.round(2 * value))],
    ['percentages', (seed) => draws(seed, rows, (random) => random.integer(101))],
    ['percentages piled up at the top', piled],
    [
      'prices that end in 99',
      (seed) => draws(seed, rows, (random) => 99 + 100 * random.integer(9)),
    ],
    ['a Poisson', poisson(3)],
    ['a wide Poisson', poisson(100)],
    ['a heavy tail', (seed) => draws(seed, rows, (random) => random.uniform() ** -1)],
    ['a rounded heavy tail', (seed) => draws(seed, rows, (r) => Math.round(r.uniform() ** -0.8))],
    ['ages', ages],
    ['a constant', () => Array<number>(rows).fill(9)],
    ['flags', (seed) => draws(seed, rows, (random) => random.integer(2))],
    ['whole numbers, each once', (seed) => ages(1).map((_, i) => (seed - 1) * 9999 + i)],
    ['words', words],
    ['days', days],
  ];
  test.each(quiet)('%s', async (_, side) => {
    expect((await judgedColumn(side(1), side(2))).disguisedMissing).toEqual([]);
  });

  test('in the columns of a pair that drifted', async () => {
    for (const [reference, current] of [
      [normal(1), normal(2).map((value) => value + 2)],
      [poisson(3)(1), poisson(5)(2)],
      [poisson(9)(1), poisson(4)(2)],
      [normal(1).map(Math.round), normal(2).map((value) => Math.round(value + 3))],
      [coarse(1, 0.1), coarse(2, 0.6)],
      [zeros(1, 0.7), zeros(2, 0.6)],
      [ages(1), ages(2).map((age) => Math.min(99, age + 10))],
    ] as const)
      expect((await judgedColumn(reference, current)).disguisedMissing).toEqual([]);
  });

  test('in a few rows', async () => {
    const few = (values: Values) => values.slice(0, 40);
    const { disguisedMissing } = await judgedColumn(few(normal(1)), [...few(normal(2)), -999]);
    expect(disguisedMissing).toEqual([]);
  });
});

/** Every 25th value is another one: 4 %. */
function some(values: Values, value: unknown, first = 0, every = 25): unknown[] {
  return values.map((own, i) => (i % every === first ? value : own));
}

function isWritten(value: string): (other: unknown) => boolean {
  return (other) =>
    other instanceof Date ? other.toISOString().startsWith(value) : String(other) === value;
}

function normal(seed: number): number[] {
  return draws(seed, rows, (random) => random.normal());
}

/** Whole years, 18 to 90. */
function ages(seed: number): number[] {
  return draws(seed, rows, (random) =>
    Math.min(90, Math.max(18, Math.round(45 + 15 * random.normal()))),
  );
}

/** To the cent, most below 1 000. */
function prices(seed: number): number[] {
  return draws(seed, rows, (random) => Math.round(100 * Math.exp(5 + 0.7 * random.normal())) / 100);
}

function counts(seed: number): number[] {
  return draws(seed, rows, (random) => random.poisson(4));
}

function shares(seed: number): number[] {
  return draws(seed, rows, (random) => random.uniform());
}

/** 0 with the given share, else 1 or 2. */
function coarse(seed: number, zeroShare: number): number[] {
  return draws(seed, rows, (random) => (random.uniform() < zeroShare ? 0 : 1 + random.integer(2)));
}

function zeros(seed: number, share: number): number[] {
  return draws(seed, rows, (random) => (random.uniform() < share ? 0 : 1 + random.poisson(4)));
}

function piled(seed: number): number[] {
  return draws(seed, rows, (random) => Math.floor(100 * (1 - random.uniform() ** 2)));
}

function difference(one: readonly number[], other: readonly number[]): number[] {
  return one.map((value, i) => value - (other[i] ?? 0));
}

function words(seed: number): string[] {
  return draws(seed, rows, (random) => level(random, [0.5, 0.3, 0.2]));
}

function days(seed: number): Date[] {
  return draws(
    seed,
    rows,
    (random) => new Date(Date.UTC(2026, 0, 5) + random.integer(90) * 86_400_000),
  );
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return ((sorted[rows / 2 - 1] ?? 0) + (sorted[rows / 2] ?? 0)) / 2;
}
