import { expect, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatCounted,
  formatDifference,
  formatDuration,
  formatName,
  formatNumber,
  formatPoints,
  formatPValue,
  formatShare,
  formatTime,
  formatTimeWithin,
} from '../../renderer/format.js';

/** The narrow space between thousands and before units, made visible. */
const shown = (text: string) => text.replaceAll('\u202f', '_');

test('numbers have four digits, and thousands apart', () => {
  expect(shown(formatNumber(1234567.8))).toBe('1_234_568');
  expect(formatNumber(0.0123456)).toBe('0.01235');
  expect(formatNumber(-3.5)).toBe('−3.5');
  expect(formatNumber(0)).toBe('0');
  expect(formatNumber(1.234e-7)).toBe('1.23e-7');
  expect(formatNumber(9.87e20)).toBe('9.87e20');
  expect(formatNumber(999.96)).toBe('1\u202f000');
  expect(formatNumber(-19_999, 6)).toBe('−19\u202f999');
  expect(formatNumber(12_345.25, 7)).toBe('12\u202f345.25');
});

test('what is no number is a dash', () => {
  for (const value of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(formatNumber(value)).toBe('–');
    expect(formatShare(value)).toBe('–');
  }
  expect(formatPValue(null)).toBe('–');
});

test('counts', () => {
  expect(shown(formatCount(54300))).toBe('54_300');
  expect(formatCounted(1, 'row')).toBe('1 row');
  expect(formatCounted(0, 'row')).toBe('0 rows');
});

test('shares become percent, and their differences points', () => {
  expect(shown(formatShare(0.1234))).toBe('12.3_%');
  expect(shown(formatShare(0.00456))).toBe('0.46_%');
  expect(shown(formatShare(0.00001))).toBe('<0.01_%');
  expect(shown(formatShare(1))).toBe('100_%');
  expect(shown(formatPoints(-0.235))).toBe('−23.5_pt');
  expect(shown(formatPoints(0.00001))).toBe('<0.01_pt');
});

test('p-values', () => {
  expect(formatPValue(3e-41)).toBe('< 0.0001');
  expect(formatPValue(0.01234)).toBe('0.012');
  expect(formatPValue(1)).toBe('1');
});

test('differences carry their sign, none has none', () => {
  expect(formatDifference(2.5)).toBe('+2.5');
  expect(formatDifference(-2.5)).toBe('−2.5');
  expect(formatDifference(0)).toBe('0');
  expect(shown(formatDuration(-90 * 60_000))).toBe('−1.5_h');
  expect(shown(formatDuration(3 * 86_400_000))).toBe('+3_d');
});

test('bytes', () => {
  expect(shown(formatBytes(999))).toBe('999_B');
  expect(shown(formatBytes(45_000_000))).toBe('45_MB');
});

test('times are UTC, and text that is no time stays', () => {
  expect(formatTime(0)).toBe('1970-01-01');
  expect(formatTime('2026-11-20T09:30:00.000Z', true)).toBe('2026-11-20 09:30');
  expect(formatTime('soon')).toBe('soon');
  expect(formatTimeWithin(0, 3_600_000)).toBe('1970-01-01 00:00');
});

test('names stay on one visible line', () => {
  expect(formatName('')).toBe('(empty)');
  expect(formatName('  ')).toBe('(2 spaces)');
  expect(formatName('a\nb\u202ec')).toBe('a␣b␣c');
  expect(formatName('<b>🦆</b>')).toBe('<b>🦆</b>');
});
