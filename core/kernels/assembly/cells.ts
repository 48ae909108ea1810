/**
 * Counts values into cells and picks those that lie in cells that are looked at, a slice at a time: the two passes of
 * `core/stats/refine.ts`. Its memory is laid out below; `core/stats/cellKernel.ts` reads and writes it there.
 */

const CELL_COUNT: i32 = 65535;
const LAST_CELL: i32 = CELL_COUNT - 1;
const MIDDLE_CELL: i32 = LAST_CELL / 2;
/** Of a value that is not finite. */
const NO_CELL: u16 = 65535;

// What slices go in and out by; a slice has 4 096 values at most.
/** f64 × 4 096 */
export const VALUES: usize = 0x2000;
/** u16 × 4 096: the cell of each value */
export const PLACES: usize = VALUES + 4096 * 8;
/** f64 × 4 096: those picked, that are not equal to the first of their cell */
export const REST: usize = PLACES + 4096 * 2;
const PICKED: usize = REST + 4096 * 8;
const PICKED_PLACES: usize = PICKED + 4096 * 8 + 16;
/** f64 × 32 768: where cells begin that lie between values of a sample */
export const STARTS: usize = PICKED_PLACES + 4096 * 2 + 16;
/** u8 × 65 536: 1 for the cells that are looked at */
export const LOOKED_AT: usize = STARTS + 32768 * 8;
/** Of each side: f64 × 2 × 65 535, how many values, and the sum of what they are above the origin; then those below. */
export const SIDES: usize = LOOKED_AT + 65536;
export const FIRSTS: usize = 65536 * 16;
/** u32 × 65 535: how many values equal the first one */
export const FIRST_COUNTS: usize = FIRSTS + 65536 * 8;
export const SIDE_SIZE: usize = FIRST_COUNTS + 65536 * 4;

// Cells that are cut once more, each into 16 sub-cells.
/** i32 × 65 536: the first sub-cell of a cell, or -1 */
export const FIRST_SUBS: usize = SIDES + 2 * SIDE_SIZE;
/** f64 × 2 × 16 384, of cells that are cut: where each begins, and sub-cells for 1 of its width */
export const CUTS: usize = FIRST_SUBS + 65536 * 4;
/** u8 × 262 144: 1 for the sub-cells whose values have to be known one by one */
export const EXACT: usize = CUTS + 16384 * 16;
/** Of each side: f64 × 2 × 262 144, as of cells */
export const SUB_TALLIES: usize = EXACT + 262144;
export const SUB_TALLIES_SIZE: usize = 262144 * 16;
const END: usize = SUB_TALLIES + 2 * SUB_TALLIES_SIZE;

memory.grow(<i32>(END >> 16) + 1 - memory.size());

/** For a new pair of samples. */
export function clear(): void {
  memory.fill(LOOKED_AT, 0, 65536);
  memory.fill(SIDES, 0, FIRSTS);
  memory.fill(SIDES + FIRST_COUNTS, 0, 65536 * 4);
  memory.fill(SIDES + SIDE_SIZE, 0, FIRSTS);
  memory.fill(SIDES + SIDE_SIZE + FIRST_COUNTS, 0, 65536 * 4);
}

/** Cells of equal width. */
export function placeEvenly(count: i32, low: f64, scale: f64): void {
  const lows = f64x2.splat(low);
  const scales = f64x2.splat(scale);
  const ones = f64x2.splat(1);
  const zeros = f64x2.splat(0);
  const lasts = f64x2.splat(<f64>LAST_CELL);
  for (let i: usize = 0; i < <usize>count; i += 4) {
    const one = v128.load(VALUES + (i << 3));
    const other = v128.load(VALUES + (i << 3), 16);
    const steps = joinLow(
      truncated(f64x2.add(f64x2.mul(f64x2.sub(one, lows), scales), ones), zeros, lasts),
      truncated(f64x2.add(f64x2.mul(f64x2.sub(other, lows), scales), ones), zeros, lasts),
    );
    storePlaces(i, steps, upperWords(one, other));
  }
}

