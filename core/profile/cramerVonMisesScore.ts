import { cramerVonMisesExactTail } from '../stats/cramerVonMisesExactTail.js';
import { type NotComputable, notComputable } from '../stats/outcome.js';
import { visitTies } from '../stats/samples.js';
import { logGamma } from '../stats/special.js';
import { cramerVonMisesNarrowTail } from './cramerVonMisesNarrowTail.js';
import type { EvidentlyNumbers } from './evidentlyColumn.js';

/** With more values on a side the p-value is asymptotic. */
const LARGEST_EXACT_SAMPLE = 20;
/** The series ends with the first term below it, so p-values near it and smaller are its rounding. */
const SMALLEST_TERM = 1e-7;

/**
 * Cramér-von Mises as Evidently has it: SciPy's statistic and p-value, the asymptotic one as 1 less a
 * series that stops early. A true p-value of 1e-20 comes out between 1e-15 and 1e-7, as it does there.
 */
export function cramerVonMisesScore({
  reference,
  current,
}: EvidentlyNumbers): number | NotComputable {
  const [n, m] = [reference.length, current.length];
  if (n < 2 || m < 2)
    return notComputable('Evidently refuses fewer than two values on a side here');
  const rankSum = sumOfSquaredRankGaps(reference, current);
  if (Math.max(n, m) <= LARGEST_EXACT_SAMPLE) {
    return cramerVonMisesNarrowTail(rankSum, n, m) ?? cramerVonMisesExactTail(rankSum, n, m);
  }
  const pairs = n * m;
  const both = n + m;
  const statistic = rankSum / (pairs * both) - (4 * pairs - 1) / (6 * both);
  const mean = (1 + 1 / both) / 6;
  const variance =
    ((both + 1) * (4 * pairs * both - 3 * (n * n + m * m) - 2 * pairs)) /
    (45 * both * both * 4 * pairs);
  const standardised = 1 / 6 + (statistic - mean) / Math.sqrt(45 * variance);
  return standardised < 0.003 ? 1 : Math.max(0, 1 - limitShare(standardised));
}

/** n Σ (rank of the i-th reference value - i)² + m Σ (rank of the j-th current value - j)², ties at mid-rank. */
function sumOfSquaredRankGaps(reference: Float64Array, current: Float64Array): number {
  let [ofReference, ofCurrent] = [0, 0];
  visitTies(reference, current, (a, b, referenceBelow, currentBelow) => {
    const rank = referenceBelow + currentBelow + (a + b + 1) / 2;
    for (let i = referenceBelow + 1; i <= referenceBelow + a; i++) ofReference += (rank - i) ** 2;
    for (let j = currentBelow + 1; j <= currentBelow + b; j++) ofCurrent += (rank - j) ** 2;
  });
  return reference.length * ofReference + current.length * ofCurrent;
}

/** Csörgő and Faraway (1996), equation 1.2: the share of the limiting law below x. */
function limitShare(x: number): number {
  let share = 0;
  for (let k = 0; ; k++) {
    const odd = 4 * k + 1;
    const factor = Math.exp(logGamma(k + 0.5) - logGamma(k + 1)) / (Math.PI ** 1.5 * Math.sqrt(x));
    const exponent = (odd * odd) / (16 * x);
    const term = factor * Math.sqrt(odd) * Math.exp(-2 * exponent) * scaledBesselK(0.25, exponent);
    share += term;
    if (term < SMALLEST_TERM) return share;
  }
}

/** e^x K_order(x), the integral of exp(-x (cosh t - 1)) cosh(order t), which a plain sum finds to the last digits. */
function scaledBesselK(order: number, x: number): number {
  const step = 1 / 16;
  let sum = 0.5;
  for (let i = 1; ; i++) {
    const t = i * step;
    const term = Math.exp(-2 * x * Math.sinh(t / 2) ** 2) * Math.cosh(order * t);
    sum += term;
    if (term < sum * 1e-17) return sum * step;
  }
}
