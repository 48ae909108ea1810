import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Side } from '../contract.js';
import { DriftError, messages, unreadable } from '../errors.js';
import type { Database } from './database.js';
import { needsRewriting, rewriteParquet } from './rewriteParquet.js';

/**
 * Paths of the same files as DuckDB can read them. What it cannot read is written again into the database's folder.
 *
 * @throws {RangeError} where one of them is damaged
 */
export async function readableParquet(
  database: Database,
  paths: readonly string[],
  side: Side,
  signal?: AbortSignal,
): Promise<string[]> {
  const readable: string[] = [];
  for (const [index, path] of paths.entries()) {
    const to = join(database.folder, `${side}-${index}.parquet`);
    const isWritten = await rewritten(path, to, signal);
    readable.push(isWritten ? to : path);
  }
  return readable;
}

/** False where there is no need to. */
async function rewritten(
  path: string,
  to: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const file = await open(path, 'r').catch((cause) => {
    throw unreadable(path, cause);
  });
  try {
    // the first look is at what DuckDB has read already, so what is odd in it is no damage
    const isNeeded = await needsRewriting(file).catch(() => false);
    if (isNeeded) await writeFile(to, watched(rewriteParquet(file), signal), { mode: 0o600 });
    return isNeeded;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (code === 'ENOSPC') throw new DriftError('output-unwritable', messages.noSpace(), { cause });
    if (/^E[A-Z]+$/.test(code)) throw unreadable(path, cause);
    throw cause;
  } finally {
    await file.close();
  }
}

async function* watched<T>(
  pieces: AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T> {
  for await (const piece of pieces) {
    if (signal?.aborted) throw new DriftError('cancelled', messages.cancelled());
    yield piece;
  }
}
