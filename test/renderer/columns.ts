/** One finding of each kind for the example report. */

import type {
  ChannelFinding,
  Effect,
  EffectMeasure,
  Finding,
  Kind,
  Measurement,
  ProfileVerdict,
  Severity,
  TimeSpan,
  Verdict,
} from '../../core/contract.js';
import {
  categories,
  categorySummary,
  day,
  ecdfOf,
  emptySummary,
  normalHistogram,
  numericSummary,
  start,
  timeSummary,
  widestGap,
} from './aggregates.js';

export function numeric(
  name: string,
  verdict: Verdict,
  severity: Severity,
  value: number,
  random: () => number,
  shape: { currentShift?: number; missing?: number; unit?: boolean },
): Finding {
  const shift = shape.currentShift ?? value;
  const centre = 40 + random() * 20;
  const histogram = normalHistogram(centre, 8, centre + shift * 8, 9, random);
  const ecdf = ecdfOf(histogram);
  const gap = widestGap(ecdf);
  const missing = shape.missing ?? 0.004;
  const finding = base(name, 'numeric', verdict, severity, 'wasserstein-normalized', value, random);
  finding.reference = numericSummary(centre, 8, 250_000, 0.004);
  finding.current = numericSummary(centre + shift * 8, 9, 48_213, missing);
  finding.charts = { histogram, ecdf };
  finding.measures = {
    ks: {
      kind: 'test',
      statistic: gap.gap,
      pValue: finding.pValue ?? 1,
      adjustedPValue: finding.adjustedPValue,
      method: 'asymptotic',
      at: gap.at,
      referenceCount: 249_000,
      currentCount: 48_020,
    },
    wasserstein: distance(value * 8),
    psi: { ...distance(value * 0.9), ...binned() },
    'jensen-shannon': distance(value * 0.6),
    'welch-t': { ...test(-12.5, finding), degreesOfFreedom: 4_121.62 },
    'anderson-darling': test(31.2, finding),
    mmd: { ...test(0.004, finding), method: 'permutation', note: '999 permutations, seed 1' },
    energy: distance(value * 2),
    'epps-singleton': {
      kind: 'not computable',
      reason: 'the middle half of all values is one value',
    },
  };
  if (shape.missing !== undefined) {
    finding.disguisedMissing = [
      {
        value: '-1',
        referenceCount: 312,
        currentCount: 6_120,
        why: 'it is the only negative number',
      },
      { value: '<i>9 9</i>', referenceCount: 0, currentCount: 41, why: 'it is no word' },
    ];
    finding.channel = 'missing';
    finding.channels.missing = channel(
      verdict,
      severity,
      `Missing in 12 % of the current rows, 0.4 % of the reference.`,
      { ...effect('missing-share-difference', 0.116, random), limit: 0.05, noiseFloor: 0.004 },
    );
    finding.effect = finding.channels.missing.effect;
    finding.reason = finding.channels.missing.reason;
  }
  if (shape.unit === true) {
    finding.causes = [
      {
        id: 'unit',
        statement: 'Multiplying the current values by 1,000 undoes the drift.',
        explainedShare: 0.98,
      },
      { id: 'shift', statement: 'Adding 31,200 would undo a part of it.', explainedShare: 0.41 },
    ];
  }
  return finding;
}

export function categorical(
  name: string,
  verdict: Verdict,
  severity: Severity,
  value: number,
  random: () => number,
  levelCount: number,
): Finding {
  const finding = base(name, 'categorical', verdict, severity, 'jensen-shannon', value, random);
  const chart = categories(levelCount, value, random);
  finding.charts = { categories: chart };
  finding.reference = categorySummary(chart, 'referenceCount', levelCount);
  finding.current = categorySummary(chart, 'currentCount', levelCount);
  finding.measures = {
    'chi-squared': {
      kind: 'test',
      statistic: 1200 * value,
      pValue: finding.pValue ?? 1,
      adjustedPValue: finding.adjustedPValue,
      method: 'asymptotic',
      degreesOfFreedom: levelCount - 1,
      referenceCount: 250_000,
      currentCount: 48_213,
    },
    'g-test': { ...test(1190 * value, finding), degreesOfFreedom: levelCount - 1 },
    'fisher-exact': { ...test(0, finding), statistic: null, method: 'exact' },
    'cramers-v': distance(value * 0.8),
    'l-infinity': distance(value * 0.5),
    'kl-divergence': {
      kind: 'not computable',
      reason: 'it is infinite: a level of the reference has no current rows',
    },
    psi: distance(value * 1.2),
    'jensen-shannon': distance(value),
  };
  return finding;
}

