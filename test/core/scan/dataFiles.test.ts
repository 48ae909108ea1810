import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { messages } from '../../../core/errors.js';
import { findDataFiles } from '../../../core/scan/dataFiles.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { errorCode, opened, ownColumns, projectRoot, runSql } from './opened.js';

const folder = createTemporaryFolder();
const csv = 'a,b\n1,x\n2,y\n';
let parquet: Buffer;

beforeAll(async () => {
  const path = join(folder.path, 'whole.parquet');
  // several row groups of values that do not compress, so that the middle is data
  await runSql(
    `COPY (SELECT i AS id, sin(i) AS x, md5(i::VARCHAR) AS text FROM range(20000) t(i))
     TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`,
  );
  parquet = readFileSync(path);
});

function subfolder(name: string, files: Record<string, string | Uint8Array>): string {
  const path = join(folder.path, name);
  mkdirSync(path, { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(path, file), content);
  return path;
}

describe('what stands at a path', () => {
  it('is nothing', async () => {
    const path = join(folder.path, 'no such file.csv');
    await expect(findDataFiles(path)).rejects.toMatchObject({
      code: 'file-missing',
      message: messages.fileMissing(path),
    });
    expect(await errorCode(findDataFiles(`${folder.write('plain.csv', csv)}/inner.csv`))).toBe(
      'file-missing',
    );
  });

  it.skipIf(process.getuid?.() === 0)(
    'cannot be read (skipped for root, who may read everything)',
    async () => {
      const path = folder.write('secret.csv', csv);
      chmodSync(path, 0);
      expect(await errorCode(findDataFiles(path))).toBe('file-unreadable');
    },
  );

  it('is a device, and is not opened', async (context) => {
    if (!existsSync('/dev/null')) return context.skip('there is no /dev/null on this system');
    expect(await errorCode(findDataFiles('/dev/null'))).toBe('file-not-data');
  });

  it('is empty', async () => {
    expect(await errorCode(findDataFiles(folder.write('empty.csv', '')))).toBe('file-empty');
  });

  it.each([
    ['line ends', '\n\n\r\n'],
    ['a byte order mark', '\ufeff'],
    ['more white space than one look takes', ' \n'.repeat(100_000)],
  ])('is blank: %s', async (_, content) => {
    expect(await errorCode(findDataFiles(folder.write('blank.csv', content)))).toBe(
      'file-not-data',
    );
  });

  it.each([
    ['an error page', '<!DOCTYPE html>\n<html><body>Sign in, please</body></html>\n'],
    ['XML', '\ufeff<?xml version="1.0"?>\n<a>1</a>\n'],
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1000000000000', 'hex')],
  ])('is text of another kind: %s', async (_, content) => {
    expect(await errorCode(findDataFiles(folder.write('other.csv', content)))).toBe(
      'file-not-data',
    );
  });

  it('is data after much white space', async () => {
    const path = folder.write('late.csv', `${'\n'.repeat(70_000)}a\n1\n`);
    expect((await findDataFiles(path)).format).toBe('csv');
  });
});

describe('a folder', () => {
  it('is read as one dataset, its files in the order of their names', async () => {
    const path = subfolder('parts', {
      'part-2.csv': 'a,b\n3,z\n',
      'part-1.csv': csv,
      'part-3.csv': '',
      _SUCCESS: '',
      '.part-1.csv.crc': 'crc',
      'README.md': '# no data',
    });
    mkdirSync(join(path, 'old.csv'));
    const { dataset, rows } = await opened({ path });
    expect(dataset).toMatchObject({ name: 'parts', rowCount: 3, columnCount: 2 });
    expect(rows).toEqual([
      ['1', 'x'],
      ['2', 'y'],
      ['3', 'z'],
    ]);
  });

  it('has no data', async () => {
    const path = subfolder('notes', { 'README.md': 'x', '.hidden.csv': csv });
    await expect(findDataFiles(path)).rejects.toMatchObject({
      code: 'folder-without-data',
      message: messages.folderWithoutData('notes'),
    });
  });

  it('has two formats, by content and not by name', async () => {
    const path = subfolder('mixed', { 'a.csv': csv, 'b.csv': parquet });
    await expect(findDataFiles(path)).rejects.toMatchObject({
      code: 'folder-without-data',
      message: messages.folderMixed('mixed', 'a.csv', 'b.csv'),
    });
  });

  it('has compressed files and others', async () => {
    const zipped = readFileSync(join(projectRoot, 'test/fixtures/files/gzip.csv.gz'));
    const path = subfolder('packed', { '1.csv': csv, '2.csv.gz': zipped });
    await expect(findDataFiles(path)).rejects.toMatchObject({
      code: 'folder-without-data',
      message: messages.folderMixedCompression('packed'),
    });
  });

  it('has nothing but empty files', async () => {
    const path = subfolder('hollow', { '1.csv': '', '2.csv': '' });
    expect(await errorCode(findDataFiles(path))).toBe('file-empty');
  });

  it.each([
    ['one column more', 'a,b,c\n1,x,2\n'],
    ['the columns in another order', 'b,a\nx,1\n'],
  ])('has files that do not fit: %s', async (_, other) => {
    const path = subfolder('unlike', { '1.csv': csv, '2.csv': other });
    expect(await errorCode(opened({ path }))).toBe('file-damaged');
  });

  it('does not become a column by a name like year=2025', async () => {
    const path = subfolder('year=2025', { 'part.csv': csv });
    expect((await opened({ path })).dataset.columnCount).toBe(2);
    writeFileSync(join(subfolder('year=2026', {}), 'p.parquet'), parquet);
    const { dataset } = await opened({ path: join(folder.path, 'year=2026/p.parquet') });
    expect(dataset.columnCount).toBe(3);
  });
});

describe('a nested folder', () => {
  it('is read with all that is below it, but for what is hidden', async () => {
    const path = subfolder('nested', { 'a.csv': csv });
    subfolder('nested/b/c', { 'c.csv': 'a,b\n3,z\n' });
    subfolder('nested/.git', { 'd.csv': 'a,b\n4,z\n' });
    subfolder('nested/_delta_log', { '0.json': '{"commitInfo": 1}\n' });
    symlinkSync(path, join(path, 'b', 'again'));
    expect((await opened({ path })).rows).toEqual([
      ['1', 'x'],
      ['2', 'y'],
      ['3', 'z'],
    ]);
  });

  it('gives its keys as columns, typed, and missing where Hive says so', async () => {
    const path = subfolder('hive', {});
    for (const [place, content] of [
      ['year=2024/month=01/city=A%2FB', 'n\n1\n2\n'],
      ['year=2024/month=02/city=__HIVE_DEFAULT_PARTITION__', 'n\n3\n'],
      ['year=2025/month=01/city=C', 'n\n4\n'],
    ] as const) {
      subfolder(join('hive', place), { 'part.csv': content });
    }
    const { dataset, rows } = await opened({ path });
    expect(dataset.columns.map(({ name, storageType }) => [name, storageType])).toEqual([
      ['n', 'DOUBLE'],
      ['year', 'BIGINT'],
      ['month', 'BIGINT'],
      ['city', 'VARCHAR'],
    ]);
    expect(rows).toEqual([
      ['1', '2024', '1', 'A/B'],
      ['2', '2024', '1', 'A/B'],
      ['3', '2024', '2', null],
      ['4', '2025', '1', 'C'],
    ]);
  });

  it.each([
    ['2024-02-29', 'DATE'],
    ['2024-02-30', 'VARCHAR'],
    ['2024-02-01 10%3A20%3A30', 'TIMESTAMP'],
    ['1e5', 'VARCHAR'],
    ['-7', 'BIGINT'],
    ["it's", 'VARCHAR'],
  ])('types the key %s as %s', async (value, storageType) => {
    const path = subfolder(`typed ${value}`, {});
    subfolder(join(`typed ${value}`, `k=${value}`), { 'p.parquet': parquet });
    const { dataset, rows } = await opened({ path }, 1);
    expect(dataset.columns.at(-1)).toEqual({ name: 'k', storageType });
    expect(rows[0]?.at(-1)).toBe(decodeURIComponent(value));
  });

  it('keeps a column that is called like a key', async () => {
    const path = subfolder('twice', {});
    subfolder('twice/a=9', { 'p.csv': csv });
    expect((await opened({ path })).dataset.columns.map(({ name }) => name)).toEqual([
      'a',
      'b',
      'a_1',
    ]);
  });

  it('whose files have other keys is refused', async () => {
    const path = subfolder('odd keys', { 'a.csv': csv });
    subfolder('odd keys/year=2024', { 'b.csv': csv });
    await expect(findDataFiles(path)).rejects.toMatchObject({
      code: 'folder-without-data',
      message: messages.partitionsDiffer('odd keys'),
    });
  });
});

describe('a pattern', () => {
  const files = {
    'day-1.csv': 'n\n1\n',
    'day-2.csv': 'n\n2\n',
    'day-10.csv': 'n\n10\n',
    'night-1.csv': 'n\n100\n',
    '.day-3.csv': 'n\n1000\n',
  };

  async function fitting(pattern: string): Promise<string[]> {
    const path = subfolder('patterns [x]', files);
    subfolder('patterns [x]/sub/deep', { 'day-9.csv': 'n\n9\n' });
    const { paths } = await findDataFiles(join(path, pattern));
    return paths.map((found) => relative(path, found));
  }

  it.each([
    ['day-*.csv', ['day-1.csv', 'day-10.csv', 'day-2.csv']],
    ['day-?.csv', ['day-1.csv', 'day-2.csv']],
    ['day-[12].csv', ['day-1.csv', 'day-2.csv']],
    ['day-[!1].csv', ['day-2.csv']],
    ['{day,night}-1.csv', ['day-1.csv', 'night-1.csv']],
    ['**/day-9.csv', ['sub/deep/day-9.csv']],
    ['**/*-1.csv', ['day-1.csv', 'night-1.csv']],
    ['s*', ['sub/deep/day-9.csv']],
    ['.day-*', ['.day-3.csv']],
    ['day-(1|2).csv{}*', null],
  ])('%s', async (pattern, expected) => {
    if (expected) expect(await fitting(pattern)).toEqual(expected);
    else expect(await errorCode(fitting(pattern))).toBe('file-missing');
  });

  it('is read as one dataset under its own name', async () => {
    await fitting('day-*.csv');
    const path = join(folder.path, 'patterns [x]', 'day-*.csv');
    const { dataset, rows } = await opened({ path });
    expect(dataset).toMatchObject({ name: 'day-*.csv', rowCount: 3 });
    expect(rows).toEqual([['1'], ['10'], ['2']]);
    expect((await opened({ path, name: 'the days' })).dataset.name).toBe('the days');
  });

  it('that nothing fits is told as such', async () => {
    const path = join(folder.path, 'nothing-*.csv');
    await expect(findDataFiles(path)).rejects.toMatchObject({
      code: 'file-missing',
      message: messages.patternWithoutFiles(path),
    });
  });
});

describe('a damaged Parquet file', () => {
  it.each([
    ['the header only', () => parquet.subarray(0, 4)],
    ['the tail missing', () => parquet.subarray(0, parquet.length - 100)],
    ['a footer of noise', () => withNoise(parquet.length - 2_000, parquet.length - 8)],
    ['an impossible footer length', () => withNoise(parquet.length - 8, parquet.length - 4)],
  ])('is refused when it is opened: %s', async (_, bytes) => {
    const path = folder.write('damaged.parquet', bytes());
    await expect(opened({ path })).rejects.toMatchObject({
      code: 'file-damaged',
      message: messages.parquetDamaged('damaged.parquet'),
    });
  });

  it('with the middle overwritten fails as soon as its values are read', async () => {
    const path = folder.write('middle.parquet', withNoise(1_000, parquet.length / 2));
    expect(await errorCode(ownColumns(path))).toBe('file-damaged');
  });
});

/** The Parquet file with the bytes from `start` (inclusive) to `end` (exclusive) overwritten. */
function withNoise(start: number, end: number): Buffer {
  const bytes = Buffer.from(parquet);
  for (let i = start; i < end; i++) bytes[i] = (i * 197 + 101) % 256;
  return bytes;
}

describe('a path is a name and no pattern', () => {
  it.each([
    'quote\'s and "double".csv',
    'spaces and ünïcödé 数据 😀.csv',
    'star*.csv',
    'one?.csv',
    'set[0-9].csv',
    '{a,b}.csv',
    '$HOME %PATH% ~.csv',
    "'; DROP TABLE reference; --.csv",
  ])('%s', async (name) => {
    const place = subfolder("odd [f]older * of 'files'", {
      [name]: 'kind\nright\n',
      // what the patterns would match, too
      'star1.csv': 'kind\nwrong\n',
      'onex.csv': 'kind\nwrong\n',
      'set1.csv': 'kind\nwrong\n',
      'a.csv': 'kind\nwrong\n',
    });
    const { dataset, rows } = await opened({ path: join(place, name) });
    expect(dataset.name).toBe(name);
    expect(rows).toEqual([['right']]);
  });

  it('holds for Parquet and for compressed files', async () => {
    const place = subfolder('more [o]dd * ones', { 'p[1]*.parquet': parquet, 'p1x.parquet': csv });
    expect((await opened({ path: join(place, 'p[1]*.parquet') })).dataset.rowCount).toBe(20_000);
    const zipped = readFileSync(join(projectRoot, 'test/fixtures/files/gzip.csv.gz'));
    writeFileSync(join(place, 'g[z]*.gz'), zipped);
    expect((await opened({ path: join(place, 'g[z]*.gz') })).dataset.rowCount).toBe(40);
  });
});
