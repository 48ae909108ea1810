import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fisherExact } from '../../../core/stats/fisherExact.js';
import { computed } from './computed.js';
import { countCases } from './countCases.js';
import { expectClose } from './expectClose.js';

const count = fc.nat({ max: 25 });

describe('fisherExact', () => {
  it('repeats the example', () => {
    const found = computed(fisherExact([1, 9], [11, 3]));
    expectClose(found.oddsRatio as number, 0.030303030303030304, 1e-15);
    expectClose(found.pValue, 0.00275945618522007, 1e-12);
  });

  it('agrees with SciPy', () => {
    for (const { reference, current, expected } of countCases) {
      const found = fisherExact(reference, current);
      if (!expected.fisherExact) {
        expect(found.kind).toBe('not computable');
        continue;
      }
      const { oddsRatio, pValue } = computed(found);
      expect(oddsRatio).toBe(expected.fisherExact.oddsRatio);
      expectClose(pValue, expected.fisherExact.pValue, 1e-9, `${reference}`);
    }
  });

  it('sums all tables that are no more likely, counted in whole numbers', () => {
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        if (a + b === 0 || c + d === 0 || a + c === 0 || b + d === 0) return;
        const weight = (at: number) => choose(a + c, at) * choose(b + d, a + b - at);
        let [sum, all] = [0n, 0n];
        for (let at = Math.max(0, a - d); at <= Math.min(a + b, a + c); at++) {
          all += weight(at);
          if (weight(at) <= weight(a)) sum += weight(at);
        }
        const wanted = Number((sum * 10n ** 30n) / all) / 1e30;
        const found = computed(fisherExact([a, b], [c, d]));
        expectClose(found.pValue, wanted, 1e-11, `${[a, b, c, d]}`);
        expectClose(computed(fisherExact([c, d], [a, b])).pValue, found.pValue, 1e-11);
        expectClose(computed(fisherExact([b, a], [d, c])).pValue, found.pValue, 1e-11);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps its digits for a million rows a side, and for the rarest tables', () => {
    // 40 digits of the definition, mpmath 1.3.0.
    const many = computed(fisherExact([500_000, 500_000], [501_500, 498_500]));
    expectClose(many.pValue, 0.03401373515261057, 1e-11);
    const rare = computed(fisherExact([400, 0], [0, 400]));
    let orders = 0;
    for (let i = 1; i <= 400; i++) orders += Math.log10((400 + i) / i);
    expectClose(Math.log10(rare.pValue), Math.log10(2) - orders, 1e-12);
  });

  it('takes two levels and whole counts, and refuses an empty side', () => {
    expect(fisherExact([4, 0], [9, 0]).kind).toBe('not computable');
    expect(fisherExact([4, 1, 2], [9, 1, 3])).toEqual({
      kind: 'not computable',
      reason: 'it takes two levels (there are 3)',
    });
    expect(computed(fisherExact([1, 0], [0, 1]))).toEqual({
      kind: 'test',
      oddsRatio: null,
      pValue: 1,
      method: 'exact',
    });
    expect(() => fisherExact([1.5, 2], [3, 4])).toThrow(RangeError);
    expect(() => fisherExact([0, 0], [3, 4])).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const reference = [1, 5];
    const current = [2, 3];
    fisherExact(reference, current);
    expect([...reference, ...current]).toEqual([1, 5, 2, 3]);
  });
});

function choose(n: number, k: number): bigint {
  let product = 1n;
  for (let i = 1; i <= k; i++) product = (product * BigInt(n - k + i)) / BigInt(i);
  return product;
}
