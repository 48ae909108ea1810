/** Real data against numbers that SciPy and pandas made of the same files. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import papaparse from 'papaparse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  ColumnSummary,
  CompareRequest,
  DriftReport,
  Engine,
  Finding,
  Reading,
} from '../core/contract.js';
import { createEngine } from '../core/engine.js';
import { evidentlyProfile, type ProfileColumn } from '../core/profile/evidentlyProfile.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const corpora = fileURLToPath(new URL('../../shared/corpora/', import.meta.url));
const isThere = existsSync(corpora);
const absent = isThere ? '' : ' (skipped: there is no folder ../shared/corpora)';

/** The oracle knows numbers and strings only; these columns are more than that to us. */
const otherKinds: Record<string, Record<string, [kind: Finding['kind'], because: string]>> = {
  'bike-hour': {
    instant: ['identifier', 'whole numbers, each once, in one run; all numbers are compared'],
    dteday: ['datetime', 'dates, which the oracle takes for strings; counts only'],
    yr: ['boolean', '0 and 1 only; all numbers are compared'],
    holiday: ['boolean', '0 and 1 only; all numbers are compared'],
    workingday: ['boolean', '0 and 1 only; all numbers are compared'],
  },
  'car-loan': {
    timestamp: ['datetime', 'times, which the oracle takes for strings; counts only'],
    repaid_loan_on_prev_car: ['boolean', 'stored as such; spelled True by the oracle'],
    repaid: ['boolean', '0 and 1 only; all numbers are compared'],
    y_pred: ['boolean', '0 and 1 only; all numbers are compared'],
  },
  'car-price': {
    id: ['identifier', 'whole numbers, each once, in one run; all numbers are compared'],
    timestamp: ['datetime', 'times, which the oracle takes for strings; counts only'],
  },
  'california-housing': {
    id: ['identifier', 'whole numbers, each once, in one run; all numbers are compared'],
    timestamp: ['datetime', 'times, which the oracle takes for strings; counts only'],
    y_pred: ['boolean', '0 and 1 only; all numbers are compared'],
  },
  elec2: { class: ['boolean', '0 and 1 only; all numbers are compared'] },
  wine: {},
  'gas-sensor-1-2': {},
};

/** How many numbers each pair must have been compared in, so that nothing drops out unseen. */
const comparedAtLeast: Record<string, number> = {
  'bike-hour': 536,
  wine: 430,
  'car-loan': 295,
  'car-price': 326,
  'california-housing': 394,
  elec2: 299,
  'gas-sensor-1-2': 4680,
};

type Side = Record<'rows' | 'missing' | 'distinct', number> & {
  mean?: number;
  sd?: number;
  min?: number;
  q25?: number;
  median?: number;
  q75?: number;
  max?: number;
};

interface Oracle {
  kind: 'numeric' | 'categorical';
  ref: Side;
  cur: Side;
  ks_D?: number;
  ks_p_scipy_asymp?: number;
  wasserstein_1?: number;
  bins?: { inner_edges: number[]; ref_counts: number[]; cur_counts: number[] };
  'psi_eps1e-4'?: number;
  js_distance_base2?: number;
  chi2?: number;
  chi2_dof?: number;
  chi2_p?: number;
  cramers_v?: number;
  counts?: Record<string, [number, number]>;
}

interface PairFile {
  pair: string;
  reference: string;
  current: string;
  delimiter?: string;
  header?: boolean;
  names?: string[];
  null_values?: string[];
  trim?: boolean;
}

interface OraclePair {
  ref_shape: [number, number];
  cur_shape: [number, number];
  only_in_ref: string[];
  only_in_cur: string[];
  columns: Record<string, Oracle>;
}

let engine: Engine;
beforeAll(() => {
  engine = createEngine({ threads: 1 });
});
afterAll(() => engine.close());

