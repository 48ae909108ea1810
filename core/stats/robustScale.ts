import { midQuantileSorted } from './midQuantile.js';
import { quantileSorted } from './quantile.js';
import { isRuns, type Sorted } from './runs.js';

/**
 * Robust scale of a sample: the width of its middle 90 %, in standard deviations of a normal curve.
 *
 * It answers "how wide is this column usually", unmoved by outliers; a distance divided by it has no
 * unit and can be ranked among columns. Where the middle 90 % are one value (zero-inflated data) it
 * falls back to the standard deviation, and for a constant to 1, so that it can always divide.
 *
 * Range: above 0, in the column's unit; about the standard deviation for normal data.
 * Cost: O(1); O(n) where the middle 90 % are one value.
 * Source: (q95 - q05) / 3.29, as 3.29 = 2 * 1.645 is that width for the standard normal distribution; by
 *         mid-ranks, since the plain quantiles of integers jump by a unit from sample to sample.
 * Checked: quantiles by type 7 where there are no ties (test/core/stats/robustScale.test.ts)
 *
 * @param sortedReference - n >= 1 values, ascending, no NaN; not modified
 * @returns (q95 - q05) / 3.29, else the standard deviation (n - 1), else 1
 * @throws {RangeError} if the sample is empty
 *
 * @example
 * robustScale(Float64Array.of(0, 1, 2, 3, 4))
 * // => 1.094224924012158
 */
export function robustScale(sortedReference: Sorted): number {
  const n = sortedReference.length;
  if (n === 0) throw new RangeError('robustScale requires at least one value (got 0)');
  const width = midQuantileSorted(sortedReference, 0.95) - midQuantileSorted(sortedReference, 0.05);
  // the width of subnormal values can vanish in the division
  const scale = width / 3.29;
  if (hasWidth(sortedReference) && scale > 0 && scale < Infinity) return scale;
  const deviation = standardDeviation(sortedReference);
  return deviation > 0 && deviation < Infinity ? deviation : 1;
}

/** Whether the middle 90 % are more than one value. */
export function hasWidth(sorted: Sorted): boolean {
  return quantileSorted(sorted, 0.95) > quantileSorted(sorted, 0.05);
}

/** In units of the largest distance from the first value, so that squares stay finite. */
function standardDeviation(values: Sorted): number {
  if (isRuns(values)) return values.standardDeviation ?? 0;
  const n = values.length;
  const origin = values[0] as number;
  const reach = (values[n - 1] as number) - origin;
  if (n < 2 || !(reach > 0 && reach < Infinity)) return 0;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += ((values[i] as number) - origin) / reach;
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (((values[i] as number) - origin) / reach - mean) ** 2;
  return reach * Math.sqrt(squares / (n - 1));
}
