import { describe, expect, it } from 'vitest';
import { takeKernel, type ValueType, valueTypes } from '../../../core/scan/pageKernel.js';

const kernel = takeKernel();
const { run, bytes, foldedStart } = kernel;

/** What the kernel makes of it; null where it refuses. */
function unfolded(folded: readonly number[] | Uint8Array, size: number): Uint8Array | null {
  bytes.set(folded, foldedStart);
  const at = run.unfold(foldedStart, folded.length, size);
  return at === 0 ? null : bytes.slice(at, at + size);
}

/** Snappy as its description has it, byte by byte. */
function expectedBytes(folded: Uint8Array, size: number): Uint8Array | null {
  const unfoldedBytes: number[] = [];
  let place = 0;
  const number = (count: number) => {
    let value = 0;
    for (let i = 0; i < count; i++) value += (folded[place + i] ?? Number.NaN) * 256 ** i;
    place += count;
    return value;
  };
  let promised = 0;
  for (let shift = 0; ; shift++) {
    const byte = folded[place++];
    if (byte === undefined || shift === 5) return null;
    promised += (byte & 127) * 128 ** shift;
    if (byte < 128) break;
  }
  if (promised !== size) return null;
  while (place < folded.length) {
    const tag = number(1);
    if ((tag & 3) === 0) {
      const count = 1 + (tag >> 2 < 60 ? tag >> 2 : number((tag >> 2) - 59));
      if (!(count <= folded.length - place && count <= size - unfoldedBytes.length)) return null;
      unfoldedBytes.push(...folded.subarray(place, place + count));
      place += count;
      continue;
    }
    const isShort = (tag & 3) === 1;
    const count = isShort ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2);
    const offset = isShort ? (tag >> 5) * 256 + number(1) : number((tag & 3) === 2 ? 2 : 4);
    const from = unfoldedBytes.length - offset;
    if (!(offset > 0 && from >= 0 && count <= size - unfoldedBytes.length)) return null;
    for (let i = 0; i < count; i++) unfoldedBytes.push(unfoldedBytes[from + i] as number);
  }
  return unfoldedBytes.length === size ? Uint8Array.from(unfoldedBytes) : null;
}

/** Numbers below 1 by a seed (Mulberry32). */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

function variable(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...variable(Math.floor(value / 128))];
}

/** A block of literals and copies of all kinds, at random. */
function block(random: (below: number) => number): { folded: Uint8Array; size: number } {
  const parts: number[] = [];
  let size = 0;
  for (let left = 1 + random(30); left > 0; left--) {
    const kind = size === 0 ? 0 : random(4);
    if (kind === 0) {
      const most = random(200) === 0 ? 70_000 : ([8, 59, 400][random(3)] as number);
      const count = 1 + random(most);
      const beyond = count - 1;
      if (beyond < 60) parts.push(beyond << 2);
      else if (beyond < 256) parts.push(60 << 2, beyond);
      else if (beyond < 65_536) parts.push(61 << 2, beyond & 255, beyond >> 8);
      else parts.push(62 << 2, beyond & 255, (beyond >> 8) & 255, beyond >> 16);
      for (let i = 0; i < count; i++) parts.push(random(256));
      size += count;
      continue;
    }
    const offset = 1 + random(Math.min(size, [3, 9, 20, 70_000][random(4)] as number));
    const isShort = kind === 1 && offset < 2048;
    const count = isShort ? 4 + random(8) : 1 + random(64);
    if (isShort) parts.push(((offset >> 8) << 5) | ((count - 4) << 2) | 1, offset & 255);
    else if (kind === 3 || offset > 65_535)
      parts.push(((count - 1) << 2) | 3, offset & 255, (offset >> 8) & 255, offset >> 16, 0);
    else parts.push(((count - 1) << 2) | 2, offset & 255, offset >> 8);
    size += count;
  }
  return { folded: Uint8Array.from([...variable(size), ...parts]), size };
}

