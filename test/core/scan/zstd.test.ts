import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeZstd, inflateZstd } from '../../../core/scan/zstd.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { runSql } from './opened.js';

const folder = createTemporaryFolder();

async function inflated(bytes: Uint8Array, pieceLength: number): Promise<Buffer> {
  async function* pieces() {
    for (let from = 0; from < bytes.length; from += pieceLength)
      yield bytes.subarray(from, from + pieceLength);
  }
  const blocks: Buffer[] = [];
  for await (const block of inflateZstd(pieces())) blocks.push(block);
  return Buffer.concat(blocks);
}

/** The same rows as they are and compressed by another hand. */
async function pair(
  select: string,
  options: string,
): Promise<{ plain: Buffer; compressed: Buffer }> {
  const [plain, compressed] = [join(folder.path, 'plain'), join(folder.path, 'compressed')];
  await runSql(`COPY (${select}) TO '${plain}' (FORMAT csv, HEADER)`);
  await runSql(
    `COPY (${select}) TO '${compressed}' (FORMAT csv, HEADER, COMPRESSION zstd${options})`,
  );
  return { plain: readFileSync(plain), compressed: readFileSync(compressed) };
}

describe('zstd', () => {
  it.each([
    ['numbers that hardly repeat', 'SELECT sin(i) AS x, hash(i) AS h FROM range(60000) t(i)'],
    ['words that often do', "SELECT 'row ' || (i % 100) AS w, i % 7 AS n FROM range(200000) t(i)"],
    ['one value', "SELECT 'a' AS x FROM range(500000) t(i)"],
    ['a few bytes', 'SELECT 1 AS x'],
  ])('is inflated: %s', async (_, select) => {
    const { plain, compressed } = await pair(select, '');
    expect(compressed.length).toBeLessThan(plain.length + 100);
    for (const length of [compressed.length, 1_000, 7]) {
      if (compressed.length / length > 100_000) continue;
      expect(plain.equals(await inflated(compressed, length))).toBe(true);
    }
  });

  it('goes on after a frame', async () => {
    const { plain, compressed } = await pair('SELECT i FROM range(5000) t(i)', '');
    const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    const twice = await inflated(Buffer.concat([compressed, skippable, compressed]), 512);
    expect(twice.equals(Buffer.concat([plain, plain]))).toBe(true);
  });

  it('that is damaged ends in an error, not in other bytes without end', async () => {
    const { plain, compressed } = await pair('SELECT i, sin(i) FROM range(20000) t(i)', '');
    await expect(inflated(compressed.subarray(0, -1), 512)).rejects.toThrow(RangeError);
    for (let at = 5; at < compressed.length; at += 997) {
      const damaged = Buffer.from(compressed);
      damaged[at] = (damaged[at] ?? 0) ^ 0x55;
      const outcome = await inflated(damaged, 4_096).catch((error: unknown) => error);
      if (outcome instanceof Buffer) expect(outcome.length).toBeLessThan(plain.length * 50);
      else expect(outcome).toBeInstanceOf(RangeError);
    }
  });
});

/** Made by `zstd -19` of what `rows` gives. */
const packed = Buffer.from(
  'KLUv/WRYK0UGAOJMHxOgGxue6I+lQtUzkZt2plC5+iYPAzlPVm/aJ6zrXFfUumU7XFHtaVPWzsHQfoVoq0qkW4mOP7qK9KZhBtazyzNsHqmK/o9EVnpilQ3xyo6DOWtK+1krGq61rFODurOrhH76tTqlgUIhAgUhDiIQmoJZnOBRiCQwloACZ2ECYqghKL3935AtDLsBEkAQQBD4/0cQqN9jz/6t5Rb5b9rrbd5Z+/dPZ+3bL0OUfwb3RFv3/rdb7ds/XnXb2XY3YWTBkQSwdrqrqOwEMw==',
  'base64',
);

const rows = Array.from(
  { length: 300 },
  (_, i) => `row ${(i + 1) ** 2 % 97} of many words, again and again\n`,
).join('');

/** Not compressed, and without a checksum. */
const plain = Buffer.from('KLUv/QBYKQAAcGxhaW4=', 'base64');

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

it('what was packed comes out', () => {
  expect(text(decodeZstd(packed, rows.length))).toBe(rows);
});

it('several frames, and frames to be skipped', () => {
  const skipped = Uint8Array.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9, 9, 9]);
  const bytes = Buffer.concat([plain, skipped, packed]);
  expect(text(decodeZstd(bytes, 5 + rows.length))).toBe(`plain${rows}`);
});

it.each([
  ['cut short', packed.subarray(0, packed.length - 20), rows.length],
  ['another magic', Buffer.from('no zstd frame at all'), 5],
  ['more than was promised', packed, rows.length - 1],
  ['less than was promised', plain, 6],
])('is no frame: %s', (_, bytes, length) => {
  expect(() => decodeZstd(bytes, length)).toThrow(RangeError);
});
