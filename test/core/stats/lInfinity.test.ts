import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lInfinity } from '../../../core/stats/lInfinity.js';
import { countCases } from './countCases.js';
import { expectClose } from './expectClose.js';
import { countPair } from './numericPairs.js';

describe('lInfinity', () => {
  it('repeats the example', () => {
    const found = lInfinity([50, 30, 20], [38, 33, 29]);
    expect(found.at).toBe(0);
    expectClose(found.distance, 0.12, 1e-14);
  });

  it('agrees with NumPy', () => {
    for (const { reference, current, expected } of countCases) {
      const { distance } = lInfinity(reference, current);
      expectClose(distance, expected.lInfinity, 1e-12, `${reference}`, 1e-15);
    }
  });

  it('is the gap at its level, 0 for the same shares, and the same both ways', () => {
    fc.assert(
      fc.property(countPair, ({ reference, current }) => {
        const { distance, at } = lInfinity(reference, current);
        const total = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0);
        const gap = (i: number) =>
          Math.abs(
            (reference[i] as number) / total(reference) - (current[i] as number) / total(current),
          );
        expectClose(gap(at), distance, 1e-12, '', 1e-15);
        reference.forEach((_, i) => {
          expect(gap(i)).toBeLessThanOrEqual(distance + 1e-15);
        });
        expect(lInfinity(current, reference)).toEqual({ distance, at });
        const tripled = reference.map((count) => 3 * count);
        expect(lInfinity(reference, tripled).distance).toBe(0);
      }),
    );
  });

  it('handles one level and disjoint levels, and refuses an empty side', () => {
    expect(lInfinity([4], [9])).toEqual({ distance: 0, at: 0 });
    expect(lInfinity([4, 0], [0, 9])).toEqual({ distance: 1, at: 0 });
    expect(() => lInfinity([0], [9])).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const reference = [1, 5];
    const current = [2, 3];
    lInfinity(reference, current);
    expect([...reference, ...current]).toEqual([1, 5, 2, 3]);
  });
});
