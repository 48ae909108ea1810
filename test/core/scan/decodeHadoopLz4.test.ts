import { expect, test } from 'vitest';
import { decodeHadoopLz4 } from '../../../core/scan/decodeHadoopLz4.js';
import { hadoopLz4, lz4Block, lz4Frame } from './repackParquet.js';

const text = Buffer.from('one page of a column chunk, '.repeat(40));
const same = Buffer.alloc(5_000, 'x');
// a literal, then 4 + 15 + 19 * 255 + 135 bytes from 1 back
const repeated = Buffer.from(`1f78 0100 ${'ff'.repeat(19)} 87`.replaceAll(' ', ''), 'hex');
const matched = Buffer.concat([repeated, lz4Block(Buffer.alloc(0))]);
const framed = (block: Uint8Array, length: number, size = block.length) => {
  const sizes = Buffer.alloc(8);
  sizes.writeUInt32BE(length);
  sizes.writeUInt32BE(size, 4);
  return Buffer.concat([sizes, block]);
};

test.each([
  ['one block', hadoopLz4(text)],
  ['blocks, each with both lengths', hadoopLz4(text, 100)],
  ['blocks of one write', hadoopLz4(text, text.length, 100)],
  ['several writes of several blocks', hadoopLz4(text, 500, 100)],
  ['a write of nothing at the end', Buffer.concat([hadoopLz4(text), Buffer.alloc(4)])],
  ['no frame', lz4Block(text)],
  ['a frame of LZ4', lz4Frame(text)],
])('%s', (_, bytes) => {
  expect(Buffer.from(decodeHadoopLz4(bytes, text.length))).toEqual(text);
});

test('matches, and nothing', () => {
  expect(Buffer.from(decodeHadoopLz4(framed(matched, 5_000), 5_000))).toEqual(same);
  expect(Buffer.from(decodeHadoopLz4(matched, 5_000))).toEqual(same);
  expect(decodeHadoopLz4(Buffer.alloc(4), 0)).toHaveLength(0);
  expect(decodeHadoopLz4(Buffer.alloc(0), 0)).toHaveLength(0);
});

test.each([
  ['more promised than came', hadoopLz4(text), text.length + 1],
  ['less promised than came', hadoopLz4(text), text.length - 1],
  ['nothing', Buffer.alloc(0), 5],
  ['zeros', Buffer.alloc(50), 5],
  ['a block beyond the end', framed(lz4Block(text), text.length, text.length * 2), text.length],
  ['a block that comes short', framed(lz4Block(text), text.length + 5), text.length + 5],
  ['bytes after the end', Buffer.concat([hadoopLz4(text), Buffer.from('more')]), text.length],
  [
    'a match into the block before',
    Buffer.concat([
      framed(lz4Block(text), text.length),
      framed(Buffer.from('0001001041', 'hex'), 5),
    ]),
    text.length + 5,
  ],
])('is damage: %s', (_, bytes, length) => {
  expect(() => decodeHadoopLz4(bytes, length)).toThrow(RangeError);
});

test('more than there can be is not even tried', () => {
  expect(() => decodeHadoopLz4(hadoopLz4(text), 2 ** 31)).toThrow(/cannot stand for/);
});
