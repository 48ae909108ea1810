/** Evidently's distances. Each takes a column whose numbers ascend and whose sides have rows. */

import { energyDistance } from '../stats/energyDistance.js';
import { histogramSorted } from '../stats/histogram.js';
import { jensenShannon } from '../stats/jensenShannon.js';
import { type NotComputable, notComputable } from '../stats/outcome.js';
import { summarizeSorted } from '../stats/summarize.js';
import { wasserstein } from '../stats/wasserstein.js';
import { binShares, fillEmpty, pooledEdges } from './bins.js';
import {
  countLevels,
  type EvidentlyColumn,
  type EvidentlyNumbers,
  total,
} from './evidentlyColumn.js';

const NO_BINS = 'NumPy cannot divide the range of these values into bins';

/** Population stability index with Evidently's bins and its filling of empty cells. */
export function psiScore(column: EvidentlyColumn): number | NotComputable {
  const shares = binShares(column);
  if (!shares) return notComputable(NO_BINS);
  const reference = fillEmpty(shares.reference);
  const current = fillEmpty(shares.current);
  return sum(reference.map((r, i) => (r - at(current, i)) * Math.log(r / at(current, i))));
}

/** Jensen-Shannon distance in natural units, so 0.8326 at most. */
export function jensenShannonScore(column: EvidentlyColumn): number | NotComputable {
  const shares = binShares(column);
  if (!shares) return notComputable(NO_BINS);
  return jensenShannon(shares.reference, shares.current) * Math.sqrt(Math.LN2);
}

/** Kullback-Leibler divergence of the reference from the current, in nats, empty cells filled. */
export function klDivergenceScore(column: EvidentlyColumn): number | NotComputable {
  const shares = binShares(column);
  if (!shares) return notComputable(NO_BINS);
  const reference = toShares(fillEmpty(shares.reference));
  const current = toShares(fillEmpty(shares.current));
  return sum(reference.map((r, i) => r * Math.log(r / at(current, i))));
}

/** Hellinger distance; of numbers in Sturges bins for as many values as are distinct. */
export function hellingerScore(column: EvidentlyColumn): number | NotComputable {
  return column.columnType === 'num' ? hellingerOfNumbers(column) : hellingerOfLevels(column);
}

/** Wasserstein-1 over the reference's standard deviation (with n), which counts as 0.001 at least. */
export function wassersteinScore({ reference, current }: EvidentlyNumbers): number {
  const { standardDeviation } = summarizeSorted(reference);
  const n = reference.length;
  const withN = (standardDeviation ?? 0) * Math.sqrt((n - 1) / n);
  return wasserstein(reference, current) / Math.max(withN, 0.001);
}

/** SciPy's energy distance, in the column's unit, and so dependent on it. */
export function energyScore({ reference, current }: EvidentlyNumbers): number {
  return energyDistance(reference, current);
}

function hellingerOfNumbers(column: EvidentlyNumbers): number | NotComputable {
  const levels = countLevels(column).levels;
  const edges = pooledEdges(column, levels.length);
  if (!edges) return notComputable(NO_BINS);
  const reference = densities(column.reference, edges);
  const current = densities(column.current, edges);
  const width = ((edges.at(-1) as number) - (edges[0] as number)) / (edges.length - 1);
  const affinity = sum(reference.map((r, i) => Math.sqrt(r * at(current, i)) * width));
  return Math.sqrt(1 - Math.min(1, affinity));
}

/** Without the missing ones. Σ(√p - √q)² / 2 is 1 - Σ√(p q) without its rounding, for equal shares 0. */
function hellingerOfLevels(column: EvidentlyColumn): number {
  const { reference, current } = countLevels(column);
  const [n, m] = [total(reference), total(current)];
  const gaps = reference.map((r, i) => Math.sqrt(r / n) - Math.sqrt(at(current, i) / m));
  return Math.sqrt(Math.min(1, sum(gaps.map((gap) => gap * gap)) / 2));
}

/** NumPy's `histogram(density=True)`. */
function densities(sorted: Float64Array, edges: Float64Array): number[] {
  const { counts } = histogramSorted(sorted, edges);
  return counts.map(
    (count, i) => count / ((edges[i + 1] as number) - (edges[i] as number)) / sorted.length,
  );
}

function toShares(values: number[]): number[] {
  const whole = sum(values);
  return values.map((value) => value / whole);
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((whole, value) => whole + value, 0);
}
