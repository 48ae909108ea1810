import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DuckDBDataChunk, INTEGER } from '@duckdb/node-api';
import {
  CompressionType,
  compressionRegistry,
  Message,
  type RecordBatch,
  RecordBatchReader,
  type Schema,
} from 'apache-arrow';
import { Footer } from 'apache-arrow/ipc/metadata/file';
import type { ColumnSchema, Reading, Side } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import { type ArrowColumn, fillVector, toArrowColumn, type WritableVector } from './arrowColumn.js';
import {
  type ArrowMessage,
  messagePrefix,
  readArrowFooter,
  readArrowMessage,
} from './arrowMessage.js';
import { checkArrowData } from './checkArrowData.js';
import type { Database } from './database.js';
import type { DataFiles } from './dataFiles.js';
import { decodeLz4 } from './decodeLz4.js';
import { partitionColumns } from './partitions.js';
import { columnId, knownColumn } from './sql.js';
import { uniqueNames } from './uniqueNames.js';
import { decodeZstd } from './zstd.js';

/** DuckDB's, of rows. */
const chunkRowCount = 2_048;
const longestTurnMs = 50;

/** Rows without a byte of their own, in a batch of nulls only. */
const freeRowCount = 1 << 20;

/** What a few bytes of a file may stand for, and how many times as much. */
const largestUnfolded = 1e9;
const mostTimesUnfolded = 10_000;

/** Reads Arrow files and streams (Feather version 2 is such a file) into a table, batch by batch. */
export async function loadArrow(
  database: Database,
  files: DataFiles,
  side: Side,
  { nullValues }: Reading,
): Promise<ColumnSchema[]> {
  addCodecs();
  let first: { schema: ColumnSchema[]; columns: ArrowColumn[] } | null = null;
  for (const [fileIndex, path] of files.paths.entries()) {
    const file = await open(path, 'r');
    try {
      const name = files.paths.length > 1 ? basename(path) : files.name;
      const reader = await readable(name, async () => {
        const opened = await RecordBatchReader.from(readMessages(file, name));
        return opened.open({ autoDestroy: false });
      });
      const found = await readable(name, async () => toColumns(reader.schema));
      if (found.columns.length === 0)
        throw new DriftError('file-without-rows', messages.withoutColumns(name));
      if (!first) {
        first = found;
        const list = found.columns.map(({ type }, index) => `${columnId(index)} ${type}`);
        await database.run(`CREATE TABLE ${side}_read (${list.join(', ')}, file_index INTEGER)`);
      }
      checkAlike(files, first.schema, found.schema, name);
      await database.append(`${side}_read`, toChunks(reader, first.columns, fileIndex, name));
    } finally {
      await file.close();
    }
  }
  const { schema } = first ?? { schema: [] };
  const own = schema.map(({ storageType }, index) => knownColumn(index, storageType, nullValues));
  const partitions = partitionColumns(files.partitions, schema.length);
  await database.run(
    `CREATE VIEW ${side} AS SELECT ${own.join(', ')}${partitions} FROM ${side}_read`,
  );
  return schema;
}

function toColumns(schema: Schema): { schema: ColumnSchema[]; columns: ArrowColumn[] } {
  const columns = schema.fields.map(({ type }) => toArrowColumn(type));
  const names = uniqueNames(schema.fields.map(({ name }) => String(name ?? '')));
  return {
    columns,
    schema: columns.map(({ storageType }, index) => ({ name: names[index] ?? '', storageType })),
  };
}

function checkAlike(
  files: DataFiles,
  first: readonly ColumnSchema[],
  other: readonly ColumnSchema[],
  file: string,
): void {
  for (let i = 0; i < Math.max(first.length, other.length); i++) {
    const [one, two] = [first[i], other[i]];
    if (one && two && one.name === two.name && one.storageType === two.storageType) continue;
    const name = (two ?? one)?.name ?? '';
    throw new DriftError('file-damaged', messages.filesUnlike(files.name, file, name));
  }
}

interface Range {
  start: number;
  end: number;
}

/** Where the messages stand, and in a file the footer after them; a stream is nothing but messages. */
async function findRanges(file: FileHandle): Promise<{ messages: Range; footer: Range | null }> {
  const { size } = await file.stat();
  const head = await readAt(file, 0, 6);
  if (head.toString('latin1') !== 'ARROW1')
    return { messages: { start: 0, end: size }, footer: null };
  const tail = await readAt(file, size - 10, 10);
  const end = size - 10;
  const start = end - tail.readInt32LE(0);
  if (start < 8 || start > end) throw new RangeError('the footer is no part of the file');
  return { messages: { start: 8, end: start }, footer: { start, end } };
}

/** A file's schema as a stream begins with it; some writers put it into the footer only. */
async function footerSchema(
  file: FileHandle,
  { start, end }: Range,
  name: string,
): Promise<Uint8Array> {
  const bytes = await readAt(file, start, end - start);
  checkEndian(readArrowFooter(bytes), name);
  const metadata = Message.encode(Message.from(Footer.decode(bytes).schema));
  const length = Math.ceil(metadata.length / 8) * 8;
  const message = new Uint8Array(8 + length);
  new DataView(message.buffer).setInt32(0, -1, true);
  new DataView(message.buffer).setInt32(4, length, true);
  message.set(metadata, 8);
  return message;
}

