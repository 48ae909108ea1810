import { describe, expect, it } from 'vitest';
import { ecdfSorted } from '../../../core/stats/ecdf.js';
import { descriptiveCases } from './descriptiveCases.js';
import { expectClose } from './expectClose.js';

describe('ecdfSorted', () => {
  it('repeats the example', () => {
    expect(ecdfSorted(Float64Array.of(1, 2, 2, 5), [0, 2, 5])).toEqual([0, 0.75, 1]);
  });

  it.each(descriptiveCases)('agrees with SciPy: $name', ({ sorted, values, shares }) => {
    const found = ecdfSorted(Float64Array.from(sorted), values);
    expect(found).toHaveLength(shares.length);
    for (const [i, share] of shares.entries()) expectClose(found[i] as number, share, 1e-15);
  });

  it('counts shares of its own values by rank', () => {
    const values = Float64Array.of(1, 3, 4, 9);
    expect(ecdfSorted(values, values)).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it('handles one value and refuses none', () => {
    expect(ecdfSorted(Float64Array.of(2), [1, 2])).toEqual([0, 1]);
    expect(() => ecdfSorted(new Float64Array(), [1])).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const values = Float64Array.of(1, 2, 4);
    const at = [3, 1];
    ecdfSorted(values, at);
    expect([[...values], at]).toEqual([
      [1, 2, 4],
      [3, 1],
    ]);
  });
});
