import { describe, expect, test } from 'vitest';
import type { Channel, ChannelFinding } from '../../../core/contract.js';
import { draws, judgedColumn } from './judged.js';

type Draw = (seed: number, count: number) => unknown[];

/** Pairs that are inconclusive at `n` and `m` rows, and what it takes to settle them. */
const cases: { name: string; channel: Channel; n: number; m: number; from: Draw; to: Draw }[] = [
  { name: 'no shift', channel: 'shape', n: 150, m: 150, from: normal(0), to: normal(0) },
  {
    name: 'no shift, few current rows',
    channel: 'shape',
    n: 20_000,
    m: 100,
    from: normal(0),
    to: normal(0),
  },
  { name: 'a shift', channel: 'shape', n: 150, m: 150, from: normal(0), to: normal(0.25) },
  { name: 'flags', channel: 'shape', n: 80, m: 80, from: flags(0.3), to: flags(0.3) },
  { name: 'missing', channel: 'missing', n: 150, m: 150, from: gaps(0.1), to: gaps(0.1) },
  { name: 'more missing', channel: 'missing', n: 100, m: 100, from: gaps(0.02), to: gaps(0.1) },
];

describe('with about as many rows more the verdict is mostly settled', () => {
  const trials = 24;
  test.each(cases)('$name', async ({ channel, n, m, from, to }) => {
    const channelAt = async (seed: number, rows: number, currentRows: number) => {
      const finding = await judgedColumn(from(seed, rows), to(seed + 1, currentRows));
      return finding.channels[channel];
    };
    let asked = 0;
    let settled = 0;
    for (let trial = 0; trial < trials; trial++) {
      const seed = 2 * trial + 1;
      const first: ChannelFinding = await channelAt(seed, n, m);
      if (first.verdict !== 'inconclusive' || first.rowsNeeded === null) continue;
      const more = Math.min(first.rowsNeeded, 20_000);
      const referenceRows = first.referenceTooSmall ? n + more : n;
      const later = await channelAt(seed + 1000, referenceRows, m + more);
      asked++;
      if (later.verdict !== 'inconclusive') settled++;
    }
    expect(asked).toBeGreaterThanOrEqual(trials / 3);
    expect(settled / asked).toBeGreaterThanOrEqual(0.6);
  });
});

describe('where the rows are needed', () => {
  test('a large reference: in the current file alone', async () => {
    const { channels } = await judgedColumn(normal(0)(1, 20_000), normal(0)(2, 100));
    expect(channels.shape).toMatchObject({ verdict: 'inconclusive', referenceTooSmall: false });
    expect(channels.shape.reason).toMatch(
      /About [\d\s]+ more rows in the current file would tell\.$/,
    );
  });

  test('a small reference: on both sides', async () => {
    const { channels } = await judgedColumn(normal(0)(3, 60), normal(0)(4, 60));
    expect(channels.shape).toMatchObject({ verdict: 'inconclusive', referenceTooSmall: true });
    expect(channels.shape.reason).toMatch(/more rows on both sides would tell\.$/);
  });
});

function normal(mean: number): Draw {
  return (seed, count) => draws(seed, count, (random) => mean + random.normal());
}

function flags(share: number): Draw {
  return (seed, count) => draws(seed, count, (random) => random.uniform() < share);
}

function gaps(share: number): Draw {
  return (seed, count) =>
    draws(seed, count, (random) => (random.uniform() < share ? null : 'there'));
}
