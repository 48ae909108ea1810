import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Side } from '../contract.js';
import { DriftError, messages, unreadable } from '../errors.js';
import type { Database } from './database.js';
import { needsRewriting, rewriteParquet } from './rewriteParquet.js';

const longestTurnMs = 50;

/**
 * Paths of the same files as DuckDB can read them. What it cannot read is written again into the database's folder.
 *
 * @throws {RangeError} where one of them is damaged
 */
export async function readableParquet(
  database: Database,
  paths: readonly string[],
  side: Side,
): Promise<string[]> {
  const readable: string[] = [];
  for (const [index, path] of paths.entries()) {
    const to = join(database.folder, `${side}-${index}.parquet`);
    const isWritten = await rewritten(database, path, to);
    readable.push(isWritten ? to : path);
  }
  return readable;
}

/** False where there is no need to. */
async function rewritten(database: Database, path: string, to: string): Promise<boolean> {
  const file = await open(path, 'r').catch((cause) => {
    throw unreadable(path, cause);
  });
  try {
    // the first look is at what DuckDB has read already, so what is odd in it is no damage
    const isNeeded = await needsRewriting(file).catch(() => false);
    if (isNeeded) await writeFile(to, watched(database, rewriteParquet(file)), { mode: 0o600 });
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

/** A database tells that the work is cancelled when it is asked for something. */
async function* watched<T>(database: Database, pieces: AsyncIterable<T>): AsyncGenerator<T> {
  let turnStart = performance.now();
  for await (const piece of pieces) {
    yield piece;
    if (performance.now() - turnStart < longestTurnMs) continue;
    await database.run('SELECT 1');
    turnStart = performance.now();
  }
}
