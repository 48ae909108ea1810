/**
 * Reads numbers from the pages of Parquet files: Snappy, levels and indices in runs, plain values and dictionaries. Its
 * memory is laid out below; `core/scan/pageKernel.ts` reads and writes it there. Whatever stands in a page, nothing is
 * read or written beyond it but a few bytes that nobody looks at. Sources: github.com/apache/parquet-format,
 * Encodings.md; github.com/google/snappy, format_description.txt
 */

/** Values that come out at once at most. */
export const SLICE_LENGTH: i32 = 16384;
export const DICTIONARY_LENGTH: i32 = 1 << 20;
/** Bytes of a page, as it stands in the file and unfolded. */
export const LARGEST_PAGE: u32 = 1 << 25;
/** Loads and stores of 16 bytes may reach so far beyond the end. */
const SLACK: usize = 64;

/** f64 × slice: where its values come out, unless they can stay where they are */
const VALUES: usize = 0x2000;
/** Bits: of a slice, the values that are missing or infinite */
export const ABSENT: usize = VALUES + 16384 * 8 + SLACK;
/** u8 × slice: 1 for values that are not null */
const PRESENT: usize = ABSENT + 16384 / 8 + SLACK;
/** f64 × length of the dictionary */
const DICTIONARY: usize = PRESENT + 16384 + SLACK;
/** Pages as they stand in the file go in here, */
export const FOLDED: usize = DICTIONARY + (1 << 20) * 8 + SLACK;
/** and are unfolded to here, or within the next 4 096 bytes. */
export const UNFOLDED: usize = FOLDED + (1 << 25) + SLACK;

memory.grow(<i32>((UNFOLDED + 4096 + (1 << 25) + SLACK) >> 16) + 1 - memory.size());

// Types of values.
const F64: i32 = 0;
const F32: i32 = 1;
const I64: i32 = 2;
const U64: i32 = 3;
const I32: i32 = 4;
const U32: i32 = 5;
const I16: i32 = 6;
const U16: i32 = 7;
const I8: i32 = 8;
const U8: i32 = 9;

// Runs that are read: two structs of u32, in the memory before the values.
const LEVELS: usize = 0x1000;
const INDICES: usize = 0x1040;
/** Where the next run begins, and where all end. */
const NEXT: usize = 0;
const END: usize = 4;
/** Of the run that is read: how many values are left of it, */
const LEFT: usize = 8;
/** which one that is, where all are the same; */
const VALUE: usize = 12;
/** else where they are packed, and how many bits of them are read. */
const PACKED: usize = 16;
const BIT: usize = 20;

/** Where a number of variable length ended. */
let variableEnd: usize = 0;
let dictionaryLength: u32 = 0;
let hasLevels: bool = false;
let isIndexed: bool = false;
let indexWidth: u32 = 0;
let valueType: i32 = 0;
let plain: usize = 0;
let plainEnd: usize = 0;
let infinite: i32 = 0;

/**
 * Snappy.
 *
 * @returns where it is unfolded to; 0 where it is damaged, or holds another number of bytes
 */
export function unfold(from: usize, length: u32, size: u32): usize {
  if (length > LARGEST_PAGE || size > LARGEST_PAGE) return 0;
  const end = from + length;
  if (readVariable(from, end) !== <i64>size) return 0;
  let at = variableEnd;
  // processors take addresses with the same last 12 bits for the same at first: copies from just before take 7 times as long
  const start = UNFOLDED + ((from + 2048 - UNFOLDED) & 4095);
  let to = start;
  const last = start + size;
  while (at < end) {
    const tag = <u32>load<u8>(at);
    const kind = tag & 3;
    at++;
    if (kind === 0) {
      let beyondFirst = <usize>(tag >> 2);
      if (beyondFirst >= 60) {
        const extra = (tag >> 2) - 59;
        if (<usize>extra > end - at) return 0;
        beyondFirst = <usize>(load<u32>(at) & (0xffffffff >> (32 - 8 * extra)));
        at += <usize>extra;
      }
      if (beyondFirst >= end - at || beyondFirst >= last - to) return 0;
      const count = beyondFirst + 1;
      copyBytes(to, at, count);
      at += count;
      to += count;
      continue;
    }
    const offsetBytes: usize = kind === 3 ? 4 : kind;
    if (offsetBytes > end - at) return 0;
    let offset: usize = 0;
    let count = <usize>(1 + (tag >> 2));
    if (kind === 1) {
      count = 4 + ((tag >> 2) & 7);
      offset = ((tag >> 5) << 8) | load<u8>(at);
    } else offset = kind === 2 ? load<u16>(at) : load<u32>(at);
    at += offsetBytes;
    if (offset === 0 || offset > to - start || count > last - to) return 0;
    repeatBytes(to, offset, count);
    to += count;
  }
  return to === last ? start : 0;
}