describe.runIf(isThere)(`numbers of real pairs${absent}`, () => {
  const files: PairFile[] = isThere ? read('pairs.json') : [];
  const oracles: Record<string, OraclePair> = isThere ? read('reference_values.json').pairs : {};

  test.each(Object.keys(otherKinds))('%s', async (name) => {
    const file = files.find(({ pair }) => pair === name);
    const oracle = oracles[name];
    if (!file || !oracle) throw new Error(`the corpora lack ${name}`);
    const reading: Reading = file.delimiter === undefined ? {} : { delimiter: file.delimiter };
    const report = await engine.compare({
      reference: { path: corpora + file.reference, reading },
      current: { path: corpora + file.current, reading },
    });
    const tally = createTally();
    compareShapes(report, oracle, tally);
    for (const [column, expected] of Object.entries(oracle.columns)) {
      const finding = report.columns.find((found) => found.name === column);
      if (!finding) throw new Error(`the report lacks ${column}`);
      const kind = otherKinds[name]?.[column]?.[0] ?? expected.kind;
      expect(`${column}: ${finding.kind}`).toBe(`${column}: ${kind}`);
      compareColumn(finding, expected, tally);
    }
    expect(tally.wrong).toEqual([]);
    expect(tally.count).toBeGreaterThanOrEqual(comparedAtLeast[name] ?? Infinity);
    const listed = Object.keys(otherKinds[name] ?? {});
    expect(listed.filter((column) => !(column in oracle.columns))).toEqual([]);
  });
});

/** What drifts between the files of a pair, where that is known; null where they differ in nearly all. */
const driftedColumns: Record<string, string[] | null> = {
  adult: ['income'],
  titanic: [],
  'injected-telco': [
    ...['MonthlyCharges', 'Contract', 'tenure', 'PaymentMethod', 'SeniorCitizen'],
    ...['TotalCharges', 'gender'],
  ],
  'injected-telco-null': [],
  'bike-hour': null,
  'california-housing': null,
  'car-loan': null,
  'car-price': null,
  elec2: null,
  'heart-cleveland-hungary': null,
  'nyc-taxi-yellow-green': null,
  'nyc-weather-2013': null,
  'polls-2016-2021': null,
  wine: null,
  'wine-multiclass-log': null,
};

describe.runIf(isThere)(`real pairs, and the references against themselves${absent}`, () => {
  const files: PairFile[] = isThere ? read('pairs.json') : [];

  test.each(Object.entries(driftedColumns))('%s', async (name, expected) => {
    const file = files.find(({ pair }) => pair === name);
    if (!file) throw new Error(`the corpora lack ${name}`);
    const { columns, baseline, summary } = await engine.compare({
      ...sourcesOf(file),
      options: { baseline: true },
    });
    const drifted = columns.filter(({ verdict }) => verdict === 'drifted').map(({ name }) => name);
    if (expected) expect(drifted.sort()).toEqual([...expected].sort());
    else expect(summary.driftedCount).toBeGreaterThan(0);
    // one part, cut at random: nothing can have drifted
    expect(baseline?.columns.filter(({ verdict }) => verdict === 'drifted')).toEqual([]);
    expect(baseline).toMatchObject({ split: 'random', driftedCount: 0 });
  });

  test('income of adult drifted by its spelling alone', async () => {
    const file = files.find(({ pair }) => pair === 'adult');
    if (!file) throw new Error('the corpora lack adult');
    const { columns } = await engine.compare({
      ...sourcesOf(file),
      options: { columns: ['income'] },
    });
    expect(columns[0]).toMatchObject({ channel: 'support', severity: 'major' });
    expect(columns[0]?.charts.categories).toMatchObject({ newCount: 2, vanishedCount: 2 });
  });

  test.each(['current_injected.csv', 'current_no_drift.csv'])(
    'Evidently’s verdicts on injected-telco, %s',
    async (current) => {
      const folder = `${corpora}injected-telco/`;
      const report = await engine.compare({
        reference: { path: `${folder}reference.csv` },
        current: { path: `${folder}${current}` },
        options: { profile: 'evidently' },
      });
      const cells = {
        reference: columnsOf(`${folder}reference.csv`),
        current: columnsOf(`${folder}${current}`),
      };
      let [count, driftedCount] = [0, 0];
      for (const { name, kind, profile } of report.columns) {
        if (profile?.test === null) {
          const because = name === 'customerID' ? /identifiers/ : /written in two ways/;
          expect(profile.reason).toMatch(because);
          continue;
        }
        const wanted = evidentlyProfile(
          profileColumn(kind, cells.reference(name), cells.current(name)),
        );
        if (wanted.kind === 'not computable') throw new Error(`${name}: ${wanted.reason}`);
        expect(profile, name).toMatchObject({
          test: wanted.stattest,
          isDrifted: wanted.isDrifted,
          threshold: wanted.threshold,
        });
        expect((profile?.value ?? Number.NaN) - (wanted.score ?? 0)).toBeCloseTo(0, 12);
        count++;
        if (wanted.isDrifted) driftedCount++;
      }
      expect(count).toBeGreaterThanOrEqual(17);
      expect(report.profile).toMatchObject({ columnCount: count, driftedCount, isDrifted: false });
      expect(driftedCount).toBe(current === 'current_no_drift.csv' ? 0 : 5);
    },
  );
});

