import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gTest } from '../../../core/stats/gTest.js';
import { countCases } from './countCases.js';
import { expectClose } from './expectClose.js';
import { countPair } from './numericPairs.js';

describe('gTest', () => {
  it('repeats the example', () => {
    const found = gTest([10, 20, 30], [20, 20, 20]);
    expectClose(found.statistic, 5.411532090976833, 1e-13);
    expectClose(found.pValue, 0.066819117752305, 1e-12);
    expect(found.degreesOfFreedom).toBe(2);
  });

  it('agrees with SciPy', () => {
    for (const { reference, current, expected } of countCases) {
      const found = gTest(reference, current);
      const rows = [...reference, ...current].reduce((sum, count) => sum + count, 0);
      // SciPy's sum cancels, and near p = 1 the p-value goes with the root of the statistic.
      const rounding = 1e-16 * rows;
      const { statistic, pValue } = expected.gTest;
      expectClose(found.statistic, statistic, 1e-12, `${reference}`, rounding);
      expectClose(
        found.pValue,
        pValue,
        1e-9,
        'p',
        rounding / Math.max(1e-3, found.statistic ** 0.5),
      );
      expect(found.degreesOfFreedom).toBe(expected.gTest.degreesOfFreedom);
    }
  });

  it('keeps its digits near 0', () => {
    // 40 digits of the definition, mpmath 1.3.0.
    const found = gTest([500_000, 500_000], [501_500, 498_500]);
    expectClose(found.statistic, 4.500011812547081, 1e-13);
  });

  it('is 0 for the same shares, the same both ways and in any order of levels', () => {
    fc.assert(
      fc.property(countPair, ({ reference, current }) => {
        const { statistic } = gTest(reference, current);
        expect(statistic).toBeGreaterThanOrEqual(0);
        expectClose(gTest(current, reference).statistic, statistic, 1e-12, '', 1e-14);
        const turned = gTest([...reference].reverse(), [...current].reverse());
        expectClose(turned.statistic, statistic, 1e-12, '', 1e-14);
        const same = gTest(
          reference,
          reference.map((count) => 3 * count),
        );
        expect(same).toMatchObject({ statistic: 0, pValue: 1 });
      }),
    );
  });

  it('leaves levels without rows out, knows one level, and refuses an empty side', () => {
    expect(gTest([3, 0, 5], [4, 0, 1])).toEqual(gTest([3, 5], [4, 1]));
    expect(gTest([9, 0], [4, 0])).toMatchObject({ statistic: 0, pValue: 1, degreesOfFreedom: 0 });
    expectClose(gTest([5, 0], [0, 5]).statistic, 20 * Math.LN2, 1e-14);
    expect(() => gTest([0, 0], [3, 4])).toThrow(
      'gTest requires at least one row per side (got 0 and 7)',
    );
    expect(() => gTest([1, Number.NaN], [1, 2])).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const reference = [1, 5];
    const current = [2, 3];
    gTest(reference, current);
    expect([...reference, ...current]).toEqual([1, 5, 2, 3]);
  });
});