/** Sets the dictionary from plain values; false where they are too many for it, or for their bytes. */
export function setDictionary(from: usize, end: usize, type: i32, length: i32): bool {
  if (<u32>length > <u32>DICTIONARY_LENGTH) return false;
  if (<usize>length * bytesOf(type) > end - from) return false;
  convert(type, from, DICTIONARY, length);
  dictionaryLength = length;
  return true;
}

/**
 * Begins a page.
 *
 * @param levels - in runs, up to `levelsEnd`; none where both are 0
 * @param indexed - whether the values are places in the dictionary
 * @returns false where they cannot be
 */
export function open(
  levels: usize,
  levelsEnd: usize,
  from: usize,
  end: usize,
  indexed: bool,
  type: i32,
): bool {
  hasLevels = levelsEnd > 0;
  startRuns(LEVELS, levels, levelsEnd);
  isIndexed = indexed;
  valueType = type;
  plain = from;
  plainEnd = end;
  // of a page without values there may be no byte
  indexWidth = indexed && from < end ? load<u8>(from) : 0;
  startRuns(INDICES, min(from + 1, end), end);
  return indexWidth <= 32;
}

/**
 * The next values of the page, NaN where they are null.
 *
 * @returns where they are, or 0 where they are damaged
 */
export function read(count: i32): usize {
  if (<u32>count > <u32>SLICE_LENGTH) return 0;
  const present = hasLevels ? readLevels(count) : count;
  if (present < 0) return 0;
  if (isIndexed) {
    if (!readIndices(present)) return 0;
  } else {
    const size = <usize>present * bytesOf(valueType);
    if (size > plainEnd - plain) return 0;
    const from = plain;
    plain += size;
    if (valueType === F64 && present === count) return from;
    convert(valueType, from, VALUES, present);
  }
  if (present < count) spread(count, present);
  return VALUES;
}

/**
 * Makes values that are infinite NaN, and sets a bit of ABSENT for all that are, from bit `firstBit` on.
 *
 * @returns how many there are; none, and ABSENT is left as it was
 */
export function markAbsent(at: usize, count: i32, firstBit: i32): i32 {
  infinite = 0;
  if (areFinite(at, count)) return 0;
  let absent = 0;
  let bits: u32 = 0;
  let bit: u32 = firstBit;
  let place = ABSENT;
  for (let i: usize = 0; i < <usize>count; i++) {
    const value = load<f64>(at + (i << 3));
    const isAbsent = <u32>(value - value !== 0);
    store<f64>(at + (i << 3), select(NaN, value, isAbsent));
    absent += isAbsent;
    infinite += <i32>(abs(value) === Infinity);
    bits |= isAbsent << bit;
    bit++;
    if (bit === 8) {
      store<u8>(place, bits);
      place++;
      bits = 0;
      bit = 0;
    }
  }
  store<u8>(place, bits);
  return absent;
}

/** Of those that were last marked absent. */
export function infiniteCount(): i32 {
  return infinite;
}

/** Seven bits a byte, the lowest first; -1 where it does not end, or has more than 32 bits. */
function readVariable(from: usize, end: usize): i64 {
  let value: u64 = 0;
  for (let shift: u64 = 0; shift < 35; shift += 7) {
    if (from >= end) return -1;
    const byte = <u64>load<u8>(from);
    from++;
    value |= (byte & 127) << shift;
    if (byte < 128) {
      variableEnd = from;
      return value >> 32 === 0 ? <i64>value : -1;
    }
  }
  return -1;
}

