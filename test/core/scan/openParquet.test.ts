import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { messages } from '../../../core/errors.js';
import { withDataset } from '../../../core/scan/openPair.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { opened, ownColumns, runSql } from './opened.js';

const folder = createTemporaryFolder();

async function parquet(name: string, select: string, options = ''): Promise<string> {
  const path = join(folder.path, name);
  await runSql(`COPY (${select}) TO '${path}' (FORMAT parquet ${options})`);
  return path;
}

/** The same file with other names of the same length. */
function renamed(path: string, names: Record<string, string>): string {
  let bytes = readFileSync(path).toString('latin1');
  for (const [from, to] of Object.entries(names)) bytes = bytes.replaceAll(from, to);
  return folder.write('renamed.parquet', Buffer.from(bytes, 'latin1'));
}

describe('names', () => {
  it.each([
    [{ coly: 'COLX' }, ['colx', 'COLX', 'colz']],
    [{ coly: 'colx' }, ['colx', 'colx_1', 'colz']],
    [{ coly: 'colx', colz: 'CoLx' }, ['colx', 'colx_1', 'CoLx']],
    [{ coly: 'a;"\'', colz: '\0\x01 \n' }, ['colx', 'a;"\'', '\0\x01 \n']],
  ])('%j stay as they are, and differ', async (names, expected) => {
    const path = await parquet('names.parquet', "SELECT 1 AS colx, 2 AS coly, 'x' AS colz");
    const { dataset, rows } = await opened({ path: renamed(path, names) });
    expect(dataset.columns.map(({ name }) => name)).toEqual(expected);
    expect(rows).toEqual([['1', '2', 'x']]);
  });

  it('of one that was called so are left alone', async () => {
    const path = await parquet(
      'own.parquet',
      'SELECT 1 AS a_1, 2 AS b, {a_1: 1, c: {d: 2}} AS s, 3 AS B_1',
    );
    const { dataset } = await opened({ path });
    expect(dataset.columns.map(({ name }) => name)).toEqual(['a_1', 'b', 's', 'B_1']);
  });
});

describe('several files', () => {
  it('take a type that holds the values of all', async () => {
    mkdirSync(join(folder.path, 'types'));
    await parquet('types/1.parquet', "SELECT 1 AS n, 'x' AS t");
    await parquet('types/2.parquet', "SELECT 'y' AS t, 2.5::DOUBLE AS n");
    const { dataset, rows } = await opened({ path: join(folder.path, 'types') });
    expect(dataset.columns.map(({ storageType }) => storageType)).toEqual(['DOUBLE', 'VARCHAR']);
    expect(rows).toEqual([
      ['1', 'x'],
      ['2.5', 'y'],
    ]);
  });

  it.each([
    ['SELECT 1 AS n', 'SELECT 1 AS n, 2 AS more', '1.parquet'],
    ['SELECT 1 AS n, 2 AS more', 'SELECT 1 AS n', '2.parquet'],
  ])('%s and %s do not have the same columns', async (first, second, file) => {
    mkdirSync(join(folder.path, 'unlike'), { recursive: true });
    await parquet('unlike/1.parquet', first);
    await parquet('unlike/2.parquet', second);
    await expect(opened({ path: join(folder.path, 'unlike') })).rejects.toMatchObject({
      code: 'file-damaged',
      message: messages.filesUnlike('unlike', file, 'more'),
    });
  });

  it('of an order of their own keep it, with the keys of their folders', async () => {
    mkdirSync(join(folder.path, 'keys/day=2025-01-01'), { recursive: true });
    mkdirSync(join(folder.path, 'keys/day=2025-01-02'), { recursive: true });
    await parquet('keys/day=2025-01-02/a.parquet', 'SELECT i AS n FROM range(3, 5) t(i)');
    await parquet('keys/day=2025-01-01/b.parquet', 'SELECT i AS n FROM range(3) t(i)');
    const { rows } = await opened({ path: join(folder.path, 'keys', '**', '*.parquet') });
    expect(rows.map((row) => row.join(' '))).toEqual([
      '0 2025-01-01',
      '1 2025-01-01',
      '2 2025-01-01',
      '3 2025-01-02',
      '4 2025-01-02',
    ]);
  });
});

describe('types', () => {
  it('without a kind are shown as what they are and skipped with a reason', async () => {
    const path = await parquet(
      'types.parquet',
      `SELECT i AS n, [i] AS list, {p: i} AS pair, map([i], [i]) AS map, TIME '10:20:30' AS time,
        'x'::BLOB AS blob, INTERVAL 1 DAY AS span FROM range(60) t(i)`,
    );
    const columns = await ownColumns(path);
    const skipped = columns.filter(({ skipReason }) => skipReason !== null);
    expect(skipped.map(({ name, storageType }) => [name, storageType.reference])).toEqual([
      ['list', 'BIGINT[]'],
      ['pair', 'STRUCT(p BIGINT)'],
      ['map', 'MAP(BIGINT, BIGINT)'],
      ['time', 'TIME'],
      ['blob', 'BLOB'],
      ['span', 'INTERVAL'],
    ]);
  });
});

describe('a few bytes that stand for very much', () => {
  const options = ', COMPRESSION zstd, ROW_GROUP_SIZE 100000000';

  it('of rows are refused', async () => {
    const select = 'SELECT 1::TINYINT AS a, 2::TINYINT AS b FROM range(32000000)';
    const path = await parquet('rows.parquet', select, options);
    const { size } = statSync(path);
    expect(size).toBeLessThan(10_000);
    await expect(opened({ path })).rejects.toMatchObject({
      code: 'file-unreadable',
      message: messages.unfolds('rows.parquet', size, 32_000_000 * 2 * 8),
    });
  });

  it('of texts stay within the memory limit, or end at it', async () => {
    const select = "SELECT repeat('a', 1000000) AS a, i AS n FROM range(2000) t(i)";
    const path = await parquet('texts.parquet', select, options);
    const work = withDataset({ path }, { memoryBytes: 500e6 }, async (scan) => {
      const [profile] = await scan.profiles([0]);
      return profile?.count;
    });
    const answer = await work.catch((error) => error.code);
    expect([2_000, 'out-of-memory']).toContain(answer);
  });
});

it('that is encrypted is told as such', async () => {
  const path = folder.write('secret.parquet', Buffer.from('PARE....................PARE'));
  await expect(opened({ path })).rejects.toMatchObject({
    code: 'file-unreadable',
    message: messages.parquetEncrypted('secret.parquet'),
  });
});

it('without rows, or without columns, is told as such', async () => {
  const path = await parquet('empty.parquet', 'SELECT 1 AS a WHERE false');
  await expect(opened({ path })).rejects.toMatchObject({ code: 'file-without-rows' });
});
