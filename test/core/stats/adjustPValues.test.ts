import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustPValues } from '../../../core/stats/adjustPValues.js';
import { expectClose, readFixture } from './expectClose.js';

const { cases } = readFixture<{ cases: { pValues: number[]; bh: number[]; holm: number[] }[] }>(
  'adjustPValues',
);
const list = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 });

describe('adjustPValues', () => {
  it('repeats the example', () => {
    expect(adjustPValues([0.01, 0.04, 0.03], 'bh')).toEqual([0.03, 0.04, 0.04]);
  });

  it('agrees with SciPy', () => {
    for (const { pValues, bh, holm } of cases) {
      for (const [i, expected] of bh.entries())
        expectClose(adjustPValues(pValues, 'bh')[i] as number, expected, 1e-14);
      for (const [i, expected] of holm.entries())
        expectClose(adjustPValues(pValues, 'holm')[i] as number, expected, 1e-14);
    }
  });

  it('never lowers a p-value, keeps the ranks, and holm is never below bh', () => {
    fc.assert(
      fc.property(list, (pValues) => {
        const bh = adjustPValues(pValues, 'bh');
        const holm = adjustPValues(pValues, 'holm');
        for (const [i, p] of pValues.entries()) {
          expect(bh[i]).toBeGreaterThanOrEqual(p);
          expect(holm[i]).toBeGreaterThanOrEqual((bh[i] as number) * (1 - 1e-12));
          expect(holm[i]).toBeLessThanOrEqual(1);
          for (const [j, other] of pValues.entries()) {
            if (p < other) expect(bh[i]).toBeLessThanOrEqual(bh[j] as number);
          }
        }
      }),
    );
  });

  it('answers in the order given', () => {
    fc.assert(
      fc.property(list, (pValues) => {
        for (const correction of ['bh', 'holm', 'none'] as const) {
          const turned = adjustPValues([...pValues].reverse(), correction).reverse();
          expect(turned).toEqual(adjustPValues(pValues, correction));
        }
      }),
    );
  });

  it('handles none, one and no correction, and refuses what is no p-value', () => {
    expect(adjustPValues([], 'bh')).toEqual([]);
    expect(adjustPValues([0.2], 'holm')).toEqual([0.2]);
    expect(adjustPValues([0.2, 0.9], 'none')).toEqual([0.2, 0.9]);
    expect(() => adjustPValues([0.1, 1.1], 'bh')).toThrow(RangeError);
    expect(() => adjustPValues([Number.NaN], 'none')).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const pValues = [0.9, 0.1, 0.5];
    for (const correction of ['bh', 'holm', 'none'] as const)
      adjustPValues(pValues, correction)[0] = 7;
    expect(pValues).toEqual([0.9, 0.1, 0.5]);
  });
});
