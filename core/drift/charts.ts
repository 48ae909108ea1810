import type { Pair } from '../column.js';
import type { CategoryChart, CategoryLevel, Charts, Histogram } from '../contract.js';
import { ecdfSorted } from '../stats/ecdf.js';
import { histogramSorted } from '../stats/histogram.js';
import { quantileSorted } from '../stats/quantile.js';
import { areWhole, type Sorted, valueAt } from '../stats/runs.js';
import type { DayProfiles } from './dayProfiles.js';
import { type LevelTable, rowTotal } from './levelTable.js';
import type { Sample } from './sample.js';

export const binCount = 40;
export const ecdfPointCount = 60;
/** Edges stand on round numbers: moved by at most so much of a bin, they take half the room in a report. */
export const edgeSlack = 0.001;
const shareDecimals = 5;
const listedLevelCount = 50;
const oneSidedLevelCount = 20;
/** Share of each side left and right of a histogram, so that a far value does not flatten the rest. */
export const tailShare = 0.005;

/** What the interface draws of a column: aggregates only. */
export function columnCharts({ pair, sorted, sortedLengths, table, days }: Sample): Charts {
  const values = sorted ?? sortedLengths;
  const hasValues = values !== null && values.reference.length + values.current.length > 0;
  const isNumeric = pair.kind === 'numeric' || pair.kind === 'datetime';
  return {
    ...(hasValues &&
      pair.kind !== 'identifier' &&
      !table && { histogram: sharedHistogram(values) }),
    ...(hasValues && isNumeric && { ecdf: sharedEcdf(values) }),
    ...(table && { categories: categoryChart(table) }),
    ...(days && hasValues && dayCharts(days)),
  };
}

/** Equal-width bins over the bulk of both sides, one set of edges; whole numbers get a bin each where they fit. */
function sharedHistogram(sorted: Pair<Sorted>): Histogram {
  const sides = [sorted.reference, sorted.current].filter(({ length }) => length > 0);
  let low = Math.min(...sides.map((side) => quantileSorted(side, tailShare)));
  let high = Math.max(...sides.map((side) => quantileSorted(side, 1 - tailShare)));
  // beyond that, half a number more or less is the same double
  const isSmall = Math.max(Math.abs(low), Math.abs(high)) < 2 ** 52;
  const isWhole = high - low <= binCount && isSmall && sides.every(areWhole);
  if (isWhole) [low, high] = [Math.floor(low) - 0.5, Math.ceil(high) + 0.5];
  else if (low === high)
    [low, high] = [low - (Math.abs(low) * 0.5 || 0.5), high + (Math.abs(high) * 0.5 || 0.5)];
  const count = isWhole ? Math.round(high - low) : binCount;
  const binEdges = roundEdges(low, high, count);
  const reference = histogramSorted(sorted.reference, Float64Array.from(binEdges));
  const current = histogramSorted(sorted.current, Float64Array.from(binEdges));
  return {
    binEdges,
    referenceCounts: Array.from(reference.counts),
    currentCounts: Array.from(current.counts),
    below: { reference: reference.below, current: current.below },
    above: { reference: reference.above, current: current.above },
  };
}

/** Even steps on round numbers; the outer two move outwards only, so that no value falls out by that. */
function roundEdges(low: number, high: number, count: number): number[] {
  const digits = -Math.floor(Math.log10(edgeSlack * (high / count - low / count)));
  const steps = Array.from({ length: count + 1 }, (_, i) => {
    const step = low * (1 - i / count) + high * (i / count);
    const side = i === 0 ? 'floor' : i === count ? 'ceil' : 'round';
    return roundTo(step, digits, side);
  });
  // between values that are close together there are fewer doubles than steps
  return [...new Set(steps)].sort((a, b) => a - b);
}

/** To so many decimals, fewer than none too; as it is where a double has no room for them. */
function roundTo(value: number, digits: number, side: 'floor' | 'round' | 'ceil'): number {
  const scale = 10 ** Math.abs(digits);
  const scaled = digits < 0 ? value / scale : value * scale;
  if (!(Math.abs(scaled) < 2 ** 52) || !Number.isFinite(scale)) return value;
  const whole = Math[side](scaled);
  return (digits < 0 ? whole * scale : whole / scale) + 0;
}

/** At quantiles of both sides, so that the points stand where either curve moves. */
function sharedEcdf(sorted: Pair<Sorted>): NonNullable<Charts['ecdf']> {
  const points = new Set<number>();
  for (const side of [sorted.reference, sorted.current]) {
    if (side.length === 0) continue;
    for (let i = 0; i <= ecdfPointCount / 2; i++) {
      points.add(
        valueAt(side, Math.round((i / (ecdfPointCount / 2)) * (side.length - 1))) as number,
      );
    }
  }
  const values = Float64Array.from(points).sort();
  return {
    values: Array.from(values),
    reference: shares(sorted.reference, values),
    current: shares(sorted.current, values),
  };
}

function shares(sorted: Sorted, values: Float64Array): number[] {
  if (sorted.length === 0) return [];
  return ecdfSorted(sorted, values).map((share) => roundTo(share, shareDecimals, 'round'));
}

function dayCharts({ hours, weekdays }: DayProfiles): Pick<Charts, 'hours' | 'weekdays'> {
  const chart = (table: LevelTable) => ({
    reference: Array.from(table.referenceCounts),
    current: Array.from(table.currentCounts),
  });
  return { ...(hours && { hours: chart(hours) }), ...(weekdays && { weekdays: chart(weekdays) }) };
}

/** The levels that hold the largest share on either side. */
function categoryChart({ levels, referenceCounts, currentCounts }: LevelTable): CategoryChart {
  const n = rowTotal(referenceCounts) || 1;
  const m = rowTotal(currentCounts) || 1;
  const all = levels.map((value, i) => ({
    value,
    referenceCount: referenceCounts[i] ?? 0,
    currentCount: currentCounts[i] ?? 0,
  }));
  const share = (level: (typeof all)[number]) =>
    Math.max(level.referenceCount / n, level.currentCount / m);
  const kept =
    all.length <= listedLevelCount
      ? all
      : [...all].sort((a, b) => share(b) - share(a)).slice(0, listedLevelCount);
  const shown = new Set(kept);
  const rest = all.filter((level) => !shown.has(level));
  const fresh = all.filter(
    ({ referenceCount, currentCount }) => referenceCount === 0 && currentCount > 0,
  );
  const vanished = all.filter(
    ({ referenceCount, currentCount }) => referenceCount > 0 && currentCount === 0,
  );
  return {
    levels: [...kept].sort(
      (a, b) => b.referenceCount - a.referenceCount || b.currentCount - a.currentCount,
    ),
    other: {
      levelCount: rest.length,
      referenceCount: rest.reduce((sum, { referenceCount }) => sum + referenceCount, 0),
      currentCount: rest.reduce((sum, { currentCount }) => sum + currentCount, 0),
    },
    newCount: fresh.length,
    vanishedCount: vanished.length,
    newLevels: listed(fresh, ({ currentCount }) => currentCount),
    vanishedLevels: listed(vanished, ({ referenceCount }) => referenceCount),
  };
}

function listed(
  levels: CategoryLevel[],
  countOf: (level: CategoryLevel) => number,
): { value: string; count: number }[] {
  return levels
    .map((level) => ({ value: level.value, count: countOf(level) }))
    .sort((a, b) => b.count - a.count)
    .slice(0, oneSidedLevelCount);
}
