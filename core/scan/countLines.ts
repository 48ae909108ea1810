import { open } from 'node:fs/promises';
import { linesWasm } from '../kernels/built/lines.js';
import { kernelOf } from '../kernels/instantiate.js';
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
  const counter = createLineCounter();
  const total: LineCount = { lineCount: 0, blankCount: 0 };
  for (const path of files.paths) {
    counter.start();
    await (files.compression === 'gzip'
      ? checkCompression({ ...files, paths: [path] }, signal, counter.push)
      : pushFile(path, signal, counter));
    const { lineCount, blankCount } = counter.counted();
    total.lineCount += lineCount;
    total.blankCount += blankCount;
  }
  return total;
}

interface LineCounter {
  /** Where a text's bytes may be written, for `pushBlock`. */
  readonly block: Uint8Array;
  start(): void;
  pushBlock(length: number): void;
  push(bytes: Uint8Array): void;
  counted(): LineCount;
}

async function pushFile(
  path: string,
  signal: AbortSignal,
  { block, pushBlock }: LineCounter,
): Promise<void> {
  const file = await open(path);
  try {
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(block);
      if (bytesRead === 0) return;
      pushBlock(bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** The functions of core/kernels/assembly/lines.ts. */
interface Exports {
  readonly BLOCK: { readonly value: number };
  readonly BLOCK_SIZE: { readonly value: number };
  clear(): void;
  push(length: number): void;
  lineCount(): number;
  blankCount(): number;
}

const instantiate = kernelOf<Exports>(linesWasm);

function createLineCounter(): LineCounter {
  const kernel = instantiate();
  const block = new Uint8Array(kernel.memory.buffer, kernel.BLOCK.value, kernel.BLOCK_SIZE.value);
  return {
    block,
    start: () => kernel.clear(),
    pushBlock: (length) => kernel.push(length),
    push: (bytes) => {
      for (let start = 0; start < bytes.length; start += block.length) {
        const part = bytes.subarray(start, start + block.length);
        block.set(part);
        kernel.push(part.length);
      }
    },
    counted: () => ({ lineCount: kernel.lineCount(), blankCount: kernel.blankCount() }),
  };
}
