import { expect, test } from 'vitest';
import { decodeLz4 } from '../../../core/scan/decodeLz4.js';

const magic = [0x04, 0x22, 0x4d, 0x18];
const header = [...magic, 0x60, 0x40, 0x82];

function frame(...blocks: { bytes: number[]; isPlain?: boolean }[]): Uint8Array {
  const body = blocks.flatMap(({ bytes, isPlain }) => [
    bytes.length & 255,
    bytes.length >> 8,
    0,
    isPlain ? 0x80 : 0,
    ...bytes,
  ]);
  return Uint8Array.from([...header, ...body, 0, 0, 0, 0]);
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const letters = (word: string) => [...Buffer.from(word)];

test('literals, matches that overlap, and blocks that lead into one another', () => {
  // "ab", then 10 bytes from 2 back, then "c"; then 4 bytes from 13 back and "!"
  const first = { bytes: [0x26, ...letters('ab'), 2, 0, 0x10, ...letters('c')] };
  const second = { bytes: [0x00, 13, 0, 0x10, ...letters('!')] };
  expect(text(decodeLz4(frame(first, second), 18))).toBe('ababababababcabab!');
});

test('lengths of more than a byte', () => {
  const many = [0x1f, ...letters('x'), 1, 0, 255, 255, 11, 0x10, ...letters('y')];
  const unfolded = decodeLz4(frame({ bytes: many }), 1 + 4 + 15 + 255 + 255 + 11 + 1);
  expect(text(unfolded)).toBe(`${'x'.repeat(541)}y`);
});

test('blocks that are not compressed, several frames, and frames to be skipped', () => {
  const plain = frame({ bytes: letters('plain'), isPlain: true });
  const skipped = Uint8Array.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9, 9, 9]);
  expect(text(decodeLz4(Buffer.concat([plain, skipped, plain]), 10))).toBe('plainplain');
});

test.each([
  ['cut short', frame({ bytes: letters('plain'), isPlain: true }).subarray(0, 14), 5],
  ['another magic', Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]), 5],
  ['a match before the beginning', frame({ bytes: [0x10, 65, 9, 0, 0x10, 66] }), 6],
  ['more than was promised', frame({ bytes: letters('plain'), isPlain: true }), 4],
  ['less than was promised', frame({ bytes: letters('plain'), isPlain: true }), 6],
  ['a match beyond the end', frame({ bytes: [0x1f, 65, 1, 0, 255, 0, 0x10, 66] }), 20],
])('is no frame: %s', (_, bytes, length) => {
  expect(() => decodeLz4(bytes, length)).toThrow(RangeError);
});
