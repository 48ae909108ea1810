import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { MeasureId } from '../../core/contract.js';
import { measures } from '../../core/drift/measures.js';
import { type MeasureOptions, measure } from '../../core/measure.js';

const oracleFile = fileURLToPath(new URL('../../../shared/oracles/scipy.json', import.meta.url));
const isThere = existsSync(oracleFile);
const absent = isThere ? '' : ' (skipped: there is no ../shared/oracles/scipy.json)';

/** Non-finite numbers are the strings nan, inf and -inf. */
type Value = number | string;
type Expected = Record<
  string,
  { statistic?: Value; pvalue?: Value; dof?: number; error?: string; warning?: string }
>;

/** What needs more than one value a side says so. */
const reasonsOfOneValue: Partial<Record<MeasureId, string>> = {
  'anderson-darling': 'its variance needs at least four values in all',
  'welch-t': 'a variance needs at least two values per side',
  'epps-singleton': 'it needs at least 5 values per side',
  'kl-divergence': 'it is infinite: a level of the reference has no current rows',
};

interface Oracle {
  numeric: { name: string; x: number[]; y: number[]; expected: Expected }[];
  tables: { name: string; ref: number[]; cur: number[]; expected: Expected }[];
}

const oracle: Oracle = isThere
  ? JSON.parse(readFileSync(oracleFile, 'utf8'))
  : { numeric: [], tables: [] };

