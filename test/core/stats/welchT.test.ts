import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { welchT } from '../../../core/stats/welchT.js';
import { computed } from './computed.js';
import { expectClose } from './expectClose.js';
import { sample } from './numericPairs.js';
import { rankCases } from './rankCases.js';

describe('welchT', () => {
  it('repeats the example', () => {
    const found = computed(welchT(Float64Array.of(1, 2, 3, 4), Float64Array.of(2, 4, 6, 8, 10)));
    expectClose(found.statistic, -2.251436323159369, 1e-14);
    expectClose(found.pValue, 0.06913359319239248, 1e-12);
    expectClose(found.degreesOfFreedom, 5.520787746170677, 1e-13);
  });

  it.each(rankCases)('agrees with SciPy: $name', ({ name, reference, current, expected }) => {
    if (!expected.welchT) return expect(reference.length).toBe(1);
    const found = computed(welchT(reference, current));
    // SciPy's means of 1.7e12 carry their rounding into a difference of 1e7.
    const relative = name === 'epoch milliseconds' ? 1e-10 : 1e-11;
    expectClose(found.statistic, expected.welchT.statistic, relative, 'statistic');
    expectClose(found.pValue, expected.welchT.pValue, 1e-9, 'p');
    expectClose(found.degreesOfFreedom, expected.welchT.degreesOfFreedom, relative, 'df');
  });

  it('turns its sign with the order, and is the same for shifted and scaled values', () => {
    fc.assert(
      fc.property(sample, sample, (reference, current) => {
        const found = welchT(reference, current);
        if (found.kind !== 'test') return;
        const swapped = computed(welchT(current, reference));
        expectClose(swapped.statistic, -found.statistic, 1e-12, '', 1e-14);
        expectClose(swapped.pValue, found.pValue, 1e-11);
        for (const scale of [2 ** 500, 2 ** -1000, 2 ** 1020]) {
          const scaled = computed(
            welchT(
              reference.map((v) => v * scale),
              current.map((v) => v * scale),
            ),
          );
          expectClose(scaled.statistic, found.statistic, 1e-12, `${scale}`, 1e-14);
          expectClose(scaled.pValue, found.pValue, 1e-11, `${scale}`);
        }
        const shifted = computed(
          welchT(
            reference.map((v) => v + 2 ** 40),
            current.map((v) => v + 2 ** 40),
          ),
        );
        expectClose(shifted.statistic, found.statistic, 1e-12, '', 1e-14);
      }),
    );
  });

  it('knows where it does not exist, and one constant side is none of these', () => {
    const constant = new Float64Array(5).fill(0.1);
    expect(welchT(constant, new Float64Array(4).fill(0.3))).toEqual({
      kind: 'not computable',
      reason: 'both sides are constant',
    });
    expect(welchT(Float64Array.of(1), constant).kind).toBe('not computable');
    const found = computed(welchT(constant, Float64Array.of(1, 2, 3)));
    expect(found.degreesOfFreedom).toBe(2);
    expectClose(found.statistic, -1.9 * Math.sqrt(3), 1e-14);
    expect(() => welchT(Float64Array.of(1, Number.POSITIVE_INFINITY), constant)).toThrow(
      RangeError,
    );
    expect(() => welchT(new Float64Array(), constant)).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const reference = Float64Array.of(1, 2, 2, 5);
    const current = Float64Array.of(2, 3);
    welchT(reference, current);
    expect([...reference, ...current]).toEqual([1, 2, 2, 5, 2, 3]);
  });
});
