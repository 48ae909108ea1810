import { Decompress } from 'fzstd';

/** Pieces are passed on in this size at most, so that little of what comes out waits in memory. */
const pieceLength = 65_536;

/**
 * Inflates zstd, frame after frame; Node 20 cannot by itself. Checksums are not compared.
 *
 * @throws {RangeError} where the bytes are damaged or cut short
 */
export async function* inflateZstd(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const waiting: Buffer[] = [];
  const inflater = new Decompress((piece) => waiting.push(Buffer.from(piece)));
  const push = (piece: Uint8Array, isLast: boolean) => {
    try {
      inflater.push(piece, isLast);
    } catch (cause) {
      throw new RangeError('the zstd frames are damaged or cut short', { cause });
    }
  };
  for await (const block of source) {
    for (let start = 0; start < block.length; start += pieceLength) {
      push(block.subarray(start, start + pieceLength), false);
      yield* waiting.splice(0);
    }
  }
  push(new Uint8Array(0), true);
  yield* waiting.splice(0);
}

/**
 * Inflates zstd frames that are held whole.
 *
 * @param length - how many bytes come out
 * @throws {RangeError} where that is not so, or the bytes are damaged
 */
export function decodeZstd(bytes: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let written = 0;
  const inflater = new Decompress((piece) => {
    if (written + piece.length > length) throw new RangeError(`more than ${length} bytes come out`);
    out.set(piece, written);
    written += piece.length;
  });
  try {
    inflater.push(bytes, true);
  } catch (cause) {
    throw new RangeError('the zstd frames are damaged or cut short', { cause });
  }
  if (written !== length) throw new RangeError(`${length} bytes were promised, ${written} came`);
  return out;
}
