import { type NotComputable, notComputable } from '../stats/outcome.js';
import { chiSquaredScore, fisherExactScore, gScore, zScore } from './countTests.js';
import { cramerVonMisesScore } from './cramerVonMisesScore.js';
import {
  energyScore,
  hellingerScore,
  jensenShannonScore,
  klDivergenceScore,
  psiScore,
  wassersteinScore,
} from './distances.js';
import { eppsSingletonScore } from './eppsSingletonScore.js';
import {
  type EvidentlyColumn,
  type EvidentlyLevels,
  type EvidentlyNumbers,
  rowCounts,
  sortedColumn,
} from './evidentlyColumn.js';
import { andersonScore, ksScore, mannWhitneyScore, tScore } from './orderTests.js';
import { mmdScore, totalVariationScore } from './permutationTests.js';
import { type Stattest, type StattestName, stattests } from './stattests.js';

/** What Evidently answers for a column. */
export interface EvidentlyScore {
  /** Whether the score is a p-value, and small is drift, or a distance, and large is. */
  kind: 'test' | 'distance';
  stattest: StattestName;
  /** Null where Evidently answers NaN or infinity. */
  score: number | null;
  threshold: number;
  isDrifted: boolean;
}

export type EvidentlyAnswer = EvidentlyScore | NotComputable;

/**
 * One of Evidently 0.7.21's registered tests, asked for by name: its definition, bins and verdict.
 *
 * For people who have to match numbers of an existing pipeline, and for nothing else. Where that tool is
 * statistically wrong the error is reproduced on purpose: chi-squared and G take the reference for exact,
 * Mann-Whitney looks one way, t pools the variances, energy distance depends on the unit, every threshold
 * is the same for 30 rows as for 30 million, and missing values count for nothing. What Evidently raises
 * an error for is not computable.
 *
 * Range: score 0 to 1 for `kind` test, smaller is more drift; 0 upward for distance, larger is more drift.
 * Cost: that of the test; O(n + m) after sorting but for TVD (1 000 permutations, given rows) and
 *       empirical_mmd (100 of a kernel of all pairs, up to 5 000 rows).
 * Source: Evidently 0.7.21, `legacy/calculations/stattests`, on SciPy 1.10.1 and NumPy 1.24.
 * Checked: that tool's own answers, relative 1e-9 or absolute 1e-12 (test/core/profile/evidentlyTest.test.ts);
 *          TVD exactly given the rows in file order, else within its simulation error, and with ties between
 *          permutations of text levels but nearly (Python orders them by chance); empirical_mmd within its
 *          simulation error; t_test fewer digits where the mean is millions of deviations from 0 (NumPy's
 *          sum depends on the order); es only with five distinct values or more (else SciPy's is rounding)
 *
 * @param name - as Evidently registers it
 * @param column - both sides, without missing and infinite values; not modified
 * @param threshold - else the test's default
 * @returns the score, the threshold and whether that is drift; or why there is none
 * @throws {RangeError} if no test is called that, or a number is not finite
 *
 * @example
 * evidentlyTest('chisquare', {
 *   columnType: 'cat',
 *   reference: new Map([['a', 20], ['b', 30]]),
 *   current: new Map([['a', 30], ['b', 20]]),
 * })
 * // => { kind: 'test', stattest: 'chisquare', score: 0.003892417122778622, threshold: 0.05, isDrifted: true }
 */
export function evidentlyTest(
  name: StattestName,
  column: EvidentlyColumn,
  threshold?: number,
): EvidentlyAnswer {
  const stattest = stattests[name];
  if (!stattest) {
    const known = Object.keys(stattests).join(', ');
    throw new RangeError(`evidentlyTest knows ${known} (got ${name})`);
  }
  if (!stattest.columnTypes.includes(column.columnType)) {
    const type = column.columnType === 'num' ? 'numerical' : 'categorical';
    return notComputable(`Evidently's ${name} does not take ${type} columns`);
  }
  return runStattest(stattest, column, threshold);
}

/** The same for any column type: Evidently's own choice does not check it. */
export function runStattest(
  stattest: Stattest,
  column: EvidentlyColumn,
  threshold: number = stattest.threshold,
): EvidentlyAnswer {
  const { reference, current } = rowCounts(column);
  if (reference === 0 || current === 0) {
    const side = reference === 0 ? 'reference' : 'current';
    return notComputable(`Evidently refuses a column without values on the ${side} side`);
  }
  const score = computeScore(stattest.name, column);
  if (typeof score !== 'number') return score;
  return {
    kind: stattest.kind,
    stattest: stattest.name,
    score: Number.isFinite(score) ? score : null,
    threshold,
    isDrifted: isDrift(score, stattest, threshold),
  };
}

function computeScore(name: StattestName, column: EvidentlyColumn): number | NotComputable {
  if (column.columnType === 'cat')
    return scoreOfEither(name, column) ?? scoreOfLevels(name, column);
  const sorted = sortedColumn(column);
  return scoreOfEither(name, sorted) ?? scoreOfNumbers(name, sorted);
}

/** Null for the names that take one type of column alone. */
function scoreOfEither(name: StattestName, column: EvidentlyColumn): number | NotComputable | null {
  switch (name) {
    case 'chisquare':
      return chiSquaredScore(column);
    case 'z':
      return zScore(column);
    case 'g_test':
      return gScore(column);
    case 'psi':
      return psiScore(column);
    case 'jensenshannon':
      return jensenShannonScore(column);
    case 'kl_div':
      return klDivergenceScore(column);
    case 'hellinger':
      return hellingerScore(column);
    default:
      return null;
  }
}

function scoreOfNumbers(name: StattestName, column: EvidentlyNumbers): number | NotComputable {
  switch (name) {
    case 'ks':
      return ksScore(column);
    case 't_test':
      return tScore(column);
    case 'mannw':
      return mannWhitneyScore(column);
    case 'anderson':
      return andersonScore(column);
    case 'cramer_von_mises':
      return cramerVonMisesScore(column);
    case 'es':
      return eppsSingletonScore(column);
    case 'ed':
      return energyScore(column);
    case 'empirical_mmd':
      return mmdScore(column);
    case 'wasserstein':
      return wassersteinScore(column);
    default:
      return notComputable(`Evidently's ${name} does not take numerical columns`);
  }
}

function scoreOfLevels(name: StattestName, column: EvidentlyLevels): number | NotComputable {
  if (name === 'fisher_exact') return fisherExactScore(column);
  if (name === 'TVD') return totalVariationScore(column);
  return notComputable(`Evidently's ${name} does not take categorical columns`);
}

/** NaN is no drift in any direction. */
function isDrift(score: number, { drift }: Stattest, threshold: number): boolean {
  if (drift === '<') return score < threshold;
  if (drift === '<=') return score <= threshold;
  return drift === '>' ? score > threshold : score >= threshold;
}
