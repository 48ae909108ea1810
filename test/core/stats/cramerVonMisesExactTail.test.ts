import { describe, expect, it } from 'vitest';
import { cramerVonMises } from '../../../core/stats/cramerVonMises.js';
import { cramerVonMisesExactTail } from '../../../core/stats/cramerVonMisesExactTail.js';
import { expectClose } from './expectClose.js';
import { rankCases } from './rankCases.js';

describe('cramerVonMisesExactTail', () => {
  it('repeats the example', () => {
    expectClose(cramerVonMisesExactTail(234, 4, 4), 0.02857142857142857, 1e-14);
  });

  it('agrees with SciPy', () => {
    let count = 0;
    for (const { name, reference, current, expected } of rankCases) {
      const wanted = expected.cramerVonMises?.exact;
      if (!wanted) continue;
      const { pValue, method } = cramerVonMises(reference, current, { method: 'exact' });
      expect(method).toBe('exact');
      expectClose(pValue, wanted.pValue, 1e-12, name);
      count++;
    }
    expect(count).toBeGreaterThan(5);
  });

  it('is the same both ways, and falls with the sum', () => {
    let previous = 1;
    for (let sum = 1000; sum < 3000; sum += 100) {
      const tail = cramerVonMisesExactTail(sum, 5, 8);
      expectClose(cramerVonMisesExactTail(sum, 8, 5), tail, 1e-12);
      expect(tail).toBeLessThanOrEqual(previous);
      previous = tail;
    }
  });

  it('is 1 below the smallest sum, two orders at the largest and 0 beyond', () => {
    expect(cramerVonMisesExactTail(0, 6, 6)).toBe(1);
    // Disjoint: each rank of one side is 6 off.
    expectClose(cramerVonMisesExactTail(6 * 6 * 36, 6, 6), 2 / 924, 1e-13);
    expect(cramerVonMisesExactTail(1e9, 6, 6)).toBe(0);
    expect(() => cramerVonMisesExactTail(1, 0, 3)).toThrow(RangeError);
  });

  it('is quick at its slowest', () => {
    const start = performance.now();
    const tail = cramerVonMisesExactTail(102_000, 19, 20);
    expect(tail > 0 && tail < 1).toBe(true);
    expect(performance.now() - start).toBeLessThan(1500);
  });
});
