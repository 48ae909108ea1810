import type { MeasureId } from '../contract.js';
import { andersonDarling } from '../stats/andersonDarling.js';
import { chiSquaredTest } from '../stats/chiSquaredTest.js';
import { cramersV } from '../stats/cramersV.js';
import { cramerVonMises } from '../stats/cramerVonMises.js';
import { energyDistance } from '../stats/energyDistance.js';
import { eppsSingleton } from '../stats/eppsSingleton.js';
import { fisherExact } from '../stats/fisherExact.js';
import { gTest } from '../stats/gTest.js';
import { hellinger } from '../stats/hellinger.js';
import { jensenShannon } from '../stats/jensenShannon.js';
import { jensenShannonEffect } from '../stats/jensenShannonEffect.js';
import { klDivergence } from '../stats/klDivergence.js';
import { kruskalWallis } from '../stats/kruskalWallis.js';
import { ksTest } from '../stats/ksTest.js';
import { lInfinity } from '../stats/lInfinity.js';
import { mannWhitney } from '../stats/mannWhitney.js';
import { mmd } from '../stats/mmd.js';
import { type NotComputable, notComputable } from '../stats/outcome.js';
import { psi, psiNoiseFloor } from '../stats/psi.js';
import { isRuns, type Sorted } from '../stats/runs.js';
import { totalVariation } from '../stats/totalVariation.js';
import { wasserstein } from '../stats/wasserstein.js';
import { welchT } from '../stats/welchT.js';
import { zTest } from '../stats/zTest.js';
import { rowTotal } from './levelTable.js';

/** What a measure gives, before the sizes of the samples stand beside it. */
export type Outcome =
  | {
      kind: 'test';
      /** Null where it is infinite. */
      statistic: number | null;
      pValue: number;
      method: string;
      degreesOfFreedom?: number;
      at?: number;
      note?: string;
    }
  | {
      kind: 'distance';
      distance: number;
      interval?: [number, number];
      noiseFloor?: number;
    }
  | NotComputable;

interface Row {
  id: MeasureId;
  name: string;
  /** In every report; the others when they are asked for. */
  isUsual: boolean;
  /** The file in stats that holds the definition. */
  definedIn: string;
}

/** Of finite numbers, ascending. */
export interface NumberMeasure extends Row {
  takes: 'numbers';
  compute(reference: Sorted, current: Sorted, seed: number): Outcome;
}

/** Of counts by level; `either` also of counts between bin edges. */
export interface CountMeasure extends Row {
  takes: 'levels' | 'either';
  compute(reference: Float64Array, current: Float64Array): Outcome;
}

export type Measure = NumberMeasure | CountMeasure;

/** Every measure. A new one is a file in stats, a row here, its id in contract.ts, a fixture and a line in the changelog. */
export const measures: readonly Measure[] = [
  {
    ...row('ks', 'Kolmogorov-Smirnov', 'ksTest', true),
    takes: 'numbers',
    compute: (r, c) => ({ kind: 'test', ...ksTest(r, c) }),
  },
  {
    ...row('cramer-von-mises', 'Cramér-von Mises', 'cramerVonMises'),
    takes: 'numbers',
    compute: ofAll(cramerVonMisesOutcome),
  },
  {
    ...row('anderson-darling', 'Anderson-Darling', 'andersonDarling'),
    takes: 'numbers',
    compute: ofAll(andersonDarling),
  },
  {
    ...row('mann-whitney', 'Mann-Whitney U', 'mannWhitney'),
    takes: 'numbers',
    compute: ofAll((r, c) => mannWhitney(r, c)),
  },
  { ...row('welch-t', 'Welch’s t', 'welchT'), takes: 'numbers', compute: ofAll(welchT) },
  {
    ...row('kruskal-wallis', 'Kruskal-Wallis H', 'kruskalWallis'),
    takes: 'numbers',
    compute: ofAll(kruskalWallis),
  },
  {
    ...row('epps-singleton', 'Epps-Singleton', 'eppsSingleton'),
    takes: 'numbers',
    compute: ofAll(eppsSingleton),
  },
  {
    ...row('energy', 'Energy distance', 'energyDistance'),
    takes: 'numbers',
    compute: ofAll((r, c) => distance(energyDistance(r, c))),
  },
  {
    ...row('wasserstein', 'Wasserstein-1', 'wasserstein', true),
    takes: 'numbers',
    compute: (r, c) => distance(wasserstein(r, c)),
  },
  {
    ...row('mmd', 'Maximum mean discrepancy', 'mmd'),
    takes: 'numbers',
    compute: ofAll(mmdOutcome),
  },
  {
    ...row('chi-squared', 'Chi-squared', 'chiSquaredTest', true),
    takes: 'levels',
    compute: chiSquaredOutcome,
  },
  { ...row('g-test', 'G', 'gTest'), takes: 'levels', compute: gTest },
  {
    ...row('fisher-exact', 'Fisher’s exact', 'fisherExact'),
    takes: 'levels',
    compute: fisherOutcome,
  },
  { ...row('z-test', 'z of two shares', 'zTest'), takes: 'levels', compute: zTest },
  {
    ...row('cramers-v', 'Cramér’s V', 'cramersV', true),
    takes: 'levels',
    compute: (r, c) => distance(cramersV(r, c)),
  },
  {
    ...row('l-infinity', 'L-infinity', 'lInfinity'),
    takes: 'levels',
    compute: (r, c) => distance(lInfinity(r, c).distance),
  },
  { ...row('psi', 'PSI', 'psi', true), takes: 'either', compute: psiOutcome },
  {
    ...row('jensen-shannon', 'Jensen-Shannon', 'jensenShannon', true),
    takes: 'either',
    compute: jensenShannonOutcome,
  },
  {
    ...row('kl-divergence', 'Kullback-Leibler', 'klDivergence'),
    takes: 'either',
    compute: (r, c) => klDivergence(r, c),
  },
  {
    ...row('hellinger', 'Hellinger', 'hellinger'),
    takes: 'either',
    compute: (r, c) => distance(hellinger(r, c)),
  },
  {
    ...row('total-variation', 'Total variation', 'totalVariation'),
    takes: 'either',
    compute: (r, c) => distance(totalVariation(r, c)),
  },
];

