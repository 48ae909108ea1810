import type { DriftReport, Finding, Measurement } from '../../core/contract.js';
import { columnCode } from './columnCode.js';
import { type PythonPart, pythonList, pythonNumber, pythonString } from './python.js';

export interface Counts {
  /** Names of levels; null for bins. */
  levels: string[] | null;
  /** Inner edges of bins; null for levels. */
  binEdges: number[] | null;
  reference: number[];
  current: number[];
}

/** The counts that a measure was computed from; null where the report does not list all levels. */
export function countsOf(finding: Finding, measurement?: Measurement): Counts | null {
  if (measurement?.kind === 'distance' && measurement.binEdges !== undefined) {
    return {
      levels: null,
      binEdges: measurement.binEdges,
      reference: measurement.referenceCounts ?? [],
      current: measurement.currentCounts ?? [],
    };
  }
  const { categories } = finding.charts;
  if (categories === undefined || categories.other.levelCount > 0) return null;
  // in the order of their names, as the tests of two levels take the first one for the hit
  const levels = [...categories.levels].sort((left, right) => (left.value < right.value ? -1 : 1));
  return {
    levels: levels.map(({ value }) => value),
    binEdges: null,
    reference: levels.map(({ referenceCount }) => referenceCount),
    current: levels.map(({ currentCount }) => currentCount),
  };
}

/** Python that puts the counts into the arrays `reference` and `current`, from the report or from the files. */
export function countsCode(
  counts: Counts | null,
  finding: Finding,
  report: DriftReport,
): PythonPart {
  if (counts !== null) return { imports: ['import numpy as np'], code: inlineCode(counts) };
  const { imports, code } = columnCode(finding, report, 'levels');
  return {
    imports: [...imports, 'import numpy as np'],
    code: `${code}
levels = sorted(reference.keys() | current.keys())
reference = np.array([reference[level] for level in levels])
current = np.array([current[level] for level in levels])`,
  };
}

function inlineCode({ levels, binEdges, reference, current }: Counts): string {
  const array = (name: string, values: number[]) =>
    pythonList(name, values.map(pythonNumber), ['np.array([', '])']);
  return [
    ...(levels === null ? [] : [pythonList('levels', levels.map(pythonString))]),
    ...(binEdges === null
      ? []
      : [
          '# bin i holds the values in (edges[i - 1], edges[i]]; the first and the last bin are open',
          pythonList('edges', binEdges.map(pythonNumber)),
        ]),
    array('reference', reference),
    array('current', current),
  ].join('\n');
}
