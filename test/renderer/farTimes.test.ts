/** Where dates end, ticks of an axis of times had no end: each case is drawn in a process of its own, which is killed. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { axisUnit, linear, unitTitle } from '../../renderer/charts/axisScale.js';
import { formatTime } from '../../renderer/format.js';
import { root } from '../main/command.js';

const last = 8.64e15;
const [hour, day] = [3_600_000, 86_400_000];
const limitMs = 30_000;

describe('charts of times end', () => {
  test.each([
    ['within hours of the last date', last - 30 * hour, last],
    ['within days of it', last - 20 * day, last],
    ['within months', last - 200 * day, last - day],
    ['within years', last - 700 * day, last],
    ['within centuries', last - 90_000 * day, last - 10 * day],
    ['at it', last, last],
    ['after it', last - 100 * day, last + 900 * day],
    ['at the first date', -last, -last + 700 * day],
    ['within days of that', -last, -last + 20 * day],
    ['before it', -9e15, -last],
    ['from one to the other', -last, last],
  ])(
    '%s',
    async (_, low, high) => {
      const words = [
        '--import',
        'tsx',
        'test/renderer/drawFarTimes.ts',
        JSON.stringify([low, high]),
      ];
      const { stdout } = await promisify(execFile)(process.execPath, words, {
        cwd: root,
        timeout: limitMs,
        killSignal: 'SIGKILL',
      });
      expect(stdout).toBe('');
    },
    2 * limitMs,
  );
});

test('such an axis counts days or years, and all others are dates as before', () => {
  const unit = (...values: number[]) => axisUnit('datetime', values, linear);
  expect(unit(0, Date.UTC(2026, 0, 1))).toBe(1);
  expect(unit(Date.UTC(-500, 0, 1), Date.UTC(9999, 11, 31))).toBe(1);
  expect(unitTitle('datetime', unit(last - 20 * day, last))).toBe('days from 1970');
  expect(unitTitle('datetime', unit(last - 4000 * day, last))).toBe('years from 1970');
  expect(unitTitle('datetime', 1)).toBeNull();
});

test('a time beyond dates is written as one', () => {
  expect(formatTime(8.9e15)).toMatch(/^\+28\d{4}-\d{2}-\d{2}$/);
  expect(formatTime('+290000-01-02T03:04:05.000Z', true)).toBe('+290000-01-02 03:04');
  expect(formatTime('soon')).toBe('soon');
});
