import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createTemporaryFolder, DriftError, messages, type Source } from '../core/index.js';

interface Sources {
  reference: Source;
  current: Source;
}

/**
 * Hands `work` the sources, with a file of what comes by standard input for the one that is `-`, and removes that file
 * whatever comes.
 *
 * @param isOneDataset - whether both sides are parts of the same
 */
export async function withStandardInput<T>(
  sources: Sources,
  options: { signal: AbortSignal; isOneDataset?: boolean; input?: Readable },
  work: (sources: Sources) => Promise<T>,
): Promise<T> {
  const { reference, current } = sources;
  const asked = [reference, current].filter(({ path }) => path === '-').length;
  if (asked === 0) return work(sources);
  if (asked > 1 && !options.isOneDataset)
    throw new DriftError('bad-option', messages.standardInputTwice());
  const folder = await createTemporaryFolder();
  try {
    const path = join(folder, 'standard-input');
    await spool(options.input ?? process.stdin, path, options.signal);
    const kept = (source: Source): Source =>
      source.path === '-' ? { ...source, path, name: 'standard input' } : source;
    return await work({ reference: kept(reference), current: kept(current) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function spool(input: Readable, path: string, signal: AbortSignal): Promise<void> {
  try {
    await pipeline(input, createWriteStream(path), { signal });
  } catch (cause) {
    if (signal.aborted) throw new DriftError('cancelled', messages.cancelled(), { cause });
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    if (why === 'ENOSPC') throw new DriftError('output-unwritable', messages.noSpace(), { cause });
    throw new DriftError('output-unwritable', messages.outputUnwritable(path, why), { cause });
  }
}
