import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquaredTest } from '../../../core/stats/chiSquaredTest.js';
import { categoricalCases } from './categoricalCases.js';
import { expectClose } from './expectClose.js';
import { countPair } from './numericPairs.js';

describe('chiSquaredTest', () => {
  it('repeats the example', () => {
    const found = chiSquaredTest([10, 20, 30], [20, 20, 20]);
    expectClose(found.statistic, 5.333333333333334, 1e-14);
    expectClose(found.pValue, 0.06948345122280153, 1e-13);
    expect(found.degreesOfFreedom).toBe(2);
  });

  it('agrees with SciPy', () => {
    for (const { reference, current, chiSquared } of categoricalCases) {
      const found = chiSquaredTest(reference, current);
      expectClose(found.statistic, chiSquared.statistic, 1e-10, `statistic of ${reference}`);
      expectClose(found.pValue, chiSquared.pValue, 1e-9, `p of ${reference}`);
      expect(found.degreesOfFreedom).toBe(chiSquared.degreesOfFreedom);
    }
  });

  it('is 0 for the same shares, the same both ways and in any order of levels', () => {
    fc.assert(
      fc.property(countPair, ({ reference, current }) => {
        const found = chiSquaredTest(reference, current);
        const swapped = chiSquaredTest(current, reference);
        const turned = chiSquaredTest([...reference].reverse(), [...current].reverse());
        expectClose(swapped.statistic, found.statistic, 1e-12, '', 1e-14);
        expectClose(turned.pValue, found.pValue, 1e-11);
        const same = chiSquaredTest(
          reference,
          reference.map((count) => 3 * count),
        );
        expect(same).toMatchObject({ statistic: 0, pValue: 1 });
      }),
    );
  });

  it('leaves levels without rows out, and knows one level', () => {
    expect(chiSquaredTest([3, 0, 5], [4, 0, 1])).toEqual(chiSquaredTest([3, 5], [4, 1]));
    expect(chiSquaredTest([9, 0], [4, 0])).toEqual({
      statistic: 0,
      pValue: 1,
      degreesOfFreedom: 0,
    });
    expectClose(chiSquaredTest([5, 0], [0, 7]).statistic, 12, 1e-14);
  });

  it('refuses an empty side, unequal lengths and counts that are none', () => {
    expect(() => chiSquaredTest([0, 0], [0, 7])).toThrow(
      'chiSquaredTest requires at least one row per side (got 0 and 7)',
    );
    expect(() => chiSquaredTest([1], [1, 2])).toThrow(RangeError);
    expect(() => chiSquaredTest([1, -1], [1, 2])).toThrow(RangeError);
    expect(() => chiSquaredTest([1, Number.NaN], [1, 2])).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const reference = [1, 5];
    const current = Float64Array.of(2, 3);
    chiSquaredTest(reference, current);
    expect([...reference, ...current]).toEqual([1, 5, 2, 3]);
  });
});
