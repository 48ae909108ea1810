/** Numbers and names as people read them, in the chosen convention. Percent exists only here. */

import { type EffectMeasure, isShare } from '../core/contract.js';
import { fromIsoTime, isoTime } from '../core/isoTime.js';
import { written } from './conventions.js';

const space = '\u202f';
const missing = '–';

/** Four significant digits, thousands apart: 54 300, 0.0123, 1.2e-7. */
export function formatNumber(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return missing;
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e15 || size < 1e-4)) {
    return withMinus(written(value.toExponential(Math.max(0, digits - 2)).replace('e+', 'e')));
  }
  if (size >= 10 ** (digits - 1)) return formatCount(Math.round(value));
  const [whole = '', ...rest] = String(Number(value.toPrecision(digits))).split('.');
  return withMinus(written([grouped(whole), ...rest].join('.')));
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, space);
}

export function formatCount(count: number): string {
  return withMinus(written(grouped(String(count))));
}

/** `1 row`, `2 rows`. */
export function formatCounted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** 0.1234 as `12.3 %`. */
export function formatShare(share: number | null | undefined): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return missing;
  const percent = share * 100;
  const size = Math.abs(percent);
  if (size !== 0 && size < 0.01) return written(`${percent < 0 ? '−' : ''}<0.01${space}%`);
  return `${withMinus(written(String(Number(percent.toFixed(size < 1 ? 2 : 1)))))}${space}%`;
}

/** An effect in its measure's unit. */
export function formatEffect(measure: EffectMeasure, value: number): string {
  return isShare(measure) ? formatShare(value) : formatNumber(value, 2);
}

/** A change of a share, in points, with its sign. */
export function formatPoints(difference: number): string {
  const size = formatShare(Math.abs(difference)).replace('%', 'pt');
  return size.startsWith('<') ? size : withSign(difference, size);
}

/** A difference with its sign. */
export function formatDifference(difference: number): string {
  return withSign(difference, formatNumber(Math.abs(difference)));
}

export function formatPValue(pValue: number | null): string {
  if (pValue === null) return missing;
  return written(pValue < 1e-4 ? '< 0.0001' : String(Number(pValue.toPrecision(2))));
}

export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${written(String(Number(value.toPrecision(3))))}${space}${units[unit]}`;
}

/** Milliseconds or ISO 8601 to `2026-01-31`, or with the time of day where `withTime`. Always UTC. */
export function formatTime(time: number | string, withTime = false): string {
  const timeMs = typeof time === 'number' ? time : fromIsoTime(time);
  if (!Number.isFinite(timeMs)) return String(time);
  const [day = '', clock = ''] = isoTime(timeMs).split('T');
  return withTime ? `${written(day)} ${clock.slice(0, 5)}` : written(day);
}

/** The time of day alone, UTC. */
export function formatClock(time: number): string {
  return Number.isFinite(time) ? (isoTime(time).split('T')[1] ?? '').slice(0, 5) : '';
}

/** A sentence of the report, whose numbers the engine wrote plainly. */
export function formatSentence(text: string): string {
  return written(text);
}

/** Hours and minutes appear once the shown span is under four days. */
export function formatTimeWithin(time: number, spanMs: number): string {
  return formatTime(time, spanMs < 4 * 86_400_000);
}

/** A span of time with its sign, in its largest fitting unit. */
export function formatDuration(spanMs: number): string {
  const size = Math.abs(spanMs);
  const [unitMs, unit] = durations.find(([ms]) => size >= ms) ?? [1000, 's'];
  return withSign(spanMs, `${formatNumber(size / unitMs, 3)}${space}${unit}`);
}

const durations: readonly (readonly [number, string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
];

/** One visible line: control and direction characters become a mark, an empty text becomes a word. */
export function formatName(text: string): string {
  if (text === '') return '(empty)';
  if (/^\s+$/u.test(text)) return `(${formatCounted(text.length, 'space')})`;
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '␣');
}

/** Text from a file as it stands: what cannot be seen is written out, so that nothing hides in it. */
export function formatText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    if (character === '\t') return '\u21e5';
    if (character === '\n') return '\u21b5';
    const code = character.codePointAt(0) ?? 0;
    return `\u27e8U+${code.toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
  });
}

function withSign(value: number, size: string): string {
  if (value === 0) return size;
  return `${value < 0 ? '−' : '+'}${size}`;
}

function withMinus(text: string): string {
  return text.replace(/^-/, '−');
}