describe.runIf(isThere)(`numbers as SciPy has them${absent}`, () => {
  const ofNumbers: [MeasureId, string, number][] = [
    ['ks', 'ks_2samp_auto', 65],
    ['cramer-von-mises', 'cramervonmises_2samp_auto', 63],
    ['anderson-darling', 'anderson_ksamp_midrank', 63],
    ['mann-whitney', 'mannwhitneyu_two_sided_auto', 65],
    ['welch-t', 'ttest_welch', 59],
    ['kruskal-wallis', 'kruskal', 63],
    ['epps-singleton', 'epps_singleton_2samp', 56],
    ['energy', 'energy_distance', 65],
    ['wasserstein', 'wasserstein_distance', 65],
  ];
  test.each(ofNumbers)('%s', (id, key, leastCount) => {
    let count = 0;
    for (const { name, x, y, expected } of oracle.numeric) {
      const wanted = expected[key];
      const found = measure(id, x, y);
      if (found.kind === 'not computable' || isOurs(id, name, wanted)) {
        expect(isWithout(wanted, id), `${id} of ${name}`).toBe(true);
        continue;
      }
      count++;
      const floor = rounding(id, x.length + y.length);
      const value = found.kind === 'test' ? found.statistic : found.distance;
      near(`${name} ${id}`, value, wanted?.statistic, floor, name === 'disjoint 7v9' ? 3e-9 : 1e-9);
      if (found.kind !== 'test') continue;
      // SciPy cuts the p of Anderson and Darling off at both ends of its table
      if (id === 'anderson-darling' && wanted?.pvalue === 0.25)
        expect(found.pValue).toBeGreaterThan(0.25);
      else if (id === 'anderson-darling' && wanted?.pvalue === 0.001)
        expect(found.pValue).toBeLessThan(0.001);
      else near(`${name} ${id} p`, found.pValue, wanted?.pvalue, floor);
      expect([found.referenceCount, found.currentCount]).toEqual([x.length, y.length]);
    }
    expect(count).toBeGreaterThanOrEqual(leastCount);
  });

  const ofTables: [MeasureId, string, number][] = [
    ['chi-squared', 'chi2_contingency', 13],
    ['g-test', 'g_contingency', 13],
    ['fisher-exact', 'fisher_exact_two_sided', 7],
    ['cramers-v', 'cramers_v', 13],
    ['jensen-shannon', 'jensenshannon_base2', 13],
    ['kl-divergence', 'kl_ref_cur_nats', 8],
    ['hellinger', 'hellinger', 13],
    ['total-variation', 'tvd', 13],
  ];
  test.each(ofTables)('%s', (id, key, leastCount) => {
    let count = 0;
    for (const { name, ref, cur, expected } of tablesOfManageableSize()) {
      const wanted = expected[key];
      const found = measure(id, spelledOut(ref), spelledOut(cur));
      // SciPy takes 2 × 2 tables only, by their size and not by their rows
      if (wanted === undefined && id === 'fisher-exact') continue;
      if (found.kind === 'not computable') {
        expect(wanted?.statistic, `${id} of ${name}`).toBe('inf');
        continue;
      }
      count++;
      const value = found.kind === 'test' ? found.statistic : found.distance;
      if (wanted?.statistic === 'inf') expect(value).toBeNull();
      else near(`${name} ${id}`, value, wanted?.statistic);
      if (found.kind !== 'test') continue;
      near(`${name} ${id} p`, found.pValue, wanted?.pvalue);
      expect(found.degreesOfFreedom).toBe(wanted?.dof);
    }
    expect(count).toBeGreaterThanOrEqual(leastCount);
  });

  test('z-test: its square is chi-squared', () => {
    let count = 0;
    for (const { name, ref, cur, expected } of tablesOfManageableSize()) {
      const found = measure('z-test', spelledOut(ref), spelledOut(cur));
      const { statistic, pvalue } = expected.chi2_contingency ?? {};
      if (found.kind !== 'test' || found.statistic === null) {
        expect(ref.length, name).toBeGreaterThan(2);
        continue;
      }
      near(name, found.statistic ** 2, statistic);
      near(`${name} p`, found.pValue, pvalue);
      count++;
    }
    // one of three levels has no rows, so it counts as of two
    expect(count).toBe(8);
  });

  test('l-infinity: the largest difference of shares', () => {
    for (const { name, ref, cur } of tablesOfManageableSize()) {
      const found = measure('l-infinity', spelledOut(ref), spelledOut(cur));
      const [before, after] = [shares(ref), shares(cur)];
      const gaps = before.map((share, i) => Math.abs((after[i] ?? 0) - share));
      near(name, found.kind === 'distance' ? found.distance : null, Math.max(...gaps));
    }
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

  test('a side without rows', () => {
    const { ref, cur } = oracle.tables.find(({ name }) => name === 'table 2 levels 0v7') ?? {
      ref: [],
      cur: [],
    };
    for (const { id, takes } of measures) {
      if (takes === 'numbers') continue;
      expect(measure(id, spelledOut(ref), spelledOut(cur))).toEqual({
        kind: 'not computable',
        reason: 'the reference side has no values',
      });
    }
  });
});

const truth = fileURLToPath(new URL('../../../shared/corpora/stats-truth/', import.meta.url));
const isTruthThere = existsSync(truth);
const withoutTruth = isTruthThere ? '' : ' (skipped: there is no ../shared/corpora/stats-truth)';

describe.runIf(isTruthThere)(`numbers of the literature${withoutTruth}`, () => {
  const cases = isTruthThere
    ? JSON.parse(readFileSync(`${truth}two_sample_reference.json`, 'utf8'))
    : { ks: [], wasserstein: [], chi2: [] };

  test('Kolmogorov-Smirnov', () => {
    let count = 0;
    for (const { x, y, D, p_exact } of cases.ks) {
      if (!Array.isArray(x)) continue;
      const found = measure('ks', x, y);
      if (found.kind !== 'test') throw new Error('no ks');
      near('D', found.statistic, D);
      if (p_exact !== undefined) near('p', found.pValue, p_exact);
      count++;
    }
    expect(count).toBeGreaterThanOrEqual(5);
  });

  test('Wasserstein', () => {
    for (const { u, v, W1 } of cases.wasserstein) {
      expect(measure('wasserstein', u, v)).toMatchObject({ distance: W1 });
    }
    expect(cases.wasserstein.length).toBeGreaterThanOrEqual(3);
  });

  test('chi-squared', () => {
    const { table, chi2, dof, p } = cases.chi2.find(
      (each: { table: number[][] }) => each.table[0]?.length === 2,
    );
    const side = (index: number) => spelledOut(table.map((row: number[]) => row[index]));
    const found = measure('chi-squared', side(0), side(1));
    if (found.kind !== 'test') throw new Error('no chi-squared');
    near('chi-squared', found.statistic, chi2);
    near('p', found.pValue, p);
    expect(found.degreesOfFreedom).toBe(dof);
  });

  test.each(['SiRstv', 'SmLs01', 'SmLs04', 'SmLs07', 'SmLs08'])(
    'NIST %s: two groups of an analysis of variance',
    (name) => {
      const groups = [...nistGroups(name).values()];
      expect(groups.length).toBeGreaterThanOrEqual(5);
      for (const [reference, current] of [groups.slice(0, 2), groups.slice(-2)]) {
        if (!reference || !current) throw new Error(`no two groups in ${name}`);
        const found = measure('welch-t', reference, current);
        if (found.kind !== 'test' || found.statistic === null) throw new Error('no t');
        // of equal sizes Welch's t is Student's, and its square the F of two groups
        expect(reference.length).toBe(current.length);
        const f = fOfTwo(reference, current);
        expect(found.statistic ** 2 / f - 1).toBeCloseTo(0, 9);
      }
    },
  );
});

describe('its options', () => {
  const reference = Float64Array.from({ length: 200 }, (_, i) => (i * 37) % 101);
  const current = Float64Array.from({ length: 150 }, (_, i) => (i * 53) % 120);
  const ofBins = measures.filter(({ takes }) => takes === 'either').map(({ id }) => id);

  test.each(ofBins)('%s of at most so many bins, or of given edges', (id) => {
    const binsOf = (options: MeasureOptions) => {
      const found = measure(id, reference, current, options);
      return found.kind === 'distance' ? found : null;
    };
    expect(binsOf({})?.binEdges).toHaveLength(9);
    expect(binsOf({ bins: 4 })?.binEdges).toHaveLength(3);
    const given = binsOf({ binEdges: [20, 50], bins: 4 });
    expect(given?.binEdges).toEqual([20, 50]);
    const between = (values: Float64Array) =>
      [values.filter((v) => v <= 20), values.filter((v) => v > 20 && v <= 50)].map((v) => v.length);
    expect(given?.referenceCounts?.slice(0, 2)).toEqual(between(reference));
    expect(given?.currentCounts?.slice(0, 2)).toEqual(between(current));
  });

  test('the same bins as levels give the same', () => {
    const edges = [20, 50];
    const labels = (values: Float64Array) =>
      Array.from(values, (value) => (value <= 20 ? 'low' : value <= 50 ? 'middle' : 'tall'));
    for (const id of ofBins) {
      const [ofNumbers, ofLevels] = [
        measure(id, reference, current, { binEdges: edges }),
        measure(id, labels(reference), labels(current)),
      ];
      if (ofNumbers.kind !== 'distance' || ofLevels.kind !== 'distance')
        throw new Error(`no ${id}`);
      near(id, ofNumbers.distance, ofLevels.distance);
    }
  });

  test('a seed gives the same permutations again, another one others', () => {
    const of = (seed: number) => measure('mmd', reference, current, { seed });
    expect(of(1)).toEqual(measure('mmd', reference, current));
    expect(of(2)).toEqual(of(2));
    const [one, two] = [of(1), of(2)];
    if (one.kind !== 'test' || two.kind !== 'test') throw new Error('no mmd');
    expect(two.statistic).toBe(one.statistic);
    expect(two.note).toBe('999 permutations, seed 2');
    expect(Math.abs(two.pValue - one.pValue)).toBeLessThan(0.06);
  });

  test.each<[MeasureOptions, RegExp]>([
    [{ bins: 1 }, /bins must be a whole number/],
    [{ binEdges: [2, 1] }, /must be ascending numbers/],
    [{ binEdges: [] }, /must be ascending numbers/],
    [{ seed: 1.5 }, /seed must be a whole number/],
  ])('%j is an error', (options, message) => {
    expect(() => measure('psi', reference, current, options)).toThrowError(message);
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
    const found = measure(id, [1], [2]);
    const reason = reasonsOfOneValue[id];
    if (reason === undefined) expect(['test', 'distance']).toContain(found.kind);
    else expect(found).toEqual({ kind: 'not computable', reason });
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
    ['nonsense' as MeasureId, [1], /measure knows ks, cramer-von-mises, .* \(got nonsense\)/],
    ['ks', ['a'], /ks requires numbers on both sides/],
  ])('%s of %j is an error', (id, values, message) => {
    expect(() => measure(id, values, values)).toThrowError(RangeError);
    expect(() => measure(id, values, values)).toThrowError(message);
  });
});

/** 1e-9 relative unless said, with an absolute floor for what is 0 but for rounding. */
function near(
  where: string,
  found: number | null,
  wanted: Value | undefined,
  floor = 1e-15,
  relative = 1e-9,
): void {
  const isNear =
    typeof wanted === 'number' &&
    found !== null &&
    Math.abs(found - wanted) <= Math.max(relative * Math.abs(wanted), floor);
  if (!isNear) expect(`${where}: ${found}`).toBe(`${where}: ${wanted}`);
}

/** SciPy refuses, or its number is none (constant columns, too few values). */
function isWithout(expected: Expected[string] | undefined, id: MeasureId): boolean {
  if (expected?.error !== undefined || typeof expected?.statistic !== 'number') return true;
  return expected.warning !== undefined && id !== 'anderson-darling';
}

/** SciPy refuses n = 1, for which Anderson's (1962) law holds too; at 1e150 its squares overflow. */
function isOurs(id: MeasureId, name: string, expected: Expected[string] | undefined): boolean {
  const isSingle = id === 'cramer-von-mises' && expected?.error !== undefined;
  return isSingle || (id === 'welch-t' && name.startsWith('scale 1e150'));
}

/** Where SciPy's own rounding is more than 1e-9 of its number: differences of numbers that grow with the rows. */
function rounding(id: MeasureId, rowCount: number): number {
  if (id === 'kruskal-wallis') return 3e-15 * rowCount;
  return id === 'cramer-von-mises' ? 2e-15 + 1e-17 * rowCount : 1e-15;
}

/** Values by group of a NIST file: two columns, group and value, after 60 lines of text. */
function nistGroups(name: string): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  const lines = readFileSync(`${truth}nist_anova_${name}.dat`, 'utf8').split('\n').slice(60);
  for (const line of lines) {
    const [group = '', value] = line.trim().split(/\s+/);
    if (value === undefined) continue;
    groups.set(group, [...(groups.get(group) ?? []), Number(value)]);
  }
  return groups;
}

/** F of a one-way analysis of variance of two groups; sums about a near centre, or digits would go. */
function fOfTwo(...groups: [number[], number[]]): number {
  const centre = groups[0][0] ?? 0;
  const [one, other] = groups.map((group) => {
    const shifted = group.map((value) => value - centre);
    const mean = shifted.reduce((sum, value) => sum + value, 0) / group.length;
    const squares = shifted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, squares, count: group.length };
  });
  if (!one || !other) throw new Error('F needs two groups');
  const between =
    ((one.mean - other.mean) ** 2 * one.count * other.count) / (one.count + other.count);
  return between / ((one.squares + other.squares) / (one.count + other.count - 2));
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
