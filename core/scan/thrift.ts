/**
 * Structs in Thrift's compact protocol, one level at a time: what nobody looks into stays the bytes that it is.
 * Source: github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */

/** A field's value as it stands; of a boolean, which its type tells, no bytes. */
export interface Field {
  type: number;
  bytes: Uint8Array;
}

/** Fields by their number. */
export type Struct = Map<number, Field>;

export const types = { true: 1, false: 2, i32: 5, i64: 6, binary: 8, list: 9, struct: 12 } as const;

/** Bytes of a value of a type that has always as many; 1 is what a boolean takes in a list. */
const fixedBytes: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 1, 7: 8, 13: 16 };
const largestFieldNumber = 32_767;
const deepestLevel = 64;

/** @throws {RangeError} where no struct starts there, or it is cut short */
export function readStruct(bytes: Uint8Array, start = 0): { struct: Struct; end: number } {
  const struct: Struct = new Map();
  let [place, last] = [start, 0];
  for (;;) {
    const { type, number, valueStart } = fieldStart(bytes, place, last);
    if (type === 0) return { struct, end: valueStart };
    if (number < 1 || number > largestFieldNumber) throw new RangeError(`no field ${number}`);
    place = fieldEnd(bytes, valueStart, type, 0);
    struct.set(number, { type, bytes: bytes.subarray(valueStart, place) });
    last = number;
  }
}

export function writeStruct(struct: Struct): Buffer {
  const parts: Uint8Array[] = [];
  let last = 0;
  for (const [number, { type, bytes }] of [...struct].sort(([one], [other]) => one - other)) {
    const step = number - last;
    const isShort = step > 0 && step < 16;
    parts.push(isShort ? Buffer.of((step << 4) | type) : Buffer.of(type, ...zigzag(number)), bytes);
    last = number;
  }
  return Buffer.concat([...parts, Buffer.of(0)]);
}

/** @throws {RangeError} where the field is missing or no struct */
export function structAt(struct: Struct, number: number): Struct {
  return readStruct(fieldAt(struct, number, types.struct).bytes).struct;
}

export function setStruct(struct: Struct, number: number, value: Struct): void {
  struct.set(number, { type: types.struct, bytes: writeStruct(value) });
}

/** @throws {RangeError} where the field is missing or no list of structs */
export function structsAt(struct: Struct, number: number): Struct[] {
  const { bytes } = fieldAt(struct, number, types.list);
  const { type, count, itemStart } = listStart(bytes, 0);
  if (count > 0 && type !== types.struct) throw new RangeError(`field ${number} lists no structs`);
  const items: Struct[] = [];
  let place = itemStart;
  while (items.length < count) {
    const item = readStruct(bytes, place);
    items.push(item.struct);
    place = item.end;
  }
  return items;
}

export function setStructs(struct: Struct, number: number, items: readonly Struct[]): void {
  const isShort = items.length < 15;
  const head = isShort
    ? Buffer.of((items.length << 4) | types.struct)
    : Buffer.of(0xf0 | types.struct, ...variable(items.length));
  const bytes = Buffer.concat([head, ...items.map(writeStruct)]);
  struct.set(number, { type: types.list, bytes });
}

/** Null where there is none. @throws {RangeError} where the field is no whole number that a double holds */
export function integerAt(struct: Struct, number: number): number | null {
  const field = struct.get(number);
  if (field === undefined) return null;
  if (field.type < 4 || field.type > 6) throw new RangeError(`field ${number} is no whole number`);
  const value = signed(readVariable(field.bytes, 0).value);
  if (!Number.isSafeInteger(value)) throw new RangeError(`field ${number} is too large`);
  return value;
}

/** Under the type that the field has, or that of 64 bits. */
export function setInteger(struct: Struct, number: number, value: number): void {
  const type = struct.get(number)?.type ?? types.i64;
  struct.set(number, { type, bytes: Buffer.from(zigzag(value)) });
}

/** Null where there is none, or no text. */
export function textAt(struct: Struct, number: number): string | null {
  const field = struct.get(number);
  if (field?.type !== types.binary) return null;
  const { end } = readVariable(field.bytes, 0);
  return Buffer.from(field.bytes.subarray(end)).toString();
}