export function boolean(
  name: string,
  verdict: Verdict,
  severity: Severity,
  value: number,
  random: () => number,
): Finding {
  const finding = categorical(name, verdict, severity, value, random, 2);
  const levels = [
    { value: 'false', referenceCount: 180_000, currentCount: 31_000 },
    { value: 'true', referenceCount: 70_000, currentCount: 17_213 },
  ];
  const other = { levelCount: 0, referenceCount: 0, currentCount: 0 };
  finding.kind = 'boolean';
  const chart = {
    ...{ levels, other, newCount: 0, vanishedCount: 0 },
    ...{ newLevels: [], vanishedLevels: [] },
  };
  finding.charts = { categories: chart };
  finding.reference = categorySummary(chart, 'referenceCount', 2);
  finding.current = categorySummary(chart, 'currentCount', 2);
  return finding;
}

export function datetime(
  name: string,
  verdict: Verdict,
  severity: Severity,
  value: number,
  random: () => number,
): Finding {
  const finding = base(name, 'datetime', verdict, severity, 'jensen-shannon', value, random);
  const histogram = normalHistogram(
    start + 150 * day,
    50 * day,
    start + 200 * day,
    40 * day,
    random,
  );
  const wave = (phase: number, size: number) =>
    Array.from({ length: 24 }, (_, hour) =>
      Math.round(size * (1.05 + Math.sin(((hour - phase) / 24) * 2 * Math.PI))),
    );
  finding.charts = {
    histogram,
    ecdf: ecdfOf(histogram),
    hours: { reference: wave(8, 10_000), current: wave(14, 2_000) },
    weekdays: {
      reference: [40_000, 41_000, 40_500, 39_800, 38_000, 26_000, 24_700],
      current: [7_000, 7_100, 6_900, 7_050, 6_900, 6_700, 6_563],
    },
  };
  finding.reference = timeSummary(start, 250_000);
  finding.current = timeSummary(start + 60 * day, 48_213);
  finding.time = {
    reference: timeSpan(start),
    current: timeSpan(start + 60 * day),
    shiftHours: verdict === 'drifted' ? 2 : null,
  };
  finding.measures = { 'jensen-shannon': distance(value) };
  return finding;
}

export function text(
  name: string,
  verdict: Verdict,
  severity: Severity,
  value: number,
  random: () => number,
): Finding {
  const finding = base(name, 'text', verdict, severity, 'wasserstein-normalized', value, random);
  finding.charts = { histogram: normalHistogram(80, 25, 84, 30, random) };
  finding.reference = { ...numericSummary(80, 25, 250_000, 0.02), min: 0, max: 412 };
  finding.current = { ...numericSummary(84, 30, 48_213, 0.03), min: 0, max: 1_204 };
  finding.text = {
    unseenWordShare: 0.31,
    expectedUnseenWordShare: 0.12,
    risen: [{ word: '</b>crypto', referenceShare: 0, currentShare: 0.08 }],
    fallen: [{ word: 'fax', referenceShare: 0.06, currentShare: 0.001 }],
  };
  finding.measures = { wasserstein: distance(value * 20) };
  return finding;
}

export function identifier(name: string, random: () => number): Finding {
  const finding = base(
    name,
    'identifier',
    'stable',
    'none',
    'new-or-out-of-range-share',
    0,
    random,
  );
  finding.reason = 'Every value is different on both sides, as an identifier should be.';
  finding.channel = 'missing';
  finding.effect = { ...effect('missing-share-difference', 0, random), limit: 0.05 };
  finding.charts = { histogram: normalHistogram(12, 0.6, 12, 0.6, random) };
  finding.reference = { ...emptySummary(), count: 250_000, distinctCount: 250_000 };
  finding.current = { ...emptySummary(), count: 48_213, distinctCount: 48_213 };
  finding.channels.shape = skippedChannel('An identifier has no shape to compare.');
  return finding;
}

export function skipped(name: string, kind: Kind): Finding {
  const reason = 'There are no values on either side.';
  const channels = {
    schema: skippedChannel(reason),
    missing: skippedChannel(reason),
    support: skippedChannel(reason),
    shape: skippedChannel(reason),
  };
  return {
    name,
    kind,
    verdict: 'skipped',
    severity: 'none',
    reason,
    channel: null,
    channels,
    reference: { ...emptySummary(), missingCount: 250_000 },
    current: { ...emptySummary(), missingCount: 48_213 },
    pValue: null,
    adjustedPValue: null,
    pValueMethod: null,
    effect: null,
    measures: {},
    charts: {},
    disguisedMissing: [],
    time: null,
    text: null,
    profile: null,
    causes: [],
  };
}

export function typeChange(name: string, random: () => number): Finding {
  const finding = categorical(name, 'drifted', 'moderate', 0.05, random, 60);
  finding.channel = 'schema';
  finding.reason = 'The storage type changed from BIGINT to VARCHAR.';
  finding.effect = {
    ...effect('type-change', 1, random),
    interval: [1, 1],
    noiseFloor: 0,
    limit: 1,
  };
  finding.channels.schema = channel('drifted', 'moderate', finding.reason, finding.effect);
  finding.channels.schema.pValue = null;
  finding.channels.schema.adjustedPValue = null;
  finding.pValue = null;
  finding.adjustedPValue = null;
  finding.pValueMethod = null;
  return finding;
}

