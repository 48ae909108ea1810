import { finiteCount, type NumberColumn, type Pair } from '../column.js';
import type { MeasureId, ResolvedOptions } from '../contract.js';
import type { RefineNeeds } from '../stats/chooseLookedAt.js';
import { createRefinement } from '../stats/refine.js';
import type { Runs } from '../stats/runs.js';
import { binCount, ecdfPointCount, edgeSlack, tailShare } from './charts.js';
import { emptyDays, sentinels } from './disguisedMissing.js';
import { extremeCount } from './extremes.js';
import { measures } from './measures.js';

/** Below so many values on both sides together a sort takes no longer. */
const smallestCount = 200_000;
/** Where more of the values must be looked at, a sort is as quick. */
const mostChosenShare = 0.4;
/** Values of a side that tell how to cut. */
const sampleCount = 4_096;

/** Quantiles that verdict, words and summary look at. */
const shares = [
  ...[0, 0.001, 0.0025, 0.005, 0.0075, 0.01, 0.015, 0.05, 0.1, 0.25, 0.5],
  ...[0.75, 0.9, 0.95, 0.985, 0.99, 0.9925, 0.995, 0.9975, 0.999, 1],
];

/**
 * A large column in order without sorting it. Null where sorting is as quick, or needed: for measures that look at
 * every value, and for another tool's profile.
 */
export function toRuns(
  columns: Pair<NumberColumn>,
  name: string,
  options: ResolvedOptions,
): Pair<Runs> | null {
  const { reference, current } = columns;
  if (reference.runs && current.runs) return { reference: reference.runs, current: current.runs };
  const [n, m] = [finiteCount(reference), finiteCount(current)];
  if (n === 0 || m === 0 || n + m < smallestCount) return null;
  if (options.profile !== null || looksAtEveryValue(options.measures)) return null;
  const refinement = createRefinement(sampleOf([reference.values, current.values]));
  if (!refinement) return null;
  try {
    refinement.count('reference', reference.values);
    refinement.count('current', current.values);
    if (!refinement.choose(needsOf(name, options), mostChosenShare * (n + m))) return null;
    refinement.gather('reference', reference.values);
    refinement.gather('current', current.values);
    return refinement.runs();
  } finally {
    refinement.close();
  }
}

function looksAtEveryValue(asked: MeasureId[] | 'all'): boolean {
  if (asked === 'all') return true;
  return measures.some(
    ({ id, takes, isUsual }) => takes === 'numbers' && !isUsual && asked.includes(id),
  );
}

export function needsOf(name: string, options: ResolvedOptions): RefineNeeds {
  const even = (count: number) => Array.from({ length: count + 1 }, (_, i) => i / count);
  return {
    extremes: extremeCount,
    shares: [...shares, ...even(ecdfPointCount / 2), ...even(Math.min(options.bins, 1_000))],
    values: [
      0,
      ...sentinels,
      ...emptyDays.flatMap(({ start, end }) => [start, end]),
      ...(options.binEdges[name] ?? []),
    ],
    steps: { share: tailShare, count: binCount, slack: edgeSlack },
  };
}

/** At even distances in file order, ascending. */
function sampleOf(sides: Float64Array[]): Float64Array {
  const sample: number[] = [];
  for (const values of sides) {
    const step = Math.max(1, Math.floor(values.length / sampleCount));
    for (let row = 0; row < values.length; row += step) {
      const value = values[row] as number;
      if (value - value === 0) sample.push(value + 0);
    }
  }
  return Float64Array.from(sample).sort();
}
