import type { ColumnSummary, Side } from '../contract.js';
import { isoTime } from '../isoTime.js';
import { quantileSorted } from '../stats/quantile.js';
import { countBelow, countUpTo, type Sorted } from '../stats/runs.js';
import { summarizeSorted } from '../stats/summarize.js';
import { extremes } from './extremes.js';
import type { Sample } from './sample.js';

const probabilities = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
const listedTopCount = 20;

/** One side's statistics, as far as the column's kind has them. */
export function summarizeColumn(sample: Sample, side: Side): ColumnSummary {
  const { pair, sorted, sortedLengths, table, count, absentCount } = sample;
  const numbers = pair.numbers?.[side] ?? pair.lengths?.[side];
  const values = sorted?.[side];
  const lengths = sortedLengths?.[side];
  const isTime = pair.kind === 'datetime';
  const summary = values && values.length > 0 ? summarizeSorted(values) : null;
  const shown = (value: number) => (isTime ? isoTime(value) : value);
  const ofQuantiles = values ?? lengths;
  return {
    count: count[side],
    missingCount: absentCount[side] - (numbers?.infiniteCount ?? 0),
    distinctCount: distinctCount(sample, side, summary?.distinctCount),
    infiniteCount: numbers?.infiniteCount ?? 0,
    unparsedCount: numbers?.unparsedCount ?? 0,
    mean: summary && !isTime ? summary.mean : null,
    standardDeviation: summary && !isTime ? summary.standardDeviation : null,
    min: summary ? shown(summary.min) : null,
    max: summary ? shown(summary.max) : null,
    quantiles:
      ofQuantiles && ofQuantiles.length > 0
        ? Object.fromEntries(
            probabilities.map((p) => [String(p), shown(quantileSorted(ofQuantiles, p))]),
          )
        : null,
    top: table && topLevels(sample, side),
    ...(values && pair.kind === 'numeric' && { zeroCount: zeroCount(values) }),
    ...shownExtremes(sample, side, shown),
  };
}

function zeroCount(values: Sorted): number {
  return countUpTo(values, 0) - countBelow(values, 0);
}

function shownExtremes(
  { pair, sorted }: Sample,
  side: Side,
  shown: (value: number) => number | string,
): Pick<ColumnSummary, 'extremes'> {
  const values = sorted?.[side];
  const hasRange = pair.kind === 'numeric' || pair.kind === 'datetime';
  if (!hasRange || !values || values.length === 0) return {};
  const { smallest, largest } = extremes(values);
  return { extremes: { smallest: smallest.map(shown), largest: largest.map(shown) } };
}

function distinctCount({ table, pair }: Sample, side: Side, ofNumbers: number | undefined): number {
  if (ofNumbers !== undefined) return ofNumbers;
  const counts = table?.[`${side}Counts`];
  if (counts) return counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  return pair.lengths?.[side].distinctCount ?? 0;
}

function topLevels({ table }: Sample, side: Side): ColumnSummary['top'] {
  if (!table) return null;
  const counts = table[`${side}Counts`];
  return table.levels
    .map((value, i) => ({ value, count: counts[i] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, listedTopCount);
}
