/** The verdict rules of the design, each on data that were made to show it. */
import { describe, expect, test } from 'vitest';
import type { CompareOptions, Finding } from '../../../core/contract.js';
import { homogeneityTest } from '../../../core/stats/homogeneityTest.js';
import type { Random } from '../../../core/stats/random.js';
import { draws, findingOf, judged, judgedColumn, level } from './judged.js';

const rows = 4000;
const dayMs = 86_400_000;

type Values = readonly unknown[];
type Expected = Partial<Pick<Finding, 'kind' | 'verdict' | 'channel' | 'severity'>> & {
  reason?: RegExp;
};

describe('numbers', () => {
  checkAll([
    ['no change', normal(1), normal(2), { verdict: 'stable' }],
    [
      'a shift of half a spread',
      normal(1),
      normal(2, 0.5),
      {
        verdict: 'drifted',
        channel: 'shape',
        severity: 'major',
        reason: /typical value is higher/,
      },
    ],
    [
      'a shift of a fifth of the spread',
      normal(1),
      normal(2, 0.22),
      { verdict: 'drifted', channel: 'shape', severity: 'moderate' },
    ],
    [
      'a shift that is certain and too small to matter',
      normal(1, 0, 1, 20_000),
      normal(2, 0.05, 1, 20_000),
      { verdict: 'stable' },
    ],
    [
      'a wider spread',
      normal(1),
      normal(2, 0, 1.6),
      { verdict: 'drifted', channel: 'shape', reason: /wider or differently shaped/ },
    ],
    ['few rows', normal(1, 0, 1, 40), normal(2, 0, 1, 40), { verdict: 'inconclusive' }],
    [
      'a large change in few rows',
      normal(1, 0, 1, 60),
      normal(2, 3, 1, 60),
      { verdict: 'drifted', severity: 'major' },
    ],
    [
      'integers with ties',
      draws(1, rows, (random) => random.poisson(3)),
      draws(2, rows, (random) => random.poisson(3)),
      { verdict: 'stable' },
    ],
    ['mostly zeros', zeroInflated(1), zeroInflated(2), { verdict: 'stable' }],
    ['a Cauchy column', cauchy(1), cauchy(2), { verdict: 'stable' }],
    [
      'a change of unit',
      normal(1, 50_000, 10_000),
      normal(2, 50, 10),
      {
        verdict: 'drifted',
        severity: 'major',
        reason: /^All values are about 1\s000 times smaller .*change of unit/,
      },
    ],
    [
      'a change of unit in which little lies out of range',
      draws(1, rows, (random) => 1 + 99 * random.uniform()),
      draws(2, rows, (random) => 0.1 + 9.9 * random.uniform()),
      { verdict: 'drifted', reason: /about 10 times smaller/ },
    ],
    [
      'a shift that is no change of unit',
      normal(1, 100, 10),
      normal(2, 130, 10),
      { verdict: 'drifted', reason: /^(?!.*change of unit)/ },
    ],
  ]);
});

describe('extremes are judged by support', () => {
  test.each([
    ['current', normal(1), normal(2).with(7, 1e6)],
    ['reference', normal(1).with(7, 1e6), normal(2)],
  ])('one 1e6 outlier in the %s file', async (_, reference, current) => {
    const { channels, verdict, severity } = await judgedColumn(reference, current);
    expect(channels.shape.verdict).toBe('stable');
    expect(channels.support.verdict).not.toBe('drifted');
    expect(['none', 'minor']).toContain(severity);
    expect(verdict).not.toBe('drifted');
  });

  test('2 % of rows multiplied by 100', async () => {
    const current = normal(2, 50, 10, 20_000).map((value, i) =>
      i % 50 === 0 ? value * 100 : value,
    );
    const { channels, channel, verdict } = await judgedColumn(normal(1, 50, 10, 20_000), current);
    expect([verdict, channel]).toEqual(['drifted', 'support']);
    expect(channels.shape.verdict).toBe('stable');
  });
});

describe('a small unit changes nothing', () => {
  test.each([0, 0.05, 0.3])('a shift of %f in a column scaled by 1e-5', async (shift) => {
    const [reference, current] = [normal(1), normal(2, shift)];
    const plain = await judgedColumn(reference, current);
    const scaled = await judgedColumn(
      reference.map((value) => value * 1e-5),
      current.map((value) => value * 1e-5),
    );
    expect(judgement(scaled)).toEqual(judgement(plain));
    expect(scaled.effect?.value).toBeCloseTo(plain.effect?.value ?? Number.NaN, 6);
  });
});