describe.each(['csv', 'parquet'])('the sample pair as %s', (extension) => {
  let report: DriftReport;
  let expected: {
    columns: Record<string, Partial<Finding> & { because: string; driftedChannels?: string[] }>;
    summary: Record<string, number>;
  };
  beforeAll(async () => {
    const folder = `${root}sample-data/lending/`;
    expected = JSON.parse(readFileSync(`${folder}expected.json`, 'utf8'));
    const request: CompareRequest = {
      reference: { path: `${folder}reference.${extension}` },
      current: { path: `${folder}current.${extension}` },
    };
    report = await engine.compare(request);
  });

  test('has the verdicts that it was made to have', () => {
    const found = Object.fromEntries(
      report.columns.map((finding) => {
        const { name, kind, verdict, channel, severity, channels } = finding;
        const driftedChannels = Object.entries(channels)
          .filter(([, { verdict }]) => verdict === 'drifted')
          .map(([id]) => id);
        const drifted = verdict === 'drifted' && { channel, severity, driftedChannels };
        return [name, { kind, verdict, ...drifted }];
      }),
    );
    const wanted = Object.fromEntries(
      Object.entries(expected.columns).map(([name, { because, ...rest }]) => [name, rest]),
    );
    expect(found).toEqual(wanted);
  });

  test('has the summary that it was made to have', () => {
    expect(report.summary).toMatchObject(expected.summary);
  });
});

function sourcesOf(file: PairFile): Pick<CompareRequest, 'reference' | 'current'> {
  const { delimiter, header, names, null_values: nullValues, trim } = file;
  const reading: Reading = {
    ...(delimiter !== undefined && { delimiter }),
    ...(header !== undefined && { header }),
    ...(names && { names }),
    // cells are taken as they are written, blanks included
    ...(nullValues && {
      nullValues: trim ? nullValues.flatMap((text) => [text, ` ${text}`]) : nullValues,
    }),
  };
  return {
    reference: { path: corpora + file.reference, reading },
    current: { path: corpora + file.current, reading },
  };
}

/** The cells of a plain CSV file with a header, by column. */
function columnsOf(path: string): (name: string) => string[] {
  const { data } = papaparse.parse<Record<string, string>>(readFileSync(path, 'utf8').trim(), {
    header: true,
  });
  return (name) => data.map((row) => (row[name] ?? '').trim()).filter((cell) => cell !== '');
}

function profileColumn(
  kind: Finding['kind'],
  reference: string[],
  current: string[],
): ProfileColumn {
  const isNumeric = [...reference, ...current].every((cell) => Number.isFinite(Number(cell)));
  if (isNumeric) {
    const numbers = {
      reference: Float64Array.from(reference, Number).sort(),
      current: Float64Array.from(current, Number).sort(),
    };
    return { kind, numbers, isInteger: numbers.current.every(Number.isInteger) };
  }
  return { kind, levels: { reference: counted(reference), current: counted(current) } };
}

function counted(cells: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return counts;
}

interface Tally {
  count: number;
  wrong: string[];
  number(where: string, found: unknown, wanted: number | undefined): void;
  equal(where: string, found: unknown, wanted: unknown): void;
}

