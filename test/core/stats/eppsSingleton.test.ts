import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eppsSingleton } from '../../../core/stats/eppsSingleton.js';
import { createRandom } from '../../../core/stats/random.js';
import { computed } from './computed.js';
import { expectClose, sorted } from './expectClose.js';
import { rankCases } from './rankCases.js';

const wide = fc
  .array(fc.integer({ min: -40, max: 40 }), { minLength: 12, maxLength: 40 })
  .map((values) => sorted(values.map((value) => value / 4)));

describe('eppsSingleton', () => {
  it('repeats the example', () => {
    const found = computed(
      eppsSingleton(Float64Array.of(1, 2, 3, 4, 5, 6), Float64Array.of(2, 4, 4, 7, 8, 9)),
    );
    expectClose(found.statistic, 2.468535379817139, 1e-12);
    expectClose(found.pValue, 0.6502787440246599, 1e-12);
    expect(found.degreesOfFreedom).toBe(4);
  });

  it.each(rankCases.filter(({ expected }) => expected.eppsSingleton))(
    'agrees with SciPy: $name',
    ({ reference, current, expected }) => {
      const found = computed(eppsSingleton(reference, current));
      expectClose(found.statistic, expected.eppsSingleton?.statistic as number, 1e-10, 'statistic');
      expectClose(found.pValue, expected.eppsSingleton?.pValue as number, 1e-9, 'p');
    },
  );

  it('is 0 between a sample and itself, the same both ways and for shifted and scaled values', () => {
    fc.assert(
      fc.property(wide, wide, (reference, current) => {
        const itself = eppsSingleton(reference, reference);
        if (itself.kind === 'test') expect(itself).toMatchObject({ statistic: 0, pValue: 1 });
        const found = eppsSingleton(reference, current);
        if (found.kind !== 'test') return;
        const swapped = computed(eppsSingleton(current, reference));
        expectClose(swapped.statistic, found.statistic, 1e-8, 'swapped', 1e-12);
        for (const [factor, shift] of [
          [2 ** 500, 0],
          [2 ** -900, 0],
          [1, 2 ** 40],
        ] as const) {
          const moved = computed(
            eppsSingleton(
              reference.map((v) => v * factor + shift),
              current.map((v) => v * factor + shift),
            ),
          );
          expectClose(moved.statistic, found.statistic, 1e-8, `${factor}`, 1e-12);
        }
      }),
    );
  });

  it('raises the alarm in about 5 of 100 pairs without drift', () => {
    const random = createRandom(7);
    const draw = () => Float64Array.from({ length: 100 }, () => random.normal()).sort();
    let alarms = 0;
    for (let i = 0; i < 400; i++) {
      if (computed(eppsSingleton(draw(), draw())).pValue < 0.05) alarms++;
    }
    expect(alarms).toBeGreaterThan(6);
    expect(alarms).toBeLessThan(38);
  });

  it('knows where it does not exist', () => {
    const reason = (reference: Float64Array, current: Float64Array) => {
      const found = eppsSingleton(reference, current);
      return found.kind === 'not computable' ? found.reason : found.statistic;
    };
    const range = Float64Array.from({ length: 12 }, (_, i) => i);
    expect(reason(range.slice(0, 4), range)).toBe('it needs at least 5 values per side');
    const equal = new Float64Array(30).fill(2.5);
    expect(reason(equal, equal)).toBe('the middle half of all values is one value');
    expect(reason(equal, range)).toBe('the middle half of all values is one value');
    const singular = 'the covariance is singular: there are too few distinct values';
    expect(reason(equal.slice(0, 10), new Float64Array(10).fill(3))).toBe(singular);
    const binary = sorted([0, 1, 0, 1, 1, 0, 1, 0, 1, 0]);
    expect(reason(binary, binary)).toBe(singular);
    const four = sorted([0, 1, 2, 3, 0, 1, 2, 3, 1, 2]);
    expect(reason(four, four.slice(1))).toBe(singular);
    expect(reason(sorted([...range, 1e150]), range)).toBe(
      'some values are too far out for their angle to be known',
    );
    expect(() => eppsSingleton(sorted([...range, Number.NaN]), range)).toThrow(RangeError);
  });

  it('keeps its digits where both sides are narrow beside their distance', () => {
    // 50 digits of the same definition, mpmath 1.3.0.
    const reference = Float64Array.of(-1, -0.5, 0, 0.25, 0.75, 1, 1.5).map((v) => v / 64);
    const current = reference.map((v) => 100 + v * 1.25);
    const found = computed(eppsSingleton(reference, current));
    expectClose(found.statistic, 671428801842728.5, 1e-10);
  });

  it('leaves its input as it was', () => {
    const reference = Float64Array.of(1, 2, 2, 5, 6, 9);
    const current = Float64Array.of(2, 3, 4, 5, 7);
    eppsSingleton(reference, current);
    expect([...reference, ...current]).toEqual([1, 2, 2, 5, 6, 9, 2, 3, 4, 5, 7]);
  });
});
