import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { messages } from '../../../core/errors.js';
import { findDataFiles } from '../../../core/scan/dataFiles.js';
import {
  createTemporaryFolder,
  errorCode,
  opened,
  ownColumns,
  projectRoot,
  runSql,
} from './opened.js';

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
    ['JSON lines', '{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n'],
    ['a JSON array', '[\n  {"a": 1},\n  {"a": 2}\n]\n'],
    ['UTF-16', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le')],
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
      message: messages.folderMixed('mixed'),
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
    ['another delimiter', 'a;b\n1;x\n'],
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
