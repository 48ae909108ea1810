import { describe, expect, test } from 'vitest';
import { fromIsoTime, isoTime, lastTimeMs } from '../../core/isoTime.js';

const day = 86_400_000;

describe('a time as text', () => {
  test.each([0, 1.7e12, -6e13, Date.UTC(2024, 1, 29, 23, 59, 59, 999), lastTimeMs, -lastTimeMs])(
    'is what a Date says of %s, and comes back',
    (time) => {
      expect(isoTime(time)).toBe(new Date(time).toISOString());
      expect(fromIsoTime(isoTime(time))).toBe(time);
    },
  );

  test('goes on beyond dates, day by day', () => {
    // the last date is 275760-09-13, a Saturday
    expect(isoTime(lastTimeMs + 1)).toBe('+275760-09-13T00:00:00.001Z');
    expect(isoTime(lastTimeMs + 18 * day)).toBe('+275760-10-01T00:00:00.000Z');
    expect(isoTime(lastTimeMs + 110 * day, 'day')).toBe('+275761-01-01');
    expect(isoTime(-lastTimeMs - day, 'minute')).toBe('-271821-04-19T00:00');
    for (let k = -3; k <= 3; k++) {
      const time = Math.sign(k || 1) * lastTimeMs + k * 12_345_678_901;
      expect([k, fromIsoTime(isoTime(time))]).toEqual([k, time]);
    }
    expect(fromIsoTime(isoTime(9.2e15))).toBe(9.2e15);
    expect(fromIsoTime(isoTime(-9.2e15))).toBe(-9.2e15);
  });

  test('that is none is no number', () => {
    for (const text of ['', 'yesterday', '+12345-01-01T', '+300000-13-01T00:00:00.000Z'])
      expect(fromIsoTime(text)).toBeNaN();
  });
});
