/**
 * The answer for one column, and the words it is made of. Part of the contract (contract.ts gives all of it);
 * imports nothing.
 *
 * Shares are 0..1. Reference comes first, current second, everywhere.
 */

/** What a column holds, judged over both files together. */
export const kinds = [
  'numeric',
  'categorical',
  'datetime',
  'boolean',
  'text',
  'identifier',
] as const;
export type Kind = (typeof kinds)[number];

export const verdicts = ['drifted', 'inconclusive', 'stable', 'skipped'] as const;
export type Verdict = (typeof verdicts)[number];

/** From effect ÷ limit: 1 minor, 2 moderate, 4 major. `none` unless the verdict is *drifted*. */
export type Severity = 'none' | 'minor' | 'moderate' | 'major';

/** The ways in which a column can drift, each judged by itself. */
export const channels = ['schema', 'missing', 'support', 'shape'] as const;
export type Channel = (typeof channels)[number];

export type Side = 'reference' | 'current';

export type MeasureId =
  // of numbers
  | 'ks'
  | 'cramer-von-mises'
  | 'anderson-darling'
  | 'mann-whitney'
  | 'welch-t'
  | 'kruskal-wallis'
  | 'epps-singleton'
  | 'energy'
  | 'wasserstein'
  | 'mmd'
  // of categories
  | 'chi-squared'
  | 'g-test'
  | 'fisher-exact'
  | 'z-test'
  | 'cramers-v'
  | 'l-infinity'
  // of either
  | 'psi'
  | 'jensen-shannon'
  | 'kl-divergence'
  | 'hellinger'
  | 'total-variation';

/** Another tool's rules, to match an existing pipeline. */
export type ProfileId = 'evidently';

/** The answer for one column. */
export interface Finding {
  name: string;
  kind: Kind;
  verdict: Verdict;
  severity: Severity;
  /** Words with numbers, for a colleague. */
  reason: string;
  /** The channel that decides: the loudest. Null when skipped. */
  channel: Channel | null;
  channels: Record<Channel, ChannelFinding>;
  reference: ColumnSummary;
  current: ColumnSummary;
  /** The deciding channel's own: raw, corrected, and how it was found. Null where the channel needs no test. */
  pValue: number | null;
  adjustedPValue: number | null;
  pValueMethod: string | null;
  effect: Effect | null;
  measures: Partial<Record<MeasureId, Measurement>>;
  charts: Charts;
  /** Values that look as if they stood for *missing*. */
  disguisedMissing: DisguisedMissing[];
  /** Datetimes: where they lie and how they are spaced. */
  time: TimeProfile | null;
  /** Text: which words are new. */
  text: TextProfile | null;
  /** Another tool's verdict, where it was asked for. */
  profile: ProfileVerdict | null;
  /** What change would undo the drift, best first. */
  causes: Cause[];
}

export interface DisguisedMissing {
  /** As it is written in the file, and as `missingValues` takes it. */
  value: string;
  referenceCount: number;
  currentCount: number;
  why: string;
}

export interface TimeProfile {
  reference: TimeSpan;
  current: TimeSpan;
  /** Hours by which the current hour-of-day profile looks shifted, as by another time zone; null where it does not. */
  shiftHours: number | null;
}

export interface TimeSpan {
  /** ISO 8601, UTC. */
  start: string;
  end: string;
  /** Median and longest distance between neighbouring times, in milliseconds; null where they are too many to be held. */
  typicalGapMs: number | null;
  longestGapMs: number | null;
  longestGapStart: string | null;
}

export interface TextProfile {
  /** Share of current words that the reference does not have, and the same of one half of the reference against the other. */
  unseenWordShare: number;
  expectedUnseenWordShare: number;
  /** Words whose share of values changed most, at most 10 each. */
  risen: WordChange[];
  fallen: WordChange[];
}

/** Shares of values that hold the word. */
export interface WordChange {
  word: string;
  referenceShare: number;
  currentShare: number;
}

/** What another tool answers for a column by its defaults. */
export type ProfileVerdict =
  | {
      test: string;
      /** Whether `value` is a p-value, and small is drift, or a distance, and large is. */
      kind: 'test' | 'distance';
      /** Null where that tool answers NaN or infinity. */
      value: number | null;
      threshold: number;
      isDrifted: boolean;
      /** Why its alarm is likely false by our rule; null where it is not, or is no alarm. */
      likelyFalseAlarm: string | null;
    }
  | { test: null; reason: string };

export interface ChannelFinding {
  verdict: Verdict;
  severity: Severity;
  reason: string;
  pValue: number | null;
  adjustedPValue: number | null;
  pValueMethod: string | null;
  effect: Effect | null;
  /** About how many more current rows would settle an inconclusive verdict; null otherwise. */
  rowsNeeded: number | null;
  /** True when no number of current rows alone would do: the reference is too small as well. */
  referenceTooSmall: boolean;
}

