import { describe, expect, it } from 'vitest';
import * as special from '../../../core/stats/special.js';
import { expectClose, readFixture } from './expectClose.js';

type Row = number[];

const {
  betaI,
  chiSquaredUpperTail,
  fUpperTail,
  gammaP,
  gammaQ,
  logGamma,
  normalQuantile,
  normalUpperTail,
  studentTUpperTail,
} = special;

const tails: [string, (...given: number[]) => number, number][] = [
  ['logGamma', (x) => logGamma(x as number), 1e-13],
  ['gammaP', (a, x) => gammaP(a as number, x as number), 1e-12],
  ['gammaQ', (a, x) => gammaQ(a as number, x as number), 1e-12],
  ['betaI', (a, b, x) => betaI(a as number, b as number, x as number), 1e-12],
  ['normalUpperTail', (z) => normalUpperTail(z as number), 1e-12],
  ['normalQuantile', (p) => normalQuantile(p as number), 1e-14],
  ['chiSquaredUpperTail', (x, df) => chiSquaredUpperTail(x as number, df as number), 1e-11],
  ['studentTUpperTail', (t, df) => studentTUpperTail(t as number, df as number), 1e-12],
  ['fUpperTail', (f, d1, d2) => fUpperTail(f as number, d1 as number, d2 as number), 1e-12],
];

describe('special', () => {
  it('repeats the examples', () => {
    expectClose(logGamma(10), 12.801827480081469, 1e-15);
    expectClose(gammaP(2, 3), 0.8008517265285442, 1e-15);
    expectClose(gammaQ(2, 30), 2.900863120340458e-12, 1e-14);
    expectClose(betaI(2, 3, 0.25), 0.26171875, 1e-15);
    expectClose(normalUpperTail(10), 7.619853024160512e-24, 1e-14);
    expectClose(normalQuantile(0.975), 1.959963984540054, 1e-15);
    expectClose(chiSquaredUpperTail(3.841458820694124, 1), 0.05, 1e-14);
    expectClose(studentTUpperTail(2, 10), 0.036694017385370134, 1e-14);
    expectClose(fUpperTail(4, 2, 10), 0.05292214940134456, 1e-14);
  });

  const fixture = readFixture<Record<string, Row[]>>('special');
  it.each(tails)('%s agrees with SciPy', (name, own, relative) => {
    const rows = fixture[name] ?? [];
    expect(rows.length).toBeGreaterThan(15);
    for (const row of rows) {
      const given = row.slice(0, -1);
      const absolute = name === 'logGamma' ? 1e-15 : 0;
      expectClose(own(...given), row.at(-1) as number, relative, `${name}(${given})`, absolute);
    }
  });

  it('agrees with 50-digit values where SciPy has fewer digits', () => {
    expectClose(logGamma(1.9999), -4.227520877215346e-5, 1e-14);
    expectClose(chiSquaredUpperTail(14998.5, 9999), 6.202520239841508e-208, 1e-12);
    expectClose(studentTUpperTail(2, 1e6), 0.0227502669256596, 1e-14);
  });

  it('has tails that add up to one', () => {
    for (const a of [0.01, 0.5, 1, 7.5, 300, 1e5]) {
      for (const factor of [0.001, 0.3, 0.9, 1, 1.1, 3]) {
        expectClose(gammaP(a, a * factor) + gammaQ(a, a * factor), 1, 1e-12);
        const x = factor / 4;
        expectClose(betaI(a, 3, x) + betaI(3, a, 1 - x), 1, 1e-12);
      }
    }
    for (const t of [0.1, 1, 4]) {
      expectClose(studentTUpperTail(-t, 7) + studentTUpperTail(t, 7), 1, 1e-14);
      expectClose(fUpperTail(t * t, 1, 7), 2 * studentTUpperTail(t, 7), 1e-13);
      expectClose(chiSquaredUpperTail(t * t, 1), 2 * normalUpperTail(t), 1e-13);
      expectClose(normalUpperTail(-t) + normalUpperTail(t), 1, 1e-15);
    }
  });

  it('inverts the normal tail', () => {
    for (const p of [1e-280, 1e-40, 1e-5, 0.1, 0.5]) {
      expectClose(normalUpperTail(-normalQuantile(p)), p, 1e-11);
    }
  });

  it('answers at the ends', () => {
    expect([gammaP(3, 0), gammaQ(3, 0), gammaP(3, Infinity), gammaQ(3, Infinity)]).toEqual([
      0, 1, 1, 0,
    ]);
    expect([betaI(2, 3, 0), betaI(2, 3, 1)]).toEqual([0, 1]);
    expect([normalUpperTail(Infinity), normalUpperTail(-Infinity), normalUpperTail(0)]).toEqual([
      0, 1, 0.5,
    ]);
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(0.5)]).toEqual([
      -Infinity,
      Infinity,
      0,
    ]);
    expect([chiSquaredUpperTail(0, 4), chiSquaredUpperTail(-1, 4)]).toEqual([1, 1]);
    expect([fUpperTail(0, 2, 3), fUpperTail(Infinity, 2, 3)]).toEqual([1, 0]);
    expect([studentTUpperTail(Infinity, 3), studentTUpperTail(0, 3)]).toEqual([0, 0.5]);
    expect([logGamma(1), logGamma(2)]).toEqual([0, 0]);
    expectClose(studentTUpperTail(1e200, 1), 1 / (Math.PI * 1e200), 1e-12);
    expect(studentTUpperTail(1.5, Infinity)).toBe(normalUpperTail(1.5));
  });

  it('refuses what has no answer', () => {
    expect(() => logGamma(0)).toThrow(RangeError);
    expect(() => gammaP(0, 1)).toThrow(RangeError);
    expect(() => gammaQ(1, -1)).toThrow(RangeError);
    expect(() => gammaQ(1, Number.NaN)).toThrow(RangeError);
    expect(() => betaI(1, 1, 1.1)).toThrow(RangeError);
    expect(() => normalUpperTail(Number.NaN)).toThrow(RangeError);
    expect(() => normalQuantile(1.01)).toThrow(RangeError);
    expect(() => chiSquaredUpperTail(1, 0)).toThrow(RangeError);
    expect(() => studentTUpperTail(1, 0)).toThrow(RangeError);
    expect(() => fUpperTail(1, 0, 1)).toThrow(RangeError);
  });
});
