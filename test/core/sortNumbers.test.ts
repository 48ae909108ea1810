import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortNumbers } from '../../core/sortNumbers.js';
import { createRandom } from '../../core/stats/random.js';

describe('sortNumbers', () => {
  const random = createRandom(7);
  const shapes: [string, () => number][] = [
    ['normal', () => random.normal()],
    ['Cauchy', () => random.normal() / random.normal()],
    ['lognormal', () => Math.exp(3 * random.normal())],
    ['whole numbers', () => random.integer(20) - 10],
    ['one value', () => 3],
    ['two values', () => (random.uniform() < 0.5 ? -1e300 : 1e-300)],
    ['subnormal', () => (random.uniform() - 0.5) * 1e-310],
    ['infinities', () => 1 / (random.integer(3) - 1)],
    ['zeros of both signs', () => [0, -0, 1, -1][random.integer(4)] as number],
    ['values close to each other', () => 1e9 + 1e-3 * random.uniform()],
    ['large whole numbers', () => 1.7e12 + random.integer(1e9)],
  ];
  it.each(shapes)('agrees with the engine’s own sort on %s', (_name, draw) => {
    for (const length of [2_047, 2_048, 20_011]) {
      const values = Float64Array.from({ length }, draw);
      const expected = values.slice().sort();
      const sorted = sortNumbers(values);
      expect(sorted).toBe(values);
      expect(Buffer.from(sorted.buffer).equals(Buffer.from(expected.buffer))).toBe(true);
    }
  });

  it('agrees with it where a sample at even distances shows nothing of what is close', () => {
    const values = Float64Array.from({ length: 20_011 }, (_, i) =>
      i % 156 === 0 ? random.normal() : 1e9 + 1e-3 * random.uniform(),
    );
    const expected = values.slice().sort();
    expect(sortNumbers(values)).toEqual(expected);
  });

  it('agrees with it on any doubles', () => {
    const doubles = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(doubles, (some) => {
        const values = Float64Array.from(
          { length: 3_000 },
          (_, i) => some[(i * 7) % some.length] ?? 0,
        );
        expect([...sortNumbers(values.slice())]).toEqual([...values.slice().sort()]);
      }),
      { numRuns: 30 },
    );
  });

  it('sorts a part of a larger buffer and nothing beside it', () => {
    const whole = Float64Array.from({ length: 5_000 }, () => random.normal());
    const before = whole.slice();
    sortNumbers(whole.subarray(1_000, 4_000));
    expect(whole.slice(0, 1_000)).toEqual(before.slice(0, 1_000));
    expect(whole.slice(4_000)).toEqual(before.slice(4_000));
    expect(whole.slice(1_000, 4_000)).toEqual(before.slice(1_000, 4_000).sort());
  });
});
