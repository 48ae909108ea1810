import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { klDivergence } from '../../../core/stats/klDivergence.js';
import { psi } from '../../../core/stats/psi.js';
import { computed } from './computed.js';
import { countCases } from './countCases.js';
import { expectClose } from './expectClose.js';
import { countPair } from './numericPairs.js';

const vanished = 'it is infinite: a level of the reference has no current rows';

describe('klDivergence', () => {
  it('repeats the example', () => {
    const { distance } = computed(klDivergence([50, 30, 20], [40, 30, 30]));
    expectClose(distance, 0.030478754035472, 1e-12);
  });

  it('agrees with SciPy, and is not computable where SciPy says infinite', () => {
    for (const { reference, current, expected } of countCases) {
      for (const [one, other, wanted] of [
        [reference, current, expected.klDivergence],
        [current, reference, expected.klBack],
      ] as const) {
        const found = klDivergence(one, other);
        if (wanted === null) expect(found).toEqual({ kind: 'not computable', reason: vanished });
        else expectClose(computed(found).distance, wanted, 1e-12, `${one}`, 1e-15);
      }
      const floored = computed(klDivergence(reference, current, { floor: 1e-4 }));
      expectClose(floored.distance, expected.klFloored, 1e-12, 'floored', 1e-15);
    }
  });

  it('is 0 for the same shares, never below, and both directions make the stability index', () => {
    fc.assert(
      fc.property(countPair, ({ reference, current }) => {
        const tripled = reference.map((count) => 3 * count);
        expect(computed(klDivergence(reference, tripled)).distance).toBe(0);
        const found = klDivergence(reference, current);
        if (found.kind === 'distance') expect(found.distance).toBeGreaterThanOrEqual(0);
        const there = computed(klDivergence(reference, current, { floor: 1e-4 })).distance;
        const back = computed(klDivergence(current, reference, { floor: 1e-4 })).distance;
        expectClose(there + back, psi(reference, current), 1e-12, '', 1e-14);
      }),
    );
  });

  it('takes a new level, and refuses an empty side and a floor that is none', () => {
    expectClose(computed(klDivergence([5, 0], [5, 5])).distance, Math.LN2, 1e-14);
    expect(klDivergence([5, 5], [5, 0])).toEqual({ kind: 'not computable', reason: vanished });
    expect(() => klDivergence([0], [9])).toThrow(RangeError);
    expect(() => klDivergence([1], [9], { floor: -1 })).toThrow(RangeError);
    expect(() => klDivergence([1], [9], { floor: Number.NaN })).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const reference = [1, 5];
    const current = [2, 3];
    klDivergence(reference, current, { floor: 0.1 });
    expect([...reference, ...current]).toEqual([1, 5, 2, 3]);
  });
});
