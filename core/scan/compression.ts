import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DriftError, messages } from '../errors.js';
import type { DataFiles } from './dataFiles.js';
import { isBlank, isText } from './text.js';

/**
 * Checks that compressed files are whole, beside their loading: DuckDB gives the rows before the
 * damage and says nothing.
 *
 * @param onText - gets the text where it has to be inflated for that
 * @throws {DriftError} `file-damaged`; `file-not-data` where no text comes out
 */
export async function checkCompression(
  files: DataFiles,
  signal: AbortSignal,
  onText: (text: Buffer) => void = () => {},
): Promise<void> {
  for (const path of files.paths) {
    if (files.compression === 'gzip') await checkGzip(path, files.name, signal, onText);
    else if (files.compression === 'zstd') await checkZstd(path, files.name);
  }
}

/** Inflates everything: length and checksum stand at the end. */
async function checkGzip(
  path: string,
  name: string,
  signal: AbortSignal,
  onText: (text: Buffer) => void,
): Promise<void> {
  let hasText = false;
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (!hasText && !isText(chunk)) {
        done(new DriftError('file-not-data', messages.fileNotData(name)));
        return;
      }
      hasText ||= !isBlank(chunk);
      onText(chunk);
      done();
    },
  });
  try {
    await pipeline(createReadStream(path), createGunzip({ chunkSize: 1 << 18 }), sink, { signal });
  } catch (cause) {
    if (signal.aborted || cause instanceof DriftError) throw cause;
    throw new DriftError('file-damaged', messages.compressedDamaged(name), { cause });
  }
  if (!hasText) throw new DriftError('file-not-data', messages.fileNotData(name));
}

/**
 * Follows the frames and blocks from header to header, without inflating: the file must end where a
 * frame ends. A wrong byte inside of a block goes unseen; to inflate everything here would take longer than to load it.
 * Source: RFC 8878, section 3.1.
 */
async function checkZstd(path: string, name: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    let offset = 0;
    while (offset < size) offset = await frameEnd(file, offset);
    if (offset !== size) throw new RangeError('the last frame is cut short');
  } catch (cause) {
    throw new DriftError('file-damaged', messages.compressedDamaged(name), { cause });
  } finally {
    await file.close();
  }
}

async function frameEnd(file: FileHandle, start: number): Promise<number> {
  const magic = await littleEndian(file, start, 4);
  if (magic >= 0x184d2a50 && magic <= 0x184d2a5f) {
    return start + 8 + (await littleEndian(file, start + 4, 4));
  }
  if (magic !== 0xfd2fb528) throw new RangeError(`no frame starts at byte ${start}`);
  const descriptor = await littleEndian(file, start + 4, 1);
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const contentSizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const dictionaryIdBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  let offset = start + 5 + (isSingleSegment ? 0 : 1) + dictionaryIdBytes + contentSizeBytes;
  for (;;) {
    const header = await littleEndian(file, offset, 3);
    const isRunLength = ((header >> 1) & 3) === 1;
    offset += 3 + (isRunLength ? 1 : header >> 3);
    if ((header & 1) === 1) return offset + ((descriptor & 4) !== 0 ? 4 : 0);
  }
}

async function littleEndian(file: FileHandle, offset: number, length: number): Promise<number> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
  if (bytesRead < length) throw new RangeError(`the file ends at byte ${offset + bytesRead}`);
  return buffer.readUIntLE(0, length);
}