/** A schema, then message by message, each looked at before it is handed on. */
async function* readMessages(file: FileHandle, name: string): AsyncGenerator<Uint8Array> {
  const { messages: range, footer } = await findRanges(file);
  if (footer) yield await footerSchema(file, footer, name);
  let place = range.start;
  let needsSchema = !footer;
  while (place + 8 <= range.end) {
    const prefix = messagePrefix(await readAt(file, place, 8));
    if (!prefix || prefix.length === 0) return;
    const bodyStart = place + prefix.start + prefix.length;
    if (prefix.length < 0 || bodyStart > range.end) throw new RangeError('a message is cut short');
    const message = readArrowMessage(await readAt(file, place + prefix.start, prefix.length));
    const end = bodyStart + message.bodyLength;
    if (end > range.end) throw new RangeError('a message is cut short');
    if (message.kind !== 'schema' || !footer) {
      if ((message.kind === 'schema') !== needsSchema)
        throw new RangeError('a schema is out of place');
      needsSchema = false;
      checkEndian(message, name);
      const bytes = await readAt(file, place, end - place);
      checkSize(message, bytes.subarray(bodyStart - place), name);
      yield bytes;
    }
    place = end;
  }
}

function checkEndian({ isBigEndian }: Pick<ArrowMessage, 'isBigEndian'>, name: string): void {
  if (!isBigEndian) return;
  const why = 'its numbers are big-endian';
  throw new DriftError('file-unreadable', messages.unsupported(name, why));
}

/** A bit is the smallest value; a compressed buffer says first how long it is unfolded. */
function checkSize(
  { buffers, compression, longestVector }: ArrowMessage,
  body: Buffer,
  name: string,
): void {
  let unfoldedBytes = body.length;
  for (const { start, length } of compression === null ? [] : buffers)
    if (length >= 8) unfoldedBytes += Math.max(0, Number(body.readBigInt64LE(start)));
  const isTooMuch =
    unfoldedBytes > largestUnfolded && unfoldedBytes > body.length * mostTimesUnfolded;
  if (isTooMuch || longestVector > freeRowCount + unfoldedBytes * 8)
    throw new DriftError(
      'file-unreadable',
      messages.unfolds(name, body.length, Math.max(unfoldedBytes, longestVector)),
    );
}

async function readAt(file: FileHandle, place: number, length: number): Promise<Buffer> {
  // a buffer of its own: apache-arrow's views need its first byte to be aligned
  const buffer = Buffer.from(new ArrayBuffer(length));
  const { bytesRead } = await file.read(buffer, 0, length, place);
  return buffer.subarray(0, bytesRead);
}

/** apache-arrow has none of its own, and hands on what follows a buffer's length. */
function addCodecs(): void {
  const unfolded = ({ buffer, byteOffset }: Uint8Array) =>
    Number(new DataView(buffer, byteOffset - 8, 8).getBigInt64(0, true));
  compressionRegistry.set(CompressionType.LZ4_FRAME, {
    decode: (bytes) => decodeLz4(bytes, unfolded(bytes)),
  });
  compressionRegistry.set(CompressionType.ZSTD, {
    decode: (bytes) => decodeZstd(bytes, unfolded(bytes)),
  });
}

async function* toChunks(
  reader: AsyncIterable<RecordBatch>,
  columns: readonly ArrowColumn[],
  fileIndex: number,
  name: string,
): AsyncGenerator<DuckDBDataChunk> {
  const types = [...columns.map(({ type }) => type), INTEGER];
  const batches = reader[Symbol.asyncIterator]();
  let turnStart = performance.now();
  for (;;) {
    const { done, value: batch } = await readable(name, () => batches.next());
    if (done) return;
    await readable(name, async () => checkBatch(batch, columns));
    for (let row = 0; row < batch.numRows; row += chunkRowCount) {
      const count = Math.min(chunkRowCount, batch.numRows - row);
      const chunk = DuckDBDataChunk.create(types, count);
      await readable(name, async () => fillChunk(chunk, batch, columns, row, count));
      const place = chunk.getColumnVector(columns.length) as unknown as WritableVector;
      for (let i = 0; i < count; i++) place.items[i] = fileIndex;
      place.flush();
      yield chunk;
      // a wish to stop is a message, which comes between turns
      if (performance.now() - turnStart < longestTurnMs) continue;
      await setImmediate();
      turnStart = performance.now();
    }
  }
}

function checkBatch(batch: RecordBatch, columns: readonly ArrowColumn[]): void {
  for (const [index, column] of columns.entries()) {
    const data = batch.data.children[index];
    if (!data || data.length < batch.numRows) throw new RangeError('a column is cut short');
    checkArrowData(data, column.valueBytes);
  }
}

function fillChunk(
  chunk: DuckDBDataChunk,
  batch: RecordBatch,
  columns: readonly ArrowColumn[],
  start: number,
  count: number,
): void {
  for (const [index, column] of columns.entries()) {
    const data = batch.data.children[index];
    if (!data) throw new RangeError('a column is cut short');
    const vector = chunk.getColumnVector(index) as unknown as WritableVector;
    fillVector(vector, column, data, start, count);
    vector.flush();
  }
}

/** The reader fails over damage in many ways, none of which is ours. */
async function readable<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof DriftError) throw cause;
    if (cause instanceof Error && cause.message.includes('allocation failed')) throw cause;
    const why = 'its Arrow data cannot be followed';
    throw new DriftError('file-damaged', messages.fileDamaged(name, why), { cause });
  }
}
