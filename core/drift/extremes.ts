import { type NumberColumn, slicesOf } from '../column.js';
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
  for (const part of slicesOf(column.values)) collector.add(part);
  return collector.found();
}

/** Of finite values that come in chunks. */
export function createExtremes(): { add(values: Float64Array): void; found(): NumberExtremes } {
  const smallest = new Float64Array(extremeCount).fill(Infinity);
  const largest = new Float64Array(extremeCount).fill(-Infinity);
  return {
    add: (values) => {
      let [below, above] = [smallest[extremeCount - 1] as number, largest[0] as number];
      for (let row = 0; row < values.length; row++) {
        const value = values[row] as number;
        // hardly any value gets past here
        if (!(value < below || value > above)) continue;
        if (!Number.isFinite(value)) continue;
        if (value < below) {
          smallest[extremeCount - 1] = value + 0;
          below = smallest.sort()[extremeCount - 1] as number;
        }
        if (value > above) {
          largest[0] = value + 0;
          above = largest.sort()[0] as number;
        }
      }
    },
    found: () => ({
      smallest: Array.from(smallest.filter(Number.isFinite)),
      largest: Array.from(largest.filter(Number.isFinite)),
    }),
  };
}