describe('missing values', () => {
  checkAll([
    [
      'none to half',
      normal(1),
      missing(normal(2), 0.5),
      {
        verdict: 'drifted',
        channel: 'missing',
        severity: 'major',
        reason: /rose from 0\s% to 50\s%/,
      },
    ],
    [
      'half to none',
      missing(normal(1), 0.5),
      normal(2),
      { verdict: 'drifted', channel: 'missing', reason: /fell from 50\s% to 0\s%/ },
    ],
    [
      'the same share on both sides',
      missing(normal(1), 0.1),
      missing(normal(2), 0.1),
      { verdict: 'stable' },
    ],
    [
      'two points more, below the limit of five',
      missing(normal(1), 0.01),
      missing(normal(2), 0.03),
      { verdict: 'stable' },
    ],
    [
      'eight points more',
      normal(1),
      missing(normal(2), 0.08),
      { verdict: 'drifted', channel: 'missing', severity: 'minor' },
    ],
    [
      'all of current',
      normal(1),
      nothing(),
      { kind: 'numeric', verdict: 'drifted', channel: 'missing', severity: 'major' },
    ],
    [
      'all of reference',
      nothing(),
      words(2, [0.5, 0.5]),
      { kind: 'categorical', verdict: 'drifted', channel: 'missing', severity: 'major' },
    ],
    ['all of both', nothing(), nothing(), { verdict: 'skipped', channel: null }],
  ]);

  test('on one side only there is nothing else to judge', async () => {
    const { channels } = await judgedColumn(normal(1), nothing());
    expect([channels.support.verdict, channels.shape.verdict]).toEqual(['skipped', 'skipped']);
  });
});

describe('constant columns', () => {
  checkAll([
    ['a number', same(7), same(7), { verdict: 'stable' }],
    ['a word', same('a'), same('a'), { verdict: 'stable' }],
    ['a flag', same(true), same(true), { kind: 'boolean', verdict: 'stable' }],
    [
      'another number',
      same(7),
      same(8),
      { verdict: 'drifted', channel: 'support', severity: 'major' },
    ],
    ['another word', same('a'), same('b'), { verdict: 'drifted', severity: 'major' }],
    ['no longer constant', same(7), normal(2, 7), { verdict: 'drifted', channel: 'support' }],
  ]);
});

test('one value on a side tells nothing of its shape', async () => {
  const finding = await judgedColumn([7.5], [9.5]);
  expect(finding.channels.shape.verdict).toBe('skipped');
  expect(finding.verdict).toBe('inconclusive');
});

describe('categories', () => {
  const even = Array<number>(500).fill(1 / 500);
  checkAll([
    [
      'the same shares',
      words(1, [0.5, 0.3, 0.2]),
      words(2, [0.5, 0.3, 0.2]),
      { verdict: 'stable' },
    ],
    [
      'other shares',
      words(1, [0.5, 0.3, 0.2]),
      words(2, [0.3, 0.3, 0.4]),
      { verdict: 'drifted', channel: 'shape', reason: /"level 2" rose from/ },
    ],
    ['500 levels', words(1, even, 20_000), words(2, even, 20_000), { verdict: 'stable' }],
    [
      'a new one',
      words(1, [0.5, 0.5]),
      words(2, [0.47, 0.47, 0.06]),
      {
        verdict: 'drifted',
        channel: 'support',
        severity: 'major',
        reason: /A new value, "level 2"/,
      },
    ],
    [
      'a vanished one',
      words(1, [0.45, 0.45, 0.1]),
      words(2, [0.5, 0.5]),
      { verdict: 'drifted', channel: 'shape', reason: /"level 2" fell from .* to 0\s%/ },
    ],
    ['flags', flags(1, 0.1), flags(2, 0.1), { kind: 'boolean', verdict: 'stable' }],
    [
      'flags that moved',
      flags(1, 0.1),
      flags(2, 0.36),
      { verdict: 'drifted', channel: 'shape', severity: 'moderate', reason: /"true" rose/ },
    ],
  ]);

  test('a new one has its interval and noise floor at any size', async () => {
    for (const count of [300, 1000, 3000, 6000, 10_000, 30_000]) {
      const { channels } = await judgedColumn(
        words(1, [0.6, 0.3, 0.1], count),
        words(2, [0.5, 0.3, 0.1, 0.1], count),
      );
      const { interval, noiseFloor, observed } = channels.support.effect ?? {};
      expect(noiseFloor).toBe(0);
      expect(interval?.[0]).toBeGreaterThan(0.6 * (observed ?? Number.NaN));
      expect(interval?.[1]).toBeLessThan(1.5 * (observed ?? Number.NaN));
    }
  });

  test('a change among rare levels is in the effect, though they are one level in the test', async () => {
    const rare = (keptCount: number) => [
      0.5,
      ...Array.from({ length: 250 }, (_, i) => (i < keptCount ? 0.5 / keptCount : 0)),
    ];
    // half of the 250 levels vanish and the others double: the squared distance in closed form
    const lost = 0.25;
    const kept = { p: 0.25, q: 0.5 };
    const mean = (kept.p + kept.q) / 2;
    const squared =
      0.5 * (kept.p * Math.log2(kept.p / mean) + lost) + 0.5 * kept.q * Math.log2(kept.q / mean);
    let heldCount = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const { channels } = await judgedColumn(
        words(seed, rare(250), 1000),
        words(seed + 100, rare(125), 1000),
      );
      const [low, high] = channels.shape.effect?.interval ?? [1, 0];
      if (low <= Math.sqrt(squared) && Math.sqrt(squared) <= high) heldCount++;
    }
    expect(heldCount).toBeGreaterThanOrEqual(17);
  });

  test('many rare levels raise no alarm at any size', async () => {
    for (const count of [100, 1000, 5000]) {
      const { verdict } = await judgedColumn(words(1, even, count), words(2, even, count));
      expect(verdict).not.toBe('drifted');
    }
  });
});