describe('Snappy', () => {
  const text = (found: Uint8Array | null) => found && Buffer.from(found).toString('latin1');
  const letters = (word: string) => [...Buffer.from(word)];

  it.each([
    ['a literal', [3, 0x08, ...letters('abc')], 'abc'],
    ['one whose length takes a byte', [65, 0xf0, 64, ...letters('x'.repeat(65))], 'x'.repeat(65)],
    ['a copy from one back', [9, 0x00, ...letters('a'), 0x11, 1], 'aaaaaaaaa'],
    ['a copy of three over itself', [10, 0x08, ...letters('abc'), 0x0d, 3], 'abcabcabca'],
    ['a copy with 16 bits', [7, 0x08, ...letters('abc'), 0x0e, 3, 0], 'abcabca'],
    ['a copy with 32 bits', [5, 0x08, ...letters('abc'), 0x07, 2, 0, 0, 0], 'abcbc'],
    ['nothing', [0], ''],
  ])('%s', (_, folded, expected) => {
    expect(text(unfolded(folded, expected.length))).toBe(expected);
  });

  it.each([
    ['nothing at all', [], 0],
    ['another size than said', [3, 0x08, 1, 2, 3], 4],
    ['a size that does not end', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0], 0],
    ['a literal that is cut short', [3, 0x08, 1, 2], 3],
    ['a literal longer than the rest', [2, 0x08, 1, 2, 3], 2],
    ['a literal of 2^32 bytes', [1, 0xfc, 255, 255, 255, 255, 0], 1],
    ['a length that is cut short', [61, 0xf4, 60], 61],
    ['a copy from nowhere', [5, 0x00, 1, 0x01, 0], 5],
    ['a copy from before the beginning', [5, 0x00, 1, 0x01, 2], 5],
    ['a copy beyond the end', [3, 0x00, 1, 0x01, 1], 3],
    ['a copy whose offset is cut short', [5, 0x00, 1, 0x02, 1], 5],
    ['too few bytes', [9, 0x08, 1, 2, 3], 9],
  ])('%s is refused', (_, folded, size) => {
    expect(unfolded(folded, size)).toBeNull();
    expect(expectedBytes(Uint8Array.from(folded), size)).toBeNull();
  });

  it('of any elements is unfolded, or refused where a bit is another, and nothing else is written', () => {
    const random = randomNumbers(1);
    let [wholeCount, refusedCount] = [0, 0];
    for (let round = 0; round < 300; round++) {
      const { folded, size } = block(random);
      const found = unfolded(folded, size);
      expect(found && expectedBytes(folded, size)?.every((byte, i) => byte === found[i])).toBe(
        true,
      );
      for (let flip = 0; flip < 10; flip++) {
        const damaged = folded.slice();
        const place = random(Math.min(damaged.length, 300));
        damaged[place] = (damaged[place] as number) ^ (1 << random(8));
        const before = bytes[kernel.unfoldedStart + 4096 + size + 64];
        const other = unfolded(damaged, size);
        const expected = expectedBytes(damaged, size);
        expect(other === null).toBe(expected === null);
        if (other && expected) expect(Buffer.compare(other, expected)).toBe(0);
        expect(bytes[kernel.unfoldedStart + 4096 + size + 64]).toBe(before);
        if (other) wholeCount++;
        else refusedCount++;
      }
    }
    expect(wholeCount).toBeGreaterThan(200);
    expect(refusedCount).toBeGreaterThan(200);
  });

  it('is not looked for in bytes by chance', () => {
    const random = randomNumbers(2);
    for (let round = 0; round < 20_000; round++) {
      const size = random(40);
      const folded = Uint8Array.from({ length: random(30) }, () => random(256));
      if (folded.length > 0 && random(4) > 0) folded[0] = size;
      expect(unfolded(folded, size)).toEqual(expectedBytes(folded, size));
    }
  });
});

/** Values in runs: packed by eights, or a value and how often it follows. */
function inRuns(runs: readonly (number[] | [value: number, count: number])[], width: number) {
  const written: number[] = [];
  const values: number[] = [];
  runs.forEach((run_, index) => {
    if (index % 2 === 1) {
      const [value = 0, count = 0] = run_;
      written.push(...variable(count * 2));
      for (let i = 0; i < (width + 7) >> 3; i++) written.push(Math.floor(value / 256 ** i) % 256);
      for (let i = 0; i < count; i++) values.push(value);
      return;
    }
    written.push(...variable((run_.length / 8) * 2 + 1));
    let [bits, bitCount] = [0n, 0n];
    for (const value of run_) {
      bits |= BigInt(value) << bitCount;
      bitCount += BigInt(width);
      values.push(value);
    }
    for (; bitCount > 0n; bitCount -= 8n, bits >>= 8n) written.push(Number(bits & 255n));
  });
  return { written, values };
}

