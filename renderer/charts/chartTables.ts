/** What each chart draws, as text in rows. */

import type { CategoryChart, Charts, Histogram, Kind } from '../../core/contract.js';
import {
  formatCount,
  formatNumber,
  formatPoints,
  formatShare,
  formatTimeWithin,
} from '../format.js';
import { histogramShares } from './histogramPaths.js';
import { levelShares } from './levelShares.js';
import type { QqPoint } from './qqPoints.js';

interface ChartTable {
  heads: string[];
  rows: string[][];
}

export function histogramTable(histogram: Histogram, kind: Kind): ChartTable {
  const { binEdges, referenceCounts, currentCounts } = histogram;
  const shares = histogramShares(histogram);
  const write = writer(kind, binEdges);
  return {
    heads: ['Values', 'Reference', 'Reference share', 'Current', 'Current share'],
    rows: referenceCounts.map((count, i) => [
      `${write(binEdges[i] ?? 0)} to ${write(binEdges[i + 1] ?? 0)}`,
      formatCount(count),
      formatShare(shares.reference[i]),
      formatCount(currentCounts[i] ?? 0),
      formatShare(shares.current[i]),
    ]),
  };
}

export function ecdfTable(ecdf: NonNullable<Charts['ecdf']>, kind: Kind): ChartTable {
  const write = writer(kind, ecdf.values);
  return {
    heads: ['Up to', 'Reference', 'Current', 'Difference'],
    rows: ecdf.values.map((value, i) => {
      const [reference = 0, current = 0] = [ecdf.reference[i], ecdf.current[i]];
      const difference = formatPoints(current - reference);
      return [write(value), formatShare(reference), formatShare(current), difference];
    }),
  };
}

export function qqTable(points: QqPoint[], kind: Kind): ChartTable {
  const write = writer(
    kind,
    points.flatMap(({ reference, current }) => [reference, current]),
  );
  return {
    heads: ['Quantile', 'Reference', 'Current'],
    rows: points.map(({ probability, reference, current }) => [
      formatShare(probability),
      write(reference),
      write(current),
    ]),
  };
}

export function levelsTable(chart: CategoryChart): ChartTable {
  return {
    heads: ['Level', 'Reference', 'Current', 'Difference'],
    rows: levelShares(chart, chart.levels.length).map(({ label, reference, current }) => [
      label,
      formatShare(reference),
      formatShare(current),
      formatPoints(current - reference),
    ]),
  };
}

export function profileTable(
  counts: { reference: number[]; current: number[] },
  labels: string[],
): ChartTable {
  return {
    heads: ['At', 'Reference', 'Current'],
    rows: labels.map((label, i) => [
      label,
      formatCount(counts.reference[i] ?? 0),
      formatCount(counts.current[i] ?? 0),
    ]),
  };
}

function writer(kind: Kind, values: number[]): (value: number) => string {
  if (kind !== 'datetime') return (value) => formatNumber(value);
  const span = Math.max(...values) - Math.min(...values);
  return (value) => formatTimeWithin(value, span);
}
