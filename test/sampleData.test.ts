import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { columnTypes } from '../sample-data/application.js';
import { expected } from '../sample-data/expected.js';
import { make } from '../sample-data/make.js';

const committed = fileURLToPath(new URL('../sample-data/lending', import.meta.url));
const sides = [
  { side: 'reference', rowCount: 20_000 },
  { side: 'current', rowCount: 5_000 },
];
const folder = mkdtempSync(join(tmpdir(), 'driftglass-sample-'));
let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  await make(folder);
  instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  connection = await instance.connect();
});

afterAll(() => {
  connection.closeSync();
  instance.closeSync();
  rmSync(folder, { recursive: true });
});

test.each(['reference.csv', 'current.csv', 'expected.json'])(
  '%s comes out the same again',
  (name) => {
    const again = readFileSync(join(folder, 'lending', name));
    expect(again.equals(readFileSync(join(committed, name)))).toBe(true);
  },
);

describe.each(sides)('$side', ({ side, rowCount }) => {
  const csv = `read_csv('${join(committed, `${side}.csv`)}')`;
  const parquet = `read_parquet('${join(committed, `${side}.parquet`)}')`;

  test('has its rows', async () => {
    expect(await number(`select count(*) from ${csv}`)).toBe(rowCount);
    expect(await number(`select count(distinct application_id) from ${csv}`)).toBe(rowCount);
  });

  test('has the same rows as Parquet', async () => {
    const differing = `((from ${csv}) except all (from ${parquet})) union all ((from ${parquet}) except all (from ${csv}))`;
    expect(await number(`select count(*) from ${parquet}`)).toBe(rowCount);
    expect(await number(`select count(*) from (${differing})`)).toBe(0);
  });

  test('stores its types in Parquet', async () => {
    const columns = await connection.runAndReadAll(`describe from ${parquet}`);
    const types = Object.fromEntries(columns.getRows().map(([name, type]) => [name, type]));
    expect(types).toEqual(columnTypes);
  });
});

test('what is expected speaks of every column, in the order of the file', () => {
  expect(Object.keys(expected.columns)).toEqual(Object.keys(columnTypes));
});

test('the shares that were planned are there', async () => {
  const share = (side: string, condition: string) =>
    number(`select avg((${condition})::int) from '${join(committed, `${side}.csv`)}'`);
  expect(await share('reference', 'bureau_rating is null')).toBeCloseTo(0.005, 2);
  expect(await share('current', 'bureau_rating is null')).toBeCloseTo(0.12, 2);
  expect(await share('reference', "employment_status = 'gig worker'")).toBe(0);
  expect(await share('current', "employment_status = 'gig worker'")).toBeCloseTo(0.06, 2);
});

test('income is in dollars, then in thousands of dollars', async () => {
  const medianOf = (side: string) =>
    number(`select median(annual_income) from '${join(committed, `${side}.csv`)}'`);
  expect((await medianOf('reference')) / (await medianOf('current'))).toBeCloseTo(1000, -2);
});

async function number(sql: string): Promise<number> {
  const answer = await connection.runAndReadAll(sql);
  return Number(answer.getRows()[0]?.[0]);
}
