import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mmd } from '../../../core/stats/mmd.js';
import { createRandom } from '../../../core/stats/random.js';
import { computed } from './computed.js';
import { expectClose } from './expectClose.js';
import { sample } from './numericPairs.js';
import { rankCases } from './rankCases.js';

describe('mmd', () => {
  it('repeats the example', () => {
    const found = computed(mmd(Float64Array.of(1, 2, 3), Float64Array.of(2, 3, 6)));
    expect(found).toMatchObject({ pValue: 0.891, method: 'permutation', bandwidth: 2 });
    expectClose(found.statistic, 0.21245845919479822, 1e-14);
  });

  it.each(rankCases.filter(({ expected }) => expected.mmd))(
    'agrees with the double sum in NumPy: $name',
    ({ reference, current, expected }) => {
      const found = computed(mmd(reference, current));
      expectClose(found.bandwidth, expected.mmd?.bandwidth as number, 1e-14, 'bandwidth');
      expectClose(found.statistic, expected.mmd?.statistic as number, 1e-11, 'statistic', 1e-15);
    },
  );

  it('is 0 between a sample and itself, and the same both ways, twice and at any scale', () => {
    fc.assert(
      fc.property(sample, sample, (reference, current) => {
        const found = mmd(reference, current);
        expect(mmd(reference, current)).toEqual(found);
        if (found.kind !== 'test') return;
        const swapped = computed(mmd(current, reference));
        expectClose(swapped.statistic, found.statistic, 1e-12, '', 1e-15);
        expect(swapped.pValue).toBe(found.pValue);
        const scaled = computed(
          mmd(
            reference.map((v) => v * 2 ** 1000),
            current.map((v) => v * 2 ** 1000),
          ),
        );
        expect(scaled).toEqual({ ...found, bandwidth: found.bandwidth * 2 ** 1000 });
        const itself = mmd(reference, reference);
        if (itself.kind === 'test') expect(itself).toMatchObject({ statistic: 0, pValue: 1 });
      }),
      { numRuns: 30 },
    );
  });

  it('has an exact p-value where all splits can be counted', () => {
    const pooled = [0, 1, 2.5, 4, 4, 7, 11, 12];
    const splits = Array.from({ length: 256 }, (_, bits) =>
      pooled.map((value, i) => ({ value, isReference: (bits >> i) % 2 === 1 })),
    ).filter((split) => split.filter(({ isReference }) => isReference).length === 4);
    const found = splits.map((split) => {
      const side = (wanted: boolean) =>
        Float64Array.from(
          split.filter(({ isReference }) => isReference === wanted).map(({ value }) => value),
        );
      return computed(mmd(side(true), side(false)));
    });
    for (const { statistic, pValue } of found) {
      const share =
        found.filter((other) => other.statistic >= statistic - 1e-12).length / found.length;
      expect(Math.abs(pValue - share)).toBeLessThan(4.5 * Math.sqrt(0.25 / 999));
    }
  });

  it('raises the alarm in at most about 5 of 100 pairs without drift, and sees a shift', () => {
    const random = createRandom(11);
    const draw = (rows: number, shift: number) =>
      Float64Array.from({ length: rows }, () => random.normal() + shift).sort();
    let alarms = 0;
    for (let i = 0; i < 200; i++) {
      if (computed(mmd(draw(40, 0), draw(60, 0))).pValue <= 0.05) alarms++;
    }
    expect(alarms).toBeGreaterThan(2);
    expect(alarms).toBeLessThan(20);
    expect(computed(mmd(draw(200, 0), draw(200, 0.6))).pValue).toBe(0.001);
    const thinned = computed(mmd(draw(30_000, 0), draw(20_000, 0)));
    expect(thinned).toMatchObject({ referenceUsed: 1000, currentUsed: 1000 });
    expect(thinned.pValue).toBeGreaterThan(0.05);
    expect(computed(mmd(draw(30_000, 0), draw(20_000, 0.2))).pValue).toBe(0.001);
  });

  it('thins a side to the middle of 1 000 even steps of rank', () => {
    const random = createRandom(3);
    const reference = Float64Array.from({ length: 3000 }, () => random.normal()).sort();
    const current = Float64Array.from({ length: 1500 }, () => random.normal() ** 3).sort();
    const thinned = (values: Float64Array, indices: (i: number) => number) =>
      Float64Array.from({ length: 1000 }, (_, i) => values[indices(i)] as number);
    expect(mmd(reference, current)).toEqual(
      mmd(
        thinned(reference, (i) => 3 * i + 1),
        thinned(current, (i) => Math.floor(1.5 * i + 0.75)),
      ),
    );
  });

  it('knows where it does not exist, and handles one value a side and half the pairs tied', () => {
    const equal = new Float64Array(30).fill(2.5);
    expect(mmd(equal, equal)).toEqual({ kind: 'not computable', reason: 'all values are equal' });
    expect(computed(mmd(Float64Array.of(1), Float64Array.of(4)))).toMatchObject({
      bandwidth: 3,
      pValue: 1,
    });
    expect(computed(mmd(equal, Float64Array.of(2.5, 2.5, 3))).bandwidth).toBe(0.5);
    expect(() => mmd(Float64Array.of(Number.POSITIVE_INFINITY), equal)).toThrow(RangeError);
    expect(() => mmd(equal, new Float64Array())).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const reference = Float64Array.of(1, 2, 2, 5);
    const current = Float64Array.of(2, 3);
    mmd(reference, current);
    expect([...reference, ...current]).toEqual([1, 2, 2, 5, 2, 3]);
  });
});
