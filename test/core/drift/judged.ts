import type { CompareOptions, DriftReport, Finding } from '../../../core/contract.js';
import { type Input, toSource } from '../../../core/inputs.js';
import { createRandom, type Random } from '../../../core/stats/random.js';
import { compareDatasets } from '../../../core/worker/compareDatasets.js';

/** The whole comparison of two inputs in this thread. */
export function judged(
  reference: Input,
  current: Input,
  options: CompareOptions = {},
): Promise<DriftReport> {
  return compareDatasets(
    { reference: toSource(reference, 'reference'), current: toSource(current, 'current'), options },
    { signal: new AbortController().signal, onProgress: () => undefined },
  );
}

/** The finding of one column compared by itself. */
export async function judgedColumn(
  reference: ArrayLike<unknown>,
  current: ArrayLike<unknown>,
  options: CompareOptions = {},
): Promise<Finding> {
  return findingOf(await judged({ value: reference }, { value: current }, options), 'value');
}

export function findingOf(report: DriftReport, name: string): Finding {
  const found = report.columns.find((column) => column.name === name);
  if (!found) throw new RangeError(`no finding of ${name}`);
  return found;
}

/** `count` draws from one seeded source. */
export function draws<T>(
  seed: number,
  count: number,
  draw: (random: Random, index: number) => T,
): T[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, index) => draw(random, index));
}

/** Cut from an even number: level i of k has the share weights[i]. */
export function level(random: Random, weights: readonly number[]): string {
  let left = random.uniform();
  for (const [index, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return `level ${index}`;
  }
  return `level ${weights.length - 1}`;
}
