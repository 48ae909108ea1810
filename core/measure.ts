import type { ColumnPair, LevelColumn, NumberColumn } from './column.js';
import type { MeasureId, Measurement } from './contract.js';
import { measureSample } from './drift/measureSample.js';
import { measures } from './drift/measures.js';
import { resolveOptions } from './drift/resolveOptions.js';
import { createSample } from './drift/sample.js';

export interface MeasureOptions {
  /** Number of bins of numbers for measures that take either, at most. Default 10. */
  bins?: number;
  /** Inner edges of those bins, ascending, instead of the reference's quantiles. */
  binEdges?: number[];
  /** Of the permutations of `mmd`. Default 1. */
  seed?: number;
}

type Values = ArrayLike<number | string | boolean | null>;

/**
 * One measure of two arrays, by its textbook definition.
 *
 * Null, undefined and NaN are missing and left out. Numbers are compared as numbers by measures that
 * take numbers, as bins of the reference's quantiles by those that take either, and as categories by
 * those that take categories; strings and booleans are categories.
 *
 * @param id - see `measures`
 * @param reference - n >= 1 values
 * @param current - m >= 1 values of the same type
 * @throws {RangeError} for an unknown id, or values that the measure does not take
 *
 * @example
 * measure('ks', [1, 2, 3, 4], [3, 4, 5, 6])
 * // => { kind: 'test', statistic: 0.5, pValue: 0.7714285714285716, method: 'exact', ... }
 */
export function measure(
  id: MeasureId,
  reference: Values,
  current: Values,
  options: MeasureOptions = {},
): Measurement {
  const known = measures.find((row) => row.id === id);
  if (!known)
    throw new RangeError(`measure knows ${measures.map((row) => row.id).join(', ')} (got ${id})`);
  const isNumeric = [reference, current].every((values) =>
    Array.from(values).every(isNumberOrMissing),
  );
  if (known.takes === 'numbers' && !isNumeric)
    throw new RangeError(`${id} requires numbers on both sides`);
  const asNumbers = isNumeric && known.takes !== 'levels';
  const pair: ColumnPair = {
    name: id,
    kind: asNumbers ? 'numeric' : 'categorical',
    storageType: { reference: '', current: '' },
    isRetyped: false,
    numbers: asNumbers ? { reference: toNumbers(reference), current: toNumbers(current) } : null,
    levels: asNumbers ? null : { reference: toLevels(reference), current: toLevels(current) },
    lengths: null,
    skipReason: null,
  };
  const { binEdges, ...others } = options;
  const edges = binEdges === undefined ? {} : { binEdges: { [id]: binEdges } };
  const resolved = resolveOptions({ ...others, ...edges, measures: [id] }, '');
  const result = measureSample(createSample(pair), resolved)[id];
  if (!result) throw new RangeError(`${id} cannot be computed of these values`);
  return result;
}

function isNumberOrMissing(value: unknown): boolean {
  return value === null || value === undefined || typeof value === 'number';
}

function toNumbers(input: Values): NumberColumn {
  const values = Float64Array.from(input, (value) =>
    typeof value === 'number' ? value : Number.NaN,
  );
  let [missingCount, infiniteCount] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) missingCount++;
    else if (!Number.isFinite(value)) infiniteCount++;
  }
  return { values, missingMask: null, missingCount, infiniteCount, unparsedCount: 0 };
}

function toLevels(input: Values): LevelColumn {
  const levels = new Map<string, number>();
  let count = 0;
  for (const value of Array.from(input)) {
    if (value === null || value === undefined || Number.isNaN(value)) continue;
    levels.set(String(value), (levels.get(String(value)) ?? 0) + 1);
    count++;
  }
  return { levels, count, missingCount: input.length - count };
}
