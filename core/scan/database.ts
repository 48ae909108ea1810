import { rm } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { type DuckDBConnection, type DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api';
import { DriftError, messages } from '../errors.js';
import { createTemporaryFolder } from '../temporaryFolder.js';
import { keepShapes, letGoOfChunks, letGoOfResult } from './letGo.js';
import { literal, literalList } from './sql.js';

/**
 * Takes values of the column at `position`. Bit `i % 8` of byte `i >> 3` of `validity` is 0 where value i is null; no
 * bytes where none is. Both are DuckDB's memory.
 */
export type NumberChunk = (
  values: Float64Array,
  validity: Uint8Array | null,
  position: number,
) => void;

/** A locked-down DuckDB that can read the given files and nothing else. */
export interface Database {
  /** Its own, for what it spills and for files made to be read; removed when it closes. */
  readonly folder: string;
  /** Runs a statement whose answer is not wanted. */
  run(sql: string): Promise<void>;
  /** A few rows, as JSON values (64-bit integers as text). */
  rows(sql: string): Promise<unknown[][]>;
  /** Columns of doubles by chunks, in row order; `rowCount` tells how many rows to expect. */
  numbers(sql: string, rowCount: number, onChunk: NumberChunk): Promise<void>;
  /** Fills a table of this database. */
  append(table: string, chunks: AsyncIterable<DuckDBDataChunk>): Promise<void>;
  /** Share of the running statement that is done, 0..1. */
  progress(): number | null;
  /** Stops what runs, waits until it has stopped, then frees everything. Never throws. */
  close(): Promise<void>;
}

const interruptIntervalMs = 20;
/** Rows of a column that may be held once more while it is read: 160 MB. */
const largestHeldCount = 20_000_000;
/** Of 2 048 rows each, after which whatever else waits gets its turn. */
const chunksPerTurn = 128;

/** @throws {DriftError} `cancelled` once the signal is aborted; `out-of-memory` at the limit */
export async function createDatabase(
  paths: readonly string[],
  options: { memoryBytes?: number; threadCount?: number; signal?: AbortSignal },
): Promise<Database> {
  throwIfCancelled(options.signal);
  const folder = await createTemporaryFolder();
  let instance: DuckDBInstance | null = null;
  try {
    instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await lockDown(connection, paths, folder, options);
    await readOne(connection);
    return lockedDatabase(instance, connection, folder, options.signal);
  } catch (error) {
    instance?.closeSync();
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function lockedDatabase(
  instance: DuckDBInstance,
  connection: DuckDBConnection,
  folder: string,
  signal: AbortSignal | undefined,
): Database {
  let running: Promise<unknown> = Promise.resolve();
  let interrupting: NodeJS.Timeout | null = null;

  /** Until nothing runs any more: an interrupt between two steps of a statement is lost. */
  function interrupt(): void {
    connection.interrupt();
    interrupting ??= setInterval(() => connection.interrupt(), interruptIntervalMs);
    const last = running;
    void last.then(() => {
      if (last === running && interrupting) {
        clearInterval(interrupting);
        interrupting = null;
      }
    });
  }
  signal?.addEventListener('abort', interrupt);

  /** One statement after the other; keeps hold of the last, for tearing down while it runs would abort the process. */
  async function track<T>(sql: string | null, work: () => Promise<T>): Promise<T> {
    throwIfCancelled(signal);
    const promise = running.then(() => {
      throwIfCancelled(signal);
      return sql === null ? work() : allowed(connection, sql).then(work);
    });
    running = promise.catch(() => {});
    try {
      const value = await promise;
      throwIfCancelled(signal);
      return value;
    } catch (error) {
      throw translate(error, signal);
    }
  }

  return {
    folder,
    run: (sql) => track(sql, async () => void (await connection.run(sql))),
    rows: (sql) =>
      track(sql, async () => (await connection.runAndReadAll(sql)).getRowsJson() as unknown[][]),
    numbers: (sql, rowCount, onChunk) =>
      track(sql, () => readNumbers(connection, sql, rowCount, onChunk, signal)),
    append: (table, chunks) => track(null, () => appendChunks(connection, table, chunks, signal)),
    progress: () => {
      const { percentage } = connection.progress;
      return percentage >= 0 && percentage <= 100 ? percentage / 100 : null;
    },
    close: async () => {
      signal?.removeEventListener('abort', interrupt);
      interrupt();
      await running;
      if (interrupting) clearInterval(interrupting);
      connection.closeSync();
      instance.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * One statement that reads or makes a table. What DuckDB may read it may also overwrite
 * (`COPY ... (USE_TMP_FILE false)`), so the settings alone do not protect the files.
 */
async function allowed(connection: DuckDBConnection, sql: string): Promise<void> {
  // without a semicolon there is one
  const count = sql.includes(';') ? (await connection.extractStatements(sql)).count : 1;
  if (count !== 1 || !/^\s*(SELECT|DESCRIBE|CREATE (TABLE|VIEW)|DROP TABLE)\s/.test(sql)) {
    throw new RangeError('a database runs one SELECT, DESCRIBE, CREATE or DROP at a time');
  }
}

/** The order matters: after the last line not even our own code can widen what may be read. */
async function lockDown(
  connection: DuckDBConnection,
  paths: readonly string[],
  folder: string,
  {
    memoryBytes = Math.floor(totalmem() / 4),
    threadCount = availableParallelism(),
  }: { memoryBytes?: number; threadCount?: number },
): Promise<void> {
  for (const setting of [
    `temp_directory = ${literal(folder)}`,
    `memory_limit = '${Math.max(64, Math.round(memoryBytes / 1e6))}MB'`,
    `threads = ${threadCount}`,
    // times of day are UTC whatever the machine's zone
    `TimeZone = 'UTC'`,
    'enable_progress_bar = true',
    'enable_progress_bar_print = false',
    'progress_bar_time = 0',
    `allowed_paths = ${literalList(paths)}`,
    'autoinstall_known_extensions = false',
    'autoload_known_extensions = false',
    'allow_community_extensions = false',
    'enable_external_access = false',
    'lock_configuration = true',
  ]) {
    await connection.run(`SET ${setting}`);
  }
}

/**
 * Reads columns in one go on all threads, then chunk by chunk: twice as fast as streaming, at the cost of holding them
 * once more. What is too long for that is streamed.
 */
async function readNumbers(
  connection: DuckDBConnection,
  sql: string,
  rowCount: number,
  onChunk: NumberChunk,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (rowCount > largestHeldCount) {
    const result = await connection.stream(sql);
    for (;;) {
      throwIfCancelled(signal);
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) return;
      passNumbers(chunk, onChunk);
    }
  }
  const result = await connection.run(sql);
  for (let i = 0; i < result.chunkCount; i++) {
    if (i % chunksPerTurn === 0) {
      if (i > 0) letGoOfChunks();
      await setImmediate();
    }
    throwIfCancelled(signal);
    passNumbers(result.getChunk(i), onChunk);
  }
  letGoOfResult(8 * result.rowCount * result.columnCount);
}

let isOneRead = false;

/** Makes and keeps one of each object that reading numbers makes. */
async function readOne(connection: DuckDBConnection): Promise<void> {
  if (isOneRead) return;
  isOneRead = true;
  const result = await connection.run('SELECT 0::DOUBLE');
  const chunk = result.getChunk(0);
  passNumbers(chunk, () => {});
  keepShapes(result, chunk, result.columnLogicalType(0));
}

function passNumbers(chunk: DuckDBDataChunk, onChunk: NumberChunk): void {
  for (let position = 0; position < chunk.columnCount; position++) {
    const vector = chunk.getColumnVector(position) as unknown as {
      items: Float64Array;
      validity: { data: BigUint64Array | null; offset: number };
    };
    if (vector.validity.offset !== 0) throw new RangeError('readNumbers needs unsliced vectors');
    const { data } = vector.validity;
    // numbers of 64 bits are slow to test one by one; all platforms of DuckDB are little-endian
    const bits = data && new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    onChunk(vector.items.subarray(0, chunk.rowCount), bits, position);
  }
}

async function appendChunks(
  connection: DuckDBConnection,
  table: string,
  chunks: AsyncIterable<DuckDBDataChunk>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const appender = await connection.createAppender(table);
  try {
    for await (const chunk of chunks) {
      throwIfCancelled(signal);
      appender.appendDataChunk(chunk);
    }
  } finally {
    appender.closeSync();
  }
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new DriftError('cancelled', messages.cancelled());
}

function translate(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return new DriftError('cancelled', messages.cancelled(), { cause: error });
  if (error instanceof Error && error.message.startsWith('Out of Memory Error')) {
    return new DriftError('out-of-memory', messages.outOfMemory(), { cause: error });
  }
  return error;
}
