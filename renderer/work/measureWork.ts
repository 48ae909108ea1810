import type { DriftReport, Finding, MeasureId, Measurement } from '../../core/contract.js';
import { formatCount } from '../format.js';
import { measureUnit } from '../measureNames.js';
import { columnCode, readingOf } from './columnCode.js';
import { columnInputs } from './columnInputs.js';
import { type Counts, countsCode, countsOf } from './countsCode.js';
import { locationMeasures } from './locationMeasures.js';
import type { MeasureDefinition } from './measureDefinition.js';
import { orderMeasures } from './orderMeasures.js';
import { pythonScript } from './python.js';
import { shareMeasures } from './shareMeasures.js';
import { tableMeasures } from './tableMeasures.js';
import { valueDistances } from './valueDistances.js';
import type { Printed, Work, WorkInput } from './work.js';

const definitions: Record<MeasureId, MeasureDefinition> = {
  ...orderMeasures,
  ...locationMeasures,
  ...valueDistances,
  ...tableMeasures,
  ...shareMeasures,
};

/** One measure of one column; null where the report has none. */
export function measureWork(id: MeasureId, finding: Finding, report: DriftReport): Work | null {
  const measurement = finding.measures[id];
  if (measurement === undefined) return null;
  const { title, answers, formula, source, ...definition } = definitions[id];
  const base = { title, answers, formula, source, inputs: columnInputs(finding) };
  if (measurement.kind === 'not computable') {
    const notes = [`Not computable for this column: ${measurement.reason}.`];
    return { ...base, notes, snippet: null, prints: [] };
  }
  const isOfCounts = definition.takes === 'counts';
  const counts = isOfCounts ? countsOf(finding, measurement) : null;
  const data = isOfCounts
    ? countsCode(counts, finding, report)
    : columnCode(finding, report, valueReading(finding));
  return {
    ...base,
    inputs: [...base.inputs, ...countsInputs(counts), ...ownInputs(id, finding, report)],
    notes: [
      ...(definition.notes?.(measurement) ?? []),
      ...(measurement.kind === 'test' && measurement.note !== undefined
        ? [`In this report: ${measurement.note}.`]
        : []),
    ],
    snippet: pythonScript(
      [...data.imports, ...definition.imports],
      [data.code, definition.code(measurement)],
    ),
    prints: printsOf(id, measurement),
  };
}

/** Numbers that are tabulated too, as flags are, keep their values for these measures. */
function valueReading(finding: Finding) {
  const reading = readingOf(finding);
  return reading === 'levels' ? 'numbers' : reading;
}

function countsInputs(counts: Counts | null): WorkInput[] {
  if (counts === null) return [];
  const of = counts.binEdges === null ? 'Levels' : 'Bins, open at both ends';
  return [{ label: of, value: formatCount(counts.reference.length) }];
}

function ownInputs(id: MeasureId, finding: Finding, report: DriftReport): WorkInput[] {
  const measurement = finding.measures[id];
  const unit = measureUnit(id, finding.kind);
  return [
    ...(unit === null ? [] : [{ label: 'Unit', value: unit }]),
    ...(measurement?.kind === 'test' ? [{ label: 'Method', value: measurement.method }] : []),
    ...(measurement?.kind === 'test' && measurement.degreesOfFreedom !== undefined
      ? [{ label: 'Degrees of freedom', value: String(measurement.degreesOfFreedom) }]
      : []),
    ...(id === 'mmd' ? [{ label: 'Seed', value: String(report.options.seed) }] : []),
  ];
}

function printsOf(id: MeasureId, measurement: Measurement): Printed[] {
  if (measurement.kind === 'not computable') return [];
  if (measurement.kind === 'test') {
    const { statistic, pValue, at } = measurement;
    return [
      ...(statistic === null ? [] : [{ label: 'statistic', value: statistic }]),
      ...(id === 'mmd' ? [] : [{ label: 'p-value', value: pValue }]),
      ...(at === undefined ? [] : [{ label: 'at', value: at }]),
    ];
  }
  const { distance, noiseFloor } = measurement;
  return [
    { label: 'distance', value: distance },
    ...(id === 'psi' && noiseFloor !== null && noiseFloor > 0
      ? [{ label: 'chance gives', value: noiseFloor }]
      : []),
  ];
}
