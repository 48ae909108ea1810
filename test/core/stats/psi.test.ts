import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { psi, psiNoiseFloor } from '../../../core/stats/psi.js';
import { createRandom } from '../../../core/stats/random.js';
import { categoricalCases } from './categoricalCases.js';
import { expectClose } from './expectClose.js';
import { countPair } from './numericPairs.js';

describe('psi', () => {
  it('repeats the examples', () => {
    expectClose(psi([50, 30, 20], [40, 30, 30]), 0.06286086594223739, 1e-14);
    expectClose(psiNoiseFloor(10, 1000, 1000), 0.033837955209240905, 1e-13);
  });

  it('agrees with NumPy and SciPy', () => {
    for (const found of categoricalCases) {
      expectClose(psi(found.reference, found.current), found.psi, 1e-9);
      const levelCount = found.reference.filter(
        (count, i) => count + (found.current[i] ?? 0) > 0,
      ).length;
      const rows = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0);
      const floor = psiNoiseFloor(levelCount, rows(found.reference), rows(found.current));
      expectClose(floor, found.psiNoiseFloor, 1e-12);
    }
  });

  it('is 0 for the same shares and the same both ways', () => {
    fc.assert(
      fc.property(countPair, ({ reference, current }) => {
        const value = psi(reference, current);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(psi(reference, reference)).toBe(0);
        expectClose(psi(current, reference), value, 1e-12, '', 1e-15);
      }),
    );
  });

  it('stays below the noise floor in 95 of 100 pairs without drift', () => {
    const random = createRandom(1);
    const draw = (rows: number) => {
      const counts = new Float64Array(10);
      for (let i = 0; i < rows; i++) {
        const level = random.integer(10);
        counts[level] = (counts[level] as number) + 1;
      }
      return counts;
    };
    const floor = psiNoiseFloor(10, 500, 300);
    let above = 0;
    for (let i = 0; i < 1000; i++) if (psi(draw(500), draw(300)) > floor) above++;
    expect(above).toBeGreaterThan(30);
    expect(above).toBeLessThan(75);
  });

  it('handles one level and disjoint levels, and refuses an empty side', () => {
    expect([psi([4], [9]), psiNoiseFloor(1, 4, 9)]).toEqual([0, 0]);
    expectClose(psi([4, 0], [0, 9]), 2 * (1 - 1e-4) * Math.log(1e4), 1e-14);
    expect(() => psi([0], [9])).toThrow(RangeError);
    expect(() => psiNoiseFloor(0, 4, 9)).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const reference = [1, 5];
    const current = [2, 3];
    psi(reference, current);
    expect([...reference, ...current]).toEqual([1, 5, 2, 3]);
  });
});
