/** Counts the lines of a text, a block of bytes at a time; `core/scan/countLines.ts` reads files into its memory. */

const LINE_FEED: u8 = 10;
const CARRIAGE_RETURN: u8 = 13;

/** u8 × 1 048 576; the two bytes that came before stand in front of it */
export const BLOCK: usize = 0x1000;
export const BLOCK_SIZE: usize = 1 << 20;

memory.grow(<i32>((BLOCK + BLOCK_SIZE) >> 16) + 1 - memory.size());

let lines: i64 = 0;
let blanks: i64 = 0;

/** For a new text. */
export function clear(): void {
  lines = 0;
  blanks = 0;
  store<u8>(BLOCK - 2, 0);
  // the first line begins as others do
  store<u8>(BLOCK - 1, LINE_FEED);
}

/** Counts the next bytes, which stand in the block. */
export function push(length: i32): void {
  const feeds = i8x16.splat(LINE_FEED);
  const returns = i8x16.splat(CARRIAGE_RETURN);
  const end = BLOCK + <usize>length;
  v128.store(end, i8x16.splat(0));
  for (let at = BLOCK; at < end; at += 16) {
    const isEnd = i8x16.eq(v128.load(at), feeds);
    const one = v128.load(at - 1);
    const isBlank = v128.or(
      i8x16.eq(one, feeds),
      v128.and(i8x16.eq(one, returns), i8x16.eq(v128.load(at - 2), feeds)),
    );
    lines += popcnt<i32>(i8x16.bitmask(isEnd));
    blanks += popcnt<i32>(i8x16.bitmask(v128.and(isEnd, isBlank)));
  }
  const last = load<u8>(end - 1);
  store<u8>(BLOCK - 2, load<u8>(end - 2));
  store<u8>(BLOCK - 1, last);
}

/** What comes after the last line feed is a line, too. */
export function lineCount(): f64 {
  return <f64>lines + (load<u8>(BLOCK - 1) === LINE_FEED ? 0 : 1);
}

/** Of those, the ones with nothing before their line feed, or a carriage return. */
export function blankCount(): f64 {
  return <f64>blanks;
}
