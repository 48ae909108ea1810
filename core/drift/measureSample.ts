import type { Pair } from '../column.js';
import type { MeasureId, Measurement, ResolvedOptions } from '../contract.js';
import { countInBins, referenceBinEdges } from '../stats/binEdges.js';
import type { Sorted } from '../stats/runs.js';
import type { LevelTable } from './levelTable.js';
import { type Measure, measures, type Outcome } from './measures.js';
import type { Sample } from './sample.js';

type Counts = Pick<LevelTable, 'referenceCounts' | 'currentCounts'> & { binEdges?: number[] };

/**
 * The usual measures and those that are asked for, as far as a column's data allow, by their textbook
 * definitions, on all values and levels.
 */
export function measureSample(
  sample: Sample,
  options: ResolvedOptions,
): Partial<Record<MeasureId, Measurement>> {
  const { pair, sorted, table, count } = sample;
  const results: Partial<Record<MeasureId, Measurement>> = {};
  const counts: Counts | null =
    table ??
    (sorted && hasBoth(count) ? binned(sorted, options.binEdges[pair.name], options.bins) : null);
  for (const measure of measures) {
    const { id, takes } = measure;
    if (!measure.isUsual && options.measures !== 'all' && !options.measures.includes(id)) continue;
    if ((takes === 'numbers' && !sorted) || (takes === 'levels' && !table)) continue;
    if (takes === 'either' && !table && !sorted) continue;
    const outcome = compute(measure, sample, counts, options.seed);
    results[id] = measurement(outcome, count, measure.takes === 'either' ? counts : null);
  }
  return results;
}

function compute(
  measure: Measure,
  { sorted, ks, count }: Sample,
  counts: Counts | null,
  seed: number,
): Outcome {
  if (!hasBoth(count)) {
    const side = count.reference === 0 ? 'reference' : 'current';
    return { kind: 'not computable', reason: `the ${side} side has no values` };
  }
  if (measure.takes === 'numbers') {
    if (!sorted) throw new RangeError(`${measure.id} requires numbers`);
    if (measure.id === 'ks' && ks) return { kind: 'test', ...ks };
    return measure.compute(sorted.reference, sorted.current, seed);
  }
  if (!counts) throw new RangeError(`${measure.id} requires counts`);
  return measure.compute(counts.referenceCounts, counts.currentCounts);
}

function measurement(outcome: Outcome, count: Pair<number>, counts: Counts | null): Measurement {
  if (outcome.kind === 'not computable') return outcome;
  const sizes = { referenceCount: count.reference, currentCount: count.current };
  if (outcome.kind === 'test') {
    const { statistic, pValue, method, degreesOfFreedom, at, note } = outcome;
    return {
      ...{ kind: 'test', statistic, pValue, adjustedPValue: null, method, ...sizes },
      ...(degreesOfFreedom !== undefined && { degreesOfFreedom }),
      ...(at !== undefined && { at }),
      ...(note !== undefined && { note }),
    };
  }
  const { distance, interval, noiseFloor } = outcome;
  return {
    ...{
      kind: 'distance',
      distance,
      interval: interval ?? null,
      noiseFloor: noiseFloor ?? null,
      ...sizes,
    },
    ...(counts?.binEdges && {
      binEdges: counts.binEdges,
      referenceCounts: Array.from(counts.referenceCounts),
      currentCounts: Array.from(counts.currentCounts),
    }),
  };
}

function hasBoth(count: Pair<number>): boolean {
  return count.reference > 0 && count.current > 0;
}

/** Counts between the given edges, or the reference's quantiles; the definition is in stats/binEdges. */
function binned(
  sorted: Pair<Sorted>,
  given: readonly number[] | undefined,
  binCount: number,
): Counts {
  const edges = given ?? referenceBinEdges(sorted.reference, binCount);
  return {
    referenceCounts: Float64Array.from(countInBins(sorted.reference, edges)),
    currentCounts: Float64Array.from(countInBins(sorted.current, edges)),
    binEdges: Array.from(edges),
  };
}
