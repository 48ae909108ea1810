import { beforeAll, describe, expect, it } from 'vitest';
import type { Source } from '../../../core/contract.js';
import { chooseRows } from '../../../core/scan/chooseRows.js';
import { createDatabase } from '../../../core/scan/database.js';
import { withPair } from '../../../core/scan/openPair.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { runSql } from './opened.js';

const folder = createTemporaryFolder();
const rowCount = 10_000;
const csv = folder.write(
  'rows.csv',
  `n,w\n${Array.from({ length: rowCount }, (_, i) => `${i},w${i % 7}`).join('\n')}\n`,
);
const parquet = `${folder.path}/rows.parquet`;

beforeAll(() =>
  runSql(
    `COPY (SELECT range::DOUBLE AS n, 'w' || range % 7 AS w FROM range(${rowCount})) TO '${parquet}' (ROW_GROUP_SIZE 2048)`,
  ),
);

/** The numbers of the rows that a sample holds, in their order. */
function drawn(source: Source, sample: number, seed = 1) {
  return withPair({ reference: source, current: source }, { sample, seed }, async (scans) => {
    const { dataset } = scans.reference;
    const { values } = await scans.reference.numbers(0, 'number');
    const other = await scans.current.numbers(0, 'number');
    expect([...other.values]).toEqual([...values]);
    return { dataset, rows: [...values] };
  });
}

describe('a sample', () => {
  it('has exactly so many rows, each once, in their order, and says what is left out', async () => {
    const { dataset, rows } = await drawn({ path: csv }, 1_234);
    expect(rows).toHaveLength(1_234);
    expect(new Set(rows).size).toBe(1_234);
    expect(rows).toEqual([...rows].sort((a, b) => a - b));
    expect(dataset).toMatchObject({
      rowCount: 1_234,
      leftOut: [{ why: 'sample', rowCount: rowCount - 1_234 }],
    });
  });

  it('is the same for a seed, whatever the format, and another for another', async () => {
    const { rows } = await drawn({ path: csv }, 500);
    expect((await drawn({ path: csv }, 500)).rows).toEqual(rows);
    expect((await drawn({ path: parquet }, 500)).rows).toEqual(rows);
    const other = (await drawn({ path: csv }, 500, 2)).rows;
    const common = other.filter((row) => rows.includes(row)).length;
    // of two independent samples of 5 % some 25 rows are in both
    expect(common).toBeGreaterThan(8);
    expect(common).toBeLessThan(50);
  });

  it('is the same on any number of threads', async () => {
    const onThreads = async (threadCount: number) => {
      const database = await createDatabase([parquet], { threadCount });
      try {
        await database.run(
          `CREATE VIEW reference(c0, c1) AS SELECT * FROM read_parquet('${parquet}')`,
        );
        const dataset = { rowCount, columns: [{}, {}], leftOut: [] } as never;
        const whole = { name: 'reference', dataset };
        const { name } = await chooseRows(database, whole, {
          condition: null,
          sample: 700,
          seed: 3,
        });
        return await database.rows(`SELECT c0 FROM ${name}`);
      } finally {
        await database.close();
      }
    };
    expect(await onThreads(1)).toEqual(await onThreads(4));
  });

  it('is drawn evenly', async () => {
    const size = 2_000;
    for (const seed of [1, 2, 3]) {
      const { rows } = await drawn({ path: csv }, size, seed);
      const tenths = Array.from(
        { length: 10 },
        (_, i) => rows.filter((row) => Math.floor(row / 1_000) === i).length,
      );
      const chiSquared = tenths.reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
      // the 99.9 % point at 9 degrees of freedom
      expect(chiSquared).toBeLessThan(27.9);
      const evens = rows.filter((row) => row % 2 === 0).length;
      expect(Math.abs(evens - size / 2)).toBeLessThan(3.3 * Math.sqrt(size / 4));
    }
  });

  it('is drawn of the rows that a condition chooses', async () => {
    const { dataset, rows } = await drawn({ path: csv, where: "w = 'w3'" }, 100);
    expect(rows).toHaveLength(100);
    expect(rows.every((row) => row % 7 === 3)).toBe(true);
    expect(dataset.leftOut).toEqual([
      { why: 'condition', rowCount: rowCount - 1_429 },
      { why: 'sample', rowCount: 1_329 },
    ]);
  });

  it('of more rows than there are is all of them', async () => {
    const { dataset, rows } = await drawn({ path: csv }, rowCount);
    expect(rows).toHaveLength(rowCount);
    expect(dataset.leftOut).toEqual([]);
  });
});

it('a sample of arrays is exact, even and the same for a seed', async () => {
  const values = Float64Array.from({ length: rowCount }, (_, i) => i);
  const source = {
    name: 'a',
    columns: [
      { name: 'n', values: { type: 'number' as const, values } },
      { name: 'm', values: { type: 'number' as const, values } },
    ],
  };
  const draw = (seed: number) =>
    withPair({ reference: source, current: source }, { sample: 1_000, seed }, async (scans) => {
      const rows = [...(await scans.reference.numbers(0, 'number')).values];
      expect([...(await scans.current.numbers(1, 'number')).values]).toEqual(rows);
      return { rows, dataset: scans.reference.dataset };
    });
  const { rows, dataset } = await draw(1);
  expect(rows).toHaveLength(1_000);
  expect(dataset).toMatchObject({ rowCount: 1_000, leftOut: [{ why: 'sample', rowCount: 9_000 }] });
  expect(Math.abs(rows.filter((row) => row < 5_000).length - 500)).toBeLessThan(60);
  expect((await draw(1)).rows).toEqual(rows);
  expect((await draw(2)).rows).not.toEqual(rows);
});
