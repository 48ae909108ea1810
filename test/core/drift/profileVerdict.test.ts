/** Evidently's verdicts beside ours: its numbers from core/profile, and which of its alarms are likely false. */
import { describe, expect, test } from 'vitest';
import type { DriftReport, Finding } from '../../../core/contract.js';
import { evidentlyProfile } from '../../../core/profile/evidentlyProfile.js';
import { draws, judged, judgedColumn, level } from './judged.js';

type Shown = Extract<NonNullable<Finding['profile']>, { kind: string }>;

const options = { profile: 'evidently' } as const;

describe('what it answers', () => {
  test('for numbers is what core/profile says', async () => {
    for (const [n, m] of [
      [400, 300],
      [3000, 300],
    ] as const) {
      const [reference, current] = [normal(1, n), normal(2, m, 0.1)];
      const wanted = evidentlyProfile({
        kind: 'numeric',
        numbers: { reference: Float64Array.from(reference), current: Float64Array.from(current) },
      });
      if (wanted.kind === 'not computable') throw new Error(wanted.reason);
      const { profile } = await judgedColumn(reference, current, options);
      expect(profile).toMatchObject({
        test: n > 1000 ? 'wasserstein' : 'ks',
        kind: wanted.kind,
        value: wanted.score,
        threshold: wanted.threshold,
        isDrifted: wanted.isDrifted,
      });
    }
  });

  test.each<[string, unknown[], unknown[], string]>([
    ['categories', words(1, 400), words(2, 300), 'chisquare'],
    ['many categories', words(1, 3000), words(2, 300), 'jensenshannon'],
    ['flags', flags(1, 400), flags(2, 300), 'z'],
    ['few whole numbers', wholes(1, 400), wholes(2, 300), 'chisquare'],
    ['few whole numbers with a gap', wholes(1, 400), [null, ...wholes(2, 300)], 'ks'],
  ])('%s', async (_, reference, current, name) => {
    const { profile } = await judgedColumn(reference, current, options);
    expect(profile?.test).toBe(name);
  });

  test.each<[string, unknown[], unknown[], RegExp]>([
    ['datetimes', times(1), times(2), /no drift test for datetimes/],
    ['identifiers', ids(1), ids(2), /no drift test for identifiers/],
    ['text', text(1), text(2), /trains a classifier/],
    ['flags in two spellings', flags(1, 99), flags(2, 99).map(Number), /written in two ways/],
    ['an empty side', normal(1, 50), Array<null>(50).fill(null), /refuses a column without values/],
  ])('none for %s', async (_, reference, current, reason) => {
    const { profile } = await judgedColumn(reference, current, options);
    expect(profile?.test).toBeNull();
    expect(profile && 'reason' in profile ? profile.reason : '').toMatch(reason);
  });

  test('nothing unless it is asked for', async () => {
    const report = await judged({ a: normal(1, 50) }, { a: normal(2, 50) });
    expect([report.profile, report.columns[0]?.profile]).toEqual([null, null]);
  });

  test('changes no verdict of ours', async () => {
    const [one, other] = [{ a: normal(1, 500) }, { a: normal(2, 500, 0.4) }];
    const strip = ({ profile: _, ...rest }: Finding) => rest;
    expect((await judged(one, other, options)).columns.map(strip)).toEqual(
      (await judged(one, other)).columns.map(strip),
    );
  });
});

