import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { isDriftError, messages } from '../../../core/errors.js';
import { createDatabase } from '../../../core/scan/database.js';
import { codecs, columnFields } from '../../../core/scan/parquetFooter.js';
import { readableParquet } from '../../../core/scan/readableParquet.js';
import { setInteger, setStruct, structAt } from '../../../core/scan/thrift.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { type Opened, opened, projectRoot, runSql } from './opened.js';
import { hadoopLz4, lz4Block, lz4Frame, type Packing, repackParquet } from './repackParquet.js';

const folder = createTemporaryFolder();
const rowCount = 5_000;
const select = `SELECT i AS n, CASE WHEN i % 3 > 0 THEN i / 7 END AS share, 'word ' || i % 5 AS word,
  CASE WHEN i % 7 > 0 THEN [i, i + 1] END AS list, i % 2 = 0 AS flag, NULL::INTEGER AS nothing
  FROM range(${rowCount}) t(i)`;
const hadoop: Packing = { codec: codecs.lz4, pack: (bytes) => hadoopLz4(bytes) };

let plain: Buffer;
let rows: Opened['rows'];

async function plainParquet(sql: string, options = ''): Promise<Buffer> {
  const path = join(folder.path, 'plain.parquet');
  await runSql(
    `COPY (${sql}) TO '${path}' (FORMAT parquet, COMPRESSION uncompressed, ROW_GROUP_SIZE 2048 ${options})`,
  );
  return readFileSync(path);
}

function write(packing: Packing, name = 'packed.parquet', from = plain): string {
  mkdirSync(dirname(join(folder.path, name)), { recursive: true });
  return folder.write(name, repackParquet(from, packing));
}

beforeAll(async () => {
  plain = await plainParquet(select);
  const found = await opened({ path: join(folder.path, 'plain.parquet') }, rowCount);
  rows = found.rows;
  expect(rows).toHaveLength(rowCount);
});

describe('a Parquet file with LZ4 of the first kind has the same rows', () => {
  it.each<[string, Partial<Packing>]>([
    ['framed by Hadoop', {}],
    ['framed by Hadoop, in several blocks', { pack: (bytes) => hadoopLz4(bytes, 1_000) }],
    ['framed by Hadoop, written at once', { pack: (bytes) => hadoopLz4(bytes, 9_000, 1_000) }],
    [
      'framed by Hadoop, with an end',
      { pack: (bytes) => Buffer.concat([hadoopLz4(bytes), Buffer.alloc(4)]) },
    ],
    ['without a frame', { pack: lz4Block }],
    ['framed by LZ4', { pack: lz4Frame }],
    ['with checksums', { hasChecksums: true }],
    ['with a dictionary that has no place', { isDictionaryUnnamed: true }],
    ['in some of its columns', { columns: [1, 2] }],
    ['in pages of version 2', { isVersion2: true, hasChecksums: true }],
    [
      'in pages of version 2 that say that they have none',
      { isVersion2: true, isMarkedPlain: true, createdBy: 'parquet-cpp version 1.5.1-SNAPSHOT' },
    ],
  ])('%s', async (_, packing) => {
    const path = write({ ...hadoop, ...packing });
    const found = await opened({ path }, rowCount);
    expect(found.rows).toEqual(rows);
    expect(found.dataset.sizeBytes).toBe(readFileSync(path).length);
  });

  it('in pages of version 2 that have none', async () => {
    const packing = { isVersion2: true, isMarkedPlain: true, columns: [0, 1, 4] };
    const pack = (bytes: Uint8Array) => bytes;
    const found = await opened({ path: write({ ...hadoop, ...packing, pack }) }, rowCount);
    expect(found.rows).toEqual(rows);
  });

  it('beside others, in their order, with the keys of their folders', async () => {
    const one = await plainParquet('SELECT i AS n FROM range(3) t(i)');
    const two = await plainParquet('SELECT i AS n FROM range(3, 5) t(i)');
    write({ ...hadoop, codec: codecs.none, pack: (bytes) => bytes }, 'keys/k=a/1.parquet', one);
    write(hadoop, 'keys/k=b/1.parquet', two);
    write(hadoop, 'keys/k=a/2.parquet', two);
    const found = await opened({ path: join(folder.path, 'keys') });
    expect(found.rows.map((row) => row.join(' '))).toEqual([
      ...['0 a', '1 a', '2 a', '3 a', '4 a', '3 b', '4 b'],
    ]);
  });
});

describe('pages of version 2 that are compressed and say that they are not', () => {
  const marked: Packing = { codec: 2, pack: gzipSync, isVersion2: true, isMarkedPlain: true };

  it('are read where the writer is known for it', async () => {
    const path = write({ ...marked, createdBy: 'parquet-cpp version 1.5.1-SNAPSHOT' });
    expect((await opened({ path }, rowCount)).rows).toEqual(rows);
  });

  it('are damage where it is not', async () => {
    const path = write({ ...marked, createdBy: 'parquet-cpp-arrow version 8.0.0' });
    await expect(opened({ path }, rowCount)).rejects.toMatchObject({ code: 'file-damaged' });
  });

  it('are left alone where they are of version 1', async () => {
    const createdBy = 'parquet-cpp version 1.4.0';
    const path = write({ ...marked, isVersion2: false, createdBy });
    expect((await opened({ path }, rowCount)).rows).toEqual(rows);
  });
});

