/** Which limit a verdict is measured by: a column's own, else its kind's, else the one for all. */
import { describe, expect, test } from 'vitest';
import type { CompareOptions } from '../../../core/contract.js';
import { draws, findingOf, judged, level } from './judged.js';

const rows = 3000;
/** `amount` and `rate` moved by about a quarter of their spread, `job` by as much of its own measure. */
const pair = {
  reference: {
    amount: draws(1, rows, (random) => random.normal()),
    rate: draws(2, rows, (random) => random.normal()),
    job: draws(3, rows, (random) => level(random, [0.5, 0.3, 0.2])),
  },
  current: {
    amount: draws(4, rows, (random) => random.normal() + 0.25),
    rate: draws(5, rows, (random) => random.normal() + 0.25),
    job: draws(6, rows, (random) => level(random, [0.35, 0.3, 0.35])),
  },
};

describe('the shape’s limit', () => {
  test.each<[string, CompareOptions, [number, number, number]]>([
    ['the default', {}, [0.1, 0.1, 0.1]],
    ['one for all', { limit: 0.4 }, [0.4, 0.4, 0.4]],
    ['by kind before all', { limit: 0.4, kindLimits: { numeric: 0.15 } }, [0.15, 0.15, 0.4]],
    [
      'by column before kind and all',
      { limit: 0.4, kindLimits: { numeric: 0.15 }, limits: { amount: 0.6 } },
      [0.6, 0.15, 0.4],
    ],
    ['by column before all', { limit: 0.4, limits: { job: 0.05 } }, [0.4, 0.4, 0.05]],
    ['of a kind that is not there', { kindLimits: { text: 0.9 } }, [0.1, 0.1, 0.1]],
  ])('%s', async (_, options, [amount, rate, job]) => {
    const report = await judged(pair.reference, pair.current, options);
    for (const [name, limit] of Object.entries({ amount, rate, job })) {
      const { verdict, severity, effect, channels } = findingOf(report, name);
      expect(channels.shape.effect?.limit).toBe(limit);
      const isAbove = (effect?.value ?? Number.NaN) >= limit;
      expect(verdict).toBe(isAbove ? 'drifted' : 'stable');
      expect(severity === 'none').toBe(!isAbove);
    }
  });

  test('changes the verdict, and nothing that is measured', async () => {
    const [strict, lax] = [
      findingOf(await judged(pair.reference, pair.current, { limit: 0.1 }), 'amount'),
      findingOf(await judged(pair.reference, pair.current, { limit: 0.5 }), 'amount'),
    ];
    expect([strict.verdict, lax.verdict]).toEqual(['drifted', 'stable']);
    expect(lax.measures).toEqual(strict.measures);
    expect({ ...lax.effect, limit: 0 }).toEqual({ ...strict.effect, limit: 0 });
  });
});

describe('the limits of the other channels', () => {
  const values = draws(7, rows, (random) => random.normal());
  const others = draws(8, rows, (random) => random.normal());

  test.each([
    [0.05, 'drifted'],
    [0.2, 'stable'],
  ])('missing: 10 points with a limit of %f', async (missingLimit, verdict) => {
    const gaps = others.map((value, i) => (i % 10 === 0 ? null : value));
    const report = await judged({ a: values }, { a: gaps }, { missingLimit });
    const { missing } = findingOf(report, 'a').channels;
    expect(missing).toMatchObject({ verdict, effect: { limit: missingLimit } });
  });

  test.each([
    [0.01, 'drifted'],
    [0.1, 'stable'],
  ])('support: 4 %% out of range with a limit of %f', async (supportLimit, verdict) => {
    const far = others.map((value, i) => (i % 25 === 0 ? 9 : value));
    const report = await judged({ a: values }, { a: far }, { supportLimit });
    const { support } = findingOf(report, 'a').channels;
    expect(support).toMatchObject({ verdict, effect: { limit: supportLimit } });
  });

  test('support: a new category', async () => {
    const [before, after] = [
      draws(1, rows, (random) => level(random, [0.6, 0.4])),
      draws(2, rows, (random) => level(random, [0.57, 0.38, 0.05])),
    ];
    for (const [supportLimit, verdict] of [
      [0.01, 'drifted'],
      [0.2, 'stable'],
    ] as const) {
      const report = await judged({ a: before }, { a: after }, { supportLimit });
      expect(findingOf(report, 'a').channels.support.verdict).toBe(verdict);
    }
  });

  test('none of them is the shape’s', async () => {
    const report = await judged(pair.reference, pair.current, {
      missingLimit: 0.9,
      supportLimit: 0.9,
    });
    expect(findingOf(report, 'amount').channels.shape.effect?.limit).toBe(0.1);
  });
});
