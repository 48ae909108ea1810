import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantileSorted } from '../../../core/stats/quantile.js';
import { descriptiveCases } from './descriptiveCases.js';
import { expectClose } from './expectClose.js';
import { sample } from './numericPairs.js';

describe('quantileSorted', () => {
  it('repeats the example', () => {
    expect(quantileSorted(Float64Array.of(1, 2, 4, 8), 0.25)).toBe(1.75);
  });

  it.each(descriptiveCases)('agrees with NumPy: $name', ({ sorted, quantiles }) => {
    for (const [p, expected] of quantiles) {
      expect(quantileSorted(Float64Array.from(sorted), p), `p ${p}`).toBe(expected);
    }
  });

  it('lies between the ends of what a number can be', () => {
    const ends = Float64Array.of(-1.7e308, -1.7e308, 1.7e308);
    expect(quantileSorted(ends, 0.75)).toBe(0);
    expect(quantileSorted(ends, 0.5)).toBe(-1.7e308);
  });

  it('grows with p, stays within the sample, and moves with a shift', () => {
    fc.assert(
      fc.property(
        sample,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, p, q) => {
          const low = quantileSorted(values, Math.min(p, q));
          const high = quantileSorted(values, Math.max(p, q));
          expect(low).toBeLessThanOrEqual(high + 1e-12);
          expect(low).toBeGreaterThanOrEqual(values[0] as number);
          expect(high).toBeLessThanOrEqual(values.at(-1) as number);
          expectClose(
            quantileSorted(
              values.map((v) => v + 16),
              p,
            ),
            quantileSorted(values, p) + 16,
            1e-12,
          );
        },
      ),
    );
  });

  it('handles one value and constants, and refuses no value or a wrong share', () => {
    expect(quantileSorted(Float64Array.of(7), 0.3)).toBe(7);
    expect(quantileSorted(Float64Array.of(0.1, 0.1, 0.1), 0.77)).toBe(0.1);
    expect(() => quantileSorted(new Float64Array(), 0.5)).toThrow(RangeError);
    expect(() => quantileSorted(Float64Array.of(1), 1.2)).toThrow(RangeError);
    expect(() => quantileSorted(Float64Array.of(1), Number.NaN)).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const values = Float64Array.of(1, 2, 4);
    quantileSorted(values, 0.5);
    expect([...values]).toEqual([1, 2, 4]);
  });
});
