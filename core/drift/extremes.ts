import { isRuns, type Sorted } from '../stats/runs.js';

export const extremeCount = 5;

/** The smallest and the largest values of a sample, both ascending. */
export function extremes(sorted: Sorted): { smallest: number[]; largest: number[] } {
  if (!isRuns(sorted)) {
    const smallest = Array.from(sorted.subarray(0, extremeCount));
    return { smallest, largest: Array.from(sorted.subarray(-extremeCount)) };
  }
  const { values, ends } = sorted;
  const runsFrom = (start: number) =>
    Array.from(values.subarray(start, start + extremeCount)).flatMap((value, i) => {
      const count = (ends[start + i] as number) - (ends[start + i - 1] ?? 0);
      return new Array<number>(Math.min(extremeCount, count)).fill(value);
    });
  return {
    smallest: runsFrom(0).slice(0, extremeCount),
    largest: runsFrom(Math.max(0, values.length - extremeCount)).slice(-extremeCount),
  };
}
