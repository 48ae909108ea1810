import { describe, expect, it } from 'vitest';
import { chiSquaredQuantile } from '../../../core/stats/chiSquaredQuantile.js';
import { chiSquaredUpperTail } from '../../../core/stats/special.js';
import { expectClose, readFixture } from './expectClose.js';

describe('chiSquaredQuantile', () => {
  it('repeats the example', () => {
    expectClose(chiSquaredQuantile(0.95, 1), 3.841458820694128, 1e-14);
  });

  it('agrees with SciPy', () => {
    const { chiSquaredQuantile: rows } = readFixture<{ chiSquaredQuantile: number[][] }>('special');
    for (const [p, df, expected] of rows) {
      expectClose(
        chiSquaredQuantile(p as number, df as number),
        expected as number,
        1e-12,
        `p ${p}, df ${df}`,
      );
    }
  });

  it('inverts the tail', () => {
    expectClose(chiSquaredUpperTail(chiSquaredQuantile(0.99, 7), 7), 0.01, 1e-12);
  });

  it('answers at the ends and refuses the rest', () => {
    expect([chiSquaredQuantile(0, 3), chiSquaredQuantile(1, 3)]).toEqual([0, Infinity]);
    expect(() => chiSquaredQuantile(0.5, 0)).toThrow(RangeError);
    expect(() => chiSquaredQuantile(-0.1, 2)).toThrow(RangeError);
  });
});
