/** Sorts doubles by their bits: the loops of `core/sortNumbers.ts`, which says how. */

const DIGIT_BITS: i32 = 11;
const DIGIT_COUNT: usize = 1 << DIGIT_BITS;
const DIGIT_MASK: u64 = DIGIT_COUNT - 1;
const PASS_COUNT: i32 = 6;
/** Moves a value that take no longer than the passes that they spare. */
const MOST_MOVES: usize = 4;

/** u32 × 2 048 by pass: where the keys of each digit go next. */
const STARTS: usize = 0x2000;
/** f64: the values go in and come out here; as many keys follow, which take turns with them. */
export const VALUES: usize = STARTS + <usize>PASS_COUNT * DIGIT_COUNT * 4;

/** Makes room for so many values; false where there is none. */
export function reserve(count: i32): bool {
  const pages = <i32>((VALUES + ((<usize>count) << 4)) >> 16) + 1 - memory.size();
  return pages <= 0 || memory.grow(pages) >= 0;
}

/**
 * @param firstBit - of those looked at; where it is not 0, the values are nearly in order then, and are moved one by one
 * @returns false where too much is left to be moved; the values are the same then, in some order
 */
export function sort(count: i32, firstBit: i32): bool {
  const size = (<usize>count) << 3;
  const passes = (64 - firstBit + DIGIT_BITS - 1) / DIGIT_BITS;
  memory.fill(STARTS, 0, <usize>passes * DIGIT_COUNT * 4);
  if (firstBit === 0) countAll(size);
  else countUpper(size, firstBit);
  let from = VALUES;
  let to = VALUES + size;
  for (let pass = 0; pass < passes; pass++) {
    const starts = STARTS + <usize>pass * DIGIT_COUNT * 4;
    if (!toStarts(starts, count)) continue;
    place(from, to, size, starts, <u64>(firstBit + pass * DIGIT_BITS));
    const other = from;
    from = to;
    to = other;
  }
  const isSorted = firstBit === 0 || moveRest(from, size);
  for (let at: usize = 0; at < size; at += 8) {
    const key = load<i64>(from + at);
    store<i64>(VALUES + at, key ^ (~(key >> 63) | i64.MIN_VALUE));
  }
  return isSorted;
}

/** Whose order as an unsigned integer is that of the doubles. */
function keyOf(bits: i64): u64 {
  return <u64>(bits ^ ((bits >> 63) | i64.MIN_VALUE));
}

function countUpper(size: usize, firstBit: i32): void {
  for (let at = VALUES; at < VALUES + size; at += 8) {
    const key = keyOf(load<i64>(at));
    store<u64>(at, key);
    const upper = key >> <u64>firstBit;
    count(0, upper);
    count(1, upper >> 11);
    count(2, upper >> 22);
  }
}

function countAll(size: usize): void {
  for (let at = VALUES; at < VALUES + size; at += 8) {
    const key = keyOf(load<i64>(at));
    store<u64>(at, key);
    count(0, key);
    count(1, key >> 11);
    count(2, key >> 22);
    count(3, key >> 33);
    count(4, key >> 44);
    count(5, key >> 55);
  }
}

function count(pass: usize, digits: u64): void {
  const at = STARTS + pass * DIGIT_COUNT * 4 + ((<usize>(digits & DIGIT_MASK)) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** Turns counts into the place where each digit's keys begin; false when all have the same digit. */
function toStarts(starts: usize, total: u32): bool {
  let start: u32 = 0;
  for (let at = starts; at < starts + DIGIT_COUNT * 4; at += 4) {
    const count = load<u32>(at);
    if (count === total) return false;
    store<u32>(at, start);
    start += count;
  }
  return true;
}

function place(from: usize, to: usize, size: usize, starts: usize, shift: u64): void {
  for (let at: usize = 0; at < size; at += 8) {
    const key = load<u64>(from + at);
    const start = starts + ((<usize>((key >> shift) & DIGIT_MASK)) << 2);
    const next = load<u32>(start);
    store<u32>(start, next + 1);
    store<u64>(to + ((<usize>next) << 3), key);
  }
}

function moveRest(keys: usize, size: usize): bool {
  let moved: usize = 0;
  let before = load<u64>(keys);
  for (let at = keys + 8; at < keys + size; at += 8) {
    const key = load<u64>(at);
    if (key >= before) {
      before = key;
      continue;
    }
    let place = at;
    while (place > keys && load<u64>(place - 8) > key) {
      store<u64>(place, load<u64>(place - 8));
      place -= 8;
    }
    store<u64>(place, key);
    moved += at - place;
    if (moved > MOST_MOVES * size) return false;
  }
  return true;
}
