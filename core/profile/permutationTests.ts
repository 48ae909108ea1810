/** Evidently's permutation tests. */

import { type NotComputable, notComputable } from '../stats/outcome.js';
import { createRandom, type Random } from '../stats/random.js';
import { createRandomState } from './createRandomState.js';
import {
  countLevels,
  type EvidentlyLevels,
  type EvidentlyNumbers,
  pooledNumbers,
  total,
} from './evidentlyColumn.js';
import { medianSquaredGap } from './medianSquaredGap.js';
import { pairwiseSum } from './pairwiseSum.js';

const TVD_PERMUTATIONS = 1000;
const MMD_PERMUTATIONS = 100;
const SEED = 0;
/** Evidently's kernel takes 8 bytes per pair of rows; here it ends at 200 MB. */
const MOST_MMD_ROWS = 5000;

/**
 * Total variation distance by 1 000 permutations from NumPy's seed 0. Given the rows in file order the
 * permutations are Evidently's own; given counts alone they are others, and p differs by chance (a
 * standard error of 0.016 at most).
 */
export function totalVariationScore(column: EvidentlyLevels): number {
  const counts = countLevels(column);
  const pooled = counts.reference.map((count, i) => count + (counts.current[i] ?? 0));
  const size = total(counts.reference);
  const observed = totalVariation(counts.reference, pooled);
  const draw = column.rows ? rowDraws(column, column.rows) : countDraws(pooled, size);
  let atLeast = 0;
  for (let i = 0; i < TVD_PERMUTATIONS; i++) {
    if (observed <= totalVariation(draw(), pooled)) atLeast++;
  }
  return atLeast / TVD_PERMUTATIONS;
}

/**
 * Maximum mean discrepancy, Gaussian kernel of the reference's median distance, by 100 permutations.
 * NumPy's generator is not seeded there, so Evidently itself answers differently from run to run (a
 * standard error of 0.05 at most); here it is the same each time. Permutations as far apart as the column
 * itself count as such here; there rounding decides, so with few values its p is up to 0.04 smaller.
 */
export function mmdScore(column: EvidentlyNumbers): number | NotComputable {
  const [n, m] = [column.reference.length, column.current.length];
  if (n < 2 || m < 2)
    return notComputable('Evidently divides by zero with fewer than two rows on a side');
  if (n + m > MOST_MMD_ROWS) {
    return notComputable(`a kernel of all pairs is computed up to ${MOST_MMD_ROWS} rows only`);
  }
  const kernel = createKernel(column);
  const random = createRandom(SEED);
  const order = Uint32Array.from({ length: n + m }, (_, i) => i);
  const observed = discrepancy(kernel, order, n);
  let atLeast = 0;
  for (let i = 0; i < MMD_PERMUTATIONS; i++) {
    random.shuffle(order);
    if (observed - 1e-12 <= discrepancy(kernel, order, n)) atLeast++;
  }
  return atLeast / MMD_PERMUTATIONS;
}

/** Between the reference's counts and what they leave of the pooled ones. */
function totalVariation(reference: readonly number[], pooled: readonly number[]): number {
  const n = total(reference);
  const m = total(pooled) - n;
  const gaps = reference.map((count, i) => Math.abs(count / n - ((pooled[i] ?? 0) - count) / m));
  return 0.5 * pairwiseSum(gaps);
}

/** The reference's counts after each of NumPy's permutations of the rows. */
function rowDraws(
  column: EvidentlyLevels,
  { reference, current }: NonNullable<EvidentlyLevels['rows']>,
): () => number[] {
  const { levels } = countLevels(column);
  const indices = new Map(levels.map((level, i) => [level, i]));
  const rows = Uint32Array.from([...reference, ...current], (level) => indices.get(level) ?? 0);
  const state = createRandomState(SEED);
  return () => {
    const counts = levels.map(() => 0);
    for (const row of state.permutation(rows.length).subarray(0, reference.length)) {
      const level = rows[row] as number;
      counts[level] = (counts[level] as number) + 1;
    }
    return counts;
  };
}

/** The reference's counts when its rows are drawn from the pooled ones, level by level. */
function countDraws(pooled: readonly number[], size: number): () => number[] {
  const random: Random = createRandom(SEED);
  return () => {
    let rest = total(pooled);
    let draws = size;
    return pooled.map((count) => {
      const drawn = random.hypergeometric(count, rest - count, draws);
      rest -= count;
      draws -= drawn;
      return drawn;
    });
  };
}

interface Kernel {
  size: number;
  /** Row by row; 0 on the diagonal. */
  entries: Float64Array;
  rowSums: Float64Array;
}

function createKernel({ reference, current }: EvidentlyNumbers): Kernel {
  const values = pooledNumbers(reference, current);
  const size = values.length;
  // 1 / (2 sigma²) with sigma² half the median, or a half where that is 0.
  const rate = 1 / (medianSquaredGap(reference) || 1);
  const entries = new Float64Array(size * size);
  const rowSums = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const gap = (values[i] as number) - (values[j] as number);
      const entry = Math.exp(-rate * gap * gap);
      entries[i * size + j] = entry;
      entries[j * size + i] = entry;
      rowSums[i] = (rowSums[i] as number) + entry;
      rowSums[j] = (rowSums[j] as number) + entry;
    }
  }
  return { size, entries, rowSums };
}

/** Evidently's mmd where the first n of `order` are the reference; only pairs within the smaller side are summed. */
function discrepancy({ size, entries, rowSums }: Kernel, order: Uint32Array, n: number): number {
  const m = size - n;
  const inner = n <= m ? order.subarray(0, n) : order.subarray(n);
  let within = 0;
  let innerTotal = 0;
  for (let i = 0; i < inner.length; i++) {
    const row = inner[i] as number;
    innerTotal += rowSums[row] as number;
    for (let j = 0; j < i; j++) within += entries[row * size + (inner[j] as number)] as number;
  }
  within *= 2;
  const across = innerTotal - within;
  let whole = 0;
  for (const rowSum of rowSums) whole += rowSum;
  const outside = whole - within - 2 * across;
  const k = inner.length;
  const l = size - k;
  return within / (k * (k - 1)) + outside / (l * (l - 1)) - (2 * across) / (n * m);
}
