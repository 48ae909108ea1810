import { describe, expect, it } from 'vitest';
import { summarizeSorted } from '../../../core/stats/summarize.js';
import { descriptiveCases } from './descriptiveCases.js';
import { expectClose } from './expectClose.js';

describe('summarizeSorted', () => {
  it('repeats the example', () => {
    const found = summarizeSorted(Float64Array.of(1, 2, 2, 7));
    expect(found).toMatchObject({ count: 4, distinctCount: 3, mean: 3, min: 1, max: 7 });
    expectClose(found.standardDeviation as number, 2.70801280154532, 1e-14);
    expect(Object.keys(found.quantiles)).toEqual([
      '0.01',
      '0.05',
      '0.25',
      '0.5',
      '0.75',
      '0.95',
      '0.99',
    ]);
  });

  it.each(descriptiveCases)('agrees with NumPy: $name', (expected) => {
    const found = summarizeSorted(Float64Array.from(expected.sorted));
    expectClose(found.mean, expected.mean, 1e-14, 'mean');
    expect(found.distinctCount).toBe(expected.distinctCount);
    // NumPy squares deviations of 1e-200 to 0.
    if (expected.standardDeviation === null) expect(found.standardDeviation).toBeNull();
    else if (expected.name !== 'tiny') {
      expectClose(
        found.standardDeviation as number,
        expected.standardDeviation,
        1e-13,
        'deviation',
      );
    }
    expect(found.quantiles['0.5']).toBe(expected.quantiles.find(([p]) => p === 0.5)?.[1]);
  });

  it('moves with a shift and a unit', () => {
    const values = Float64Array.of(1, 4, 5, 11);
    const own = summarizeSorted(values);
    const moved = summarizeSorted(values.map((v) => v * 1024 + 1e9));
    expectClose(moved.mean, own.mean * 1024 + 1e9, 1e-15);
    expectClose(moved.standardDeviation as number, (own.standardDeviation as number) * 1024, 1e-12);
  });

  it('keeps huge and tiny values', () => {
    const unit = summarizeSorted(Float64Array.of(1, 2, 4));
    for (const scale of [1e-300, 1e-200, 1e200, 1e307]) {
      const found = summarizeSorted(Float64Array.of(scale, 2 * scale, 4 * scale));
      expectClose(found.mean, unit.mean * scale, 1e-14);
      expectClose(
        found.standardDeviation as number,
        (unit.standardDeviation as number) * scale,
        1e-13,
      );
    }
  });

  it('keeps the deviation where the mean itself is rounded', () => {
    const { standardDeviation } = summarizeSorted(Float64Array.of(1e16, 1e16, 1e16 + 2));
    expectClose(standardDeviation as number, Math.sqrt(4 / 3), 1e-15);
  });

  it('handles one value, constants and signed zeros', () => {
    expect(summarizeSorted(Float64Array.of(3))).toMatchObject({
      count: 1,
      mean: 3,
      standardDeviation: null,
    });
    expect(summarizeSorted(new Float64Array(1001).fill(0.1))).toMatchObject({
      distinctCount: 1,
      mean: 0.1,
      standardDeviation: 0,
    });
    expect(summarizeSorted(Float64Array.of(-0, 0)).distinctCount).toBe(1);
    expect(() => summarizeSorted(new Float64Array())).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const values = Float64Array.of(1, 2, 4);
    summarizeSorted(values);
    expect([...values]).toEqual([1, 2, 4]);
  });
});