function row(id: MeasureId, name: string, definedIn: string, isUsual = false): Row {
  return { id, name, definedIn, isUsual };
}

/** Of a column that is held as runs not all values are known. */
function ofAll(
  compute: (reference: Float64Array, current: Float64Array, seed: number) => Outcome,
): NumberMeasure['compute'] {
  return (reference, current, seed) =>
    isRuns(reference) || isRuns(current)
      ? notComputable('the column is too large to be held in memory; compare a sample of the rows')
      : compute(reference, current, seed);
}

function distance(value: number): Outcome {
  if (!Number.isFinite(value)) {
    return { kind: 'not computable', reason: 'the distance is beyond the largest number' };
  }
  return { kind: 'distance', distance: value };
}

/** SciPy's p-value, so that anyone can repeat it; where its series ends too early the right one stands beside it. */
function cramerVonMisesOutcome(reference: Float64Array, current: Float64Array): Outcome {
  const result = cramerVonMises(reference, current);
  const { pValue } = cramerVonMises(reference, current, { tail: 'accurate' });
  if (Math.abs(result.pValue - pValue) <= 1e-3 * pValue) return result;
  const note = `SciPy ends its series early; with all terms p is ${pValue.toPrecision(3)}`;
  return { ...result, note };
}

function mmdOutcome(reference: Float64Array, current: Float64Array, seed: number): Outcome {
  const result = mmd(reference, current, { seed });
  if (result.kind === 'not computable') return result;
  const { statistic, pValue, method, referenceUsed, currentUsed, permutationCount } = result;
  const sample =
    referenceUsed < reference.length || currentUsed < current.length
      ? `on ${referenceUsed} and ${currentUsed} values at even ranks, `
      : '';
  return {
    kind: 'test',
    statistic,
    pValue,
    method,
    note: `${sample}${permutationCount} permutations, seed ${seed}`,
  };
}

function chiSquaredOutcome(reference: Float64Array, current: Float64Array): Outcome {
  return { kind: 'test', method: 'asymptotic', ...chiSquaredTest(reference, current) };
}

function fisherOutcome(reference: Float64Array, current: Float64Array): Outcome {
  const result = fisherExact(reference, current);
  if (result.kind === 'not computable') return result;
  const { oddsRatio, pValue, method } = result;
  const note =
    oddsRatio === null ? 'the odds ratio is infinite' : 'the statistic is the odds ratio';
  return { kind: 'test', statistic: oddsRatio, pValue, method, note };
}

function psiOutcome(reference: Float64Array, current: Float64Array): Outcome {
  const noiseFloor = psiNoiseFloor(reference.length, rowTotal(reference), rowTotal(current));
  return { kind: 'distance', distance: psi(reference, current), noiseFloor };
}

function jensenShannonOutcome(reference: Float64Array, current: Float64Array): Outcome {
  const { interval, noiseFloor } = jensenShannonEffect(reference, current);
  return { kind: 'distance', distance: jensenShannon(reference, current), interval, noiseFloor };
}
