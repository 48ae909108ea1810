/**
 * Unfolds LZ4 frames, one after the other. Checksums are not compared.
 * Source: LZ4 frame format 1.6.4 and LZ4 block format, github.com/lz4/lz4/doc
 *
 * @param length - how many bytes come out
 * @throws {RangeError} where that is not so, or the bytes are no such frames
 */
export function decodeLz4(bytes: Uint8Array, length: number): Uint8Array {
  const input = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const output = new Uint8Array(length);
  let [place, written] = [0, 0];
  while (place < bytes.length) {
    const magic = input.getUint32(place, true);
    if (magic >= 0x184d2a50 && magic <= 0x184d2a5f) {
      place += 8 + input.getUint32(place + 4, true);
      continue;
    }
    if (magic !== 0x184d2204) throw new RangeError('no LZ4 frame starts here');
    const flags = input.getUint8(place + 4);
    place += 7 + ((flags & 8) !== 0 ? 8 : 0) + ((flags & 1) !== 0 ? 4 : 0);
    for (;;) {
      const size = input.getUint32(place, true);
      place += 4;
      if (size === 0) break;
      const end = place + (size & 0x7fffffff);
      if (end > bytes.length) throw new RangeError('an LZ4 block is cut short');
      const block = bytes.subarray(place, end);
      if (size >>> 31 === 0) written = decodeBlock(block, output, written);
      else {
        output.set(block, written);
        written += block.length;
      }
      place = end + ((flags & 16) !== 0 ? 4 : 0);
    }
    place += (flags & 4) !== 0 ? 4 : 0;
  }
  if (written !== length) throw new RangeError(`${length} bytes were promised, ${written} came`);
  return output;
}

/**
 * Literals and matches by turns; a match may reach back into the blocks before.
 *
 * @param start - where the block's bytes go
 * @returns where they end
 * @throws {RangeError} where they are more than there is room for, or the bytes are no block
 */
export function decodeBlock(block: Uint8Array, output: Uint8Array, start: number): number {
  let [place, written] = [0, start];
  while (place < block.length) {
    const token = block[place++] as number;
    let literalCount = token >> 4;
    if (literalCount === 15) [literalCount, place] = extended(block, place);
    const literalEnd = place + literalCount;
    if (literalEnd > block.length) throw new RangeError('an LZ4 block is cut short');
    output.set(block.subarray(place, literalEnd), written);
    written += literalCount;
    place = literalEnd;
    if (place >= block.length) break;
    const distance = (block[place] as number) + ((block[place + 1] ?? 0) << 8);
    place += 2;
    let matchCount = token & 15;
    if (matchCount === 15) [matchCount, place] = extended(block, place);
    matchCount += 4;
    if (distance === 0 || distance > written || written + matchCount > output.length)
      throw new RangeError('an LZ4 match leads nowhere');
    copyMatch(output, written, distance, matchCount);
    written += matchCount;
  }
  return written;
}

/** A match may overlap what it writes. */
function copyMatch(bytes: Uint8Array, start: number, distance: number, count: number): void {
  if (distance >= count && count > 16) {
    bytes.copyWithin(start, start - distance, start - distance + count);
    return;
  }
  for (let i = start; i < start + count; i++) bytes[i] = bytes[i - distance] as number;
}

/** Fifteen and more is written in bytes that are added up, of which the last is no 255. */
function extended(block: Uint8Array, start: number): [count: number, place: number] {
  let [count, place] = [15, start];
  for (;;) {
    const byte = block[place++];
    if (byte === undefined) throw new RangeError('an LZ4 block is cut short');
    count += byte;
    if (byte !== 255) return [count, place];
  }
}
