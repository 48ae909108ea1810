import type { NumberColumn } from '../column.js';
import { isRuns, type Sorted } from '../stats/runs.js';

const extremeCount = 5;

/** Both ascending. */
export interface NumberExtremes {
  smallest: number[];
  largest: number[];
}

/** The smallest and the largest values of a column; null where there are none at hand. */
export function extremes(column: NumberColumn, sorted: Sorted): NumberExtremes | null {
  if (!isRuns(sorted)) {
    const smallest = Array.from(sorted.subarray(0, extremeCount));
    return { smallest, largest: Array.from(sorted.subarray(-extremeCount)) };
  }
  if (column.extremes) return column.extremes;
  if (column.values.length === 0) return null;
  const collector = createExtremes();
  collector.add(column.values);
  return collector.found();
}

/** Of finite values that come in chunks. */
export function createExtremes(): { add(values: Float64Array): void; found(): NumberExtremes } {
  const smallest = new Float64Array(extremeCount).fill(Infinity);
  const largest = new Float64Array(extremeCount).fill(-Infinity);
  return {
    add: (values) => {
      for (let row = 0; row < values.length; row++) {
        const value = (values[row] as number) + 0;
        if (value < (smallest[extremeCount - 1] as number) && value !== -Infinity) {
          smallest[extremeCount - 1] = value;
          smallest.sort();
        }
        if (value > (largest[0] as number) && value !== Infinity) {
          largest[0] = value;
          largest.sort();
        }
      }
    },
    found: () => ({
      smallest: Array.from(smallest.filter(Number.isFinite)),
      largest: Array.from(largest.filter(Number.isFinite)),
    }),
  };
}
