import { type FileHandle, open } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { NumberColumn } from '../column.js';
import type { Dataset } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import { fileStamp } from './fileStamp.js';
import { type NumberChunk, type NumberSlice, readNumberPages } from './numberPages.js';
import { giveBack, type PageKernel, takeKernel } from './pageKernel.js';
import { readParquetFooter } from './parquetFooter.js';
import { numberChunks, type ParquetLayout, parquetLayout } from './parquetLayout.js';

/** Parquet files whose rows are those of a dataset, all of them and in their order. */
export interface ParquetSource {
  files: StampedFile[];
  /** Of the columns, as DuckDB calls them. */
  names: string[];
}

interface StampedFile {
  path: string;
  /** When it was opened. */
  stamp: string;
}

/**
 * Reads columns of numbers from the pages of Parquet files, several times as fast as DuckDB hands them over. What is laid
 * out so that there can be no doubt is read; all else is left to DuckDB, which has the words for what is damaged.
 */
export interface ParquetNumbers {
  /** Into `values`, one per row. Null where the column has to be read otherwise. */
  read(index: number, values: Float64Array): Promise<NumberColumn | null>;
  /**
   * Without holding them, NaN where they are null; `values` is used again.
   *
   * @returns how many came; the others have to be read otherwise
   */
  pass(index: number, onChunk: (values: Float64Array) => void): Promise<number>;
}

/** Values after which whatever else waits gets its turn. */
const valuesPerTurn = 1 << 20;

export function createParquetNumbers(
  { files, names }: ParquetSource,
  { name, columns, rowCount }: Pick<Dataset, 'name' | 'columns' | 'rowCount'>,
  signal?: AbortSignal,
): ParquetNumbers {
  let layouts: Promise<ParquetLayout[]> | null = null;

  /** True when all have been taken. */
  async function eachSlice(
    index: number,
    take: (slice: NumberSlice, kernel: PageKernel) => void,
  ): Promise<boolean> {
    try {
      layouts ??= readLayouts(files, signal);
      const storageType = columns[index]?.storageType ?? '';
      const chunks = numberChunks(await layouts, names, index, storageType, rowCount);
      await withKernel(async (kernel) => {
        for (const [place, file] of files.entries())
          await withUnchanged(file, (handle) =>
            readChunks(handle, kernel, chunks[place] ?? [], (slice) => take(slice, kernel), signal),
          );
      });
      return true;
    } catch (error) {
      if (error instanceof DriftError) throw error;
      // whatever is wrong, DuckDB says it or knows better
      return false;
    }
  }

  return {
    read: async (index, values) => {
      const collector = createCollector(values);
      return (await eachSlice(index, collector.take)) ? collector.collected() : null;
    },
    pass: async (index, onChunk) => {
      let count = 0;
      let held: Float64Array | null = null;
      const isWhole = await eachSlice(index, (slice, { bytes, sliceLength }) => {
        held ??= new Float64Array(sliceLength);
        const from = bytes.subarray(slice.at, slice.at + 8 * slice.count);
        new Uint8Array(held.buffer).set(from);
        count += slice.count;
        onChunk(held.subarray(0, slice.count));
      });
      const isSame = isWhole || count === 0 || (await areUnchanged(files));
      if (!isSame) throw new DriftError('file-damaged', messages.fileChanged(name));
      return count;
    },
  };
}

async function withKernel(work: (kernel: PageKernel) => Promise<void>): Promise<void> {
  const kernel = takeKernel();
  try {
    await work(kernel);
  } finally {
    giveBack(kernel);
  }
}

/** Puts slices together. */
function createCollector(values: Float64Array) {
  const missingMask = new Uint8Array((values.length + 7) >> 3);
  const valueBytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let [row, absentCount, infiniteCount] = [0, 0, 0];
  return {
    take({ at, count }: NumberSlice, { run, bytes, absentStart }: PageKernel): void {
      const firstBit = row & 7;
      const absent = run.markAbsent(at, count, firstBit);
      valueBytes.set(bytes.subarray(at, at + 8 * count), 8 * row);
      if (absent > 0) {
        const start = row >> 3;
        const before = missingMask[start] as number;
        const end = absentStart + ((firstBit + count + 7) >> 3);
        missingMask.set(bytes.subarray(absentStart, end), start);
        missingMask[start] = (missingMask[start] as number) | before;
        absentCount += absent;
        infiniteCount += run.infiniteCount();
      }
      row += count;
    },
    collected: (): NumberColumn => ({
      values,
      missingMask: absentCount > 0 ? missingMask : null,
      missingCount: absentCount - infiniteCount,
      infiniteCount,
      unparsedCount: 0,
    }),
  };
}

async function readLayouts(
  files: readonly StampedFile[],
  signal: AbortSignal | undefined,
): Promise<ParquetLayout[]> {
  const layouts: ParquetLayout[] = [];
  for (const file of files) {
    throwIfCancelled(signal);
    layouts.push(
      await withUnchanged(file, async (handle) => parquetLayout(await readParquetFooter(handle))),
    );
  }
  return layouts;
}

async function readChunks(
  file: FileHandle,
  kernel: PageKernel,
  chunks: readonly NumberChunk[],
  take: (slice: NumberSlice) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  let turnCount = 0;
  for (const chunk of chunks) {
    throwIfCancelled(signal);
    for await (const slice of readNumberPages(file, kernel, chunk)) {
      take(slice);
      turnCount += slice.count;
      if (turnCount < valuesPerTurn) continue;
      turnCount = 0;
      await setImmediate();
      throwIfCancelled(signal);
    }
  }
}

/** @throws {RangeError} where it is not what it was, before the work or after */
async function withUnchanged<T>(
  { path, stamp }: StampedFile,
  work: (file: FileHandle) => Promise<T>,
): Promise<T> {
  const file = await open(path, 'r');
  try {
    if ((await fileStamp(file)) !== stamp) throw new RangeError('a file has changed');
    const value = await work(file);
    if ((await fileStamp(file)) !== stamp) throw new RangeError('a file has changed');
    return value;
  } finally {
    await file.close();
  }
}

async function areUnchanged(files: readonly StampedFile[]): Promise<boolean> {
  const stamps = await Promise.all(files.map(({ path }) => fileStamp(path).catch(() => null)));
  return stamps.every((stamp, index) => stamp === files[index]?.stamp);
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new DriftError('cancelled', messages.cancelled());
}
