import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { andersonDarling } from '../../../core/stats/andersonDarling.js';
import { computed } from './computed.js';
import { expectClose } from './expectClose.js';
import { sample } from './numericPairs.js';
import { rankCases } from './rankCases.js';

const test = (reference: Float64Array, current: Float64Array) =>
  computed(andersonDarling(reference, current));

describe('andersonDarling', () => {
  it('repeats the example', () => {
    const found = test(Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(4.5, 5.5, 6, 7, 8));
    expect(found.method).toBe('interpolated');
    expectClose(found.statistic, 3.7113816488254705, 1e-13);
    expectClose(found.pValue, 0.01036814808153812, 1e-12);
  });

  it.each(rankCases)('agrees with SciPy: $name', ({ reference, current, expected }) => {
    if (!expected.andersonDarling) return expect(reference.length).toBeLessThan(3);
    const { statistic, pValue } = expected.andersonDarling;
    const found = test(reference, current);
    expectClose(found.statistic, statistic, 1e-11, 'statistic', 1e-13);
    if (found.method === 'interpolated') expectClose(found.pValue, pValue, 1e-9, 'p');
    else if (pValue === 0.25) expect(found.pValue).toBeGreaterThan(0.25);
    else expect([pValue, found.pValue < 0.001]).toEqual([0.001, true]);
  });

  it('goes on beyond both cut-offs without turning back', () => {
    const reference = Float64Array.from({ length: 60 }, (_, i) => i);
    let previous = { pValue: 2, statistic: -2 };
    const methods = new Set<string>();
    for (let shift = 0.5; shift < 60; shift += 1) {
      const found = test(
        reference,
        reference.map((value) => value + shift),
      );
      expect(found.statistic).toBeGreaterThan(previous.statistic);
      expect(found.pValue).toBeLessThan(previous.pValue);
      methods.add(`${found.method}${found.pValue > 0.2}`);
      previous = found;
    }
    expect([...methods]).toEqual([
      'asymptotictrue',
      'interpolatedtrue',
      'interpolatedfalse',
      'asymptoticfalse',
    ]);
  });

  it('has the same answer for both orders and for shifted values', () => {
    fc.assert(
      fc.property(sample, sample, (reference, current) => {
        const found = andersonDarling(reference, current);
        const shifted = andersonDarling(
          reference.map((v) => v + 64),
          current.map((v) => v + 64),
        );
        expect(shifted).toEqual(found);
        if (found.kind !== 'test') return;
        const swapped = test(current, reference);
        expectClose(swapped.statistic, found.statistic, 1e-11, '', 1e-13);
        expectClose(swapped.pValue, found.pValue, 1e-10);
      }),
    );
  });

  it('knows where it does not exist, and handles one value a side', () => {
    const equal = new Float64Array(30).fill(2.5);
    expect(andersonDarling(equal, equal)).toEqual({
      kind: 'not computable',
      reason: 'all values are equal',
    });
    expect(andersonDarling(Float64Array.of(1, 2), Float64Array.of(3)).kind).toBe('not computable');
    expect(test(Float64Array.of(1), Float64Array.of(2, 3, 4, 5)).pValue).toBeGreaterThan(0.05);
    expect(test(equal, new Float64Array(20).fill(3)).pValue).toBeLessThan(1e-10);
    expect(() => andersonDarling(new Float64Array(), equal)).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const reference = Float64Array.of(1, 2, 2, 5);
    const current = Float64Array.of(2, 3);
    andersonDarling(reference, current);
    expect([...reference, ...current]).toEqual([1, 2, 2, 5, 2, 3]);
  });
});
