import { decodeBlock, decodeLz4 } from './decodeLz4.js';

/** What a byte of a block can stand for, and a little more. */
const mostTimesUnfolded = 255;

/**
 * Unfolds a page of Parquet's first LZ4 codec (5), for which writers had no common framing: Hadoop's, of parquet-mr and
 * later of parquet-cpp; none, a bare block, of parquet-cpp before; and LZ4's own frames. They are tried in this order,
 * and none is taken for another: lengths must agree to the byte.
 * Source: Parquet's Compression.md; Hadoop's BlockCompressorStream.java
 *
 * @param length - how many bytes come out
 * @throws {RangeError} where that is not so
 */
export function decodeHadoopLz4(bytes: Uint8Array, length: number): Uint8Array {
  if (length === 0) return new Uint8Array(0);
  if (length > bytes.length * mostTimesUnfolded)
    throw new RangeError(`${bytes.length} bytes cannot stand for ${length}`);
  const framed = decodeFramed(bytes, length);
  if (framed) return framed;
  // as a bare block this would begin with a match, of which there is nothing yet
  if (Buffer.from(bytes.subarray(0, 4)).toString('hex') === '04224d18')
    return decodeLz4(bytes, length);
  const output = new Uint8Array(length);
  const written = decodeBlock(bytes, output, 0);
  if (written !== length) throw new RangeError(`${length} bytes were promised, ${written} came`);
  return output;
}

/**
 * Lengths are big-endian: first that of what comes out, then, until all of it has come, that of a block and the block;
 * and so on. Null where the bytes are framed in no such way.
 */
function decodeFramed(bytes: Uint8Array, length: number): Uint8Array | null {
  const input = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || input.getUint32(0) > length) return null;
  const output = new Uint8Array(length);
  let [place, written] = [0, 0];
  try {
    while (place < bytes.length) {
      const end = written + input.getUint32(place);
      place += 4;
      // a long write ends with a length of 0 and no block
      while (written < end) {
        const blockStart = place + 4;
        place = blockStart + input.getUint32(place);
        if (place > bytes.length || end > length) return null;
        const block = bytes.subarray(blockStart, place);
        // no block reaches back into another
        written += decodeBlock(block, output.subarray(written, end), 0);
      }
    }
    return written === length ? output : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
