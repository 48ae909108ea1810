import { type KsResult, ksTest } from './ksTest.js';
import { poolSlices } from './pool.js';
import { createRandom } from './random.js';
import { partsOf, type Sorted } from './runs.js';

/** The Kolmogorov-Smirnov statistic with a p-value that is right under ties. */
export interface KsTiedResult {
  statistic: number;
  pValue: number;
  /** `exact` and `asymptotic` are the textbook p-value, for data without ties worth mention. */
  method: 'exact' | 'asymptotic' | 'permutation' | 'simulation';
}

const permutationCount = 999;
const simulationCount = 1999;

/**
 * Two-sample Kolmogorov-Smirnov test whose p-value stays right when values are tied.
 *
 * Null hypothesis: both samples come from one distribution, of whatever kind. With rounded, integer or
 * zero-inflated data the textbook p-value is too large (on five levels it finds too little by
 * far); here rows of equal value change sides together. Where the textbook p-value is below 1e-4 it is
 * kept: it errs on the safe side and is already decisive. Like every KS test it is weak in the tails.
 *
 * Range: statistic 0 (same) to 1 (disjoint), no unit; larger is more drift.
 *        pValue 0 to 1; smaller is more drift. Never above the textbook one.
 * Cost: that of ksTest where ties are negligible: over 1 000 distinct values (or all of them distinct)
 *       and none with more than 1 % of the rows. Else 999 permutations up to 4 000 rows in all, beyond
 *       that 1 999 draws of the limiting process, O(min(distinct values, 320)) each; some 10 to 50 ms.
 * Source: permutation p after Phipson and Smyth (2010), the observed one counted in; the limit under ties is
 *         a Brownian bridge seen at the ties' ends, with the extremes of a bridge in between by the
 *         reflection principle.
 * Checked: ksTest without ties (test/core/stats/ksTied.test.ts); uniform p-values under the null for Poisson
 *          and ordinal data (test/core/stats/calibration.test.ts)
 *
 * @param sortedReference - n >= 1 values, ascending, no NaN; not modified
 * @param sortedCurrent - m >= 1 values in the same unit, ascending, no NaN; not modified
 * @param seed - of the permutations or draws
 * @param textbook - the plain test of the two, where it is known already
 * @returns the statistic, its p-value, and how that was found
 * @throws {RangeError} if either sample is empty
 *
 * @example
 * ksTied(Float64Array.of(1, 1, 1, 2, 2, 2), Float64Array.of(2, 2, 2, 3, 3, 3), 1)
 * // => statistic 0.5, method 'permutation', pValue 0.295 (textbook 0.474)
 */
export function ksTied(
  sortedReference: Sorted,
  sortedCurrent: Sorted,
  seed: number,
  textbook: KsResult = ksTest(sortedReference, sortedCurrent),
): KsTiedResult {
  const { statistic, pValue, method } = textbook;
  if (pValue < 1e-4) return { statistic, pValue, method };
  const n = sortedReference.length;
  const m = sortedCurrent.length;
  const runs = tieRuns(sortedReference, sortedCurrent);
  let longest = 0;
  for (const run of runs) if (run > longest) longest = run;
  const tied = runs.length < Math.min(1000, n + m) || longest > Math.max(1, 0.01 * (n + m));
  if (!tied) return { statistic, pValue, method };
  if (n + m <= 4000) {
    const permuted = permutationPValue(runs, n, m, statistic, seed);
    return { statistic, pValue: Math.min(pValue, permuted), method: 'permutation' };
  }
  const simulated = simulatedPValue(runs, statistic * Math.sqrt((n * m) / (n + m)), seed);
  return { statistic, pValue: Math.min(pValue, simulated), method: 'simulation' };
}