describe('types', () => {
  checkAll([
    [
      'numbers to words',
      normal(1),
      words(2, [0.5, 0.5]),
      {
        verdict: 'drifted',
        channel: 'schema',
        severity: 'major',
        reason: /from DOUBLE to VARCHAR/,
      },
    ],
    [
      'numbers written as text are numbers',
      normal(1),
      normal(2).map(String),
      { kind: 'numeric', verdict: 'stable' },
    ],
  ]);

  test('a changed type stands in the schema as well', async () => {
    const { schema } = await judged({ value: normal(1) }, { value: words(2, [0.5, 0.5]) });
    expect(schema.retyped).toEqual([{ name: 'value', from: 'DOUBLE', to: 'VARCHAR' }]);
  });
});

describe('dates', () => {
  const anyHour = (random: Random) => 24 * random.uniform();
  const office = (random: Random) => 9 + 8 * random.uniform();
  checkAll([
    [
      'other months',
      times(1, 0, 56, anyHour),
      times(2, 56, 56, anyHour),
      { kind: 'datetime', verdict: 'stable' },
    ],
    [
      'other months, other hours',
      times(1, 0, 56, anyHour),
      times(2, 56, 56, office),
      { verdict: 'drifted', channel: 'shape', reason: /^Hour of day: / },
    ],
    ['the same months', times(1, 0, 56, anyHour), times(2, 0, 56, anyHour), { verdict: 'stable' }],
    [
      'overlapping months',
      times(1, 0, 56, anyHour),
      times(2, 20, 56, anyHour),
      { verdict: 'drifted', channel: 'shape', reason: /typical time is higher/ },
    ],
    [
      'weekends only',
      times(1, 0, 56, () => 0),
      times(2, 56, 56, () => 0).filter((time) => time.getUTCDay() % 6 === 0),
      { verdict: 'drifted', channel: 'shape', reason: /^Weekday: / },
    ],
  ]);

  test('each look at one column pays for the others', async () => {
    const { channels, charts } = await judgedColumn(
      times(1, 0, 56, anyHour),
      times(2, 56, 56, (random) => 24 * random.uniform() ** 1.2),
    );
    const { hours } = charts;
    const alone = homogeneityTest(hours?.reference ?? [], hours?.current ?? [], 1);
    expect(channels.shape.pValueMethod).toContain('hour of day');
    // hours and weekdays; the time axis is not looked at, for the periods do not overlap
    expect(alone.pValue).toBeGreaterThan(0);
    expect((channels.shape.pValue ?? 0) / alone.pValue).toBeCloseTo(2, 12);
  });

  test('the range of dates is not judged, for later ones are expected', async () => {
    const { channels } = await judgedColumn(times(1, 0, 56, anyHour), times(2, 56, 56, anyHour));
    expect(channels.support.verdict).toBe('skipped');
    expect(channels.shape.reason).toMatch(
      /The two periods \(\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d, then \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d\) are not compared, only hours of the day and weekdays\.$/,
    );
    const same = await judgedColumn(times(1, 0, 56, anyHour), times(2, 0, 56, anyHour));
    expect(same.channels.shape.reason).not.toContain('not compared');
  });
});

