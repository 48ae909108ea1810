import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { DriftError, messages } from '../errors.js';
import { literal, literalList } from './sql.js';

/** A locked-down DuckDB that can read the given files and nothing else. */
export interface Database {
  /** Runs a statement whose answer is not wanted. */
  run(sql: string): Promise<void>;
  /** A few rows, as JSON values (64-bit integers as text). */
  rows(sql: string): Promise<unknown[][]>;
  /** One column of doubles by chunks, in row order; `validity` has a 0 bit where the value is null. */
  numbers(
    sql: string,
    onChunk: (values: Float64Array, validity: BigUint64Array | null) => void,
  ): Promise<void>;
  /** Share of the running statement that is done, 0..1. */
  progress(): number | null;
  /** Stops what runs, waits until it has stopped, then frees everything. Never throws. */
  close(): Promise<void>;
}

/** @throws {DriftError} `cancelled` once the signal is aborted; `out-of-memory` at the limit */
export async function createDatabase(
  paths: readonly string[],
  options: { memoryBytes?: number; signal?: AbortSignal },
): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), 'driftglass-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await lockDown(connection, paths, folder, options.memoryBytes ?? Math.floor(totalmem() / 4));

  let running: Promise<unknown> = Promise.resolve();
  const interrupt = () => connection.interrupt();
  options.signal?.addEventListener('abort', interrupt);

  /** Keeps hold of the running statement: tearing down while it runs would abort the process. */
  async function track<T>(work: () => Promise<T>): Promise<T> {
    throwIfCancelled(options.signal);
    const promise = work();
    running = promise.catch(() => undefined);
    try {
      const value = await promise;
      throwIfCancelled(options.signal);
      return value;
    } catch (error) {
      throw translate(error, options.signal);
    }
  }

  return {
    run: (sql) => track(async () => void (await connection.run(sql))),
    rows: (sql) =>
      track(async () => (await connection.runAndReadAll(sql)).getRowsJson() as unknown[][]),
    numbers: (sql, onChunk) => track(() => streamNumbers(connection, sql, onChunk)),
    progress: () => {
      const { percentage } = connection.progress;
      return percentage >= 0 && percentage <= 100 ? percentage / 100 : null;
    },
    close: async () => {
      options.signal?.removeEventListener('abort', interrupt);
      connection.interrupt();
      await running;
      connection.closeSync();
      instance.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The order matters: after the last line not even our own code can widen what may be read. */
async function lockDown(
  connection: DuckDBConnection,
  paths: readonly string[],
  folder: string,
  memoryBytes: number,
): Promise<void> {
  for (const setting of [
    `temp_directory = ${literal(folder)}`,
    `memory_limit = '${Math.max(64, Math.round(memoryBytes / 1e6))}MB'`,
    `threads = ${availableParallelism()}`,
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

async function streamNumbers(
  connection: DuckDBConnection,
  sql: string,
  onChunk: (values: Float64Array, validity: BigUint64Array | null) => void,
): Promise<void> {
  const result = await connection.stream(sql);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return;
    const vector = chunk.getColumnVector(0) as unknown as {
      items: Float64Array;
      validity: { data: BigUint64Array | null; offset: number };
    };
    if (vector.validity.offset !== 0) throw new RangeError('streamNumbers needs unsliced vectors');
    onChunk(vector.items.subarray(0, chunk.rowCount), vector.validity.data);
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
