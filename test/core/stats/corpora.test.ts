import { existsSync, readFileSync } from 'node:fs';
import papaparse from 'papaparse';
import { describe, expect, it } from 'vitest';
import { countInBins, referenceBinEdges } from '../../../core/stats/binEdges.js';
import { jensenShannon } from '../../../core/stats/jensenShannon.js';
import { kolmogorovUpperTail } from '../../../core/stats/kolmogorov.js';
import { ksTest } from '../../../core/stats/ksTest.js';
import { psi } from '../../../core/stats/psi.js';
import { summarizeSorted } from '../../../core/stats/summarize.js';
import { wasserstein } from '../../../core/stats/wasserstein.js';
import { expectClose } from './expectClose.js';

const corpora = new URL('../../../../shared/corpora/', import.meta.url);
const isShared = existsSync(new URL('reference_values.json', corpora));
const skipReason = isShared ? '' : ' (skipped: ../shared with the corpora is not here)';

interface Side {
  rows: number;
  missing: number;
  mean: number;
  sd: number;
  min: number;
  max: number;
  median: number;
  distinct: number;
}

interface ColumnValues {
  kind: string;
  ref: Side;
  cur: Side;
  ks_D: number;
  ks_p_limit: number;
  ks_p_scipy_asymp: number;
  wasserstein_1: number;
  bins?: { inner_edges: number[]; ref_counts: number[]; cur_counts: number[] };
  'psi_eps1e-4'?: number;
  js_distance_base2?: number;
}

/** Pairs of plain CSV files that a few lines can read. */
const pairs = [
  'bike-hour',
  'wine',
  'heart-cleveland-hungary',
  'california-housing',
  'elec2',
  'gas-sensor-1-2',
  'titanic',
  'nyc-weather-2013',
];
/** The reference values have 12 digits. */
const relative = 1e-10;

describe.skipIf(!isShared)(`real data${skipReason}`, () => {
  it.each(pairs)('%s', (name) => {
    const json = (file: string) => JSON.parse(readFileSync(new URL(file, corpora), 'utf8'));
    const pair = json('pairs.json').find((each: { pair: string }) => each.pair === name);
    const reference = readColumns(pair.reference, pair);
    const current = readColumns(pair.current, pair);
    const columns = Object.entries(
      json('reference_values.json').pairs[name].columns as Record<string, ColumnValues>,
    );
    let count = 0;
    for (const [column, expected] of columns) {
      if (expected.kind !== 'numeric') continue;
      compareColumn(`${name}.${column}`, reference(column), current(column), expected);
      count++;
    }
    expect(count).toBeGreaterThan(5);
  });
});

function compareColumn(
  label: string,
  reference: Float64Array,
  current: Float64Array,
  expected: ColumnValues,
): void {
  for (const [values, side] of [
    [reference, expected.ref],
    [current, expected.cur],
  ] as const) {
    const found = summarizeSorted(values);
    expect(found.count, label).toBe(side.rows - side.missing);
    expect(found.distinctCount, label).toBe(side.distinct);
    expectClose(found.mean, side.mean, relative, `${label} mean`, 1e-11);
    expectClose(found.standardDeviation as number, side.sd, relative, `${label} deviation`, 1e-11);
    expectClose(found.quantiles['0.5'] as number, side.median, relative, `${label} median`);
    expectClose(found.max, side.max, relative, `${label} max`);
  }
  const found = ksTest(reference, current, { method: 'asymptotic' });
  expectClose(found.statistic, expected.ks_D, relative, `${label} D`, 1e-15);
  // D has 12 digits there, which a far tail multiplies.
  expectClose(found.pValue, expected.ks_p_scipy_asymp, 1e-8, `${label} p`);
  const [n, m] = [reference.length, current.length];
  const lambda = Math.sqrt((n * m) / (n + m)) * found.statistic;
  expectClose(kolmogorovUpperTail(lambda), expected.ks_p_limit, 1e-8, `${label} limit`);
  expectClose(
    wasserstein(reference, current),
    expected.wasserstein_1,
    relative,
    `${label} distance`,
    1e-12,
  );
  if (!expected.bins) return;
  const edges = referenceBinEdges(reference, 10);
  expect(edges, label).toHaveLength(expected.bins.inner_edges.length);
  for (const [i, edge] of expected.bins.inner_edges.entries()) {
    expectClose(edges[i] as number, edge, relative, `${label} edge`, 1e-12);
  }
  const referenceCounts = countInBins(reference, edges);
  const currentCounts = countInBins(current, edges);
  expect(referenceCounts, label).toEqual(expected.bins.ref_counts);
  expect(currentCounts, label).toEqual(expected.bins.cur_counts);
  expectClose(
    psi(referenceCounts, currentCounts),
    expected['psi_eps1e-4'] as number,
    relative,
    `${label} psi`,
    1e-12,
  );
  const distance = expected.js_distance_base2 as number;
  expectClose(
    jensenShannon(referenceCounts, currentCounts),
    distance,
    relative,
    `${label} js`,
    1e-9,
  );
}

/** A file's columns by name, as ascending numbers without the missing ones. */
function readColumns(
  path: string,
  { delimiter = ',', null_values: nullValues = [] }: { delimiter?: string; null_values?: string[] },
): (name: string) => Float64Array {
  const text = readFileSync(new URL(path, corpora), 'utf8');
  const { data } = papaparse.parse<string[]>(text.trimEnd(), { delimiter });
  const [header = [], ...rows] = data;
  return (name) => {
    const at = header.indexOf(name);
    const cells = rows.map((row) => (row[at] ?? '').trim());
    return Float64Array.from(
      cells.filter((cell) => cell !== '' && !nullValues.includes(cell)).map(Number),
    ).sort();
  };
}