describe('text and identifiers', () => {
  checkAll([
    ['text of the same lengths', text(1, 5), text(2, 5), { kind: 'text', verdict: 'stable' }],
    [
      'longer text',
      text(1, 5),
      text(2, 9),
      { kind: 'text', verdict: 'drifted', channel: 'shape', reason: /typical length is higher/ },
    ],
    [
      'other identifiers',
      draws(1, rows, (_, i) => `a${i}`),
      draws(1, rows, (_, i) => `b${i}`),
      { kind: 'identifier', verdict: 'stable', reason: /An identifier/ },
    ],
    [
      'identifiers in numbers',
      draws(1, rows, (_, i) => i),
      draws(1, rows, (_, i) => rows + i),
      { kind: 'identifier', verdict: 'stable' },
    ],
  ]);

  test('an identifier has no shape, yet its missing values count', async () => {
    const ids = draws(1, rows, (_, i) => `a${i}`);
    const { channel, verdict, channels } = await judgedColumn(ids, missing(ids, 0.2));
    expect([verdict, channel]).toEqual(['drifted', 'missing']);
    expect(channels.shape.verdict).toBe('skipped');
  });
});

describe('options', () => {
  test.each<[CompareOptions, Finding['verdict']]>([
    [{}, 'drifted'],
    [{ limit: 0.5 }, 'stable'],
    [{ limits: { value: 0.5 } }, 'stable'],
    [{ limit: 0.5, limits: { value: 0.1 } }, 'drifted'],
    [{ kinds: { value: 'identifier' } }, 'stable'],
  ])('%j', async (options, verdict) => {
    const finding = await judgedColumn(normal(1), normal(2, 0.25), options);
    expect(finding.verdict).toBe(verdict);
  });

  test('a column may be called "constructor"', async () => {
    const report = await judged({ constructor: normal(1) }, { constructor: normal(2, 0.5) });
    const { kind, verdict, effect } = findingOf(report, 'constructor');
    expect([kind, verdict, effect?.limit]).toEqual(['numeric', 'drifted', 0.1]);
  });
});

function checkAll(cases: [name: string, reference: Values, current: Values, Expected][]): void {
  test.each(cases)('%s', async (_, reference, current, { reason, ...expected }) => {
    const finding = await judgedColumn(reference, current);
    expect(finding).toMatchObject(expected);
    if (reason) expect(finding.reason).toMatch(reason);
  });
}

function judgement({ verdict, channel, severity, channels }: Finding) {
  return { verdict, channel, severity, of: Object.values(channels).map((found) => found.verdict) };
}

function normal(seed: number, mean = 0, spread = 1, count = rows): number[] {
  return draws(seed, count, (random) => mean + spread * random.normal());
}

function cauchy(seed: number): number[] {
  return draws(seed, 20_000, (random) => random.normal() / random.normal());
}

function zeroInflated(seed: number): number[] {
  return draws(seed, rows, (random) =>
    random.uniform() < 0.8 ? 0 : Math.exp(3 + random.normal()),
  );
}

function words(seed: number, weights: readonly number[], count = rows): string[] {
  return draws(seed, count, (random) => level(random, weights));
}

function flags(seed: number, share: number): boolean[] {
  return draws(seed, rows, (random) => random.uniform() < share);
}

function missing<T>(values: readonly T[], share: number): (T | null)[] {
  return values.map((value, i) => (i % 100 < share * 100 ? null : value));
}

function nothing(): null[] {
  return Array<null>(rows).fill(null);
}

function same<T>(value: T): T[] {
  return Array<T>(rows).fill(value);
}

function times(
  seed: number,
  firstDay: number,
  dayCount: number,
  hour: (random: Random) => number,
): Date[] {
  return draws(seed, rows, (random) => {
    const day = firstDay + random.integer(dayCount);
    return new Date(Date.UTC(2026, 0, 5) + day * dayMs + Math.floor(hour(random) * 3_600_000));
  });
}

function text(seed: number, wordCount: number): string[] {
  const vocabulary = ['a', 'loan', 'for', 'house', 'car', 'repair', 'of', 'debts'];
  return draws(seed, rows, (random, i) =>
    [
      ...Array.from({ length: wordCount + random.integer(6) }, () => vocabulary[random.integer(8)]),
      i,
    ].join(' '),
  );
}
