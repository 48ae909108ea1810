import { describe, expect, test } from 'vitest';
import type { Channel, CompareOptions, Effect, MeasuredColumn } from '../../../core/contract.js';
import type { ChannelEvidence, Evidence } from '../../../core/drift/evidence.js';
import { judge } from '../../../core/drift/judge.js';
import type { ColumnEvidence } from '../../../core/drift/measureColumn.js';
import { resolveOptions } from '../../../core/drift/resolveOptions.js';

const clear: Evidence = { status: 'clear', reason: 'Nothing differs.' };

describe('one channel: size and certainty', () => {
  // limit 0.1, alpha 0.05; one test, so that its p-value is not raised
  test.each<[p: number, value: number, interval: [number, number], verdict: string, why: string]>([
    [0.001, 0.15, [0.12, 0.18], 'drifted', 'certain and large enough'],
    [0.05, 0.1, [0.05, 0.15], 'drifted', 'both exactly at their borders'],
    [0.051, 0.15, [0.02, 0.28], 'inconclusive', 'large enough but not certain'],
    [0.9, 0, [0, 0.099], 'stable', 'even the upper end is small'],
    [1e-9, 0.05, [0.03, 0.07], 'stable', 'certain, and too small to matter'],
    [1e-9, 0.09, [0.07, 0.11], 'inconclusive', 'certain, and it may be large enough'],
    [0.9, 0, [0, 0.1], 'inconclusive', 'the upper end is at the limit'],
    [0.5, 0.12, [0, 0.4], 'inconclusive', 'few rows'],
  ])('p %f, effect %f within %j: %s, for %s', (pValue, value, interval, verdict) => {
    const [finding] = judged([{ shape: measured({ pValue, value, interval }) }]);
    expect(finding?.channels.shape.verdict).toBe(verdict);
    expect(finding?.verdict).toBe(verdict);
  });

  test.each([
    [0.1, 'minor'],
    [0.199, 'minor'],
    [0.2, 'moderate'],
    [0.399, 'moderate'],
    [0.4, 'major'],
    [3, 'major'],
  ])('an effect of %f with a limit of 0.1 is %s', (value, severity) => {
    const [finding] = judged([{ shape: measured({ pValue: 0, value }) }]);
    expect(finding?.severity).toBe(severity);
  });

  test('what did not drift has no severity', () => {
    const [finding] = judged([{ shape: measured({ pValue: 0.9, value: 3, interval: [0, 9] }) }]);
    expect([finding?.verdict, finding?.severity]).toEqual(['inconclusive', 'none']);
  });

  test('only an inconclusive channel asks for rows', () => {
    const [open] = judged([{ shape: measured({ pValue: 0.5, value: 0.05, interval: [0, 0.2] }) }]);
    expect(open?.channels.shape.rowsNeeded).toBeGreaterThan(0);
    const [drifted] = judged([{ shape: measured({ pValue: 0, value: 0.5 }) }]);
    expect(drifted?.channels.shape.rowsNeeded).toBeNull();
  });

  test('a changed type needs no test', () => {
    const [finding] = judged([{ schema: measured({ pValue: null, value: 1 }) }]);
    expect(finding).toMatchObject({ verdict: 'drifted', channel: 'schema', adjustedPValue: null });
  });
});

describe('shape and support test the same hypothesis', () => {
  const certain = measured({ pValue: 1e-9, value: 0.05, interval: [0.02, 0.09] });
  test.each<[Partial<ChannelEvidence>, string, string]>([
    [
      { support: certain, shape: measured({ pValue: 0.6, interval: [0.01, 0.3] }) },
      'drifted',
      'support is certain, and chance alone does not give the effect',
    ],
    [
      { support: certain, shape: measured({ pValue: 0.6, interval: [0, 0.3] }) },
      'inconclusive',
      'the effect may be none',
    ],
    [
      { support: certain, shape: measured({ pValue: 0.6, value: 0.09, interval: [0.01, 0.3] }) },
      'inconclusive',
      'the effect is below its limit',
    ],
    [
      { missing: certain, shape: measured({ pValue: 0.6, interval: [0.01, 0.3] }) },
      'inconclusive',
      'missing values say nothing of the others',
    ],
  ])('%j: shape is %s, for %s', (channels, verdict) => {
    const [finding] = judged([channels]);
    expect(finding?.channels.shape.verdict).toBe(verdict);
    const words = /certain from the new ones or those out of range/;
    if (verdict === 'drifted') expect(finding?.reason).toMatch(words);
    else expect(finding?.reason).not.toMatch(words);
  });
});

describe('the column speaks with its loudest channel', () => {
  const drifted = (value: number) => measured({ pValue: 0, value });
  const inconclusive = (value: number) => measured({ pValue: 0.5, value, interval: [0, 9] });
  const stable = (value: number) => measured({ pValue: 0.5, value, interval: [0, 0.09] });
  const skipped: Evidence = { status: 'skipped', reason: 'Not judged.' };

  test.each<[Partial<ChannelEvidence>, Channel, string]>([
    [{ missing: drifted(0.2), shape: drifted(0.3) }, 'shape', 'drifted'],
    [{ missing: drifted(0.4), shape: drifted(0.3) }, 'missing', 'drifted'],
    [{ support: drifted(0.1), shape: inconclusive(5) }, 'support', 'drifted'],
    [{ support: inconclusive(0.01), shape: stable(0.08) }, 'support', 'inconclusive'],
    [{ support: stable(0.01), shape: skipped }, 'support', 'stable'],
    [{ support: skipped, shape: stable(0) }, 'shape', 'stable'],
  ])('%j: %s is %s', (channels, channel, verdict) => {
    const [finding] = judged([channels]);
    expect(finding).toMatchObject({ channel, verdict });
    expect(finding?.effect).toBe(finding?.channels[channel].effect);
    expect(finding?.reason).toBe(finding?.channels[channel].reason);
  });

  test('a column of which nothing was measured is skipped in every channel', () => {
    const [finding] = judge(
      [{ ...column({ shape: drifted(1) }, 'a'), skipReason: 'values of type BLOB' }],
      resolveOptions({}, ''),
    ).findings;
    expect(finding).toMatchObject({
      verdict: 'skipped',
      channel: null,
      reason: 'Values of type BLOB.',
    });
    expect(Object.values(finding?.channels ?? {}).map(({ verdict }) => verdict)).toEqual(
      Array(4).fill('skipped'),
    );
  });
});