function base(
  name: string,
  kind: Kind,
  verdict: Verdict,
  severity: Severity,
  measure: EffectMeasure,
  value: number,
  random: () => number,
): Finding {
  const reason = {
    drifted: `The distribution moved by ${value.toPrecision(2)}, above the limit of 0.1 and far above what chance gives at these sizes.`,
    inconclusive: `The difference of ${value.toPrecision(2)} may or may not reach the limit of 0.1; about 6,400 more rows would tell.`,
    stable: `The difference of ${value.toPrecision(2)} stays under the limit of 0.1, the whole interval with it.`,
    skipped: 'There is nothing to compare.',
  }[verdict];
  const shape = channel(verdict, severity, reason, effect(measure, value, random));
  if (verdict === 'inconclusive') shape.rowsNeeded = 6_400;
  const calm = (channelMeasure: EffectMeasure, limit: number) => ({
    ...channel('stable', 'none', 'No difference that matters.', {
      ...effect(channelMeasure, limit * 0.04, random),
      limit,
      interval: [0, limit * 0.2],
      noiseFloor: limit * 0.1,
    }),
  });
  const unchanged = channel('stable', 'none', 'The type is the same on both sides.', null);
  return {
    name,
    kind,
    verdict,
    severity,
    reason,
    channel: 'shape',
    channels: {
      schema: unchanged,
      missing: calm('missing-share-difference', 0.05),
      support: calm('new-or-out-of-range-share', 0.01),
      shape,
    },
    reference: emptySummary(),
    current: emptySummary(),
    pValue: shape.pValue,
    adjustedPValue: shape.adjustedPValue,
    pValueMethod: shape.pValueMethod,
    effect: shape.effect,
    measures: {},
    charts: {},
    disguisedMissing: [],
    time: null,
    text: null,
    profile: profileVerdict(kind, verdict, value),
    causes: [],
  };
}

function profileVerdict(kind: Kind, verdict: Verdict, value: number): ProfileVerdict {
  if (kind === 'datetime' || kind === 'identifier') {
    return { test: null, reason: 'Evidently has no drift test for this kind' };
  }
  const isFalse = verdict === 'inconclusive';
  return {
    test: isFalse ? 'ks' : 'wasserstein',
    kind: isFalse ? 'test' : 'distance',
    value: isFalse ? 0.031 : value,
    threshold: isFalse ? 0.05 : 0.1,
    isDrifted: isFalse || verdict === 'drifted',
    likelyFalseAlarm: isFalse
      ? 'Of 40 such tests 2 are below 0.05 by chance, and after correction this one is not.'
      : null,
  };
}

function channel(
  verdict: Verdict,
  severity: Severity,
  reason: string,
  size: Effect | null,
): ChannelFinding {
  const pValue = verdict === 'drifted' ? 3.2e-41 : verdict === 'inconclusive' ? 0.012 : 0.34;
  return {
    verdict,
    severity,
    reason,
    pValue: size === null ? null : pValue,
    adjustedPValue: size === null ? null : Math.min(1, pValue * 3),
    pValueMethod: size === null ? null : 'asymptotic',
    effect: size,
    rowsNeeded: null,
    referenceTooSmall: false,
  };
}

function skippedChannel(reason: string): ChannelFinding {
  return channel('skipped', 'none', reason, null);
}

function effect(measure: EffectMeasure, value: number, random: () => number): Effect {
  const half = 0.02 + value * (0.1 + random() * 0.1);
  return {
    measure,
    value,
    observed: value + 0.004,
    interval: [Math.max(0, value - half), value + half],
    noiseFloor: 0.012 + random() * 0.02,
    limit: 0.1,
  };
}

function distance(value: number): Extract<Measurement, { kind: 'distance' }> {
  return {
    kind: 'distance',
    distance: value,
    interval: [value * 0.9, value * 1.1],
    noiseFloor: value * 0.1 + 0.004,
    referenceCount: 250_000,
    currentCount: 48_213,
  };
}

function test(
  statistic: number,
  { pValue, adjustedPValue }: Finding,
): Extract<Measurement, { kind: 'test' }> {
  return {
    kind: 'test',
    statistic,
    pValue: pValue ?? 1,
    adjustedPValue,
    method: 'asymptotic',
    referenceCount: 250_000,
    currentCount: 48_213,
  };
}

function timeSpan(from: number): TimeSpan {
  return {
    start: new Date(from).toISOString(),
    end: new Date(from + 300 * day).toISOString(),
    typicalGapMs: 96_000,
    longestGapMs: 3.2 * day,
    longestGapStart: new Date(from + 90 * day).toISOString(),
  };
}

function binned() {
  return {
    binEdges: [30, 35, 40, 45, 50, 55, 60],
    referenceCounts: [30_000, 31_000, 31_500, 31_500, 31_000, 31_000, 32_000, 32_000],
    currentCounts: [2_000, 3_000, 4_000, 6_000, 7_000, 8_000, 9_000, 9_213],
  };
}
