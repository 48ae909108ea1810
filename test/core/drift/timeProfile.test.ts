import { describe, expect, test } from 'vitest';
import type { TimeProfile } from '../../../core/contract.js';
import type { Random } from '../../../core/stats/random.js';
import { draws, judgedColumn } from './judged.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const start = Date.UTC(2026, 0, 5);

describe('the span', () => {
  test('has both ends, the usual gap and the longest one with its beginning', async () => {
    const quarters = Array.from({ length: 480 }, (_, i) => start + i * (hourMs / 4));
    const broken = quarters.filter((_, i) => i < 100 || i >= 140);
    const { reference, current } = await profileOf(toDates(quarters), toDates(broken));
    expect(reference).toEqual({
      start: '2026-01-05T00:00:00.000Z',
      end: '2026-01-09T23:45:00.000Z',
      typicalGapMs: hourMs / 4,
      longestGapMs: hourMs / 4,
      longestGapStart: '2026-01-05T00:00:00.000Z',
    });
    expect(current).toMatchObject({
      typicalGapMs: hourMs / 4,
      longestGapMs: 41 * (hourMs / 4),
      longestGapStart: new Date(start + 99 * (hourMs / 4)).toISOString(),
    });
  });

  test('of days without times', async () => {
    const days = Array.from({ length: 90 }, (_, i) => start + i * dayMs);
    const { reference, shiftHours } = await profileOf(toDates(days), toDates(days));
    expect([reference.typicalGapMs, shiftHours]).toEqual([dayMs, null]);
  });

  test('of one moment only has no gaps', async () => {
    const { current } = await profileOf(
      toDates([start, start + dayMs]),
      toDates([start, start, start]),
    );
    expect(current).toMatchObject({
      start: current.end,
      typicalGapMs: 0,
      longestGapMs: 0,
      longestGapStart: current.start,
    });
  });

  test('is in UTC, before 1970 as well', async () => {
    const early = Array.from({ length: 30 }, (_, i) => Date.UTC(1955, 5, 1 + i));
    expect((await profileOf(toDates(early), toDates(early))).reference.start).toBe(
      '1955-06-01T00:00:00.000Z',
    );
  });

  test('is there for datetimes with values on both sides only', async () => {
    const times = toDates([start, start + hourMs, start + 2 * hourMs]);
    expect((await judgedColumn(times, [null, null, null])).time).toBeNull();
    expect((await judgedColumn([1.5, 2, 3], [1.5, 2, 3])).time).toBeNull();
  });
});

describe('hours that look shifted', () => {
  /** Busy in the morning and in the evening, quiet at night. */
  const daily = (random: Random) =>
    random.uniform() < 0.6 ? 9 + 1.5 * random.normal() : 18 + 2 * random.normal();
  const evenly = (random: Random) => 24 * random.uniform();
  const at3 = () => 3;

  test.each([1, 2, 3, -2, -5, 8, 12])('by %i hours', async (hours) => {
    const [reference, current] = [visits(1, daily), visits(2, daily, hours)];
    expect((await profileOf(reference, current)).shiftHours).toBe(hours);
  });

  test.each([5, 9])('by so few as %i00 rows', async (hundreds) => {
    const few = (seed: number, hours = 0) => visits(seed, daily, hours).slice(0, 100 * hundreds);
    expect((await profileOf(few(1), few(2, 2))).shiftHours).toBe(2);
    expect((await profileOf(few(1), few(3))).shiftHours).toBeNull();
  });

  test('of a nightly job', async () => {
    expect((await profileOf(visits(1, at3), visits(2, at3, -5))).shiftHours).toBe(-5);
  });

  test.each<[string, (random: Random) => number, (random: Random) => number]>([
    ['where nothing changed', daily, daily],
    ['where the day is flat', evenly, (random) => evenly(random) + 2],
    ['where only the mornings are left', daily, (random) => 9 + 1.5 * random.normal()],
    ['where the day became flat', daily, evenly],
  ])('not %s', async (_, before, after) => {
    for (const seed of [1, 3, 5]) {
      const { shiftHours } = await profileOf(visits(seed, before), visits(seed + 1, after));
      expect(shiftHours).toBeNull();
    }
  });

  test('of files of different months too', async () => {
    const later = visits(2, daily, 2).map((time) => new Date(time.getTime() + 90 * dayMs));
    expect((await profileOf(visits(1, daily), later)).shiftHours).toBe(2);
  });

  /** Over eight weeks, at hours drawn by `hour` and then turned. */
  function visits(seed: number, hour: (random: Random) => number, turnedBy = 0): Date[] {
    return draws(seed, 4000, (random) => {
      const time = ((hour(random) + turnedBy + 48) % 24) * hourMs;
      return new Date(start + random.integer(56) * dayMs + Math.floor(time));
    });
  }
});

async function profileOf(
  reference: readonly Date[],
  current: readonly Date[],
): Promise<TimeProfile> {
  const { kind, time } = await judgedColumn(reference, current);
  if (kind !== 'datetime' || !time) throw new Error(`a column of ${kind} has no times`);
  return time;
}

function toDates(times: readonly number[]): Date[] {
  return times.map((time) => new Date(time));
}