function fieldAt(struct: Struct, number: number, type: number): Field {
  const field = struct.get(number);
  if (field?.type !== type) throw new RangeError(`field ${number} is missing or of another type`);
  return field;
}

/** The type is 0 where the struct ends. */
function fieldStart(bytes: Uint8Array, place: number, last: number) {
  const head = byteAt(bytes, place);
  const type = head & 15;
  if (type === 0 && head !== 0) throw new RangeError('no value has the type 0');
  if (head >> 4 > 0 || head === 0)
    return { type, number: last + (head >> 4), valueStart: place + 1 };
  const { value, end } = readVariable(bytes, place + 1);
  return { type, number: signed(value), valueStart: end };
}

function listStart(bytes: Uint8Array, place: number) {
  const head = byteAt(bytes, place);
  const type = head & 15;
  if (head >> 4 < 15) return { type, count: head >> 4, itemStart: place + 1 };
  const { value, end } = readVariable(bytes, place + 1);
  return { type, count: value, itemStart: end };
}

/** A boolean field has no bytes. */
function fieldEnd(bytes: Uint8Array, start: number, type: number, level: number): number {
  const isBoolean = type === types.true || type === types.false;
  return isBoolean ? start : valueEnd(bytes, start, type, level);
}

/** Where the value ends that starts at a place. It has at least a byte, so what a count promises must be there. */
function valueEnd(bytes: Uint8Array, start: number, type: number, level: number): number {
  if (level > deepestLevel) throw new RangeError('structs lie too deep in one another');
  const fixed = fixedBytes[type];
  if (fixed !== undefined) return checked(bytes, start + fixed);
  if (type >= 4 && type <= 6) return readVariable(bytes, start).end;
  if (type === types.binary) {
    const { value, end } = readVariable(bytes, start);
    return checked(bytes, end + value);
  }
  if (type === types.struct) return structEnd(bytes, start, level);
  if (type === types.list || type === 10) return listEnd(bytes, start, level);
  if (type === 11) return mapEnd(bytes, start, level);
  throw new RangeError(`no value has the type ${type}`);
}

function structEnd(bytes: Uint8Array, start: number, level: number): number {
  let place = start;
  for (;;) {
    const { type, valueStart } = fieldStart(bytes, place, 0);
    if (type === 0) return valueStart;
    place = fieldEnd(bytes, valueStart, type, level + 1);
  }
}

function listEnd(bytes: Uint8Array, start: number, level: number): number {
  const { type, count, itemStart } = listStart(bytes, start);
  const fixed = fixedBytes[type];
  if (fixed !== undefined) return checked(bytes, itemStart + fixed * count);
  let place = itemStart;
  for (let left = count; left > 0; left--) place = valueEnd(bytes, place, type, level + 1);
  return place;
}

function mapEnd(bytes: Uint8Array, start: number, level: number): number {
  const { value: count, end } = readVariable(bytes, start);
  if (count === 0) return end;
  const kinds = byteAt(bytes, end);
  let place = end + 1;
  for (let left = count; left > 0; left--) {
    place = valueEnd(bytes, place, kinds >> 4, level + 1);
    place = valueEnd(bytes, place, kinds & 15, level + 1);
  }
  return place;
}

/** Seven bits a byte, the lowest first. What is beyond 53 bits is not exact, and found to be too large where it is used. */
function readVariable(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  for (let index = 0; index < 10; index++) {
    const byte = byteAt(bytes, start + index);
    value += (byte & 127) * 2 ** (7 * index);
    if (byte < 128) return { value, end: start + index + 1 };
  }
  throw new RangeError('a number has more than ten bytes');
}

function variable(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) + 128);
  return [...bytes, left];
}

/** Negative numbers are written as odd ones. */
function signed(value: number): number {
  return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
}

function zigzag(value: number): number[] {
  return variable(value < 0 ? -value * 2 - 1 : value * 2);
}

function byteAt(bytes: Uint8Array, place: number): number {
  const byte = bytes[place];
  if (byte === undefined) throw new RangeError('a struct is cut short');
  return byte;
}

function checked(bytes: Uint8Array, end: number): number {
  if (end > bytes.length) throw new RangeError('a struct is cut short');
  return end;
}
