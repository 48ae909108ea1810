import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cramerVonMises } from '../../../core/stats/cramerVonMises.js';
import { expectClose } from './expectClose.js';
import { sample } from './numericPairs.js';
import { rankCases } from './rankCases.js';

describe('cramerVonMises', () => {
  it('repeats the example', () => {
    const found = cramerVonMises(Float64Array.of(1, 2, 3, 4), Float64Array.of(3.5, 4.5, 5, 6));
    expect(found).toMatchObject({ kind: 'test', method: 'exact' });
    expectClose(found.statistic, 0.5, 1e-14);
    expectClose(found.pValue, 0.05714285714285714, 1e-14);
  });

  it.each(rankCases)('agrees with SciPy: $name', ({ reference, current, expected }) => {
    for (const method of ['auto', 'exact', 'asymptotic'] as const) {
      const wanted = expected.cramerVonMises?.[method];
      if (!wanted) continue;
      const found = cramerVonMises(reference, current, { method });
      // SciPy's statistic is a difference of two numbers of size (n + m) / 4.
      const rounding = 1e-15 * (reference.length + current.length);
      expectClose(found.statistic, wanted.statistic, 1e-12, 'statistic', rounding);
      expectClose(found.pValue, wanted.pValue, 1e-9, method, 10 * rounding);
    }
  });

  it('has the accurate tail on demand, which differs by what the series leaves out', () => {
    const reference = Float64Array.from({ length: 40 }, (_, i) => i);
    const current = reference.map((value) => value + 15.5);
    const usual = cramerVonMises(reference, current).pValue;
    const accurate = cramerVonMises(reference, current, { tail: 'accurate' }).pValue;
    expect(accurate).not.toBe(usual);
    expectClose(accurate, usual, 1e-3, '', 1e-7);
    const far = cramerVonMises(
      reference,
      reference.map((value) => value + 100),
      { tail: 'accurate' },
    );
    expect(far.pValue).toBeLessThan(1e-14);
  });

  it('is smallest between a sample and itself, and has the same answer for both orders', () => {
    fc.assert(
      fc.property(sample, sample, (reference, current) => {
        const found = cramerVonMises(reference, current);
        const swapped = cramerVonMises(current, reference);
        expectClose(swapped.statistic, found.statistic, 1e-12, '', 1e-14);
        expectClose(swapped.pValue, found.pValue, 1e-11);
        const shifted = cramerVonMises(
          reference.map((v) => v + 64),
          current.map((v) => v + 64),
        );
        expect(shifted).toEqual(found);
        expect(cramerVonMises(reference, reference).pValue).toBeGreaterThan(0.9);
      }),
    );
  });

  it("is Anderson's rank formula", () => {
    fc.assert(
      fc.property(sample, sample, (reference, current) => {
        const [n, m] = [reference.length, current.length];
        const pooled = [...reference, ...current];
        const rank = (value: number) =>
          pooled.filter((v) => v < value).length +
          (pooled.filter((v) => v === value).length + 1) / 2;
        const gaps = (values: Float64Array) =>
          values.reduce((sum, value, i) => sum + (rank(value) - i - 1) ** 2, 0);
        const u = n * gaps(reference) + m * gaps(current);
        const statistic = u / (n * m * (n + m)) - (4 * n * m - 1) / (6 * (n + m));
        expectClose(cramerVonMises(reference, current).statistic, statistic, 1e-10, '', 1e-12);
      }),
    );
  });

  it('has an exact p-value equal to counting all orders', () => {
    for (const [n, m] of [
      [1, 1],
      [1, 4],
      [3, 2],
      [4, 4],
      [3, 5],
    ] as const) {
      const ways = orders(n, m).map((way) => ({ way, ...cramerVonMises(...way) }));
      for (const { statistic, pValue, way } of ways) {
        const reached = ways.filter((other) => other.statistic >= statistic - 1e-9).length;
        expectClose(pValue, reached / ways.length, 1e-12, `${way}`);
      }
    }
  });

  it('handles one value a side, constants and a million values, and refuses what is no sample', () => {
    expect(cramerVonMises(Float64Array.of(1), Float64Array.of(2)).pValue).toBe(1);
    const constant = new Float64Array(50).fill(3);
    expect(cramerVonMises(constant, constant)).toMatchObject({ statistic: 0, pValue: 1 });
    const many = Float64Array.from({ length: 1_000_000 }, (_, i) => i);
    expectClose(cramerVonMises(many, many).statistic, 0, 0, '', 1e-6);
    expect(() => cramerVonMises(new Float64Array(), Float64Array.of(1))).toThrow(
      'cramerVonMises requires at least one value per sample (got 0 and 1)',
    );
    expect(() => cramerVonMises(Float64Array.of(1, Number.NaN), Float64Array.of(1))).toThrow(
      RangeError,
    );
  });

  it('leaves its input as it was', () => {
    const reference = Float64Array.of(1, 2, 2, 5);
    const current = Float64Array.of(2, 3);
    cramerVonMises(reference, current);
    expect([...reference, ...current]).toEqual([1, 2, 2, 5, 2, 3]);
  });
});

/** Every way to deal the ranks 0 to n + m - 1 to two samples. */
function orders(n: number, m: number): [Float64Array, Float64Array][] {
  const ranks = Array.from({ length: n + m }, (_, rank) => rank);
  return Array.from({ length: 2 ** (n + m) }, (_, bits) => bits)
    .map((bits): [Float64Array, Float64Array] => [
      Float64Array.from(ranks.filter((rank) => (bits >> rank) % 2 === 1)),
      Float64Array.from(ranks.filter((rank) => (bits >> rank) % 2 === 0)),
    ])
    .filter(([reference]) => reference.length === n);
}
