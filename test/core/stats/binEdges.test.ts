import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countInBins, referenceBinEdges } from '../../../core/stats/binEdges.js';
import { descriptiveCases } from './descriptiveCases.js';
import { expectClose } from './expectClose.js';
import { sample } from './numericPairs.js';

describe('referenceBinEdges and countInBins', () => {
  it('repeat the examples', () => {
    expect(referenceBinEdges(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 10)).toEqual([5.5]);
    expect(countInBins(Float64Array.of(1, 2, 3, 4), [2, 3.5])).toEqual([2, 1, 1]);
  });

  it.each(descriptiveCases)('agree with NumPy: $name', ({ sorted, innerEdges, binCounts }) => {
    const values = Float64Array.from(sorted);
    const edges = referenceBinEdges(values, 10);
    expect(edges).toHaveLength(innerEdges.length);
    for (const [i, edge] of innerEdges.entries()) expectClose(edges[i] as number, edge, 1e-14);
    expect(countInBins(values, edges)).toEqual(binCounts);
  });

  it('put every value into one bin, and the reference into every bin but the last', () => {
    fc.assert(
      fc.property(sample, sample, (reference, current) => {
        const edges = referenceBinEdges(reference, 10);
        expect(edges).toEqual([...new Set(edges)].sort((one, other) => one - other));
        const counts = countInBins(current, edges);
        expect(counts).toHaveLength(edges.length + 1);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(current.length);
        expect(
          countInBins(reference, edges)
            .slice(0, -1)
            .every((count) => count > 0),
        ).toBe(true);
      }),
    );
  });

  it('lower the number of bins for a small reference', () => {
    const values = Float64Array.from({ length: 49 }, (_, i) => i);
    expect(referenceBinEdges(values, 10)).toHaveLength(8);
    expect(referenceBinEdges(values.slice(0, 4), 10)).toEqual([1.5]);
    expect(referenceBinEdges(values, 4)).toEqual([12, 24, 36]);
  });

  it('handle constants, and refuse no value or no bins', () => {
    const constant = new Float64Array(100).fill(3);
    expect(referenceBinEdges(constant, 10)).toEqual([3]);
    expect(countInBins(constant, [3])).toEqual([100, 0]);
    expect(countInBins(Float64Array.of(1), [])).toEqual([1]);
    expect(() => referenceBinEdges(new Float64Array(), 10)).toThrow(RangeError);
    expect(() => referenceBinEdges(constant, 1)).toThrow(RangeError);
  });

  it('leave their input as it was', () => {
    const values = Float64Array.of(1, 2, 4);
    const edges = referenceBinEdges(values, 3);
    countInBins(values, edges);
    expect([[...values], edges]).toEqual([[1, 2, 4], [2]]);
  });
});
