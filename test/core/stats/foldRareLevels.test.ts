import { expect, test } from 'vitest';
import { foldRareLevels } from '../../../core/stats/foldRareLevels.js';

test('the example', () => {
  const folded = foldRareLevels([50, 30, 3, 2], [40, 40, 4, 6]);
  expect(Array.from(folded.referenceCounts)).toEqual([50, 30, 5]);
  expect(Array.from(folded.currentCounts)).toEqual([40, 40, 10]);
  expect(folded.keptIndices).toEqual([0, 1]);
  expect(folded.foldedIndices).toEqual([2, 3]);
});

test('no rare level, no Other', () => {
  const folded = foldRareLevels([50, 30], [40, 40]);
  expect(Array.from(folded.referenceCounts)).toEqual([50, 30]);
  expect(folded.foldedIndices).toEqual([]);
});

test('the expected count of the smaller side decides', () => {
  expect(foldRareLevels([50, 50, 0], [4000, 4000, 200]).foldedIndices).toEqual([2]);
  expect(foldRareLevels([4000, 4000, 200], [4000, 4000, 0]).foldedIndices).toEqual([]);
});

test('an Other that is still rare takes the smallest kept level with it', () => {
  const folded = foldRareLevels([50, 30, 20, 1], [50, 30, 20, 0]);
  expect(folded.keptIndices).toEqual([0, 1]);
  expect(Array.from(folded.referenceCounts)).toEqual([50, 30, 21]);
});

test('with two kept levels Other stays as it is', () => {
  expect(Array.from(foldRareLevels([50, 30, 1], [50, 30, 0]).referenceCounts)).toEqual([50, 30, 1]);
});

test('many even levels are not all thrown together', () => {
  const even = Array.from({ length: 500 }, (_, i) => 1 + (i % 3));
  const folded = foldRareLevels(even, even);
  const other = folded.referenceCounts.at(-1) as number;
  expect(other).toBeLessThanOrEqual(even.reduce((sum, count) => sum + count, 0) / 2);
  expect(folded.keptIndices.length).toBeGreaterThan(100);
});

test('rows are kept, order does not matter, levels without rows do not count', () => {
  const reference = [9, 1, 80, 2, 30, 0, 12];
  const current = [11, 0, 60, 3, 44, 0, 14];
  const folded = foldRareLevels(reference, current);
  const turned = foldRareLevels(reference.toReversed(), current.toReversed());
  expect(folded.referenceCounts.toSorted()).toEqual(turned.referenceCounts.toSorted());
  expect(folded.foldedIndices.map((i) => 6 - i).toSorted()).toEqual(turned.foldedIndices);
  const sum = (counts: ArrayLike<number>) => Array.from(counts).reduce((a, b) => a + b, 0);
  expect(sum(folded.referenceCounts)).toBe(sum(reference));
  expect(sum(folded.currentCounts)).toBe(sum(current));
  expect(foldRareLevels([50, 0, 50], [50, 0, 50]).referenceCounts.length).toBe(2);
});

test('nothing to fold', () => {
  expect(() => foldRareLevels([], [])).toThrow(RangeError);
  expect(() => foldRareLevels([1, 2], [0, 0])).toThrow(RangeError);
  expect(Array.from(foldRareLevels([1], [1]).referenceCounts)).toEqual([1]);
});
