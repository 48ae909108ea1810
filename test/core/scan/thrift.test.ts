import { describe, expect, it, test } from 'vitest';
import {
  integerAt,
  readStruct,
  type Struct,
  setInteger,
  setStructs,
  structAt,
  structsAt,
  textAt,
  types,
  writeStruct,
} from '../../../core/scan/thrift.js';

const bytes = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

// 1: -3; 2: "ab"; 3: true; 20: 300 of 64 bits; 21: two structs with 1: 5 and nothing; 22: {7: "x"} as a map; 23: a double
const whole = bytes(
  '15 05  18 02 6162  11  06 28 d804  19 2c 15 0a 00 00  1b 01 58 0e 01 78  17 0000000000000040  00',
);

describe('a struct', () => {
  const { struct, end } = readStruct(Buffer.concat([Buffer.of(9), whole, Buffer.of(9)]), 1);

  it('is read to its end', () => {
    expect(end).toBe(1 + whole.length);
    expect([...struct.keys()]).toEqual([1, 2, 3, 20, 21, 22, 23]);
    expect(integerAt(struct, 1)).toBe(-3);
    expect(textAt(struct, 2)).toBe('ab');
    expect(struct.get(3)).toEqual({ type: types.true, bytes: Buffer.alloc(0) });
    expect(integerAt(struct, 20)).toBe(300);
    expect(structsAt(struct, 21).map((item) => integerAt(item, 1))).toEqual([5, null]);
    expect(integerAt(struct, 4)).toBeNull();
    expect(textAt(struct, 1)).toBeNull();
  });

  it('is written as it was', () => {
    expect(writeStruct(struct)).toEqual(whole);
  });

  test.each([0, -1, 1, 63, 64, -64, 2 ** 31, 2 ** 40, -(2 ** 40), 2 ** 52])(
    'may hold %d',
    (number) => {
      const own = new Map(struct);
      setInteger(own, 20, number);
      expect(integerAt(readStruct(writeStruct(own)).struct, 20)).toBe(number);
    },
  );

  test.each([0, 1, 14, 15, 300])('may hold a list of %d', (count) => {
    const own = new Map(struct);
    const items = Array.from({ length: count }, (_, i) => {
      const item = new Map();
      setInteger(item, 9, i);
      return item;
    });
    setStructs(own, 21, items);
    const found = structsAt(readStruct(writeStruct(own)).struct, 21);
    expect(found.map((item) => integerAt(item, 9))).toEqual(items.map((_, i) => i));
  });

  it('is none where it is cut short', () => {
    for (let length = 0; length < whole.length; length++)
      expect(() => readStruct(whole.subarray(0, length))).toThrow(RangeError);
  });
});

test.each([
  ['a list that promises more', '19 fc ffffffffff01 00 00'],
  ['a list of doubles that promises more', '19 f7 ffffffffff01 00 00'],
  ['a list of lists of nothing that promises more', '19 f9 ffffffffff01 05 05 05 00'],
  ['a map that promises more', '1b ffffffff0f 33 00 00'],
  ['a text that promises more', '18 ffffffffffffffffff01 61 00'],
  ['a number without an end', '16 ffffffffffffffffffffff01 00'],
  ['a type that there is none of', '1e 00'],
  ['a type of 0', '10 00'],
  ['a field of a number below 1', '05 01 02 00'],
  ['a field of a number that is too large', '05 808008 02 00'],
  ['structs in one another without an end', '1c'.repeat(10_000)],
  ['lists in one another without an end', `19${'19'.repeat(10_000)}`],
])('%s is damage', (_, text) => {
  expect(() => readStruct(bytes(text))).toThrow(RangeError);
});

test.each<[string, (struct: Struct) => unknown, string]>([
  ['a number that no double holds', (struct) => integerAt(struct, 1), '16 feffffffffffffffff01 00'],
  ['no number', (struct) => integerAt(struct, 1), '18 01 61 00'],
  ['no struct', (struct) => structAt(struct, 1), '18 01 61 00'],
  ['no list', (struct) => structsAt(struct, 1), '18 01 61 00'],
  ['a list of other values', (struct) => structsAt(struct, 1), '19 15 02 00'],
])('%s is told when it is asked for', (_, ask, text) => {
  expect(() => ask(readStruct(bytes(text)).struct)).toThrow(RangeError);
});
