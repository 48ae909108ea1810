import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kruskalWallis } from '../../../core/stats/kruskalWallis.js';
import { computed } from './computed.js';
import { expectClose } from './expectClose.js';
import { sample } from './numericPairs.js';
import { rankCases } from './rankCases.js';

describe('kruskalWallis', () => {
  it('repeats the example', () => {
    const found = computed(
      kruskalWallis(Float64Array.of(1, 3, 5, 7, 9), Float64Array.of(2, 4, 6, 8, 10)),
    );
    expectClose(found.statistic, 0.2727272727272727, 1e-14);
    expectClose(found.pValue, 0.6015081344405895, 1e-13);
  });

  it.each(rankCases)('agrees with SciPy: $name', ({ reference, current, expected }) => {
    const found = computed(kruskalWallis(reference, current));
    const { statistic, pValue } = expected.kruskalWallis;
    // SciPy's statistic is a difference of two numbers of size 3 (n + m).
    const rounding = 3e-15 * (reference.length + current.length);
    expectClose(found.statistic, statistic, 1e-12, 'statistic', rounding);
    expectClose(found.pValue, pValue, 1e-12, 'p', rounding);
  });

  it('is 0 between a sample and itself, the same both ways, and at most n + m - 1', () => {
    fc.assert(
      fc.property(sample, sample, (reference, current) => {
        const found = kruskalWallis(reference, current);
        if (found.kind !== 'test') return;
        const swapped = computed(kruskalWallis(current, reference));
        expectClose(swapped.statistic, found.statistic, 1e-12, '', 1e-14);
        expect(found.statistic).toBeLessThanOrEqual(reference.length + current.length - 1 + 1e-9);
        const itself = kruskalWallis(reference, reference);
        if (itself.kind === 'test') expect(itself).toMatchObject({ statistic: 0, pValue: 1 });
      }),
    );
  });

  it('knows where it does not exist, and keeps its digits where nearly all values are equal', () => {
    const equal = new Float64Array(30).fill(2.5);
    expect(kruskalWallis(equal, equal)).toEqual({
      kind: 'not computable',
      reason: 'all values are equal',
    });
    expect(kruskalWallis(Float64Array.of(1), Float64Array.of(1)).kind).toBe('not computable');
    const almost = new Float64Array(1_000_000);
    const other = almost.slice();
    other[999_999] = 1;
    // One value above all others: H is (N - 1) / (n m) times the square of half n m / N ... = 1 for n = m.
    expectClose(computed(kruskalWallis(almost, other)).statistic, 1, 1e-9);
    expect(() => kruskalWallis(new Float64Array(), equal)).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const reference = Float64Array.of(1, 2, 2, 5);
    const current = Float64Array.of(2, 3);
    kruskalWallis(reference, current);
    expect([...reference, ...current]).toEqual([1, 2, 2, 5, 2, 3]);
  });
});
