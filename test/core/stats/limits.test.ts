import { describe, expect, it } from 'vitest';
import { andersonDarlingUpperTail, cramerVonMisesUpperTail } from '../../../core/stats/limits.js';
import { expectClose, readFixture } from './expectClose.js';

const fixture =
  readFixture<Record<'andersonDarling' | 'cramerVonMises', [number, number][]>>('limits');

describe('limits', () => {
  it('repeats the examples', () => {
    expectClose(andersonDarlingUpperTail(2.4923671600494095), 0.05, 1e-13);
    expectClose(cramerVonMisesUpperTail(0.5), 0.03983321756560759, 1e-13);
  });

  it('agrees with other series of the same laws', () => {
    for (const [x, tail] of fixture.andersonDarling) {
      expectClose(andersonDarlingUpperTail(x), tail, 1e-11, `${x}`);
    }
    for (const [x, tail] of fixture.cramerVonMises) {
      expectClose(cramerVonMisesUpperTail(x), tail, 1e-11, `${x}`);
    }
  });

  it('falls from 1 to 0', () => {
    for (const tail of [andersonDarlingUpperTail, cramerVonMisesUpperTail]) {
      let previous = 1;
      for (let x = 0; x < 3; x += 0.01) {
        const share = tail(x);
        expect(share).toBeLessThanOrEqual(previous + 1e-12);
        previous = share;
      }
      expect(tail(1e6)).toBe(0);
      expect(tail(Number.POSITIVE_INFINITY)).toBe(0);
    }
  });

  it('is 1 at and below 0, and refuses NaN', () => {
    expect([andersonDarlingUpperTail(-1), cramerVonMisesUpperTail(0)]).toEqual([1, 1]);
    expect(() => andersonDarlingUpperTail(Number.NaN)).toThrow(RangeError);
    expect(() => cramerVonMisesUpperTail(Number.NaN)).toThrow(RangeError);
  });
});
