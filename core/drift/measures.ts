import type { Pair } from '../column.js';
import type { MeasureId, Measurement, ResolvedOptions } from '../contract.js';
import { countInBins, referenceBinEdges } from '../stats/binEdges.js';
import { chiSquaredTest } from '../stats/chiSquaredTest.js';
import { cramersV } from '../stats/cramersV.js';
import { jensenShannon } from '../stats/jensenShannon.js';
import { jensenShannonEffect } from '../stats/jensenShannonEffect.js';
import { ksTest } from '../stats/ksTest.js';
import { psi, psiNoiseFloor } from '../stats/psi.js';
import { wasserstein } from '../stats/wasserstein.js';
import type { LevelTable } from './levelTable.js';
import type { Sample } from './sample.js';

/** What a measure looks at: sorted numbers, a table of level counts, or whichever of the two there is. */
type Takes = 'numbers' | 'levels' | 'either';

export interface Measure {
  id: MeasureId;
  name: string;
  kind: 'test' | 'distance';
  takes: Takes;
  /** The file in stats that holds the definition. */
  definedIn: string;
}

/** Every measure. A new one is a file in stats, a row here, a case below, a fixture and a line in the changelog. */
export const measures: readonly Measure[] = [
  { id: 'ks', name: 'Kolmogorov-Smirnov', kind: 'test', takes: 'numbers', definedIn: 'ksTest' },
  {
    id: 'wasserstein',
    name: 'Wasserstein-1',
    kind: 'distance',
    takes: 'numbers',
    definedIn: 'wasserstein',
  },
  {
    id: 'chi-squared',
    name: 'Chi-squared',
    kind: 'test',
    takes: 'levels',
    definedIn: 'chiSquaredTest',
  },
  { id: 'cramers-v', name: "Cramér's V", kind: 'distance', takes: 'levels', definedIn: 'cramersV' },
  { id: 'psi', name: 'PSI', kind: 'distance', takes: 'either', definedIn: 'psi' },
  {
    id: 'jensen-shannon',
    name: 'Jensen-Shannon',
    kind: 'distance',
    takes: 'either',
    definedIn: 'jensenShannon',
  },
];

type Counts = Pick<LevelTable, 'referenceCounts' | 'currentCounts'> & { binEdges?: number[] };

/** All measures that a column's data allow, by their textbook definitions, on all values and levels. */
export function measureSample(
  sample: Sample,
  options: ResolvedOptions,
): Partial<Record<MeasureId, Measurement>> {
  const { sorted, table, count } = sample;
  const results: Partial<Record<MeasureId, Measurement>> = {};
  const counts: Counts | null =
    table ?? (sorted && hasBoth(count) ? binned(sorted, options.bins) : null);
  for (const { id, takes } of measures) {
    if ((takes === 'numbers' && !sorted) || (takes === 'levels' && !table)) continue;
    if (takes === 'either' && !table && !sorted) continue;
    if (!hasBoth(count)) {
      const side = count.reference === 0 ? 'reference' : 'current';
      results[id] = { kind: 'not computable', reason: `the ${side} side has no values` };
    } else if (takes === 'numbers' && sorted) {
      results[id] = id === 'ks' ? ksMeasurement(sorted) : wassersteinMeasurement(sorted);
    } else if (counts) {
      results[id] = countsMeasurement(id, counts, count);
    }
  }
  return results;
}

function hasBoth(count: Pair<number>): boolean {
  return count.reference > 0 && count.current > 0;
}

/** Counts between the reference's quantiles; the definition is in stats/binEdges. */
function binned(sorted: Pair<Float64Array>, binCount: number): Counts {
  const edges = referenceBinEdges(sorted.reference, binCount);
  return {
    referenceCounts: Float64Array.from(countInBins(sorted.reference, edges)),
    currentCounts: Float64Array.from(countInBins(sorted.current, edges)),
    binEdges: Array.from(edges),
  };
}

function ksMeasurement(sorted: Pair<Float64Array>): Measurement {
  const { statistic, pValue, method, at } = ksTest(sorted.reference, sorted.current);
  return { kind: 'test', statistic, pValue, adjustedPValue: null, method, at, ...sizes(sorted) };
}

function wassersteinMeasurement(sorted: Pair<Float64Array>): Measurement {
  const distance = wasserstein(sorted.reference, sorted.current);
  if (!Number.isFinite(distance)) {
    return { kind: 'not computable', reason: 'the distance is beyond the largest number' };
  }
  return {
    kind: 'distance',
    distance,
    unit: 'the column’s own',
    interval: null,
    noiseFloor: null,
    ...sizes(sorted),
  };
}

function sizes(sorted: Pair<Float64Array>): { referenceCount: number; currentCount: number } {
  return { referenceCount: sorted.reference.length, currentCount: sorted.current.length };
}

function countsMeasurement(id: MeasureId, counts: Counts, count: Pair<number>): Measurement {
  const { referenceCounts, currentCounts, binEdges } = counts;
  const base = { referenceCount: count.reference, currentCount: count.current };
  if (id === 'chi-squared') {
    const { statistic, pValue, degreesOfFreedom } = chiSquaredTest(referenceCounts, currentCounts);
    const method = 'asymptotic';
    return {
      kind: 'test',
      statistic,
      pValue,
      adjustedPValue: null,
      method,
      degreesOfFreedom,
      ...base,
    };
  }
  const bins = binEdges && {
    binEdges,
    referenceCounts: Array.from(referenceCounts),
    currentCounts: Array.from(currentCounts),
  };
  const distance = (
    value: number,
    interval: [number, number] | null,
    noiseFloor: number | null,
  ): Measurement => ({
    kind: 'distance',
    distance: value,
    unit: null,
    interval,
    noiseFloor,
    ...base,
    ...bins,
  });
  if (id === 'cramers-v') return distance(cramersV(referenceCounts, currentCounts), null, null);
  if (id === 'psi') {
    const floor = psiNoiseFloor(referenceCounts.length, count.reference, count.current);
    return distance(psi(referenceCounts, currentCounts), null, floor);
  }
  const { interval, noiseFloor } = jensenShannonEffect(referenceCounts, currentCounts);
  return distance(jensenShannon(referenceCounts, currentCounts), interval, noiseFloor);
}
