/** Evidently's tests of level counts. Each answers a p-value; the sides have rows. */

import { fisherExact } from '../stats/fisherExact.js';
import { type NotComputable, notComputable } from '../stats/outcome.js';
import { chiSquaredUpperTail, normalUpperTail } from '../stats/special.js';
import {
  countLevels,
  type EvidentlyColumn,
  type EvidentlyCounts,
  type EvidentlyLevels,
  total,
} from './evidentlyColumn.js';

/** SciPy refuses a goodness-of-fit test where the two totals differ by more than this share. */
const TOTALS_TOLERANCE = 1e-8;

/**
 * Chi-squared as goodness of fit: the reference, scaled to the current size, counts as exact.
 *
 * That is wrong on purpose. It leaves out the reference's own chance, so pairs without drift alarm about
 * half of the time at 1 000 v 1 000 rows and 10 levels; a single row of a new level gives p = 0.
 */
export function chiSquaredScore(column: EvidentlyColumn): number | NotComputable {
  const { reference, current, rowCount } = countLevels(column);
  const scale = rowCount.current / rowCount.reference;
  const expected = reference.map((count) => count * scale);
  return goodnessOfFit(current, expected, (o, e) => (o - e) ** 2 / e);
}

/** G as goodness of fit, wrong in the same way; the reference is not scaled, so both sizes have to be equal. */
export function gScore(column: EvidentlyColumn): number | NotComputable {
  const { reference, current } = countLevels(column);
  return goodnessOfFit(current, reference, (o, e) => (o === 0 ? 0 : 2 * o * Math.log(o / e)));
}

/** Two proportions: the first level, in Python's order, against all others. More than two levels blur into one. */
export function zScore(column: EvidentlyColumn): number | NotComputable {
  const counts = countLevels(column);
  const { reference, current, rowCount, isSorted } = counts;
  if (isOneLevel(counts)) return 1;
  if (!isSorted)
    return notComputable('Python cannot sort levels of which some are numbers and some text');
  const { reference: n, current: m } = rowCount;
  const p = (n - (reference[0] ?? 0)) / n;
  const q = (m - (current[0] ?? 0)) / m;
  const pooled = (p * n + q * m) / (n + m);
  const z = (p - q) / Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  // The tail as 1 - cdf, which keeps no digits of a small one: so does Evidently.
  return Number.isNaN(z) ? z : 2 * (1 - (1 - normalUpperTail(Math.abs(z))));
}

/** Fisher's exact test of two levels, for sides of equal size alone. */
export function fisherExactScore(column: EvidentlyLevels): number | NotComputable {
  const { reference, current, levels } = countLevels(column);
  if ((column.missing?.reference ?? 0) > 0 || (column.missing?.current ?? 0) > 0) {
    return notComputable('Evidently refuses missing values here');
  }
  const most = Math.max(...[reference, current].map((side) => side.filter(Boolean).length));
  if (most > 2) return notComputable('Evidently refuses more than two levels here');
  if (total(reference) !== total(current)) {
    return notComputable('Evidently refuses sides of different sizes here');
  }
  if (levels.length > 2) {
    return notComputable(
      'with different levels on the two sides Evidently picks two of them by chance',
    );
  }
  if (levels.length < 2) return 1;
  const found = fisherExact(reference, current);
  return found.kind === 'test' ? found.pValue : found;
}

function goodnessOfFit(
  observed: readonly number[],
  expected: readonly number[],
  term: (observed: number, expected: number) => number,
): number | NotComputable {
  const [seen, hoped] = [total(observed), total(expected)];
  if (Math.abs(seen - hoped) / Math.min(seen, hoped) > TOTALS_TOLERANCE) {
    return notComputable('SciPy refuses observed and expected counts of different totals here');
  }
  const statistic = total(observed.map((count, i) => term(count, expected[i] ?? 0)));
  const degreesOfFreedom = observed.length - 1;
  if (degreesOfFreedom === 0) return Number.NaN;
  return chiSquaredUpperTail(statistic, degreesOfFreedom);
}

function isOneLevel({ reference, current }: EvidentlyCounts): boolean {
  return reference.length === 1 && total(reference) > 0 && total(current) > 0;
}
