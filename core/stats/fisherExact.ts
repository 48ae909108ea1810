import { countTotals } from './counts.js';
import { type NotComputable, notComputable } from './outcome.js';
import { deviance, stirlingError } from './stirling.js';
import { levelsWithRows } from './zTest.js';

export interface FisherExactResult {
  kind: 'test';
  /** The sample odds ratio (r0 c1) / (r1 c0), or null where that is infinite. */
  oddsRatio: number | null;
  pValue: number;
  method: 'exact';
}

/** Two tables whose probabilities differ by less than this are equally likely. */
const SAME = 1 + 1e-11;
const ROUND_OFF = 1e-17;

/**
 * Fisher's exact test of a 2 x 2 table, two-sided: how likely is a table no more likely than this one?
 *
 * Null hypothesis: equal shares, with both margins as they are. Right for the smallest counts, where
 * chi-squared is rough; somewhat conservative, because the tables are few.
 *
 * Range: oddsRatio 0 upward, 1 for the same shares, or null; pValue 0 to 1; smaller is more drift.
 * Cost: O(sqrt(n + m)): a tail is summed as far as it counts.
 * Source: Fisher (1935), "The logic of inductive inference", Journal of the Royal Statistical Society 98(1),
 *         39-82; probabilities after Loader (2000), "Fast and accurate computation of binomial probabilities".
 * Checked: scipy.stats.fisher_exact 1.17.1, relative 1e-11 (test/fixtures/scipy/counts.json)
 *
 * @param referenceCounts - rows of two levels, whole numbers; not modified
 * @param currentCounts - the same levels in the same order; not modified
 * @returns the odds ratio and the p-value; not computable unless exactly two levels have rows (levels
 *   without rows on both sides are left out)
 * @throws {RangeError} if a side has no rows, the lengths differ, or a count is negative or not whole
 *
 * @example
 * fisherExact([1, 9], [11, 3])
 * // => { kind: 'test', oddsRatio: 0.030303030303030304, pValue: 0.00275945618522007, method: 'exact' }
 */
export function fisherExact(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
): FisherExactResult | NotComputable {
  countTotals('fisherExact', referenceCounts, currentCounts);
  const levels = levelsWithRows(referenceCounts, currentCounts);
  for (const { reference, current } of levels) {
    if (!Number.isSafeInteger(reference) || !Number.isSafeInteger(current)) {
      throw new RangeError(`fisherExact requires whole counts (got ${reference} and ${current})`);
    }
  }
  const [first, second] = levels;
  if (first === undefined || second === undefined || levels.length !== 2) {
    return notComputable(`it takes two levels (there are ${levels.length})`);
  }
  const hasRatio = second.reference > 0 && first.current > 0;
  const oddsRatio = hasRatio
    ? (first.reference * second.current) / (second.reference * first.current)
    : null;
  const hits = first.reference + first.current;
  const misses = second.reference + second.current;
  const draws = first.reference + second.reference;
  const pValue = twoSided(first.reference, hits, misses, draws);
  return { kind: 'test', oddsRatio, pValue, method: 'exact' };
}

/** The summed probability of all counts that are no more likely than `count`. */
function twoSided(count: number, hits: number, misses: number, draws: number): number {
  const lowest = Math.max(0, draws - misses);
  const highest = Math.min(draws, hits);
  const probability = (at: number) => hypergeometric(at, hits, misses, draws);
  const mode = Math.floor(((draws + 1) * (hits + 1)) / (hits + misses + 2));
  const own = probability(count);
  if (own * SAME >= probability(mode)) return 1;
  const isLow = count < mode;
  // The nearest count beyond the mode that is no more likely; the probabilities fall from there on.
  let near = mode;
  let far = (isLow ? highest : lowest) + (isLow ? 1 : -1);
  while (Math.abs(far - near) > 1) {
    const middle = near + Math.trunc((far - near) / 2);
    if (probability(middle) <= own * SAME) far = middle;
    else near = middle;
  }
  const ownTail = tail(count, own, isLow ? -1 : 1, hits, misses, draws);
  if (far < lowest || far > highest) return Math.min(1, ownTail);
  return Math.min(1, ownTail + tail(far, probability(far), isLow ? 1 : -1, hits, misses, draws));
}

/** The probability of `count` and of all beyond it in one direction, away from the mode. */
function tail(
  count: number,
  own: number,
  direction: 1 | -1,
  hits: number,
  misses: number,
  draws: number,
): number {
  let term = 1;
  let sum = 1;
  for (let at = count; term > sum * ROUND_OFF; at += direction) {
    term *=
      direction === 1
        ? ((hits - at) / (at + 1)) * ((draws - at) / (misses - draws + at + 1))
        : (at / (hits - at + 1)) * ((misses - draws + at) / (draws - at + 1));
    sum += term;
  }
  return own * sum;
}

/** Probability of `at` hits among `draws` from hits and misses. */
function hypergeometric(at: number, hits: number, misses: number, draws: number): number {
  const share = draws / (hits + misses);
  const rest = (hits + misses - draws) / (hits + misses);
  const one = binomial(at, hits, share, rest);
  const other = binomial(draws - at, misses, share, rest);
  const both = binomial(draws, hits + misses, share, rest);
  return (
    Math.exp(one.exponent + other.exponent - both.exponent) * ((one.root * other.root) / both.root)
  );
}

/** A binomial probability as exp(exponent) times a root, both of moderate size. */
function binomial(
  count: number,
  trials: number,
  p: number,
  q: number,
): { exponent: number; root: number } {
  if (count === 0) return { exponent: q === 0 ? 0 : trials * logOf(q, p), root: 1 };
  if (count === trials) return { exponent: trials * logOf(p, q), root: 1 };
  const exponent =
    stirlingError(trials) -
    stirlingError(count) -
    stirlingError(trials - count) -
    deviance(count, trials * p) -
    deviance(trials - count, trials * q);
  const root = Math.sqrt(trials / (2 * Math.PI * count) / (trials - count));
  return { exponent, root };
}

/** ln p, given 1 - p as well. */
function logOf(p: number, complement: number): number {
  return p > 0.5 ? Math.log1p(-complement) : Math.log(p);
}