describe('false alarms', () => {
  const columnCount = 30;
  const table = (seed: number, rows: number, shift = 0) =>
    Object.fromEntries(
      Array.from({ length: columnCount }, (_, c) => [
        `column ${c}`,
        c % 3 === 2
          ? draws(seed + c, rows, (random) => level(random, shares(c)))
          : normal(seed + c, rows, shift),
      ]),
    );

  test('of a small batch without drift are marked, with a reason', async () => {
    const report = await judged(table(1, 5000), table(1001, 100), options);
    expect(report.summary.driftedCount).toBe(0);
    const alarms = shown(report).filter(({ isDrifted }) => isDrifted);
    expect(alarms.length).toBeGreaterThanOrEqual(columnCount / 2);
    const marked = alarms.filter(({ likelyFalseAlarm }) => likelyFalseAlarm !== null);
    expect(marked.length).toBeGreaterThanOrEqual(0.8 * alarms.length);
    for (const { likelyFalseAlarm } of marked)
      expect(likelyFalseAlarm).toMatch(/chance alone gives up to|below the limit of/);
    expect(report.profile).toMatchObject({
      id: 'evidently',
      columnCount,
      driftedCount: alarms.length,
      isDrifted: true,
      limit: 0.5,
      likelyFalseAlarmCount: marked.length,
    });
  });

  test('hardly occur with as many rows on both sides', async () => {
    const report = await judged(table(1, 5000), table(1001, 5000), options);
    expect(report.profile).toMatchObject({ columnCount, driftedCount: 0, isDrifted: false });
  });

  test('no drift of ours is called one', async () => {
    const report = await judged(table(1, 5000), table(1001, 300, 0.5), options);
    for (const { verdict, profile } of report.columns) {
      if (verdict !== 'drifted' || !profile?.test) continue;
      expect(profile.likelyFalseAlarm).toBeNull();
    }
    expect(report.summary.driftedCount).toBeGreaterThan(10);
  });

  test('a certain difference below the limit is one', async () => {
    const { verdict, profile } = await judgedColumn(normal(1, 900), normal(2, 20_000, 0.02), {
      ...options,
      limit: 0.5,
    });
    expect(verdict).toBe('stable');
    if (!profile?.test) throw new Error('no verdict');
    if (profile.isDrifted) expect(profile.likelyFalseAlarm).toContain('below the limit of 0.5');
    else expect(profile.likelyFalseAlarm).toBeNull();
  });

  test('what is no alarm is no false one', async () => {
    const { profile } = await judgedColumn(normal(1, 900), normal(2, 900), options);
    expect(profile).toMatchObject({ isDrifted: false, likelyFalseAlarm: null });
  });
});

describe('the dataset', () => {
  test.each([
    [1, false],
    [2, true],
    [3, true],
  ])('with %i of 4 columns drifted', async (driftedCount, isDrifted) => {
    const table = (seed: number, shift: number) =>
      Object.fromEntries(
        Array.from({ length: 4 }, (_, c) => [
          `column ${c}`,
          normal(seed + c, 3000, c < driftedCount ? shift : 0),
        ]),
      );
    const { profile } = await judged(
      { ...table(1, 0), when: times(1, 3000) },
      { ...table(21, 2), when: times(2, 3000) },
      options,
    );
    // a column that Evidently has no test for does not count
    expect(profile).toMatchObject({ columnCount: 4, driftedCount, isDrifted });
  });

  test('of columns without a test is not drifted', async () => {
    const { profile } = await judged({ id: ids(1) }, { id: ids(2) }, options);
    expect(profile).toMatchObject({ columnCount: 0, driftedCount: 0, isDrifted: false });
  });
});

function shown({ columns }: DriftReport): Shown[] {
  return columns.flatMap(({ profile }) => (profile?.test ? [profile] : []));
}

function normal(seed: number, rows: number, mean = 0): number[] {
  return draws(seed, rows, (random) => mean + random.normal());
}

function shares(column: number): number[] {
  return Array.from({ length: 3 + (column % 8) }, () => 1 / (3 + (column % 8)));
}

function words(seed: number, rows: number): string[] {
  return draws(seed, rows, (random) => level(random, [0.4, 0.3, 0.2, 0.1]));
}

function flags(seed: number, rows: number): boolean[] {
  return draws(seed, rows, (random) => random.uniform() < 0.3);
}

function wholes(seed: number, rows: number): number[] {
  return draws(seed, rows, (random) => random.integer(8));
}

function times(seed: number, rows = 600): Date[] {
  return draws(seed, rows, (random) => new Date(Date.UTC(2026, 0, 5) + random.integer(5e9)));
}

function ids(seed: number): string[] {
  return draws(seed, 600, (_, i) => `id-${seed}-${i}`);
}

function text(seed: number): string[] {
  return draws(seed, 600, (random, i) => `loan ${i} for a house of ${random.integer(999)} stones`);
}
