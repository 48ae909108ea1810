import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ksTest } from '../../../core/stats/ksTest.js';
import { expectClose, readFixture, sorted } from './expectClose.js';
import { madePair, type NumericFixture, sample } from './numericPairs.js';

const fixture = readFixture<NumericFixture>('numeric');

describe('ksTest', () => {
  it('repeats the example', () => {
    const found = ksTest(Float64Array.of(1, 2, 3, 4), Float64Array.of(3, 4, 5, 6));
    expect(found).toMatchObject({ statistic: 0.5, method: 'exact', at: 2 });
    expectClose(found.pValue, 0.7714285714285715, 1e-14);
  });

  it.each(fixture.cases)('agrees with SciPy: $name', ({ reference, current, expected }) => {
    for (const method of ['auto', 'exact', 'asymptotic'] as const) {
      const wanted = expected[method];
      if (!wanted) continue;
      const found = ksTest(sorted(reference), sorted(current), { method });
      expectClose(found.statistic, wanted.statistic, 1e-12, 'statistic', 1e-16);
      expectClose(found.pValue, wanted.pValue, method === 'asymptotic' ? 1e-9 : 1e-12, method);
      expect(found.at).toBe(wanted.at);
    }
  });

  it.each(fixture.made)(
    'agrees with SciPy: $referenceCount v $currentCount, power $power',
    (made) => {
      const { reference, current } = madePair(made);
      for (const method of ['auto', 'exact', 'asymptotic'] as const) {
        const wanted = made.expected[method];
        if (!wanted) continue;
        const found = ksTest(reference, current, { method });
        expectClose(found.statistic, wanted.statistic, 1e-12);
        expectClose(found.pValue, wanted.pValue, 1e-9, method);
        // The last digit of a power differs between libraries.
        expectClose(found.at, wanted.at, 1e-15);
      }
    },
  );

  it('finds nothing between a sample and itself', () => {
    fc.assert(
      fc.property(sample, (values) => {
        expect(ksTest(values, values)).toMatchObject({ statistic: 0, pValue: 1 });
      }),
    );
  });

  it('has the same answer for both orders, for shifted values and for repeated rows', () => {
    fc.assert(
      fc.property(sample, sample, (reference, current) => {
        const { statistic, pValue } = ksTest(reference, current);
        const swapped = ksTest(current, reference);
        expect(swapped.statistic).toBe(statistic);
        expectClose(swapped.pValue, pValue, 1e-12);
        const shifted = ksTest(
          reference.map((v) => v + 64),
          current.map((v) => v + 64),
        );
        expect(shifted.statistic).toBe(statistic);
        const twice = sorted([...reference, ...reference]);
        expectClose(ksTest(twice, current).statistic, statistic, 1e-12, '', 1e-15);
      }),
    );
  });

  it('is the largest gap at any value, and says where', () => {
    fc.assert(
      fc.property(sample, sample, (reference, current) => {
        const share = (values: Float64Array, at: number) =>
          values.filter((v) => v <= at).length / values.length;
        const gap = (at: number) => Math.abs(share(reference, at) - share(current, at));
        const { statistic, at } = ksTest(reference, current);
        expectClose(gap(at), statistic, 1e-12, '', 1e-15);
        for (const value of [...reference, ...current]) {
          expect(gap(value)).toBeLessThanOrEqual(statistic + 1e-12);
        }
      }),
    );
  });

  it('has an exact p-value equal to counting all orders', () => {
    for (const [n, m] of [
      [1, 1],
      [1, 4],
      [2, 3],
      [4, 2],
      [3, 3],
      [4, 5],
      [5, 5],
    ] as const) {
      const found = countOrders(n, m);
      for (const { reference, current, pValue } of found) {
        expectClose(ksTest(reference, current).pValue, pValue, 1e-12, `${reference} v ${current}`);
      }
    }
  });

  it('handles one value a side, constants, disjoint samples, and falls back where exact is too large', () => {
    expect(ksTest(Float64Array.of(1), Float64Array.of(2))).toEqual({
      statistic: 1,
      pValue: 1,
      method: 'exact',
      at: 1,
    });
    expect(ksTest(Float64Array.of(1), Float64Array.of(2), { method: 'asymptotic' }).pValue).toBe(0);
    const constant = new Float64Array(50).fill(3);
    expect(ksTest(constant, constant).pValue).toBe(1);
    const low = Float64Array.from({ length: 9000 }, (_, i) => i);
    const high = low.map((v) => v + 9000).slice(1);
    expect(ksTest(low, high)).toMatchObject({ statistic: 1, pValue: 0, method: 'exact' });
    const many = Float64Array.from({ length: 50_001 }, (_, i) => i);
    expect(ksTest(many, many.slice(1), { method: 'exact' }).method).toBe('asymptotic');
    expect(() => ksTest(new Float64Array(), Float64Array.of(1))).toThrow(
      'ksTest requires at least one value per sample (got 0 and 1)',
    );
  });

  it('leaves its input as it was', () => {
    const reference = Float64Array.of(1, 2, 2, 5);
    const current = Float64Array.of(2, 3);
    ksTest(reference, current);
    expect([...reference, ...current]).toEqual([1, 2, 2, 5, 2, 3]);
  });
});

/** Every way to deal the ranks 1 to n + m to two samples, with the share of ways at least as far apart. */
function countOrders(
  n: number,
  m: number,
): { reference: Float64Array; current: Float64Array; pValue: number }[] {
  const ways: { reference: number[]; current: number[]; gap: number }[] = [];
  for (let bits = 0; bits < 2 ** (n + m); bits++) {
    const reference: number[] = [];
    const current: number[] = [];
    let gap = 0;
    let widest = 0;
    for (let rank = 0; rank < n + m; rank++) {
      const isReference = (bits >> rank) % 2 === 1;
      (isReference ? reference : current).push(rank);
      gap += isReference ? m : -n;
      widest = Math.max(widest, Math.abs(gap));
    }
    if (reference.length === n) ways.push({ reference, current, gap: widest });
  }
  return ways.map((way) => ({
    reference: Float64Array.from(way.reference),
    current: Float64Array.from(way.current),
    pValue: ways.filter((other) => other.gap >= way.gap).length / ways.length,
  }));
}