function copyBytes(to: usize, from: usize, count: usize): void {
  if (count > 256) {
    memory.copy(to, from, count);
    return;
  }
  for (let i: usize = 0; i < count; i += 16) v128.store(to + i, v128.load(from + i));
}

/** What was written `offset` bytes before, which may be what is written here. */
function repeatBytes(to: usize, offset: usize, count: usize): void {
  let i: usize = 0;
  if (offset >= 16) {
    for (; i < count; i += 16) v128.store(to + i, v128.load(to + i - offset));
    return;
  }
  let distance = offset;
  if (offset < 8) {
    for (; i < 8; i++) store<u8>(to + i, load<u8>(to + i - offset));
    while (distance < 8) distance += offset;
  }
  for (; i < count; i += 8) store<u64>(to + i, load<u64>(to + i - distance));
}

function startRuns(runs: usize, from: usize, end: usize): void {
  store<u32>(runs + NEXT, from);
  store<u32>(runs + END, end);
  store<u32>(runs + LEFT, 0);
}

/** Begins the next run; false where there is none, or it is longer than its bytes. */
function startRun(runs: usize, width: u32): bool {
  const end = <usize>load<u32>(runs + END);
  const head = readVariable(load<u32>(runs + NEXT), end);
  if (head < 0) return false;
  const at = variableEnd;
  const count = <u32>(head >> 1);
  const isPacked = (head & 1) === 1;
  const size = isPacked ? <u64>count * width : (width + 7) >> 3;
  // eight values a group
  if (size > end - at || (isPacked && count >= 1 << 28)) return false;
  store<u32>(runs + NEXT, at + <usize>size);
  store<u32>(runs + LEFT, isPacked ? count << 3 : count);
  store<u32>(runs + PACKED, isPacked ? at : 0);
  store<u32>(runs + BIT, 0);
  let value: u32 = 0;
  for (let i: u32 = 0; !isPacked && i < <u32>size; i++) value |= (<u32>load<u8>(at + i)) << (8 * i);
  store<u32>(runs + VALUE, value);
  return true;
}

/** Of the next values, to PRESENT: how many are not null, or -1 where that is damaged. */
function readLevels(count: i32): i32 {
  let present: i32 = 0;
  let done: i32 = 0;
  while (done < count) {
    const left = load<u32>(LEVELS + LEFT);
    if (left === 0) {
      // each takes a byte at least, so that there is an end
      if (!startRun(LEVELS, 1)) return -1;
      continue;
    }
    const length = min(left, <u32>(count - done));
    const packed = <usize>load<u32>(LEVELS + PACKED);
    if (packed > 0) {
      const bit = load<u32>(LEVELS + BIT);
      present += unpackLevels(packed, bit, length, PRESENT + done);
      store<u32>(LEVELS + BIT, bit + length);
    } else {
      const level = load<u32>(LEVELS + VALUE);
      if (level > 1) return -1;
      memory.fill(PRESENT + done, <u8>level, length);
      present += level * length;
    }
    store<u32>(LEVELS + LEFT, left - length);
    done += length;
  }
  return present;
}

function unpackLevels(packed: usize, firstBit: u32, length: u32, to: usize): i32 {
  const bits = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
  const ones = i8x16.splat(1);
  let present: i32 = 0;
  const lastBit = firstBit + length;
  for (let bit = firstBit; bit < lastBit; ) {
    const byte = <u32>load<u8>(packed + (bit >> 3));
    if ((bit & 7) === 0 && bit + 8 <= lastBit) {
      const set = v128.and(i8x16.splat(<i8>byte), bits);
      v128.store64_lane(to, v128.and(i8x16.eq(set, bits), ones), 0);
      present += popcnt(byte);
      to += 8;
      bit += 8;
    } else {
      const level = (byte >> (bit & 7)) & 1;
      store<u8>(to, level);
      present += level;
      to++;
      bit++;
    }
  }
  return present;
}

