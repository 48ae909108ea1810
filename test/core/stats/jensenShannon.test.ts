import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jensenShannon } from '../../../core/stats/jensenShannon.js';
import { categoricalCases } from './categoricalCases.js';
import { expectClose } from './expectClose.js';
import { countPair } from './numericPairs.js';

describe('jensenShannon', () => {
  it('repeats the example', () => {
    expectClose(jensenShannon([10, 20, 30], [20, 20, 20]), 0.18036064000662394, 1e-14);
  });

  it('agrees with SciPy where SciPy has the digits', () => {
    for (const { reference, current, jensenShannon: expected } of categoricalCases) {
      // SciPy's sum cancels near 0: its error is about 1e-16 on the squared scale.
      expectClose(
        jensenShannon(reference, current),
        expected,
        Math.max(1e-12, 2e-16 / expected ** 2),
      );
    }
  });

  it('keeps its digits near 0', () => {
    // To first order the divergence is sum (p - q)² / (8 p) / ln 2.
    const far = jensenShannon([5e8, 5e8], [5e8 + 1, 5e8 - 1]);
    expectClose(far, Math.sqrt((2 * 1e-18) / (8 * 0.5 * Math.LN2)), 1e-9);
  });

  it('is 0 to 1, 0 for the same shares, and the same both ways', () => {
    fc.assert(
      fc.property(countPair, ({ reference, current }) => {
        const value = jensenShannon(reference, current);
        expect(value >= 0 && value <= 1).toBe(true);
        expect(jensenShannon(reference, reference)).toBe(0);
        expect(
          jensenShannon(
            reference,
            reference.map((count) => 3 * count),
          ),
        ).toBe(0);
        expectClose(jensenShannon(current, reference), value, 1e-13);
      }),
    );
  });

  it('satisfies the triangle inequality', () => {
    fc.assert(
      fc.property(countPair, ({ reference, current }) => {
        const between = reference.map((count, i) => count + (current[i] as number));
        const around = jensenShannon(reference, between) + jensenShannon(between, current);
        expect(jensenShannon(reference, current)).toBeLessThanOrEqual(around + 1e-12);
      }),
    );
  });

  it('handles one level and disjoint levels, and refuses an empty side', () => {
    expect(jensenShannon([4], [9])).toBe(0);
    expect(jensenShannon([4, 0], [0, 9])).toBe(1);
    expect(() => jensenShannon([0], [9])).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const reference = [1, 5];
    const current = [2, 3];
    jensenShannon(reference, current);
    expect([...reference, ...current]).toEqual([1, 5, 2, 3]);
  });
});