/** How many pooled rows hold each distinct value, ascending by value. */
function tieRuns(sortedReference: Sorted, sortedCurrent: Sorted): Uint32Array {
  const most = partsOf(sortedReference).values.length + partsOf(sortedCurrent).values.length;
  const runs = new Uint32Array(most);
  let runCount = 0;
  let before = 0;
  for (const { count, referenceCounts, currentCounts } of poolSlices(
    sortedReference,
    sortedCurrent,
  )) {
    for (let k = 0; k < count; k++) {
      const upTo = (referenceCounts[k] as number) + (currentCounts[k] as number);
      runs[runCount] = upTo - before;
      runCount++;
      before = upTo;
    }
  }
  return runs.subarray(0, runCount);
}

/** Rows change sides at random; the gap is looked at where a run of equal values ends. */
function permutationPValue(
  runs: Uint32Array,
  n: number,
  m: number,
  statistic: number,
  seed: number,
): number {
  const random = createRandom(seed);
  const bar = Math.round(statistic * n * m);
  const byRun = runs.length * 8 < n + m;
  let reached = 0;
  for (let draw = 0; draw < permutationCount; draw++) if (permutedGap() >= bar) reached++;
  return (reached + 1) / (permutationCount + 1);

  /** The largest gap, times n m: a whole number. */
  function permutedGap(): number {
    let referenceLeft = n;
    let left = n + m;
    let gap = 0;
    for (let r = 0; r < runs.length; r++) {
      const run = runs[r] as number;
      if (byRun) {
        referenceLeft -= random.hypergeometric(referenceLeft, left - referenceLeft, run);
        left -= run;
      } else {
        for (let row = 0; row < run; row++) {
          if (random.uniform() * left < referenceLeft) referenceLeft--;
          left--;
        }
      }
      const distance = Math.abs((n - referenceLeft) * m - (m - (left - referenceLeft)) * n);
      if (distance > gap) gap = distance;
    }
    return gap;
  }
}

/** Stretches of the pooled sample between which the limiting process is looked at. */
interface Piece {
  /** Share of the rows. */
  share: number;
  /** True for one tied value, across which the process jumps unseen. */
  tied: boolean;
}

/**
 * For large samples the gap times sqrt(n m / (n + m)) behaves like a Brownian bridge over the pooled
 * shares, seen only where runs of equal values end. Runs below 1/256 of the rows are taken together as
 * continuous stretches; there the largest and smallest value of the bridge given its ends is drawn
 * from its known distribution.
 */
function simulatedPValue(runs: Uint32Array, bar: number, seed: number): number {
  const random = createRandom(seed);
  const pieces = toPieces(runs);
  let reached = 0;
  for (let draw = 0; draw < simulationCount; draw++) if (reaches()) reached++;
  return (reached + 1) / (simulationCount + 1);

  function reaches(): boolean {
    let level = 0;
    let left = 1;
    for (const { share, tied } of pieces) {
      const rest = Math.max(0, left - share);
      const mean = left > 0 ? (level * rest) / left : 0;
      const variance = left > 0 ? (share * rest) / left : 0;
      const next = mean + Math.sqrt(variance) * random.normal();
      if (!tied) {
        const half = (level - next) ** 2;
        const highest =
          (level + next + Math.sqrt(half - 2 * share * Math.log(1 - random.uniform()))) / 2;
        const lowest =
          (level + next - Math.sqrt(half - 2 * share * Math.log(1 - random.uniform()))) / 2;
        if (highest >= bar || -lowest >= bar) return true;
      }
      if (Math.abs(next) >= bar) return true;
      level = next;
      left = rest;
    }
    return false;
  }
}

function toPieces(runs: Uint32Array): Piece[] {
  const rows = runs.reduce((sum, run) => sum + run, 0);
  const pieces: Piece[] = [];
  let gathered = 0;
  const flush = () => {
    if (gathered > 0) pieces.push({ share: gathered / rows, tied: false });
    gathered = 0;
  };
  for (const run of runs) {
    if (run >= rows / 256) {
      flush();
      pieces.push({ share: run / rows, tied: true });
    } else {
      gathered += run;
      if (gathered >= rows / 64) flush();
    }
  }
  flush();
  return pieces;
}
