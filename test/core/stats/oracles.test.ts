import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chiSquaredTest } from '../../../core/stats/chiSquaredTest.js';
import { cramersV } from '../../../core/stats/cramersV.js';
import { jensenShannon } from '../../../core/stats/jensenShannon.js';
import { ksTest } from '../../../core/stats/ksTest.js';
import { psi, psiNoiseFloor } from '../../../core/stats/psi.js';
import { summarizeSorted } from '../../../core/stats/summarize.js';
import { wasserstein } from '../../../core/stats/wasserstein.js';
import { expectClose, sorted } from './expectClose.js';

const shared = new URL('../../../../shared/', import.meta.url);
const isShared = existsSync(new URL('oracles/scipy.json', shared));
const skipReason = isShared ? '' : ' (skipped: ../shared with the oracles is not here)';

function read(path: string): string {
  return readFileSync(new URL(path, shared), 'utf8');
}

interface Expected {
  statistic: number | string;
  pvalue: number | string;
  dof?: number;
  location?: number;
  error?: string;
}

interface Oracles {
  numeric: {
    name: string;
    x: number[];
    y: number[];
    expected: Record<string, Expected | undefined>;
  }[];
  tables: {
    name: string;
    ref: number[];
    cur: number[];
    expected: Record<string, Expected | undefined>;
  }[];
}

const methods = [
  ['ks_2samp_auto', 'auto'],
  ['ks_2samp_exact', 'exact'],
  ['ks_2samp_asymp', 'asymptotic'],
] as const;

describe.skipIf(!isShared)(`SciPy's answers${skipReason}`, () => {
  const oracles: Oracles = isShared
    ? JSON.parse(read('oracles/scipy.json'))
    : { numeric: [], tables: [] };

  it.each(oracles.numeric)('$name', ({ x, y, expected }) => {
    const reference = sorted(x);
    const current = sorted(y);
    for (const [key, method] of methods) {
      const wanted = expected[key];
      if (typeof wanted?.statistic !== 'number' || typeof wanted.pvalue !== 'number') continue;
      const found = ksTest(reference, current, { method });
      expectClose(found.statistic, wanted.statistic, 1e-12, key, 1e-16);
      expectClose(found.pValue, wanted.pvalue, 1e-9, key);
      expect(found.at).toBe(wanted.location);
    }
    const distance = expected.wasserstein_distance?.statistic;
    expect(distance).toBeTypeOf('number');
    expectClose(wasserstein(reference, current), distance as number, 1e-12, 'wasserstein', 1e-16);
  });

  it.each(oracles.tables)('$name', ({ ref, cur, expected }) => {
    const { chi2_contingency, cramers_v, jensenshannon_base2 } = expected;
    if (chi2_contingency?.error !== undefined) {
      expect(() => chiSquaredTest(ref, cur)).toThrow(RangeError);
      expect(() => cramersV(ref, cur)).toThrow(RangeError);
      expect(() => jensenShannon(ref, cur)).toThrow(RangeError);
      return;
    }
    const found = chiSquaredTest(ref, cur);
    expectClose(found.statistic, chi2_contingency?.statistic as number, 1e-12, 'statistic', 1e-16);
    expectClose(found.pValue, chi2_contingency?.pvalue as number, 1e-9, 'p');
    expect(found.degreesOfFreedom).toBe(chi2_contingency?.dof);
    expectClose(cramersV(ref, cur), cramers_v?.statistic as number, 1e-12, 'V', 1e-16);
    const distance = jensenshannon_base2?.statistic as number;
    expectClose(jensenShannon(ref, cur), distance, 1e-9, 'distance', 1e-16);
  });
});

