import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { totalVariation } from '../../../core/stats/totalVariation.js';
import { countCases } from './countCases.js';
import { expectClose } from './expectClose.js';
import { countPair } from './numericPairs.js';

describe('totalVariation', () => {
  it('repeats the example', () => {
    expectClose(totalVariation([50, 30, 20], [40, 30, 30]), 0.1, 1e-14);
  });

  it('agrees with NumPy', () => {
    for (const { reference, current, expected } of countCases) {
      // NumPy's differences of shares carry 1e-16 each.
      expectClose(totalVariation(reference, current), expected.totalVariation, 1e-12, '', 1e-15);
    }
  });

  it('is 0 to 1, 0 for the same shares, the same both ways, and goes by no detour', () => {
    fc.assert(
      fc.property(countPair, ({ reference, current }) => {
        const value = totalVariation(reference, current);
        expect(value >= 0 && value <= 1).toBe(true);
        expectClose(totalVariation(current, reference), value, 1e-13);
        const tripled = reference.map((count) => 3 * count);
        expect(totalVariation(reference, tripled)).toBe(0);
        const between = reference.map((count, i) => count + (current[i] as number));
        const around = totalVariation(reference, between) + totalVariation(between, current);
        expect(value).toBeLessThanOrEqual(around + 1e-12);
      }),
    );
  });

  it('handles one level and disjoint levels, keeps its digits near 0, and refuses an empty side', () => {
    expect(totalVariation([4], [9])).toBe(0);
    expectClose(totalVariation([4, 0], [0, 9]), 1, 1e-15);
    const near = totalVariation([5e8, 5e8], [5e8 + 1, 5e8 - 1]);
    expectClose(near, 1e-9, 1e-9);
    expect(() => totalVariation([0], [9])).toThrow(RangeError);
    expect(() => totalVariation([1, -1], [1, 2])).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const reference = [1, 5];
    const current = [2, 3];
    totalVariation(reference, current);
    expect([...reference, ...current]).toEqual([1, 5, 2, 3]);
  });
});
