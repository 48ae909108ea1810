import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mannWhitney } from '../../../core/stats/mannWhitney.js';
import { expectClose } from './expectClose.js';
import { sample } from './numericPairs.js';
import { rankCases } from './rankCases.js';

describe('mannWhitney', () => {
  it('repeats the example', () => {
    const reference = Float64Array.of(16, 19, 22, 24, 29);
    const found = mannWhitney(reference, Float64Array.of(11, 12, 17, 20));
    expect(found).toMatchObject({ kind: 'test', statistic: 17, method: 'exact' });
    expectClose(found.pValue, 0.1111111111111111, 1e-14);
  });

  it.each(rankCases)('agrees with SciPy: $name', ({ reference, current, expected }) => {
    for (const method of ['auto', 'asymptotic', 'exact'] as const) {
      const wanted = expected.mannWhitney[method];
      if (!wanted) continue;
      const found = mannWhitney(reference, current, { method });
      expect(found.statistic).toBe(wanted.statistic);
      expectClose(found.pValue, wanted.pValue, 1e-11, method);
    }
  });

  it('counts the pairs, and has the same p-value for both orders and for rising functions', () => {
    fc.assert(
      fc.property(sample, sample, (reference, current) => {
        const found = mannWhitney(reference, current);
        let pairs = 0;
        for (const r of reference) for (const c of current) pairs += r > c ? 1 : r === c ? 0.5 : 0;
        expect(found.statistic).toBe(pairs);
        const swapped = mannWhitney(current, reference);
        expect(swapped.statistic).toBe(reference.length * current.length - pairs);
        expectClose(swapped.pValue, found.pValue, 1e-12);
        const cubed = mannWhitney(
          reference.map((v) => v ** 3),
          current.map((v) => v ** 3),
        );
        expect(cubed).toEqual(found);
        expect(mannWhitney(reference, reference).pValue).toBe(1);
      }),
    );
  });

  it('has an exact p-value equal to counting all choices of ranks', () => {
    for (const [n, m] of [
      [1, 6],
      [2, 5],
      [4, 4],
      [5, 3],
    ] as const) {
      const ranks = Array.from({ length: n + m }, (_, rank) => rank);
      const ways = Array.from({ length: 2 ** (n + m) }, (_, bits) => bits)
        .map((bits) => ranks.filter((rank) => (bits >> rank) % 2 === 1))
        .filter((chosen) => chosen.length === n)
        .map((chosen) => {
          const others = ranks.filter((rank) => !chosen.includes(rank));
          return mannWhitney(Float64Array.from(chosen), Float64Array.from(others));
        });
      for (const { statistic, pValue } of ways) {
        const low = Math.min(statistic, n * m - statistic);
        const share = ways.filter((way) => way.statistic <= low).length / ways.length;
        expectClose(pValue, Math.min(1, 2 * share), 1e-13);
      }
    }
  });

  it('keeps the digits of exact p-values of large samples', () => {
    // All of 8 below all of 100 000: one order of C(100008, 8), both ways.
    const few = Float64Array.from({ length: 8 }, (_, i) => i);
    const many = Float64Array.from({ length: 100_000 }, (_, i) => i + 8);
    let orders = 1;
    for (let i = 1; i <= 8; i++) orders *= (100_000 + i) / i;
    expectClose(mannWhitney(few, many).pValue, 2 / orders, 1e-12);
    const spread = few.map((i) => i * 12_500 + 6258.5);
    const middle = mannWhitney(spread, many);
    expect(middle.method).toBe('exact');
    expectClose(middle.pValue, mannWhitney(spread, many, { method: 'asymptotic' }).pValue, 0.01);
  });

  it('handles one value a side, constants and a sum too large to count, and refuses NaN', () => {
    expect(mannWhitney(Float64Array.of(1), Float64Array.of(2)).pValue).toBe(1);
    const equal = new Float64Array(50).fill(3);
    expect(mannWhitney(equal, equal)).toEqual({
      kind: 'test',
      statistic: 1250,
      pValue: 1,
      method: 'asymptotic',
    });
    const many = Float64Array.from({ length: 5000 }, (_, i) => i);
    const other = many.map((v) => v + 0.5);
    expect(mannWhitney(many, other, { method: 'exact' }).method).toBe('asymptotic');
    expect(() => mannWhitney(Float64Array.of(Number.NaN), equal)).toThrow(RangeError);
    expect(() => mannWhitney(equal, new Float64Array())).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const reference = Float64Array.of(1, 2, 2, 5);
    const current = Float64Array.of(2, 3);
    mannWhitney(reference, current);
    expect([...reference, ...current]).toEqual([1, 2, 2, 5, 2, 3]);
  });
});