/** Cells by 1 / (1 + distance from the center in widths). */
export function placeShrinking(count: i32, center: f64, scale: f64): void {
  const centers = f64x2.splat(center);
  const scales = f64x2.splat(scale);
  const ones = f64x2.splat(1);
  const reach = f64x2.splat(<f64>(MIDDLE_CELL - 1));
  for (let i: usize = 0; i < <usize>count; i += 4) {
    const one = f64x2.sub(v128.load(VALUES + (i << 3)), centers);
    const other = f64x2.sub(v128.load(VALUES + (i << 3), 16), centers);
    const steps = joinLow(
      i32x4.trunc_sat_f64x2_s_zero(shrunken(one, scales, ones, reach)),
      i32x4.trunc_sat_f64x2_s_zero(shrunken(other, scales, ones, reach)),
    );
    const words = upperWords(one, other);
    storePlaces(i, aroundMiddle(steps, words), words);
  }
}

/** Cells by the leading bits of |value - center| + width. */
export function placeGrowing(
  count: i32,
  center: f64,
  width: f64,
  shift: i32,
  firstStep: i32,
): void {
  const centers = f64x2.splat(center);
  const widths = f64x2.splat(width);
  const firstSteps = i32x4.splat(firstStep);
  const farthest = i32x4.splat(MIDDLE_CELL - 1);
  for (let i: usize = 0; i < <usize>count; i += 4) {
    const one = f64x2.sub(v128.load(VALUES + (i << 3)), centers);
    const other = f64x2.sub(v128.load(VALUES + (i << 3), 16), centers);
    const bits = upperWords(f64x2.add(f64x2.abs(one), widths), f64x2.add(f64x2.abs(other), widths));
    const steps = i32x4.min_s(i32x4.sub(i32x4.shr_s(bits, shift), firstSteps), farthest);
    storePlaces(i, aroundMiddle(steps, upperWords(one, other)), bits);
  }
}

/** Cells that begin at STARTS. */
export function placeBetween(count: i32, startCount: i32): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const value = load<f64>(VALUES + (i << 3));
    let from: usize = STARTS;
    for (let length = startCount; length > 0; ) {
      const half = length >> 1;
      const middle = from + ((<usize>half) << 3);
      const isBelow = load<f64>(middle) <= value;
      from = select(middle + 8, from, isBelow);
      length = select(length - half - 1, half, isBelow);
    }
    const cell = <u16>((from - STARTS) >> 3);
    store<u16>(PLACES + (i << 1), value - value === 0 ? cell : NO_CELL);
  }
}

/**
 * Adds the slice, which has been placed, to what the cells of a side hold.
 *
 * @returns the sum of squares above the origin
 */
export function tally(count: i32, side: i32, origin: f64): f64 {
  const tallies = SIDES + <usize>side * SIDE_SIZE;
  const ones = f64x2.splat(1);
  let squares: f64 = 0;
  for (let i: usize = 0; i < <usize>count; i++) {
    const cell = load<u16>(PLACES + (i << 1));
    if (cell === NO_CELL) continue;
    const offset = load<f64>(VALUES + (i << 3)) - origin;
    const at = tallies + ((<usize>cell) << 4);
    v128.store(at, f64x2.add(v128.load(at), f64x2.replace_lane(ones, 1, offset)));
    squares += offset * offset;
  }
  return squares;
}

/**
 * Picks the values of the slice that lie in cells that are looked at. Those equal to the first one of their cell are
 * counted there, the others written to REST.
 *
 * @returns how many are in REST
 */