describe.skipIf(!isShared)(`published values${skipReason}`, () => {
  it.each(['ks.twosample.small.txt', 'ks.twosample.twosided.small.cm.txt'])('%s', (name) => {
    let count = 0;
    for (const line of isShared ? read(`corpora/stats-truth/${name}`).split('\n') : []) {
      if (line.startsWith('#') || line.trim() === '') continue;
      const [n, m, steps, pValue] = line.trim().split(/\s+/).map(Number) as [
        number,
        number,
        number,
        number,
      ];
      const pair = samplesApart(n, m, steps);
      if (pair === null) continue;
      const found = ksTest(pair.reference, pair.current);
      expectClose(found.statistic, steps / (n * m), 1e-12, line, 1e-16);
      expectClose(found.pValue, pValue, 1e-9, line, 1e-15);
      count++;
    }
    expect(count).toBeGreaterThan(200);
  });

  it('single cases of other test suites', () => {
    const truth = JSON.parse(read('corpora/stats-truth/two_sample_reference.json'));
    let count = 0;
    for (const { x, y, D, p_exact } of truth.ks) {
      if (!Array.isArray(x)) continue;
      const found = ksTest(sorted(x), sorted(y));
      expectClose(found.statistic, D, 1e-12);
      if (p_exact !== undefined) expectClose(found.pValue, p_exact, 1e-9);
      count++;
    }
    const linspace = (end: number, length: number) =>
      Float64Array.from({ length }, (_, i) => 1 + ((end - 1) * i) / (length - 1));
    const shifted = linspace(100, 110).map((value) => value + 20.1);
    expectClose(ksTest(linspace(100, 100), shifted).pValue, 0.015739183865607353, 1e-9);
    for (const { u, v, W1 } of truth.wasserstein)
      expect(wasserstein(sorted(u), sorted(v))).toBe(W1);
    for (const { table, chi2, p, dof } of truth.chi2) {
      // A k x 2 table is the same test as 2 x k; larger ones are not ours.
      if (table[0].length !== 2) continue;
      const column = (at: number) => table.map((row: number[]) => row[at] as number);
      const found = chiSquaredTest(column(0), column(1));
      expectClose(found.statistic, chi2, 1e-11);
      expectClose(found.pValue, p, 1e-11);
      expect(found.degreesOfFreedom).toBe(dof);
      count++;
    }
    expect(count).toBeGreaterThan(5);
  });

  it('population stability tables and their null law', () => {
    const truth = JSON.parse(read('corpora/stats-truth/psi_reference.json'));
    for (const { E, A, computed_total, published_total } of truth.examples) {
      expectClose(psi(E, A), computed_total, 1e-12);
      expectClose(psi(E, A), published_total, 0.01);
    }
    for (const { bins, n, m, psi_95pct_null } of truth.critical_values) {
      expectClose(psiNoiseFloor(bins, n, m), psi_95pct_null, 1e-12);
    }
  });

  it.each(['Lew', 'Lottery', 'NumAcc1', 'NumAcc3', 'PiDigits'])(
    'certified mean and deviation: %s',
    (name) => {
      const certified = JSON.parse(read('corpora/stats-truth/nist_univariate_certified.json'))[
        name
      ];
      const lines = read(`corpora/stats-truth/nist_${name}.csv`).trim().split(/\s+/);
      const values = lines.map(Number).filter((value) => !Number.isNaN(value));
      const found = summarizeSorted(sorted(values));
      expect(found.count).toBe(certified.n);
      expectClose(found.mean, Number(certified.mean), 1e-14);
      // NumAcc3: its decimals are not doubles, which alone moves the deviation by 3.5e-10.
      const relative = name === 'NumAcc3' ? 1e-9 : 1e-13;
      expectClose(found.standardDeviation as number, Number(certified.sd_n_minus_1), relative);
    },
  );
});

/** Two samples whose widest gap is `steps` / (n m), or null where there are none. */
function samplesApart(
  n: number,
  m: number,
  steps: number,
): { reference: Float64Array; current: Float64Array } | null {
  // Steps (true: along the reference) that lead to each lattice point within the band.
  const paths = new Map<string, boolean[]>([['0,0', []]]);
  for (let x = 0; x <= n; x++) {
    for (let y = 0; y <= m; y++) {
      if (Math.abs(x * m - y * n) > steps || x + y === 0) continue;
      const across = paths.get(`${x - 1},${y}`);
      const up = paths.get(`${x},${y - 1}`);
      if (across) paths.set(`${x},${y}`, [...across, true]);
      else if (up) paths.set(`${x},${y}`, [...up, false]);
    }
  }
  for (const [point, start] of paths) {
    const [x, y] = point.split(',').map(Number) as [number, number];
    const end = paths.get(`${n - x},${m - y}`);
    if (Math.abs(x * m - y * n) !== steps || !end) continue;
    const path = [...start, ...end.reverse()];
    const ranks = (isReference: boolean) =>
      Float64Array.from(path.flatMap((step, rank) => (step === isReference ? [rank] : [])));
    return { reference: ranks(true), current: ranks(false) };
  }
  return null;
}
