import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CompareRequest, MemorySource, ResolvedOptions, Source } from '../contract.js';
import { listFiles } from '../scan/listFiles.js';

/**
 * Tells a pair of files, and the rows of them that take part, from every other pair: by what was asked for, and by name,
 * size and times of each file. Null where that cannot be told.
 */
export async function pairKey(
  { reference, current, options }: CompareRequest,
  { sample, seed, splitBy }: ResolvedOptions,
): Promise<string | null> {
  const [one, other] = [await sourceKey(reference), await sourceKey(current)];
  if (one === null || other === null) return null;
  // with less memory some columns are put in order another way
  return JSON.stringify([one, other, sample, seed, splitBy, options?.memoryBytes ?? null]);
}

async function sourceKey(source: Source | MemorySource): Promise<unknown[] | null> {
  if (!('path' in source)) return null;
  try {
    const listed = await listFiles(source.path);
    const paths = listed?.map(({ path }) => path) ?? [resolve(source.path)];
    return [source, await Promise.all(paths.map(fileKey))];
  } catch {
    // what is wrong with it is said when it is opened
    return null;
  }
}

async function fileKey(path: string): Promise<string[]> {
  const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return [path, ...[ino, size, mtimeNs, ctimeNs].map(String)];
}