/** A size with its certainty, in the measure's unit. */
export interface Effect {
  measure: EffectMeasure;
  /** Debiased: 0 means no more than chance gives. */
  value: number;
  /** The plain value before debiasing. */
  observed: number;
  /** 95 %, lower and upper. */
  interval: [number, number];
  /** 95th percentile of the plain value when nothing has drifted, at these sizes. */
  noiseFloor: number;
  /** At or above it a difference matters. */
  limit: number;
}

export type EffectMeasure =
  | 'wasserstein-normalized'
  | 'jensen-shannon'
  | 'missing-share-difference'
  | 'new-or-out-of-range-share'
  | 'type-change';

/** Whether an effect is a part of all rows, to be written in percent. */
export function isShare(measure: EffectMeasure): boolean {
  return measure === 'missing-share-difference' || measure === 'new-or-out-of-range-share';
}

/** One measure of one column, by its textbook definition; or why there is none. */
export type Measurement =
  | {
      kind: 'test';
      /** Null where it is infinite (an odds ratio with an empty cell). */
      statistic: number | null;
      pValue: number;
      /** The p-value corrected over the same test of all columns. */
      adjustedPValue: number | null;
      method: string;
      /** Chi-squared: (categories - 1). */
      degreesOfFreedom?: number;
      /** KS: the value, in the column's unit, where the gap is widest. */
      at?: number;
      /** On what it was computed, where that is not all values; what the statistic is, where that is not plain. */
      note?: string;
      referenceCount: number;
      currentCount: number;
    }
  | {
      kind: 'distance';
      /** A pure number, but for `wasserstein`, which is in the column's unit, and `energy`, in its square root. */
      distance: number;
      interval: [number, number] | null;
      noiseFloor: number | null;
      referenceCount: number;
      currentCount: number;
      /** Inner edges: bin i holds values in (edge[i-1], edge[i]], the first and last are open. One fewer than counts. */
      binEdges?: number[];
      referenceCounts?: number[];
      currentCounts?: number[];
    }
  | { kind: 'not computable'; reason: string };

/** One side of one column. Numbers that do not exist for the kind, or for no values, are null. */
export interface ColumnSummary {
  /** Values that are there, so without the missing ones. */
  count: number;
  missingCount: number;
  /** Of text, and of large columns of numbers with many different values, an estimate within a few percent. */
  distinctCount: number;
  /** NaN is missing; infinities are counted here, and are missing from every other number. */
  infiniteCount: number;
  /** Values of a numeric column that are not numbers; counted as missing. */
  unparsedCount: number;
  mean: number | null;
  /** With n - 1. */
  standardDeviation: number | null;
  /** Text for datetimes (ISO 8601), else a number. */
  min: number | string | null;
  max: number | string | null;
  /** By probability: 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99; linear (type 7). Of text: of its length. */
  quantiles: Record<string, number | string> | null;
  /** Most frequent values of categories, booleans and identifiers; null for others. */
  top: { value: string; count: number }[] | null;
  /** Of numbers: how many are 0. */
  zeroCount?: number;
  /** Of numbers and datetimes (as text): the five smallest and largest values, equal ones each by themselves. */
  extremes?: Extremes;
}

/** Both ascending. */
export interface Extremes {
  smallest: (number | string)[];
  largest: (number | string)[];
}

/** Aggregates to draw from; never rows. What a kind has no use for is absent. */
export interface Charts {
  /** Equal-width bins over both sides' bulk. Datetimes: milliseconds since 1970-01-01 UTC. Text: characters. */
  histogram?: Histogram;
  /** Cumulative shares at chosen values, ascending. */
  ecdf?: { values: number[]; reference: number[]; current: number[] };
  categories?: CategoryChart;
  /** Datetimes: rows by hour of day (24). */
  hours?: { reference: number[]; current: number[] };
  /** Datetimes: rows by weekday, Monday first (7). */
  weekdays?: { reference: number[]; current: number[] };
}

export interface Histogram {
  /** One more than counts; ascending. The last bin holds its upper edge. */
  binEdges: number[];
  referenceCounts: number[];
  currentCounts: number[];
  /** Values left and right of the edges, not in any bin. */
  below: { reference: number; current: number };
  above: { reference: number; current: number };
}

export interface CategoryChart {
  /** Most frequent first, at most 50. */
  levels: CategoryLevel[];
  /** What is not listed. */
  other: { levelCount: number; referenceCount: number; currentCount: number };
  newCount: number;
  vanishedCount: number;
  /** On one side only, most frequent first, at most 20 each. */
  newLevels: { value: string; count: number }[];
  vanishedLevels: { value: string; count: number }[];
}

export interface CategoryLevel {
  value: string;
  referenceCount: number;
  currentCount: number;
}

export interface Cause {
  id: string;
  statement: string;
  explainedShare: number;
}