/** The oracle's numbers have 12 digits. */
function createTally(): Tally {
  const tally: Tally = {
    count: 0,
    wrong: [],
    number: (where, found, wanted) => {
      if (wanted === undefined) return;
      tally.count++;
      const isNear =
        typeof found === 'number' &&
        Math.abs(found - wanted) <= Math.max(1e-11, 1e-9 * Math.abs(wanted));
      if (!isNear) tally.wrong.push(`${where}: ${found}, not ${wanted}`);
    },
    equal: (where, found, wanted) => {
      tally.count++;
      if (JSON.stringify(found) !== JSON.stringify(wanted))
        tally.wrong.push(`${where}: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
    },
  };
  return tally;
}

function compareShapes(report: DriftReport, oracle: OraclePair, tally: Tally): void {
  const shape = (side: 'reference' | 'current') => [
    report[side].rowCount,
    report[side].columnCount,
  ];
  const names = (columns: { name: string }[]) => columns.map(({ name }) => name);
  tally.equal('reference', shape('reference'), oracle.ref_shape);
  tally.equal('current', shape('current'), oracle.cur_shape);
  tally.equal('removed', names(report.schema.removed), oracle.only_in_ref);
  tally.equal('added', names(report.schema.added), oracle.only_in_cur);
}

function compareColumn(finding: Finding, oracle: Oracle, tally: Tally): void {
  compareSummary(`${finding.name} reference`, finding.reference, oracle.ref, tally);
  compareSummary(`${finding.name} current`, finding.current, oracle.cur, tally);
  if (finding.kind !== 'datetime') compareMeasures(finding, oracle, tally);
}

function compareSummary(where: string, found: ColumnSummary, oracle: Side, tally: Tally): void {
  tally.equal(`${where} count`, found.count, oracle.rows - oracle.missing);
  tally.equal(`${where} missing`, found.missingCount, oracle.missing);
  tally.equal(`${where} distinct`, found.distinctCount, oracle.distinct);
  tally.number(`${where} mean`, found.mean, oracle.mean);
  tally.number(`${where} sd`, found.standardDeviation, oracle.sd);
  tally.number(`${where} min`, found.min, oracle.min);
  tally.number(`${where} q25`, found.quantiles?.['0.25'], oracle.q25);
  tally.number(`${where} median`, found.quantiles?.['0.5'], oracle.median);
  tally.number(`${where} q75`, found.quantiles?.['0.75'], oracle.q75);
  tally.number(`${where} max`, found.max, oracle.max);
}

function compareMeasures(
  { name, kind, measures, charts }: Finding,
  oracle: Oracle,
  tally: Tally,
): void {
  const { ks, wasserstein, psi } = measures;
  const test = (id: 'ks' | 'chi-squared') => (measures[id]?.kind === 'test' ? measures[id] : null);
  const distance = (id: 'wasserstein' | 'psi' | 'jensen-shannon' | 'cramers-v') =>
    measures[id]?.kind === 'distance' ? measures[id].distance : null;
  if (ks) tally.number(`${name} ks`, test('ks')?.statistic, oracle.ks_D);
  else tally.equal(`${name} ks`, oracle.ks_D, undefined);
  // at smaller sizes ours is exact, and the oracle has the asymptotic one only
  if (test('ks')?.method === 'asymptotic')
    tally.number(`${name} ks p`, test('ks')?.pValue, oracle.ks_p_scipy_asymp);
  if (wasserstein)
    tally.number(`${name} wasserstein`, distance('wasserstein'), oracle.wasserstein_1);
  tally.number(`${name} psi`, distance('psi'), oracle['psi_eps1e-4']);
  tally.number(`${name} js`, distance('jensen-shannon'), oracle.js_distance_base2);
  tally.number(`${name} chi2`, test('chi-squared')?.statistic, oracle.chi2);
  tally.number(`${name} chi2 dof`, test('chi-squared')?.degreesOfFreedom, oracle.chi2_dof);
  tally.number(`${name} chi2 p`, test('chi-squared')?.pValue, oracle.chi2_p);
  tally.number(`${name} cramers v`, distance('cramers-v'), oracle.cramers_v);
  if (oracle.bins && kind !== 'boolean' && psi?.kind === 'distance') {
    const { inner_edges: edges, ref_counts, cur_counts } = oracle.bins;
    tally.equal(`${name} edges`, psi.binEdges?.length, edges.length);
    for (const [i, edge] of edges.entries())
      tally.number(`${name} edge ${i}`, psi.binEdges?.[i], edge);
    tally.equal(`${name} reference counts`, psi.referenceCounts, ref_counts);
    tally.equal(`${name} current counts`, psi.currentCounts, cur_counts);
  }
  for (const [spelling, counts] of Object.entries(oracle.counts ?? {})) {
    const value = kind === 'boolean' ? spelling.toLowerCase() : spelling;
    const found = charts.categories?.levels.find((level) => level.value === value);
    tally.equal(`${name} ${value}`, [found?.referenceCount, found?.currentCount], counts);
  }
}

function read(name: string) {
  return JSON.parse(readFileSync(corpora + name, 'utf8'));
}
