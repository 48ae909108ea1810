import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Relative closeness; an expected 0 must be met within `absolute`. */
export function expectClose(
  actual: number,
  expected: number,
  relative: number,
  label = '',
  absolute = 1e-300,
): void {
  if (Object.is(actual, expected) || actual === expected) return;
  const gap = Math.abs(actual - expected);
  const isClose = gap <= relative * Math.abs(expected) || gap <= absolute;
  expect(isClose, `${label} expected ${expected}, got ${actual}, off by ${gap}`).toBe(true);
}

/** A file of test/fixtures/scipy; the caller says its shape. */
export function readFixture<Shape>(name: string): Shape {
  const url = new URL(`../../fixtures/scipy/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as Shape;
}

/** Ascending copy. */
export function sorted(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}
