import { type FileHandle, open } from 'node:fs/promises';
import { checkCompression } from './compression.js';
import type { DataFiles } from './dataFiles.js';

export interface LineCount {
  lineCount: number;
  /** Of those, the ones with nothing on them. */
  blankCount: number;
}

/**
 * Lines of text files, counted on their bytes without any parser; null where that would take longer than to parse
 * them. Compressed files are checked on the way.
 */
export async function countLines(files: DataFiles, signal: AbortSignal): Promise<LineCount | null> {
  if (files.compression === 'zstd') {
    await checkCompression(files, signal);
    return null;
  }
  const total: LineCount = { lineCount: 0, blankCount: 0 };
  if (files.compression === 'gzip') {
    for (const path of files.paths) {
      const counter = createLineCounter();
      await checkCompression({ ...files, paths: [path] }, signal, counter.push);
      addTo(total, counter.end());
    }
    return total;
  }
  for (const path of files.paths) {
    const counter = createLineCounter();
    const file = await open(path);
    try {
      await pushBlocks(file, signal, counter.push);
    } finally {
      await file.close();
    }
    addTo(total, counter.end());
  }
  return total;
}

const blockBytes = 1 << 20;

/** A block at a time into the same memory: new memory for each would keep the collector busy. */
async function pushBlocks(
  file: FileHandle,
  signal: AbortSignal,
  push: (bytes: Buffer) => void,
): Promise<void> {
  const block = Buffer.allocUnsafe(blockBytes);
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead } = await file.read(block);
    if (bytesRead === 0) return;
    push(block.subarray(0, bytesRead));
  }
}

function addTo(total: LineCount, { lineCount, blankCount }: LineCount): void {
  total.lineCount += lineCount;
  total.blankCount += blankCount;
}

function createLineCounter(): { push(bytes: Buffer): void; end(): LineCount } {
  let [lineCount, blankCount] = [0, 0];
  // what has come of a line whose end has not
  let openLength = 0;
  let isOpenBlank = true;
  return {
    push(bytes) {
      let from = 0;
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
        const length = end - from;
        lineCount++;
        if (
          length < 2 &&
          isOpenBlank &&
          (length === 0 || bytes[from] === 13) &&
          openLength + length < 2
        )
          blankCount++;
        [from, openLength, isOpenBlank] = [end + 1, 0, true];
      }
      const rest = bytes.length - from;
      if (rest > 0) {
        openLength += rest;
        isOpenBlank = openLength === 1 && bytes[from] === 13;
      }
    },
    end() {
      if (openLength > 0) lineCount++;
      return { lineCount, blankCount };
    },
  };
}
