import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquaredTest } from '../../../core/stats/chiSquaredTest.js';
import { zTest } from '../../../core/stats/zTest.js';
import { computed } from './computed.js';
import { countCases } from './countCases.js';
import { expectClose } from './expectClose.js';

const count = fc.integer({ min: 1, max: 60 });

describe('zTest', () => {
  it('repeats the example', () => {
    const found = computed(zTest([100, 900], [130, 870]));
    expectClose(found.statistic, -2.1027406056221145, 1e-14);
    expectClose(found.pValue, 0.03548845046647, 1e-12);
  });

  it('agrees with SciPy', () => {
    for (const { reference, current, expected } of countCases) {
      const found = zTest(reference, current);
      if (!expected.zTest) {
        expect(found.kind).toBe('not computable');
        continue;
      }
      const { statistic, pValue } = computed(found);
      expectClose(statistic ** 2, expected.zTest.square, 1e-9, `${reference}`);
      expectClose(pValue, expected.zTest.pValue, 1e-9, `${reference}`);
    }
  });

  it('is the signed root of chi-squared, and turns its sign with sides and with levels', () => {
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        const { statistic, pValue } = computed(zTest([a, b], [c, d]));
        const squared = chiSquaredTest([a, b], [c, d]);
        expectClose(statistic ** 2, squared.statistic, 1e-12, '', 1e-15);
        expectClose(pValue, squared.pValue, 1e-11);
        expect(Math.sign(statistic)).toBe(Math.sign(a * d - b * c));
        expectClose(computed(zTest([c, d], [a, b])).statistic, -statistic, 1e-13);
        expectClose(computed(zTest([b, a], [d, c])).statistic, -statistic, 1e-13);
        expect(computed(zTest([a, b], [3 * a, 3 * b]))).toMatchObject({ pValue: 1 });
      }),
    );
  });

  it('takes two levels and no other number, and refuses an empty side', () => {
    expect(zTest([4, 0], [9, 0])).toEqual({
      kind: 'not computable',
      reason: 'it takes two levels (there are 1)',
    });
    expect(zTest([4, 1, 2], [9, 0, 3]).kind).toBe('not computable');
    expect(zTest([4, 0, 2], [9, 0, 3])).toEqual(zTest([4, 2], [9, 3]));
    expectClose(computed(zTest([5, 0], [0, 5])).statistic, Math.sqrt(10), 1e-14);
    expect(() => zTest([0, 0], [9, 1])).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const reference = [1, 5];
    const current = [2, 3];
    zTest(reference, current);
    expect([...reference, ...current]).toEqual([1, 5, 2, 3]);
  });
});
