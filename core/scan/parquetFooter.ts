import type { FileHandle } from 'node:fs/promises';
import { createReadAhead } from './readAhead.js';
import { integerAt, readStruct, type Struct, structAt, structsAt } from './thrift.js';

/** Numbers of the fields that are looked into: of FileMetaData, RowGroup, ColumnChunk and ColumnMetaData. */
export const fileFields = { schema: 2, rowGroups: 4, createdBy: 6, encryption: 8 } as const;
export const groupFields = { columns: 1, rowCount: 3, start: 5, size: 6 } as const;
export const chunkFields = {
  path: 1,
  start: 2,
  metadata: 3,
  indexes: [4, 5, 6, 7],
  encryption: 8,
} as const;
export const columnFields = {
  type: 1,
  codec: 4,
  valueCount: 5,
  size: 7,
  dataStart: 9,
  indexStart: 10,
  dictionaryStart: 11,
  bloomFilters: [14, 15],
} as const;

export const codecs = { none: 0, snappy: 1, gzip: 2, lz4: 5 } as const;

export interface ParquetFooter {
  struct: Struct;
  /** Where it starts in the file, and how many bytes it has. */
  start: number;
  length: number;
}

const largestFooter = 5e8;
const magic = 'PAR1';
const tailBytes = 8;

/** @throws {RangeError} where it is damaged, or parts of the file are encrypted */
export async function readParquetFooter(file: FileHandle): Promise<ParquetFooter> {
  const { size } = await file.stat();
  const tailStart = size - tailBytes;
  if (tailStart < magic.length) throw new RangeError('the file is too short');
  const tail = await createReadAhead(file, tailStart, size).peek(tailBytes);
  const length = tail.readUInt32LE(0);
  const start = tailStart - length;
  if (tail.toString('latin1', 4) !== magic || start < magic.length || length > largestFooter)
    throw new RangeError('the footer is no part of the file');
  const bytes = await createReadAhead(file, start, tailStart).peek(length);
  const { struct } = readStruct(bytes);
  if (struct.has(fileFields.encryption)) throw new RangeError('parts of the file are encrypted');
  return { struct, start, length };
}

/** All column chunks' metadata, row group by row group. */
export function* columnsOf({ struct }: ParquetFooter): Generator<Struct> {
  for (const group of structsAt(struct, fileFields.rowGroups))
    for (const chunk of structsAt(group, groupFields.columns))
      yield structAt(chunk, chunkFields.metadata);
}

/**
 * Where a column chunk's pages stand; one without values has none. Some writers have the dictionary where the data should start, and name no other place.
 *
 * @throws {RangeError} where that is not before the footer
 */
export function chunkRange(column: Struct, { start: footerStart }: ParquetFooter) {
  if (integerAt(column, columnFields.valueCount) === 0)
    return { start: footerStart, end: footerStart };
  const dataStart = integerAt(column, columnFields.dataStart) ?? 0;
  const dictionaryStart = integerAt(column, columnFields.dictionaryStart) ?? 0;
  const isBefore = dictionaryStart >= magic.length && dictionaryStart < dataStart;
  const start = isBefore ? dictionaryStart : dataStart;
  const end = start + (integerAt(column, columnFields.size) ?? -1);
  if (start < magic.length || end < start || end > footerStart)
    throw new RangeError('a column chunk is no part of the file');
  return { start, end };
}
