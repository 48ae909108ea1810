import type { ColumnSummary, Finding } from '../core/contract.js';
import { fromIsoTime } from '../core/isoTime.js';
import {
  formatCount,
  formatDifference,
  formatDuration,
  formatNumber,
  formatPoints,
  formatShare,
  formatTime,
} from './format.js';
import { missingShare } from './useFindings.js';

export interface StatisticLine {
  /** The name in the column's summary, or `quantile:` and the probability. */
  key: string;
  label: string;
  reference: string;
  current: string;
  difference: string;
  /** The same as a share of the reference; empty where that has no zero, or is 0. */
  relative: string;
}

const quantileLabels: Record<string, string> = {
  '0.01': '1st percentile',
  '0.05': '5th percentile',
  '0.25': 'Lower quartile',
  '0.5': 'Median',
  '0.75': 'Upper quartile',
  '0.95': '95th percentile',
  '0.99': '99th percentile',
};

/** What is known of both sides, as text; what neither side has is left out. */
export function statisticLines({ kind, reference, current }: Finding): StatisticLine[] {
  const isLength = kind === 'text' || kind === 'identifier';
  const shares = [missingShare(reference), missingShare(current)] as const;
  const lines: (StatisticLine | null)[] = [
    counts('count', 'Values', reference.count, current.count),
    {
      key: 'missingCount',
      label: 'Missing',
      reference: `${formatCount(reference.missingCount)} (${formatShare(shares[0])})`,
      current: `${formatCount(current.missingCount)} (${formatShare(shares[1])})`,
      difference: formatPoints(shares[1] - shares[0]),
      relative: relative(reference.missingCount, current.missingCount),
    },
    counts('distinctCount', 'Distinct', reference.distinctCount, current.distinctCount),
    optional('infiniteCount', 'Infinite', reference.infiniteCount, current.infiniteCount),
    optional('unparsedCount', 'Not numbers', reference.unparsedCount, current.unparsedCount),
    values('mean', 'Mean', reference.mean, current.mean),
    values(
      'standardDeviation',
      'Standard deviation',
      reference.standardDeviation,
      current.standardDeviation,
    ),
    values('min', 'Smallest', reference.min, current.min),
    ...quantiles(reference, current, isLength ? ' of length' : ''),
    values('max', 'Largest', reference.max, current.max),
  ];
  return lines.filter((line) => line !== null);
}

type Value = number | string | null | undefined;

function quantiles(
  reference: ColumnSummary,
  current: ColumnSummary,
  what: string,
): (StatisticLine | null)[] {
  const keys = Object.keys({ ...reference.quantiles, ...current.quantiles });
  return keys
    .sort((left, right) => Number(left) - Number(right))
    .map((key) =>
      values(
        `quantile:${key}`,
        `${quantileLabels[key] ?? `Quantile ${key}`}${what}`,
        reference.quantiles?.[key],
        current.quantiles?.[key],
      ),
    );
}

function values(
  key: string,
  label: string,
  reference: Value,
  current: Value,
): StatisticLine | null {
  if (reference == null && current == null) return null;
  return {
    key,
    label,
    reference: write(reference),
    current: write(current),
    difference: difference(reference, current),
    relative: relative(reference, current),
  };
}

function difference(reference: Value, current: Value): string {
  if (reference == null || current == null) return '';
  if (typeof reference === 'number' && typeof current === 'number') {
    return formatDifference(current - reference);
  }
  const span = fromIsoTime(String(current)) - fromIsoTime(String(reference));
  return Number.isNaN(span) ? '' : formatDuration(span);
}

function relative(reference: Value, current: Value): string {
  if (typeof reference !== 'number' || typeof current !== 'number' || reference === 0) return '';
  // from below 0 to above it there is no such share
  if (reference * current < 0) return '';
  const change = (current - reference) / Math.abs(reference);
  const size = formatShare(Math.abs(change));
  return change === 0 || size.startsWith('<') ? size : `${change < 0 ? '−' : '+'}${size}`;
}

function counts(key: string, label: string, reference: number, current: number): StatisticLine {
  return {
    key,
    label,
    reference: formatCount(reference),
    current: formatCount(current),
    difference: formatDifference(current - reference),
    relative: relative(reference, current),
  };
}

function optional(
  key: string,
  label: string,
  reference: number,
  current: number,
): StatisticLine | null {
  return reference + current === 0 ? null : counts(key, label, reference, current);
}

function write(value: Value): string {
  if (typeof value !== 'string') return formatNumber(value);
  return formatTime(value, true);
}