/** All values of a page that stands at the beginning of the kernel's memory, some at a time. */
function readAll(count: number, step: number): number[] | null {
  const found: number[] = [];
  while (found.length < count) {
    const length = Math.min(step, count - found.length);
    const at = run.read(length);
    if (at === 0) return null;
    for (let i = 0; i < length; i++) found.push(kernel.view.getFloat64(at + 8 * i, true));
  }
  return found;
}

function setDictionary(length: number): void {
  const { view } = kernel;
  for (let i = 0; i < length; i++) view.setFloat64(foldedStart + 8 * i, i + 0.5, true);
  expect(
    run.setDictionary(foldedStart, foldedStart + 8 * length, valueTypes.f64, length),
  ).toBeTruthy();
}

function openIndices(width: number, written: readonly number[]): number {
  bytes.set([width, ...written], foldedStart);
  const end = foldedStart + 1 + written.length;
  return run.open(0, 0, foldedStart, end, 1, valueTypes.f64);
}

describe('indices', () => {
  it('of 0 to 32 bits, in runs of both kinds', () => {
    const random = randomNumbers(3);
    const length = 50_000;
    setDictionary(length);
    for (let width = 0; width <= 32; width++) {
      setDictionary(length);
      const below = Math.min(length, 2 ** width);
      const packed = (count: number) => Array.from({ length: count }, () => random(below));
      const { written, values } = inRuns(
        [packed(800), [random(below), 1_000], packed(8), [random(below), 1], packed(16)],
        width,
      );
      for (const step of [1, 7, 16_384]) {
        openIndices(width, written);
        expect(readAll(values.length, step)).toEqual(values.map((value) => value + 0.5));
      }
    }
  });

  it('of no place in the dictionary, of too many bits, or cut short, are refused', () => {
    setDictionary(5);
    const { written } = inRuns([[4, 3, 2, 1, 0, 1, 2, 5]], 3);
    openIndices(3, written);
    expect(readAll(7, 7)).toEqual([4.5, 3.5, 2.5, 1.5, 0.5, 1.5, 2.5]);
    expect(readAll(1, 1)).toBeNull();
    openIndices(3, [2 * 10, 5]);
    expect(readAll(1, 1)).toBeNull();
    openIndices(3, written.slice(0, -1));
    expect(readAll(1, 1)).toBeNull();
    openIndices(3, []);
    expect(readAll(1, 1)).toBeNull();
    openIndices(0, [0, 0, 0, 0]);
    expect(readAll(1, 1)).toBeNull();
    expect(openIndices(33, written)).toBeFalsy();
  });

  it('by chance are read or refused, and soon', () => {
    const random = randomNumbers(4);
    setDictionary(100);
    let readCount = 0;
    for (let round = 0; round < 20_000; round++) {
      const damaged = Array.from({ length: random(40) }, () => random(256));
      if (!openIndices(random(34), damaged)) continue;
      const found = readAll(200, 64);
      if (found === null) continue;
      readCount++;
      expect(found.every((value) => value >= 0.5 && value <= 99.5)).toBe(true);
    }
    expect(readCount).toBeGreaterThan(10);
  });
});

describe('levels', () => {
  it('tell which values are null', () => {
    const random = randomNumbers(5);
    const flags = (count: number) => Array.from({ length: count }, () => random(2));
    const { written, values } = inRuns([flags(1_000), [1, 77], flags(24), [0, 30], flags(8)], 1);
    const present = values.filter((level) => level === 1).length;
    const levels = foldedStart + 8 * present;
    let next = 0;
    const expected = values.map((level) => (level === 1 ? -next++ : Number.NaN));
    for (const step of [1, 7, 100, 16_384]) {
      for (let i = 0; i < present; i++) kernel.view.setFloat64(foldedStart + 8 * i, -i, true);
      bytes.set(written, levels);
      run.open(levels, levels + written.length, foldedStart, levels, 0, valueTypes.f64);
      expect(readAll(values.length, step)).toEqual(expected);
    }
  });

  it.each([
    ['above 1', [10, 2], 5],
    ['cut short', [5, 0xff], 16],
    ['of too few values', [20, 1], 11],
    ['of more values than there are', [40, 1], 20],
  ])('%s are refused', (_, written, count) => {
    const levels = foldedStart + 80;
    bytes.set(written, levels);
    run.open(levels, levels + written.length, foldedStart, levels, 0, valueTypes.f64);
    expect(readAll(count, count)).toBeNull();
  });
});

