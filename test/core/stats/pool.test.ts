import { describe, expect, it } from 'vitest';
import { poolSlices } from '../../../core/stats/pool.js';
import { createRandom } from '../../../core/stats/random.js';
import { countUpTo, type Runs, type Sorted } from '../../../core/stats/runs.js';

describe('poolSlices', () => {
  const random = createRandom(3);
  const sample = (length: number, draw: () => number) => Float64Array.from({ length }, draw).sort();
  const normal = () => random.normal();
  const rounded = () => Math.round(100 * random.normal());
  const cases: [string, Sorted, Sorted][] = [
    ['one value on either side', Float64Array.of(1), Float64Array.of(1)],
    ['samples apart', Float64Array.of(1, 2, 2), Float64Array.of(3, 4)],
    ['an empty sample', Float64Array.of(), Float64Array.of(3, 3, 4)],
    ['zeros of both signs', Float64Array.of(-0, 0, 1), Float64Array.of(-0, -0, 0)],
    ['infinities', Float64Array.of(-Infinity, 1, Infinity), Float64Array.of(0, Infinity)],
    ['many values', sample(1_000, normal), sample(3_000, normal)],
    ['ties', sample(5_000, rounded), sample(5_000, rounded)],
    ['more than is kept', sample(200_000, normal), sample(70_000, normal)],
    ['ties in more than is kept', sample(200_000, rounded), sample(70_000, () => 0.1 * rounded())],
    ['runs', toRuns(sample(5_000, rounded)), sample(3_000, rounded)],
    ['many runs', toRuns(sample(150_000, normal)), toRuns(sample(120_000, normal))],
  ];

  it.each(cases)('has each value once, and counts up to it: %s', (_, reference, current) => {
    for (let time = 0; time < 2; time++) {
      let [last, size] = [Number.NEGATIVE_INFINITY, 0];
      for (const { count, values, referenceCounts, currentCounts } of poolSlices(
        reference,
        current,
      )) {
        for (let k = 0; k < count; k++) {
          const value = values[k] as number;
          if (!(value > last || size === 0)) expect.fail(`${value} after ${last}`);
          if (referenceCounts[k] !== countUpTo(reference, value)) expect.fail(`at ${value}`);
          if (currentCounts[k] !== countUpTo(current, value)) expect.fail(`at ${value}`);
          last = value;
          size++;
        }
      }
      expect(size).toBe(new Set([...valuesOf(reference), ...valuesOf(current)]).size);
    }
  });

  it('does not take one pair for another', () => {
    const [one, other] = [sample(100, normal), sample(100, normal)];
    const firstOf = (reference: Sorted, current: Sorted) => {
      const [slice] = poolSlices(reference, current);
      return slice?.values[0];
    };
    const first = Math.min(one[0] as number, other[0] as number);
    expect([
      firstOf(one, other),
      firstOf(one, one),
      firstOf(other, other),
      firstOf(one, other),
    ]).toEqual([first, one[0], other[0], first]);
  });
});

function valuesOf(sorted: Sorted): Float64Array {
  return sorted instanceof Float64Array ? sorted : sorted.values;
}

function toRuns(sorted: Float64Array): Runs {
  const values = Float64Array.from(new Set(sorted));
  return {
    values,
    ends: values.map((value) => countUpTo(sorted, value)),
    length: sorted.length,
    mean: 0,
    standardDeviation: 1,
    distinctCount: values.length,
    areWhole: false,
  };
}
