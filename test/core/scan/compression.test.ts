import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { errorCode, opened, runSql } from './opened.js';

const folder = createTemporaryFolder();
const rows = Array.from({ length: 50_000 }, (_, row) => `${row},${(row * 7919) % 10_007}`);
const csv = `id,x\n${rows.join('\n')}\n`;
const gzip = gzipSync(csv);

describe('gzip', () => {
  it.each(['data.csv.gz', 'data.csv', 'data'])('is known by content: %s', async (name) => {
    const { dataset } = await opened({ path: folder.write(name, gzip) });
    expect(dataset).toMatchObject({ rowCount: 50_000, dialect: { compression: 'gzip' } });
  });

  it('of several members is read to the end', async () => {
    const half = csv.indexOf('\n25000,') + 1;
    const members = [csv.slice(0, half), csv.slice(half)].map((part) => gzipSync(part));
    const path = folder.write('members.csv.gz', Buffer.concat(members));
    expect((await opened({ path })).dataset.rowCount).toBe(50_000);
  });

  it('text named .gz is text', async () => {
    const path = folder.write('plain.csv.gz', csv);
    expect((await opened({ path })).dataset).toMatchObject({ rowCount: 50_000 });
  });

  it.each([
    ['cut in the middle', gzip.subarray(0, gzip.length / 2)],
    ['cut before the checksum', gzip.subarray(0, -8)],
    ['cut within the checksum', gzip.subarray(0, -1)],
    ['one bit turned', turned(gzip, gzip.length / 2)],
    ['a wrong checksum', turned(gzip, gzip.length - 6)],
    ['nothing but a header', gzip.subarray(0, 10)],
  ])('is damaged: %s', async (_, bytes) => {
    expect(await errorCode(opened({ path: folder.write('damaged.csv.gz', bytes) }))).toBe(
      'file-damaged',
    );
  });

  it.each([
    ['nothing', ''],
    ['blank lines', '\n\n\n'],
    ['no text', deflateRawSync(Buffer.alloc(5_000, '\0\u0001'))],
  ])('holds no data: %s', async (_, content) => {
    const path = folder.write('hollow.csv.gz', gzipSync(content));
    expect(await errorCode(opened({ path }))).toBe('file-not-data');
  });
});

describe('zstd', () => {
  it('is read, and damaged when it is cut anywhere', async () => {
    const path = join(folder.path, 'data.csv.zst');
    await runSql(
      `COPY (SELECT i AS id, sin(i) AS x FROM range(40000) t(i)) TO '${path}' (COMPRESSION zstd)`,
    );
    expect((await opened({ path })).dataset).toMatchObject({
      rowCount: 40_000,
      dialect: { compression: 'zstd' },
    });
    const bytes = readFileSync(path);
    for (const length of [bytes.length - 1, bytes.length / 2, 3_000, 7]) {
      const cut = folder.write('cut.csv.zst', bytes.subarray(0, length));
      expect([length, await errorCode(opened({ path: cut }))]).toEqual([length, 'file-damaged']);
    }
  });
});

function turned(bytes: Buffer, position: number): Buffer {
  const copy = Buffer.from(bytes);
  const index = Math.floor(position);
  copy[index] = (copy[index] ?? 0) ^ 0x10;
  return copy;
}
