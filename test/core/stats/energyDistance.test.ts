import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { energyDistance } from '../../../core/stats/energyDistance.js';
import { expectClose } from './expectClose.js';
import { sample } from './numericPairs.js';
import { rankCases } from './rankCases.js';

describe('energyDistance', () => {
  it('repeats the example', () => {
    expectClose(energyDistance(Float64Array.of(0, 8), Float64Array.of(0, 8, 8)), 2 / 3, 1e-14);
  });

  it.each(rankCases)('agrees with SciPy: $name', ({ reference, current, expected }) => {
    expectClose(energyDistance(reference, current), expected.energyDistance, 1e-12);
  });

  it('is the mean of distances across, twice, less those within', () => {
    fc.assert(
      fc.property(sample, sample, (reference, current) => {
        const mean = (one: Float64Array, other: Float64Array) => {
          let sum = 0;
          for (const x of one) for (const y of other) sum += Math.abs(x - y);
          return sum / one.length / other.length;
        };
        const square =
          2 * mean(reference, current) - mean(reference, reference) - mean(current, current);
        expectClose(energyDistance(reference, current) ** 2, square, 1e-10, '', 1e-13);
      }),
    );
  });

  it('is 0 between a sample and itself, the same both ways, and grows with the root of the scale', () => {
    fc.assert(
      fc.property(sample, sample, (reference, current) => {
        const distance = energyDistance(reference, current);
        expect(energyDistance(reference, reference)).toBe(0);
        expectClose(energyDistance(current, reference), distance, 1e-13);
        const scaled = energyDistance(
          reference.map((v) => v * 2 ** 1000),
          current.map((v) => v * 2 ** 1000),
        );
        expectClose(scaled, distance * 2 ** 500, 1e-14);
      }),
    );
  });

  it('handles one value a side and the ends of the doubles, and refuses what is not finite', () => {
    expectClose(energyDistance(Float64Array.of(1), Float64Array.of(3)), 2, 1e-15);
    expectClose(
      energyDistance(Float64Array.of(0), Float64Array.of(1.7e308)),
      Math.SQRT2 * Math.sqrt(1.7e308),
      1e-14,
    );
    expectClose(
      energyDistance(Float64Array.of(0), Float64Array.of(1e-300)),
      Math.SQRT2 * 1e-150,
      1e-14,
    );
    expect(() =>
      energyDistance(Float64Array.of(Number.NEGATIVE_INFINITY), Float64Array.of(1)),
    ).toThrow(RangeError);
    expect(() => energyDistance(new Float64Array(), Float64Array.of(1))).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const reference = Float64Array.of(1, 2, 2, 5);
    const current = Float64Array.of(2, 3);
    energyDistance(reference, current);
    expect([...reference, ...current]).toEqual([1, 2, 2, 5, 2, 3]);
  });
});
