import { afterEach, expect, test } from 'vitest';
import { conventionIds, conventionOf, writeBy, written } from '../../renderer/conventions.js';
import {
  formatCount,
  formatNumber,
  formatPValue,
  formatSentence,
  formatShare,
  formatTime,
} from '../../renderer/format.js';

afterEach(() => writeBy('plain'));

const shown = (text: string) => text.replaceAll('\u202f', '_');

test.each([
  ['plain', '1_234_568', '0.01235', '12.3_%', '2026-01-31 09:30', '0.012'],
  ['en-US', '1,234,568', '0.01235', '12.3_%', '01/31/2026 09:30', '0.012'],
  ['en-GB', '1,234,568', '0.01235', '12.3_%', '31/01/2026 09:30', '0.012'],
  ['de-DE', '1.234.568', '0,01235', '12,3_%', '31.01.2026 09:30', '0,012'],
  ['fr-FR', '1_234_568', '0,01235', '12,3_%', '31/01/2026 09:30', '0,012'],
] as const)('%s', (id, count, number, share, time, pValue) => {
  writeBy(id);
  expect(shown(formatCount(1234568))).toBe(count);
  expect(formatNumber(0.0123456)).toBe(number);
  expect(shown(formatShare(0.1234))).toBe(share);
  expect(formatTime('2026-01-31T09:30:00.000Z', true)).toBe(time);
  expect(formatPValue(0.01234)).toBe(pValue);
});

test('sentences follow, names and values in quotes do not', () => {
  const sentence =
    'A new value, "v1.5 of 2026-01-31", is in 6.4\u202f% of 12\u202f345 rows since 2026-01-31 (p = 0.02, 1.2e-7). Version 1.2.3 and 12 stay.';
  expect(formatSentence(sentence)).toBe(sentence);
  writeBy('de-DE');
  expect(formatSentence(sentence)).toBe(
    'A new value, "v1.5 of 2026-01-31", is in 6,4\u202f% of 12.345 rows since 31.01.2026 (p = 0,02, 1,2e-7). Version 1.2.3 and 12 stay.',
  );
});

test('an end of a sentence is no decimal point, and odd years stay', () => {
  writeBy('de-DE');
  expect(written('from 12. Then 3.5')).toBe('from 12. Then 3,5');
  expect(formatTime('0001-01-01T00:00:00.000Z')).toBe('0001-01-01');
  expect(formatTime('-000753-04-21T00:00:00.000Z')).toBe('-000753-04-21');
});

test('every convention tells thousands from decimals, and days from months', () => {
  for (const id of conventionIds) {
    const { decimal, thousands, date, dayAndMonth } = conventionOf(id);
    expect(decimal).not.toBe(thousands);
    expect(date('2026-01-31')).toMatch(/31/);
    expect(dayAndMonth).toMatch(/^%[dm]\W%[dm]\.?$/);
  }
  expect(conventionOf('de-DE').dayAndMonth).toBe('%d.%m.');
  expect(conventionOf('en-US').dayAndMonth).toBe('%m/%d');
});