describe('plain values', () => {
  const cases: [ValueType, ArrayBufferView, number[]][] = [
    [valueTypes.f64, Float64Array.of(1.5, -0, Infinity, 1e308), [1.5, -0, Infinity, 1e308]],
    [valueTypes.f32, Float32Array.of(0.1, -0, -Infinity), [Math.fround(0.1), -0, -Infinity]],
    [
      valueTypes.i64,
      BigInt64Array.of(-5n, 2n ** 53n + 1n, 2n ** 53n + 3n, -(2n ** 63n)),
      [-5, 2 ** 53, 2 ** 53 + 4, -(2 ** 63)],
    ],
    [valueTypes.u64, BigUint64Array.of(2n ** 64n - 1n, 2n ** 63n), [2 ** 64, 2 ** 63]],
    [valueTypes.i32, Int32Array.of(-5, -(2 ** 31)), [-5, -(2 ** 31)]],
    [valueTypes.u32, Int32Array.of(-1, 7), [2 ** 32 - 1, 7]],
    [valueTypes.i16, Int32Array.of(-5, -32_768), [-5, -32_768]],
    [valueTypes.u16, Int32Array.of(65_535, 7), [65_535, 7]],
    [valueTypes.i8, Int32Array.of(-5, -128), [-5, -128]],
    [valueTypes.u8, Int32Array.of(255, 7), [255, 7]],
  ];

  it.each(cases)('of type %d', (type, { buffer, byteLength }, expected) => {
    bytes.set(new Uint8Array(buffer), foldedStart);
    run.open(0, 0, foldedStart, foldedStart + byteLength, 0, type);
    expect(readAll(expected.length, 1)).toEqual(expected);
    expect(run.read(1)).toBe(0);
  });

  it('that are missing or infinite are marked', () => {
    const random = randomNumbers(6);
    for (const count of [1, 9, 1_000, 16_384]) {
      const values = Array.from({ length: count }, (_, i) =>
        i === 0 || random(4) === 0 ? ([Number.NaN, Infinity, -Infinity][random(3)] as number) : i,
      );
      for (const firstBit of [0, 5]) {
        values.forEach((value, i) => void kernel.view.setFloat64(foldedStart + 8 * i, value, true));
        const absent = values.filter((value) => !Number.isFinite(value));
        expect(run.markAbsent(foldedStart, count, firstBit)).toBe(absent.length);
        expect(run.infiniteCount()).toBe(absent.filter((value) => !Number.isNaN(value)).length);
        for (const [i, value] of values.entries()) {
          const bit = firstBit + i;
          const isMarked = ((bytes[kernel.absentStart + (bit >> 3)] as number) >> (bit & 7)) & 1;
          if (isMarked !== Number(!Number.isFinite(value))) expect(isMarked, `${i}`).toBe(value);
          const found = kernel.view.getFloat64(foldedStart + 8 * i, true);
          const expected = Number.isFinite(value) ? value : Number.NaN;
          if (!Object.is(found, expected)) expect(found, `${i}`).toBe(expected);
        }
      }
    }
  });

  it('more than a slice, or a dictionary that is too long, are refused', () => {
    run.open(0, 0, foldedStart, foldedStart + 1e7, 0, valueTypes.f64);
    expect(run.read(16_385)).toBe(0);
    expect(run.read(-1)).toBe(0);
    expect(run.setDictionary(foldedStart, foldedStart + 15, valueTypes.f64, 2)).toBeFalsy();
    expect(run.setDictionary(foldedStart, foldedStart + 3e7, valueTypes.f64, 2e6)).toBeFalsy();
  });
});
