/** Evidently's tests of numbers. Each takes ascending, finite numbers of both sides and answers a p-value. */

import { andersonDarling } from '../stats/andersonDarling.js';
import { ksTest } from '../stats/ksTest.js';
import { rankSums } from '../stats/mannWhitney.js';
import type { NotComputable } from '../stats/outcome.js';
import { normalUpperTail, studentTUpperTail } from '../stats/special.js';
import { summarizeSorted } from '../stats/summarize.js';
import type { EvidentlyNumbers } from './evidentlyColumn.js';

/** SciPy's p-values of Anderson-Darling end there, at these values of its statistic. */
const ANDERSON = { fromStatistic: 0.325, toStatistic: 6.546, largestP: 0.25, smallestP: 0.001 };
/** With more values on both sides, or any value twice, Mann-Whitney's p is asymptotic. */
const LARGEST_EXACT_SAMPLE = 8;
/** U up to which ranks are counted; SciPy ends sooner, for want of memory. */
const LARGEST_EXACT_SUM = 5_000_000;

/** Kolmogorov-Smirnov, two-sided, as SciPy has it. */
export function ksScore({ reference, current }: EvidentlyNumbers): number {
  return ksTest(reference, current).pValue;
}

/** Student's t with one pooled variance; wrong where the spreads differ, on purpose. */
export function tScore({ reference, current }: EvidentlyNumbers): number {
  const [n, m] = [reference.length, current.length];
  const [one, other] = [summarizeSorted(reference), summarizeSorted(current)];
  if (one.standardDeviation === null || other.standardDeviation === null) return Number.NaN;
  const degreesOfFreedom = n + m - 2;
  const pooled =
    ((n - 1) * one.standardDeviation ** 2 + (m - 1) * other.standardDeviation ** 2) /
    degreesOfFreedom;
  const t = (one.mean - other.mean) / Math.sqrt(pooled * (1 / n + 1 / m));
  return Number.isNaN(t) ? t : 2 * studentTUpperTail(Math.abs(t), degreesOfFreedom);
}

/**
 * Mann-Whitney against one alternative alone, that the reference lies lower. Documented as two-sided, and
 * reproduced as it is: a current side that has moved down gives a p-value near 1.
 */
export function mannWhitneyScore({ reference, current }: EvidentlyNumbers): number {
  const [n, m] = [reference.length, current.length];
  const { statistic, spread, hasTies } = rankSums(reference, current);
  const smaller = Math.min(statistic, n * m - statistic);
  if (Math.min(n, m) <= LARGEST_EXACT_SAMPLE && !hasTies && smaller <= LARGEST_EXACT_SUM) {
    return 2 * statistic <= n * m
      ? shareUpTo(statistic, n, m)
      : 1 - shareUpTo(n * m - statistic - 1, n, m);
  }
  const gap = (n * m) / 2 - statistic - 0.5;
  return spread === 0 ? 1 : normalUpperTail(gap / Math.sqrt(spread));
}

/** Anderson-Darling with SciPy's p-value, which is never below 0.001 and never above 0.25. */
export function andersonScore({ reference, current }: EvidentlyNumbers): number | NotComputable {
  const found = andersonDarling(reference, current);
  if (found.kind === 'not computable') return found;
  if (found.statistic < ANDERSON.fromStatistic) return ANDERSON.largestP;
  if (found.statistic > ANDERSON.toStatistic) return ANDERSON.smallestP;
  return found.pValue;
}

/** P(U <= sum) of two samples without ties, sum at most n m / 2: counted, as numbers of partitions. */
function shareUpTo(sum: number, n: number, m: number): number {
  if (sum < 0) return 0;
  const [few, many] = n <= m ? [n, m] : [m, n];
  const counts = new Float64Array(sum + 1);
  counts[0] = 1;
  let orders = 1;
  for (let i = 1; i <= few; i++) {
    orders *= (many + i) / i;
    for (let u = sum; u >= many + i; u--) {
      counts[u] = (counts[u] as number) - (counts[u - many - i] as number);
    }
    for (let u = i; u <= sum; u++) {
      counts[u] = (counts[u] as number) + (counts[u - i] as number);
    }
  }
  return counts.reduce((whole, count) => whole + count, 0) / orders;
}