/** All rows, or the sentence that is said instead. */
async function answerOf(path: string): Promise<Opened['rows'] | string> {
  try {
    return (await opened({ path }, rowCount)).rows;
  } catch (error) {
    if (isDriftError(error) && error.code !== 'internal') return error.message;
    throw error;
  }
}

describe('damage', () => {
  it.each<[string, Partial<Packing>]>([
    ['a page that promises more', { changeHeader: (header) => setInteger(header, 2, 1e8) }],
    ['a page that promises too much', { changeHeader: (header) => setInteger(header, 2, 2e9) }],
    ['a page that promises less', { changeHeader: (header) => setInteger(header, 2, 9) }],
    ['a page of less than nothing', { changeHeader: (header) => setInteger(header, 3, -5) }],
    ['a page longer than its chunk', { changeHeader: (header) => setInteger(header, 3, 1e9) }],
    [
      'a page with more values',
      {
        changeHeader: (header) => {
          if (!header.has(5)) return;
          const data = structAt(header, 5);
          setInteger(data, 1, 9_000);
          setStruct(header, 5, data);
        },
      },
    ],
    ['more values', { changeColumn: (column) => setInteger(column, columnFields.valueCount, 1e9) }],
    ['fewer values', { changeColumn: (column) => setInteger(column, columnFields.valueCount, 5) }],
    ['the same chunk', { changeColumn: (column) => setInteger(column, columnFields.dataStart, 4) }],
    [
      'a chunk beyond the end',
      { changeColumn: (column) => setInteger(column, columnFields.dataStart, 1e15) },
    ],
    ['no blocks', { pack: (bytes) => bytes }],
    ['cut blocks', { pack: (bytes) => hadoopLz4(bytes).subarray(0, -1) }],
    ['two of each page', { pack: (bytes) => hadoopLz4(Buffer.concat([bytes, bytes])) }],
  ])('is told: %s', async (_, packing) => {
    const path = write({ ...hadoop, ...packing });
    expect(await answerOf(path)).toBe(messages.parquetDamaged('packed.parquet'));
  });

  it('is told, or none, wherever a byte is another one', { timeout: 120_000 }, async () => {
    const few = await plainParquet(
      `SELECT i * 1.5 AS x, CASE WHEN i % 3 > 0 THEN i END AS n, 'w' || i % 5 AS word FROM range(40) t(i)`,
    );
    const bytes = repackParquet(few, { ...hadoop, hasChecksums: true });
    const whole = await answerOf(folder.write('whole.parquet', bytes));
    const footerStart = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
    let toldCount = 0;
    for (let place = 4; place < bytes.length; place += place < footerStart ? 11 : 17) {
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] as number) ^ (1 << (place % 8));
      const answer = await answerOf(folder.write('changed.parquet', changed));
      if (typeof answer === 'string') toldCount++;
      // names, types and statistics have no checksum
      else if (place < footerStart) expect(answer, `byte ${place}`).toEqual(whole);
    }
    expect(toldCount).toBeGreaterThan(50);
  });

  it('is told wherever the file is cut', async () => {
    const bytes = repackParquet(await plainParquet('SELECT i AS n FROM range(40) t(i)'), hadoop);
    for (let length = 4; length < bytes.length; length += 13) {
      const path = folder.write('cut.parquet', bytes.subarray(0, length));
      expect(await answerOf(path)).toBe(messages.parquetDamaged('cut.parquet'));
    }
  });
});

it('can be cancelled while it is written again', async () => {
  const path = write(hadoop);
  const stopping = new AbortController();
  const database = await createDatabase([path], { signal: stopping.signal });
  try {
    const work = readableParquet(database, [path], 'current', stopping.signal);
    stopping.abort();
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
    expect(statSync(join(database.folder, 'current-0.parquet')).size).toBeLessThan(100);
  } finally {
    await database.close();
  }
});

const corpora = join(projectRoot, '../shared/corpora');
const isThere = existsSync(corpora);
const absent = isThere ? '' : ' (skipped: there is no folder ../shared/corpora)';

describe.runIf(isThere)(`files of others${absent}`, () => {
  test.each([
    ['hadoop_lz4_compressed', 'lz4_raw_compressed', 4],
    ['hadoop_lz4_compressed_larger', 'lz4_raw_compressed_larger', 10_000],
  ])('%s has the rows of %s', async (name, other, count) => {
    const read = (file: string) =>
      opened({ path: join(corpora, 'parquet-testing-data', `${file}.parquet`) }, count);
    const found = await read(name);
    expect(found.rows).toHaveLength(count);
    expect(found.rows).toEqual((await read(other)).rows);
  });

  test('ARROW-17100 has the rows that are in it', async () => {
    const path = join(corpora, 'arrow-parquet-fuzz/ARROW-17100.parquet');
    const { rows: found } = await opened({ path });
    expect(found).toEqual(
      [...'abcde'].map((letter, i) => [`${i + 1}`, letter, `${i + 1}`, i < 3 ? 'a' : 'b']),
    );
  });
});