describe('correction over all channel tests of all columns', () => {
  const evidence = [
    { missing: measured({ pValue: 0.01 }), shape: measured({ pValue: 0.04 }) },
    { support: measured({ pValue: 0.03 }), shape: measured({ pValue: 0.02 }) },
    // not tests: nothing to correct
    { schema: measured({ pValue: null }), shape: clear },
    { shape: measured({ pValue: 0.9 }) },
  ];
  // sorted 0.01, 0.02, 0.03, 0.04, 0.9 of five, then the smallest from the right
  test.each<[CompareOptions['correction'], number[]]>([
    ['bh', [0.05, 0.05, 0.05, 0.05, 0.9]],
    ['holm', [0.05, 0.09, 0.09, 0.08, 0.9]],
    ['none', [0.01, 0.04, 0.03, 0.02, 0.9]],
  ])('%s', (correction, expected) => {
    const byName = new Map(
      judged(evidence, { correction: correction ?? 'bh' }).map((finding) => [
        finding.name,
        finding.channels,
      ]),
    );
    const found = [
      byName.get('c0')?.missing,
      byName.get('c0')?.shape,
      byName.get('c1')?.support,
      byName.get('c1')?.shape,
      byName.get('c3')?.shape,
    ].map((channel) => channel?.adjustedPValue);
    for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value as number, 14);
  });

  test('raw p-values are handed on for the summary', () => {
    const { pValues } = judge(
      evidence.map((channels, i) => column(channels, `c${i}`)),
      resolveOptions({}, ''),
    );
    expect(pValues).toEqual([0.01, 0.04, 0.03, 0.02, 0.9]);
  });

  test('a measure’s p-value is corrected over the same measure of all columns', () => {
    const columns = [0.01, 0.04, 0.03].map((pValue, i) => {
      const made = column({ shape: clear }, `c${i}`);
      made.column.measures.ks = {
        kind: 'test',
        statistic: 0.1,
        pValue,
        adjustedPValue: null,
        method: 'exact',
        referenceCount: 10,
        currentCount: 10,
      };
      return made;
    });
    const { findings } = judge(columns, resolveOptions({}, ''));
    const adjusted = findings.map(({ measures }) =>
      measures.ks?.kind === 'test' ? measures.ks.adjustedPValue : null,
    );
    expect(adjusted).toEqual([0.03, 0.04, 0.04]);
  });
});

test('columns are ranked by verdict, then by effect over limit, then by name', () => {
  const findings = judged([
    { shape: measured({ pValue: 0.9, value: 0, interval: [0, 0.01] }) },
    { shape: measured({ pValue: 0.9, value: 0.05, interval: [0, 1] }) },
    { shape: measured({ pValue: 0, value: 0.2 }) },
    { missing: measured({ pValue: 0, value: 0.2, limit: 0.05 }) },
    { shape: measured({ pValue: 0, value: 0.2 }) },
    { shape: { status: 'skipped', reason: 'Not judged.' } },
  ]);
  expect(findings.map(({ name }) => name)).toEqual(['c3', 'c2', 'c4', 'c1', 'c0', 'c5']);
});

function judged(evidence: Partial<ChannelEvidence>[], options: CompareOptions = {}) {
  return judge(
    evidence.map((channels, i) => column(channels, `c${i}`)),
    resolveOptions(options, ''),
  ).findings;
}

function column(channels: Partial<ChannelEvidence>, name: string): ColumnEvidence {
  const summary: MeasuredColumn['reference'] = {
    count: 100,
    missingCount: 0,
    distinctCount: 100,
    infiniteCount: 0,
    unparsedCount: 0,
    mean: 0,
    standardDeviation: 1,
    min: 0,
    max: 1,
    quantiles: null,
    top: null,
  };
  return {
    column: {
      name,
      kind: 'numeric',
      reference: summary,
      current: summary,
      measures: {},
      charts: {},
      disguisedMissing: [],
      time: null,
      text: null,
    },
    profile: null,
    channels: { schema: clear, missing: clear, support: clear, shape: clear, ...channels },
    skipReason: null,
  };
}

function measured({
  pValue,
  value = 0.15,
  interval = [value * 0.9, value * 1.1],
  limit = 0.1,
}: {
  pValue: number | null;
  value?: number;
  interval?: Effect['interval'];
  limit?: number;
}): Evidence {
  return {
    status: 'measured',
    effect: {
      measure: 'wasserstein-normalized',
      value,
      observed: value,
      interval,
      noiseFloor: 0.02,
      limit,
    },
    pValue,
    pValueMethod: 'made up',
    referenceCount: 1000,
    currentCount: 1000,
    difference: 'It differs',
    isRescaled: false,
    unit: 'of the reference’s spread',
  };
}
