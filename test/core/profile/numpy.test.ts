/** What NumPy answers, to the last digit. */
import { describe, expect, it } from 'vitest';
import { sturgesEdges } from '../../../core/profile/bins.js';
import { createRandomState } from '../../../core/profile/createRandomState.js';
import { medianSquaredGap } from '../../../core/profile/medianSquaredGap.js';
import { pairwiseSum } from '../../../core/profile/pairwiseSum.js';

describe('createRandomState', () => {
  it('permutes as NumPy does', () => {
    const zero = createRandomState(0);
    expect([...zero.permutation(10)]).toEqual([2, 8, 4, 9, 1, 6, 7, 3, 0, 5]);
    expect([...zero.permutation(10)]).toEqual([3, 5, 1, 2, 9, 8, 0, 6, 7, 4]);
    expect([...zero.permutation(1000).subarray(0, 5)]).toEqual([804, 27, 77, 279, 319]);
    const other = createRandomState(12345);
    expect([...other.permutation(5)]).toEqual([0, 4, 3, 1, 2]);
    expect([...other.permutation(100_000).subarray(0, 4)]).toEqual([71753, 80495, 2655, 22756]);
  });
});

describe('sturgesEdges', () => {
  it('are those of histogram_bin_edges', () => {
    const edges = [
      0.1, 0.15454545454545454, 0.2090909090909091, 0.26363636363636367, 0.3181818181818182,
      0.3727272727272727, 0.42727272727272725, 0.4818181818181818, 0.5363636363636364,
      0.5909090909090909, 0.6454545454545454, 0.7,
    ];
    expect([...(sturgesEdges(0.1, 0.7, 1024) ?? [])]).toEqual(edges);
  });

  it('surround a single value, and fail beyond the doubles', () => {
    expect([...(sturgesEdges(3, 3, 100) ?? [])]).toEqual([2.5, 3.5]);
    expect(sturgesEdges(-1e308, 1e308, 100)).toBeNull();
    expect(sturgesEdges(1, 1 + Number.EPSILON, 100)).toBeNull();
  });
});

describe('medianSquaredGap', () => {
  it('is the middle one of all ordered pairs', () => {
    for (const values of [
      [1],
      [1, 4],
      [1, 2, 4],
      [1, 1, 1, 5],
      [0, 1, 3, 7, 15],
      [0, 0.1, 0.4, 2, 2, 9],
    ]) {
      const gaps = values.flatMap((a) => values.map((b) => (a - b) ** 2)).sort((a, b) => a - b);
      const middle = (gaps.length - 1) / 2;
      const index = Number.isInteger(middle) ? middle : 2 * Math.round(middle / 2);
      expect(medianSquaredGap(Float64Array.from(values))).toBe(gaps[index]);
    }
  });
});

describe('pairwiseSum', () => {
  it('is the sum', () => {
    for (const count of [0, 1, 7, 8, 9, 127, 128, 129, 1000, 8193, 20_001]) {
      const values = Array.from({ length: count }, (_, i) => i + 1);
      expect(pairwiseSum(values)).toBe((count * (count + 1)) / 2);
    }
  });

  it('rounds as NumPy does, in double and in single precision', () => {
    const tenths = Array<number>(1000).fill(0.1);
    expect(pairwiseSum(tenths)).toBe(100.00000000000001);
    const single = tenths.map(Math.fround);
    expect(pairwiseSum(single, Math.fround)).toBe(100.00001525878906);
  });
});
