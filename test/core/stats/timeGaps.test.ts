import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeGaps } from '../../../core/stats/timeGaps.js';
import { computed } from './computed.js';
import { sorted } from './expectClose.js';
import { timesCase } from './rankCases.js';

describe('timeGaps', () => {
  it('repeats the example', () => {
    expect(timeGaps(Float64Array.of(0, 1000, 1000, 2000, 9000))).toEqual({
      kind: 'gaps',
      longestMs: 7000,
      longestStart: 2000,
      longestEnd: 9000,
      typicalMs: 1000,
      distinctCount: 4,
    });
  });

  it('agrees with NumPy', () => {
    const { longestMs, typicalMs, distinctCount } = timesCase;
    const found = timeGaps(Float64Array.from(timesCase.sorted));
    expect(found).toMatchObject({ longestMs, typicalMs, distinctCount });
  });

  it('does not depend on repeated rows or on when the clock began', () => {
    const times = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(times, (values) => {
        const found = timeGaps(sorted(values));
        expect(timeGaps(sorted([...values, ...values]))).toEqual(found);
        if (found.kind !== 'gaps') return;
        const later = computed(timeGaps(sorted(values.map((time) => time + 1.7e12))));
        expect(later.longestStart - found.longestStart).toBe(1.7e12);
        expect(later.typicalMs).toBe(found.typicalMs);
        expect(found.longestEnd - found.longestStart).toBe(found.longestMs);
        expect(found.typicalMs).toBeLessThanOrEqual(found.longestMs);
      }),
    );
  });

  it('knows where there is no gap, and refuses what is no time', () => {
    const none = { kind: 'not computable', reason: 'there are fewer than two distinct times' };
    expect(computed(timeGaps(Float64Array.of(0, 5, 6, 11))).longestStart).toBe(0);
    expect(timeGaps(Float64Array.of(5))).toEqual(none);
    expect(timeGaps(Float64Array.of(5, 5, 5))).toEqual(none);
    expect(() => timeGaps(new Float64Array())).toThrow(RangeError);
    expect(() => timeGaps(Float64Array.of(1, Number.NaN))).toThrow(RangeError);
  });

  it('leaves its input as it was', () => {
    const times = Float64Array.of(9, 10, 30, 31);
    timeGaps(times);
    expect([...times]).toEqual([9, 10, 30, 31]);
  });
});
