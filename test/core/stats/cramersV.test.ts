import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cramersV } from '../../../core/stats/cramersV.js';
import { categoricalCases } from './categoricalCases.js';
import { expectClose } from './expectClose.js';
import { countPair } from './numericPairs.js';

describe('cramersV', () => {
  it('repeats the example', () => {
    expectClose(cramersV([10, 20, 30], [20, 20, 20]), 0.21081851067789195, 1e-14);
  });

  it('agrees with SciPy', () => {
    for (const { reference, current, cramersV: expected } of categoricalCases) {
      expectClose(cramersV(reference, current), expected, 1e-10);
    }
  });

  it('is 0 to 1, 0 for the same shares, the same both ways and for ten times the rows', () => {
    fc.assert(
      fc.property(countPair, ({ reference, current }) => {
        const value = cramersV(reference, current);
        expect(value >= 0 && value <= 1).toBe(true);
        expect(cramersV(reference, reference)).toBe(0);
        expectClose(cramersV(current, reference), value, 1e-12, '', 1e-14);
        const tenfold = cramersV(
          reference.map((c) => 10 * c),
          current.map((c) => 10 * c),
        );
        expectClose(tenfold, value, 1e-12, '', 1e-14);
      }),
    );
  });

  it('handles one level and disjoint levels, and refuses an empty side', () => {
    expect(cramersV([4], [9])).toBe(0);
    expect(cramersV([4, 0], [0, 9])).toBe(1);
    expect(() => cramersV([0], [9])).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const reference = [1, 5];
    const current = [2, 3];
    cramersV(reference, current);
    expect([...reference, ...current]).toEqual([1, 5, 2, 3]);
  });
});
