import type { Measurement } from '../../core/contract.js';
import type { WorkDefinition } from './work.js';

type Computed = Exclude<Measurement, { kind: 'not computable' }>;

/** A measure as it is explained and as SciPy computes it from the arrays `reference` and `current`. */
export interface MeasureDefinition extends WorkDefinition {
  takes: 'values' | 'counts';
  imports: string[];
  code: (measurement: Computed) => string;
  notes?: (measurement: Computed) => string[];
}

const stats = 'from scipy import stats';
const numpy = 'import numpy as np';

/** A test that is one call of SciPy. */
export function sciPyTest(
  definition: WorkDefinition & { takes: 'values' | 'counts' },
  call: (method: string) => string,
  notes?: MeasureDefinition['notes'],
): MeasureDefinition {
  return {
    ...definition,
    imports: [stats],
    code: (measurement) => {
      const method = measurement.kind === 'test' ? measurement.method : '';
      return `result = ${call(method)}\nprint("statistic", result.statistic)\nprint("p-value", result.pvalue)`;
    },
    ...(notes !== undefined && { notes }),
  };
}

/** A distance between shares `p` of the reference and `q` of the current values. */
export function shareDistance(
  definition: WorkDefinition,
  expression: string,
  more: { imports?: string[]; lines?: string[]; after?: (measurement: Computed) => string[] } = {},
): MeasureDefinition {
  return {
    ...definition,
    takes: 'counts',
    imports: [numpy, ...(more.imports ?? [])],
    code: (measurement) =>
      [
        'p = reference / reference.sum()',
        'q = current / current.sum()',
        ...(more.lines ?? []),
        `print("distance", ${expression})`,
        ...(more.after?.(measurement) ?? []),
      ].join('\n'),
  };
}
