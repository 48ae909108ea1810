import fc from 'fast-check';
import { sorted } from './expectClose.js';

export interface KsExpected {
  statistic: number;
  pValue: number;
  at: number;
}

export interface NumericExpected {
  auto: KsExpected;
  asymptotic: KsExpected;
  exact?: KsExpected;
  wasserstein: number;
}

export interface MadePair {
  referenceCount: number;
  currentCount: number;
  step: number;
  power: number;
  expected: NumericExpected;
}

/** test/fixtures/scipy/numeric.json */
export interface NumericFixture {
  cases: { name: string; reference: number[]; current: number[]; expected: NumericExpected }[];
  made: MadePair[];
}

/** The pair that make.py made: value i is ((i step) mod 1) to a power. */
export function madePair({ referenceCount, currentCount, step, power }: MadePair): {
  reference: Float64Array;
  current: Float64Array;
} {
  const weyl = (count: number, by: number) =>
    Float64Array.from({ length: count }, (_, i) => ((i + 1) * by) % 1);
  return {
    reference: weyl(referenceCount, 0.6180339887498949).sort(),
    current: weyl(currentCount, step)
      .map((value) => value ** power)
      .sort(),
  };
}

/** Small samples with ties: whole numbers and quarters. */
export const sample = fc
  .array(fc.integer({ min: -12, max: 12 }), { minLength: 1, maxLength: 25 })
  .map((values) => sorted(values.map((value) => value / 4)));

/** Counts of the same levels on two sides, neither side empty. */
export const countPair = fc
  .array(fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 40 })), { minLength: 1, maxLength: 8 })
  .map((levels) => ({
    reference: [1, ...levels.map(([reference]) => reference)],
    current: [2, ...levels.map(([, current]) => current)],
  }));
