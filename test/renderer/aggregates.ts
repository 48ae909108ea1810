/** Counts, shares and summaries for the example report. */

import type { CategoryChart, Charts, ColumnSummary, Histogram } from '../../core/contract.js';

export const day = 86_400_000;
export const start = Date.UTC(2026, 0, 1);

export function normalHistogram(
  centre: number,
  width: number,
  currentCentre: number,
  currentWidth: number,
  random: () => number,
): Histogram {
  const low = Math.min(centre - 3 * width, currentCentre - 3 * currentWidth);
  const high = Math.max(centre + 3 * width, currentCentre + 3 * currentWidth);
  const binCount = 40;
  const binEdges = Array.from(
    { length: binCount + 1 },
    (_, i) => low + ((high - low) * i) / binCount,
  );
  const counts = (mean: number, deviation: number, total: number) =>
    Array.from({ length: binCount }, (_, i) => {
      const z = ((binEdges[i] as number) + (high - low) / binCount / 2 - mean) / deviation;
      const density = Math.exp(-0.5 * z * z) / (deviation * 2.5066);
      return Math.round(((total * density * (high - low)) / binCount) * (0.94 + 0.12 * random()));
    });
  return {
    binEdges,
    referenceCounts: counts(centre, width, 250_000),
    currentCounts: counts(currentCentre, currentWidth, 48_213),
    below: { reference: 310, current: 12 },
    above: { reference: 290, current: 640 },
  };
}

export function ecdfOf(histogram: Histogram): NonNullable<Charts['ecdf']> {
  const cumulate = (counts: number[]) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    let running = 0;
    return counts.map((count) => {
      running += count;
      return running / total;
    });
  };
  return {
    values: histogram.binEdges.slice(1),
    reference: cumulate(histogram.referenceCounts),
    current: cumulate(histogram.currentCounts),
  };
}

export function widestGap(ecdf: NonNullable<Charts['ecdf']>): { at: number; gap: number } {
  let best = { at: ecdf.values[0] as number, gap: 0 };
  for (let i = 0; i < ecdf.values.length; i += 1) {
    const gap = Math.abs((ecdf.reference[i] as number) - (ecdf.current[i] as number));
    if (gap > best.gap) best = { at: ecdf.values[i] as number, gap };
  }
  return best;
}

export function categories(levelCount: number, value: number, random: () => number): CategoryChart {
  const names = ['web', 'branch', 'phone', 'partner', '</b>bold', '', 'שלום', '🦆', 'a\nb'];
  const listed = Math.min(levelCount, 50);
  const levels = Array.from({ length: listed }, (_, i) => ({
    value: names[i] ?? `level ${i}`,
    referenceCount: i === listed - 1 && listed > 3 ? 0 : Math.round(90_000 / (i + 1.2)),
    currentCount:
      i === 1 && value > 0.2
        ? 0
        : Math.round((18_000 / (i + 1.2)) * (1 + value * (random() - 0.5) * 6)),
  }));
  const rest = levelCount - listed;
  return {
    levels,
    other: { levelCount: rest, referenceCount: rest * 40, currentCount: rest * 9 },
    newCount: listed > 3 ? 1 : 0,
    vanishedCount: value > 0.2 ? 1 : 0,
    newLevels:
      listed > 3 ? [{ value: names[listed - 1] ?? `level ${listed - 1}`, count: 900 }] : [],
    vanishedLevels: value > 0.2 ? [{ value: 'branch', count: 40_909 }] : [],
  };
}

export function categorySummary(
  chart: CategoryChart,
  side: 'referenceCount' | 'currentCount',
  levelCount: number,
): ColumnSummary {
  const top = chart.levels
    .map((level) => ({ value: level.value, count: level[side] }))
    .sort((left, right) => right.count - left.count)
    .slice(0, 10);
  const count = chart.levels.reduce((sum, level) => sum + level[side], 0);
  return { ...emptySummary(), count, missingCount: 120, distinctCount: levelCount, top };
}

export function numericSummary(
  mean: number,
  standardDeviation: number,
  rowCount: number,
  missingShare: number,
): ColumnSummary {
  const normal = {
    '0.01': -2.33,
    '0.05': -1.64,
    '0.25': -0.67,
    '0.5': 0,
    '0.75': 0.67,
    '0.95': 1.64,
    '0.99': 2.33,
  };
  const missingCount = Math.round(rowCount * missingShare);
  return {
    count: rowCount - missingCount,
    missingCount,
    distinctCount: Math.round(rowCount * 0.8),
    infiniteCount: 2,
    unparsedCount: 5,
    mean,
    standardDeviation,
    min: mean - 4 * standardDeviation,
    max: mean + 5 * standardDeviation,
    quantiles: Object.fromEntries(
      Object.entries(normal).map(([key, z]) => [key, mean + z * standardDeviation]),
    ),
    top: null,
  };
}

export function timeSummary(from: number, rowCount: number): ColumnSummary {
  const at = (days: number) => new Date(from + days * day).toISOString();
  return {
    ...emptySummary(),
    count: rowCount,
    distinctCount: rowCount,
    min: at(0),
    max: at(300),
    quantiles: {
      '0.01': at(3),
      '0.05': at(15),
      '0.25': at(75),
      '0.5': at(150),
      '0.75': at(225),
      '0.95': at(285),
      '0.99': at(297),
    },
  };
}

export function emptySummary(): ColumnSummary {
  return {
    count: 0,
    missingCount: 0,
    distinctCount: 0,
    infiniteCount: 0,
    unparsedCount: 0,
    mean: null,
    standardDeviation: null,
    min: null,
    max: null,
    quantiles: null,
    top: null,
  };
}