/** The next values from the dictionary; false where there is no such place in it. */
function readIndices(count: i32): bool {
  const width = indexWidth;
  const mask = ((<u64>1) << width) - 1;
  let to = VALUES;
  let done: i32 = 0;
  while (done < count) {
    const left = load<u32>(INDICES + LEFT);
    if (left === 0) {
      if (!startRun(INDICES, width)) return false;
      continue;
    }
    const length = min(left, <u32>(count - done));
    const packed = <usize>load<u32>(INDICES + PACKED);
    if (packed > 0) {
      const firstBit = load<u32>(INDICES + BIT);
      let bit = <u64>firstBit;
      for (let i: u32 = 0; i < length; i++, bit += width, to += 8) {
        const bits = load<u64>(packed + <usize>(bit >> 3)) >> (bit & 7);
        const index = <u32>(bits & mask);
        if (index >= dictionaryLength) return false;
        store<f64>(to, load<f64>(DICTIONARY + ((<usize>index) << 3)));
      }
      store<u32>(INDICES + BIT, <u32>bit);
    } else {
      const index = load<u32>(INDICES + VALUE);
      if (index >= dictionaryLength) return false;
      const value = load<f64>(DICTIONARY + ((<usize>index) << 3));
      for (let i: u32 = 0; i < length; i++, to += 8) store<f64>(to, value);
    }
    store<u32>(INDICES + LEFT, left - length);
    done += length;
  }
  return true;
}

/** In place, from the last one: `present` values to where `count` places have one. */
function spread(count: i32, present: i32): void {
  let next = <usize>present;
  for (let i = <usize>count; i > 0 && next < i; ) {
    i--;
    const level = <usize>load<u8>(PRESENT + i);
    next -= level;
    store<f64>(VALUES + (i << 3), select(load<f64>(VALUES + (next << 3)), NaN, <i32>level));
  }
}

/** In the file; numbers of 8 and 16 bits take 32. */
function bytesOf(type: i32): usize {
  return type === F64 || type === I64 || type === U64 ? 8 : 4;
}

function convert(type: i32, from: usize, to: usize, count: i32): void {
  const end = to + ((<usize>count) << 3);
  if (type === F64) memory.copy(to, from, (<usize>count) << 3);
  else if (type === F32) for (; to < end; to += 8, from += 4) store<f64>(to, load<f32>(from));
  else if (type === I64) for (; to < end; to += 8, from += 8) store<f64>(to, <f64>load<i64>(from));
  else if (type === U64) for (; to < end; to += 8, from += 8) store<f64>(to, <f64>load<u64>(from));
  else if (type === I32) for (; to < end; to += 8, from += 4) store<f64>(to, <f64>load<i32>(from));
  else if (type === U32) for (; to < end; to += 8, from += 4) store<f64>(to, <f64>load<u32>(from));
  else if (type === I16) for (; to < end; to += 8, from += 4) store<f64>(to, <f64>load<i16>(from));
  else if (type === U16) for (; to < end; to += 8, from += 4) store<f64>(to, <f64>load<u16>(from));
  else if (type === I8) for (; to < end; to += 8, from += 4) store<f64>(to, <f64>load<i8>(from));
  else if (type === U8) for (; to < end; to += 8, from += 4) store<f64>(to, <f64>load<u8>(from));
}

function areFinite(at: usize, count: i32): bool {
  let one = i64x2.splat(0);
  let other = i64x2.splat(0);
  const end = at + ((<usize>count) << 3);
  for (; at + 32 <= end; at += 32) {
    const first = v128.load(at);
    const second = v128.load(at, 16);
    // zero, or NaN
    one = v128.or(one, f64x2.sub(first, first));
    other = v128.or(other, f64x2.sub(second, second));
  }
  for (; at < end; at += 8) {
    const value = load<f64>(at);
    if (value - value !== 0) return false;
  }
  return !v128.any_true(v128.or(one, other));
}