export function gather(count: i32, side: i32): i32 {
  const firsts = SIDES + <usize>side * SIDE_SIZE + FIRSTS;
  const firstCounts = SIDES + <usize>side * SIDE_SIZE + FIRST_COUNTS;
  let pickedCount: usize = 0;
  for (let i: usize = 0; i < <usize>count; i++) {
    const cell = <usize>load<u16>(PLACES + (i << 1));
    // written always and counted where it matters: a branch would be guessed wrong too often
    store<f64>(PICKED + (pickedCount << 3), load<f64>(VALUES + (i << 3)));
    store<u16>(PICKED_PLACES + (pickedCount << 1), <u16>cell);
    pickedCount += load<u8>(LOOKED_AT + cell);
  }
  let restCount: usize = 0;
  for (let i: usize = 0; i < pickedCount; i++) {
    const cell = <usize>load<u16>(PICKED_PLACES + (i << 1));
    // -0 would sort before 0 and count as another value
    const value = load<f64>(PICKED + (i << 3)) + 0;
    const counted = firstCounts + (cell << 2);
    const firstCount = load<u32>(counted);
    const first = firsts + (cell << 3);
    if (firstCount === 0) store<f64>(first, value);
    if (load<f64>(first) === value) store<u32>(counted, firstCount + 1);
    else {
      store<f64>(REST + (restCount << 3), value);
      restCount++;
    }
  }
  return <i32>restCount;
}

/** Adds those values of the slice, which has been placed, that lie in cells that are cut to their sub-cells. */
export function tallySubs(count: i32, side: i32, origin: f64): void {
  const tallies = SUB_TALLIES + <usize>side * SUB_TALLIES_SIZE;
  const ones = f64x2.splat(1);
  for (let i: usize = 0; i < <usize>count; i++) {
    const value = load<f64>(VALUES + (i << 3));
    const sub = subOf(value, <usize>load<u16>(PLACES + (i << 1)));
    if (sub < 0) continue;
    const at = tallies + ((<usize>sub) << 4);
    v128.store(at, f64x2.add(v128.load(at), f64x2.replace_lane(ones, 1, value - origin)));
  }
}

/** Writes those values of the slice to REST that need to be known; returns how many. */
export function takeOut(count: i32): i32 {
  let restCount: usize = 0;
  for (let i: usize = 0; i < <usize>count; i++) {
    const value = load<f64>(VALUES + (i << 3));
    const sub = subOf(value, <usize>load<u16>(PLACES + (i << 1)));
    store<f64>(REST + (restCount << 3), value);
    if (sub < 0 || load<u8>(EXACT + <usize>sub) === 1) restCount++;
  }
  return <i32>restCount;
}

/** Ascends with the values; -1 outside of cells that are cut. */
function subOf(value: f64, cell: usize): i32 {
  const first = load<i32>(FIRST_SUBS + (cell << 2));
  if (first < 0) return -1;
  const cut = CUTS + <usize>first;
  const step = (value - load<f64>(cut)) * load<f64>(cut, 8);
  return first + (step > 0 ? <i32>min(step, 15.0) : 0);
}

/** Two lanes of whole numbers between two bounds; what is no number becomes the lower one. */
function truncated(steps: v128, least: v128, most: v128): v128 {
  return i32x4.trunc_sat_f64x2_s_zero(f64x2.pmin(most, f64x2.pmax(least, steps)));
}

function shrunken(offsets: v128, scales: v128, ones: v128, reach: v128): v128 {
  const away = f64x2.add(ones, f64x2.mul(f64x2.abs(offsets), scales));
  return f64x2.sub(reach, f64x2.div(reach, away));
}

/** The lower two lanes of each. */
function joinLow(one: v128, other: v128): v128 {
  return v128.shuffle<i32>(one, other, 0, 1, 4, 5);
}

/** The upper halves of four doubles. */
function upperWords(one: v128, other: v128): v128 {
  return v128.shuffle<i32>(one, other, 1, 3, 5, 7);
}

/** Steps up from the middle cell, or down where the sign bit of a word is set. */
function aroundMiddle(steps: v128, words: v128): v128 {
  return i32x4.add(i32x4.splat(MIDDLE_CELL), v128.xor(steps, i32x4.shr_s(words, 31)));
}

/** Of four values; no cell where the upper half of a double says that it is not finite. */
function storePlaces(i: usize, places: v128, words: v128): void {
  const exponents = i32x4.splat(0x7ff00000);
  const isInfinite = i32x4.eq(v128.and(words, exponents), exponents);
  const cells = v128.or(v128.and(isInfinite, i32x4.splat(65535)), v128.andnot(places, isInfinite));
  v128.store64_lane(PLACES + (i << 1), i16x8.narrow_i32x4_u(cells, cells), 0);
}
