import { describe, expect, it } from 'vitest';
import { histogramSorted } from '../../../core/stats/histogram.js';
import { descriptiveCases } from './descriptiveCases.js';

describe('histogramSorted', () => {
  it('repeats the example', () => {
    expect(histogramSorted(Float64Array.of(0, 1, 2, 3, 4, 9), [1, 2, 4])).toEqual({
      counts: [1, 3],
      below: 1,
      above: 1,
    });
  });

  it.each(descriptiveCases)(
    'agrees with NumPy: $name',
    ({ sorted, binEdges, counts, below, above }) => {
      expect(histogramSorted(Float64Array.from(sorted), binEdges)).toEqual({
        counts,
        below,
        above,
      });
    },
  );

  it('counts every value once', () => {
    const values = Float64Array.of(-3, 0, 0, 1, 1, 1, 2, 5);
    const { counts, below, above } = histogramSorted(values, [0, 1, 2]);
    expect([below, ...counts, above]).toEqual([1, 2, 4, 1]);
  });

  it('handles no values and refuses edges that do not ascend', () => {
    expect(histogramSorted(new Float64Array(), [0, 1])).toEqual({
      counts: [0],
      below: 0,
      above: 0,
    });
    expect(() => histogramSorted(Float64Array.of(1), [0])).toThrow(RangeError);
    expect(() => histogramSorted(Float64Array.of(1), [0, 0])).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const values = Float64Array.of(1, 2, 4);
    const edges = [1, 3];
    histogramSorted(values, edges);
    expect([[...values], edges]).toEqual([
      [1, 2, 4],
      [1, 3],
    ]);
  });
});
