import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { MeasureId } from '../../core/contract.js';
import { measures } from '../../core/drift/measures.js';
import { measure } from '../../core/measure.js';

const oracleFile = fileURLToPath(new URL('../../../shared/oracles/scipy.json', import.meta.url));
const isThere = existsSync(oracleFile);
const absent = isThere ? '' : ' (skipped: there is no ../shared/oracles/scipy.json)';

/** Non-finite numbers are the strings nan, inf and -inf. */
type Value = number | string;
type Expected = Record<string, { statistic?: Value; pvalue?: Value; dof?: number; error?: string }>;

interface Oracle {
  numeric: { name: string; x: number[]; y: number[]; expected: Expected }[];
  tables: { name: string; ref: number[]; cur: number[]; expected: Expected }[];
}

const oracle: Oracle = isThere
  ? JSON.parse(readFileSync(oracleFile, 'utf8'))
  : { numeric: [], tables: [] };

describe.runIf(isThere)(`numbers as SciPy has them${absent}`, () => {
  test('ks', () => {
    let count = 0;
    for (const { name, x, y, expected } of oracle.numeric) {
      const { statistic, pvalue } = expected.ks_2samp_auto ?? {};
      const found = measure('ks', x, y);
      if (found.kind !== 'test') throw new Error(`no ks of ${name}`);
      near(`${name} statistic`, found.statistic, statistic);
      near(`${name} p`, found.pValue, pvalue);
      count++;
    }
    expect(count).toBe(65);
  });

  test('wasserstein', () => {
    let count = 0;
    for (const { name, x, y, expected } of oracle.numeric) {
      const found = measure('wasserstein', x, y);
      if (found.kind !== 'distance') throw new Error(`no wasserstein of ${name}`);
      near(name, found.distance, expected.wasserstein_distance?.statistic);
      count++;
    }
    expect(count).toBe(65);
  });

  const ofTables: [MeasureId, string][] = [
    ['chi-squared', 'chi2_contingency'],
    ['cramers-v', 'cramers_v'],
    ['jensen-shannon', 'jensenshannon_base2'],
  ];
  test.each(ofTables)('%s', (id, key) => {
    let count = 0;
    for (const { name, ref, cur, expected } of tablesOfManageableSize()) {
      const wanted = expected[key];
      if (wanted?.statistic === undefined) continue;
      const found = measure(id, spelledOut(ref), spelledOut(cur));
      if (found.kind === 'not computable') throw new Error(`no ${id} of ${name}`);
      const value = found.kind === 'test' ? found.statistic : found.distance;
      near(`${name} ${id}`, value, wanted.statistic);
      if (found.kind === 'test') {
        near(`${name} p`, found.pValue, wanted.pvalue);
        expect(found.degreesOfFreedom).toBe(wanted.dof);
      }
      count++;
    }
    expect(count).toBeGreaterThanOrEqual(12);
  });

  test('psi, where no share is below the floor', () => {
    let count = 0;
    for (const { name, ref, cur, expected } of tablesOfManageableSize()) {
      const smallest = Math.min(...shares(ref), ...shares(cur));
      const wanted = expected.psi_no_zero_fill?.statistic;
      if (smallest < 1e-4 || wanted === undefined) continue;
      const found = measure('psi', spelledOut(ref), spelledOut(cur));
      if (found.kind !== 'distance') throw new Error(`no psi of ${name}`);
      near(name, found.distance, wanted);
      count++;
    }
    expect(count).toBeGreaterThanOrEqual(8);
  });
});

describe('what it takes', () => {
  test('the example of its docstring', () => {
    expect(measure('ks', [1, 2, 3, 4], [3, 4, 5, 6])).toMatchObject({
      kind: 'test',
      statistic: 0.5,
      pValue: expect.closeTo(0.7714285714285716, 14),
      method: 'exact',
    });
  });

  test.each(measures.map(({ id }) => id))('%s of one value each', (id) => {
    expect(['test', 'distance']).toContain(measure(id, [1], [2]).kind);
  });

  test('null, undefined and NaN are missing', () => {
    const gaps = [1, null, 2, Number.NaN, 3, undefined as unknown as null, 4];
    expect(measure('ks', gaps, [3, 4, 5, 6])).toEqual(measure('ks', [1, 2, 3, 4], [3, 4, 5, 6]));
    expect(measure('chi-squared', gaps, [3, 4, 4, 1])).toEqual(
      measure('chi-squared', [1, 2, 3, 4], [3, 4, 4, 1]),
    );
  });

  test('typed arrays', () => {
    expect(measure('wasserstein', Float64Array.of(0, 1), Int8Array.of(5, 6))).toMatchObject({
      distance: 5,
    });
  });

  test('booleans and strings are categories', () => {
    expect(measure('cramers-v', [true, false], [true, false])).toMatchObject({ distance: 0 });
    expect(measure('psi', ['a', 'b'], ['a', 'b'])).toMatchObject({ distance: 0 });
  });

  test('psi of numbers is of bins of the reference’s quantiles', () => {
    const found = measure(
      'psi',
      Float64Array.from({ length: 100 }, (_, i) => i),
      [5, 50, 95],
      {
        bins: 4,
      },
    );
    if (found.kind !== 'distance') throw new Error('no psi');
    expect(found.binEdges).toEqual([24.75, 49.5, 74.25]);
    expect(found.currentCounts).toEqual([1, 0, 1, 1]);
  });

  test('no values', () => {
    expect(measure('ks', [], [1])).toEqual({
      kind: 'not computable',
      reason: 'the reference side has no values',
    });
  });

  test('an input stays as it is', () => {
    const values = [3, 1, 2];
    measure('ks', values, [1]);
    expect(values).toEqual([3, 1, 2]);
  });

  test.each<[MeasureId, (string | number)[], RegExp]>([
    ['nonsense' as MeasureId, [1], /measure knows ks, wasserstein, .* \(got nonsense\)/],
    ['ks', ['a'], /ks requires numbers on both sides/],
  ])('%s of %j is an error', (id, values, message) => {
    expect(() => measure(id, values, values)).toThrowError(RangeError);
    expect(() => measure(id, values, values)).toThrowError(message);
  });
});

/** 1e-9 relative, with an absolute floor for what is 0 but for rounding. */
function near(where: string, found: number, wanted: Value | undefined): void {
  const isNear =
    typeof wanted === 'number' &&
    Math.abs(found - wanted) <= Math.max(1e-9 * Math.abs(wanted), 1e-15);
  if (!isNear) expect(`${where}: ${found}`).toBe(`${where}: ${wanted}`);
}

/** As rows; two million of them would say nothing more. A side without rows is a test of its own. */
function tablesOfManageableSize(): Oracle['tables'] {
  return oracle.tables.filter(({ ref }) => total(ref) > 0 && total(ref) <= 200_000);
}

function spelledOut(counts: number[]): string[] {
  return counts.flatMap((count, i) => Array<string>(count).fill(`level ${i}`));
}

function shares(counts: number[]): number[] {
  return counts.map((count) => count / total(counts));
}

function total(counts: number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
