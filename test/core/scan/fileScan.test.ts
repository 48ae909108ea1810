import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withDataset, withPair } from '../../../core/scan/openPair.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { errorCode, opened, runSql } from './opened.js';

const folder = createTemporaryFolder();

async function parquet(name: string, select: string): Promise<string> {
  const path = join(folder.path, name);
  await runSql(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  return path;
}

describe('a page of rows', () => {
  it('is a half-open range in the order of the file, shorter at its end', async () => {
    const path = await parquet('rows.parquet', 'SELECT i AS n FROM range(10) t(i)');
    await withDataset({ path }, {}, async (scan) => {
      expect(await scan.rows(2, 4)).toEqual([['2'], ['3']]);
      expect(await scan.rows(8, 20)).toEqual([['8'], ['9']]);
      expect(await scan.rows(5, 5)).toEqual([]);
      expect(await scan.rows(30, 40)).toEqual([]);
    });
  });

  it.each([
    [-1, 5],
    [5, 4],
    [0, 1.5],
    [Number.NaN, 5],
  ])('cannot go from %d to %d', async (rowStart, rowEnd) => {
    const path = folder.write('few.csv', 'a\n1\n');
    await withDataset({ path }, {}, async (scan) => {
      await expect(scan.rows(rowStart, rowEnd)).rejects.toThrow(RangeError);
    });
  });

  it('shows values as people write them, and null where missing', async () => {
    const path = await parquet(
      'values.parquet',
      `SELECT 3.0::DOUBLE AS whole, 0.1::DOUBLE AS part, '-0'::DOUBLE AS zero, 1e300::DOUBLE AS huge, 'nan'::DOUBLE AS nan,
        9007199254740993::BIGINT AS big, true AS flag, DATE '2025-01-02' AS day, TIMESTAMP '2025-01-02 03:04:05' AS at,
        NULL::VARCHAR AS nothing, '' AS empty, [1, 2] AS list`,
    );
    const { rows } = await opened({ path });
    expect(rows).toEqual([
      [
        '3',
        '0.1',
        '0',
        '1e+300',
        null,
        '9007199254740993',
        'true',
        '2025-01-02',
        '2025-01-02 03:04:05',
        null,
        '',
        '[1, 2]',
      ],
    ]);
  });
});

describe('profiles', () => {
  it('count values and tell how text reads', async () => {
    const path = await parquet(
      'profiles.parquet',
      `SELECT CASE WHEN i % 4 = 0 THEN NULL ELSE i::DOUBLE END AS x, 'a b ' || (i % 10) AS words,
        (i * 0.5)::VARCHAR AS numbers, (DATE '2025-01-01' + i::INTEGER)::VARCHAR AS days,
        lpad(i::VARCHAR, 5, '0') AS codes, [i] AS list
       FROM range(1000) t(i)`,
    );
    await withDataset({ path }, {}, async (scan) => {
      const [x, words, numbers, days, codes, list] = await scan.profiles([0, 1, 2, 3, 4, 5]);
      expect(x).toMatchObject({ family: 'number', count: 750 });
      expect(words).toMatchObject({ family: 'string', meanWordCount: 3, meanLength: 5 });
      expect(words?.distinctCount).toBeGreaterThanOrEqual(8);
      expect(words?.distinctCount).toBeLessThanOrEqual(12);
      expect(numbers).toMatchObject({ numericShare: 1, datetimeShare: 0 });
      expect(days).toMatchObject({ numericShare: 0, datetimeShare: 1 });
      expect(codes).toMatchObject({ numericShare: 0, datetimeShare: 0 });
      expect(list).toMatchObject({ family: 'unsupported', count: 0 });
      expect(await scan.profiles([])).toEqual([]);
      expect(await scan.profiles([5, 0])).toEqual([list, x]);
    });
  });
});

describe('a Parquet file', () => {
  it('that changes while it is read gives no values', async () => {
    const path = await parquet('changing.parquet', 'SELECT i AS n FROM range(5000) t(i)');
    const other = await parquet('other.parquet', 'SELECT i AS n FROM range(4000) t(i)');
    const work = withDataset({ path }, {}, async (scan) => {
      copyFileSync(other, path);
      return scan.numbers(0, 'number');
    });
    expect(await errorCode(work)).toBe('file-damaged');
  });
});

describe('a folder of Parquet files', () => {
  it('is matched by column name', async () => {
    mkdirSync(join(folder.path, 'parts'));
    await parquet('parts/1.parquet', "SELECT 1 AS a, 'x' AS b");
    await parquet('parts/2.parquet', "SELECT 'y' AS b, 2 AS a");
    const { rows } = await opened({ path: join(folder.path, 'parts') });
    expect(rows).toEqual([
      ['1', 'x'],
      ['2', 'y'],
    ]);
  });

  it('that lack a column is refused in one sentence', async () => {
    mkdirSync(join(folder.path, 'unlike'));
    await parquet('unlike/1.parquet', "SELECT 1 AS a, 'x' AS b");
    await parquet('unlike/2.parquet', 'SELECT 2 AS a');
    await expect(opened({ path: join(folder.path, 'unlike') })).rejects.toMatchObject({
      code: 'file-damaged',
      message: expect.stringContaining('the same columns'),
    });
  });
});

describe('a pair', () => {
  it('is the same file twice, or a CSV and a Parquet file', async () => {
    const path = await parquet('pair.parquet', 'SELECT i AS n FROM range(7) t(i)');
    const csv = folder.write('pair.csv', 'n\n1\n2\n');
    const counts = (reference: string, current: string) =>
      withPair(
        { reference: { path: reference }, current: { path: current } },
        {},
        async (scans) => [scans.reference.dataset.rowCount, scans.current.dataset.rowCount],
      );
    expect(await counts(path, path)).toEqual([7, 7]);
    expect(await counts(csv, csv)).toEqual([2, 2]);
    expect(await counts(csv, path)).toEqual([2, 7]);
  });

  it('fails as a whole when one side does', async () => {
    const csv = folder.write('good.csv', 'n\n1\n2\n');
    const bad = folder.write('bad.csv', '');
    const work = withPair({ reference: { path: csv }, current: { path: bad } }, {}, async () => 0);
    expect(await errorCode(work)).toBe('file-empty');
  });
});
