import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wasserstein } from '../../../core/stats/wasserstein.js';
import { expectClose, readFixture, sorted } from './expectClose.js';
import { madePair, type NumericFixture, sample } from './numericPairs.js';

const fixture = readFixture<NumericFixture>('numeric');

describe('wasserstein', () => {
  it('repeats the example', () => {
    expectClose(wasserstein(Float64Array.of(1, 2, 3), Float64Array.of(2, 3, 10)), 3, 1e-15);
  });

  it('agrees with SciPy', () => {
    for (const { name, reference, current, expected } of fixture.cases) {
      expectClose(
        wasserstein(sorted(reference), sorted(current)),
        expected.wasserstein,
        1e-12,
        name,
      );
    }
    for (const made of fixture.made) {
      const { reference, current } = madePair(made);
      expectClose(wasserstein(reference, current), made.expected.wasserstein, 1e-11);
    }
  });

  it('is 0 for the same shares, the same both ways, and moves with unit and shift', () => {
    fc.assert(
      fc.property(sample, sample, (reference, current) => {
        const distance = wasserstein(reference, current);
        expect(wasserstein(reference, reference)).toBe(0);
        expect(wasserstein(sorted([...reference, ...reference]), reference)).toBe(0);
        expectClose(wasserstein(current, reference), distance, 1e-12, '', 1e-14);
        const shifted = wasserstein(
          reference.map((v) => v + 8),
          current.map((v) => v + 8),
        );
        expectClose(shifted, distance, 1e-12, '', 1e-14);
        const scaled = wasserstein(
          reference.map((v) => v * 8),
          current.map((v) => v * 8),
        );
        expectClose(scaled, distance * 8, 1e-12, '', 1e-14);
        expectClose(
          wasserstein(
            reference,
            reference.map((v) => v + 3),
          ),
          3,
          1e-12,
        );
      }),
    );
  });

  it('handles one value a side, constants and huge values', () => {
    expect(wasserstein(Float64Array.of(-5), Float64Array.of(5))).toBe(10);
    expect(wasserstein(Float64Array.of(2, 2, 2), Float64Array.of(2))).toBe(0);
    const far = Float64Array.of(-1e150, 3e150);
    expectClose(wasserstein(Float64Array.of(-1e150, 1e150), far), 1e150, 1e-15);
    expect(() => wasserstein(Float64Array.of(1), new Float64Array())).toThrow(
      'wasserstein requires at least one value per sample (got 1 and 0)',
    );
  });

  it('leaves its input as it was', () => {
    const reference = Float64Array.of(1, 2, 2, 5);
    const current = Float64Array.of(2, 3);
    wasserstein(reference, current);
    expect([...reference, ...current]).toEqual([1, 2, 2, 5, 2, 3]);
  });
});
