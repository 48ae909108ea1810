import { describe, expect, it } from 'vitest';
import { kolmogorovSmirnovUpperTail, kolmogorovUpperTail } from '../../../core/stats/kolmogorov.js';
import { expectClose, readFixture } from './expectClose.js';

const fixture = readFixture<{ finite: [number, number, number][]; limit: [number, number][] }>(
  'kolmogorov',
);

describe('kolmogorov', () => {
  it('repeats the examples', () => {
    expectClose(kolmogorovUpperTail(1.3580986393225505), 0.05, 1e-13);
    expectClose(kolmogorovSmirnovUpperTail(0.1, 100), 0.2526927570063895, 1e-12);
  });

  it('agrees with SciPy at every count', () => {
    expect(fixture.finite.length).toBeGreaterThan(500);
    for (const [n, d, expected] of fixture.finite) {
      expectClose(kolmogorovSmirnovUpperTail(d, n), expected, 1e-9, `n ${n}, d ${d}`);
    }
  });

  it('agrees with SciPy in the limit', () => {
    for (const [lambda, expected] of fixture.limit) {
      expectClose(kolmogorovUpperTail(lambda), expected, 1e-12, `lambda ${lambda}`);
    }
  });

  it('approaches the limit', () => {
    for (const lambda of [0.6, 1, 1.5]) {
      const gap = (n: number) =>
        Math.abs(
          kolmogorovSmirnovUpperTail(lambda / Math.sqrt(n), n) - kolmogorovUpperTail(lambda),
        );
      expect(gap(1e6)).toBeLessThan(5e-4);
      expect(gap(1e6)).toBeLessThan(gap(1e4));
    }
  });

  it('answers at the ends and refuses the rest', () => {
    expect([kolmogorovUpperTail(0), kolmogorovUpperTail(-1), kolmogorovUpperTail(40)]).toEqual([
      1, 1, 0,
    ]);
    expect([kolmogorovSmirnovUpperTail(0, 5), kolmogorovSmirnovUpperTail(0.1, 5)]).toEqual([1, 1]);
    expect([kolmogorovSmirnovUpperTail(1, 5), kolmogorovSmirnovUpperTail(0.9, 1e5)]).toEqual([
      0, 0,
    ]);
    expect(() => kolmogorovUpperTail(Number.NaN)).toThrow(RangeError);
    expect(() => kolmogorovSmirnovUpperTail(0.1, 0)).toThrow(RangeError);
    expect(() => kolmogorovSmirnovUpperTail(0.1, 2.5)).toThrow(RangeError);
  });
});
