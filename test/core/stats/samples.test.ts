import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lowRankKernel, medianDistance } from '../../../core/stats/gaussianKernel.js';
import { quantileSorted } from '../../../core/stats/quantile.js';
import { exactScale, pooledQuantile, visitTies } from '../../../core/stats/samples.js';
import { expectClose, sorted } from './expectClose.js';
import { sample } from './numericPairs.js';

describe('what the tests on two samples share', () => {
  it('has the quantiles of the merged samples', () => {
    fc.assert(
      fc.property(sample, sample, (reference, current) => {
        const pooled = sorted([...reference, ...current]);
        for (const p of [0, 0.1, 0.25, 0.5, 0.75, 0.99, 1]) {
          const found = pooledQuantile(reference, current, p);
          expectClose(found, quantileSorted(pooled, p), 1e-14, `${p}`, 1e-15);
        }
      }),
    );
  });

  it('visits every distinct value once, in order', () => {
    const seen: number[][] = [];
    visitTies(Float64Array.of(1, 2, 2, 4), Float64Array.of(2, 3), (...tie) => seen.push(tie));
    expect(seen).toEqual([
      [1, 0, 0, 0],
      [2, 1, 1, 0],
      [0, 1, 3, 1],
      [1, 0, 3, 2],
    ]);
  });

  it('scales by powers of two, and only where squares need it', () => {
    const scale = (value: number) => exactScale(Float64Array.of(0), Float64Array.of(value));
    expect([scale(0), scale(1e90), scale(-1e-90)]).toEqual([1, 1, 1]);
    for (const value of [1.7e308, -1e200, 3e-300, 5e-324]) {
      const factor = scale(value);
      expect(Number.isInteger(Math.log2(factor))).toBe(true);
      expect((value * factor) / factor).toBe(value);
      expect((value * factor) ** 2).toBeGreaterThan(0);
    }
  });

  it('has the lower median of the positive distances', () => {
    fc.assert(
      fc.property(sample, (values) => {
        const distances = sorted(
          [...values].flatMap((x, i) => [...values.slice(i + 1)].map((y) => y - x)),
        ).filter((distance) => distance > 0);
        const wanted = distances[Math.ceil(distances.length / 2) - 1] ?? null;
        expect(medianDistance(values)).toBe(wanted);
      }),
    );
  });

  it('has a thin factor of the centered kernel matrix', () => {
    const values = Float64Array.from({ length: 60 }, (_, i) => Math.sqrt(i) * 3);
    const { factor, rank } = lowRankKernel(values, 4);
    expect(rank).toBeLessThan(40);
    const kernel = (i: number, j: number) =>
      Math.exp(-((((values[i] as number) - (values[j] as number)) / 4) ** 2) / 2);
    // A contrast, whose entries sum to 0, does not see the centering.
    let [direct, thin] = [0, 0];
    for (let i = 0; i < 60; i++) {
      for (let j = 0; j < 60; j++) direct += (-1) ** (i + j) * kernel(i, j);
    }
    for (let d = 0; d < rank; d++) {
      let sum = 0;
      for (let i = 0; i < 60; i++) sum += (-1) ** i * (factor[i * rank + d] as number);
      thin += sum * sum;
    }
    expectClose(thin, direct, 1e-8, '', 1e-11);
  });
});
