import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { DataFiles } from './dataFiles.js';
import { inflateZstd } from './zstd.js';

const blockBytes = 1 << 20;

/** The bytes of a file, inflated. */
export async function* readBytes(
  path: string,
  compression: DataFiles['compression'],
): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: blockBytes });
  try {
    if (compression === 'zstd') yield* inflateZstd(file as AsyncIterable<Buffer>);
    else if (compression === 'gzip') yield* inflateGzip(file);
    else yield* file as AsyncIterable<Buffer>;
  } finally {
    file.destroy();
  }
}

async function* inflateGzip(file: Readable): AsyncGenerator<Buffer> {
  const text = file.pipe(createGunzip({ chunkSize: 1 << 18 }));
  file.on('error', (error) => text.destroy(error));
  try {
    yield* text as AsyncIterable<Buffer>;
  } finally {
    text.destroy();
  }
}

/** The first bytes, inflated, and whether that is all. */
export async function readHead(
  path: string,
  compression: DataFiles['compression'],
  length: number,
): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const blocks: Buffer[] = [];
  let size = 0;
  for await (const block of readBytes(path, compression)) {
    blocks.push(block);
    size += block.length;
    if (size > length) return { bytes: Buffer.concat(blocks).subarray(0, length), isWhole: false };
  }
  return { bytes: Buffer.concat(blocks), isWhole: true };
}
