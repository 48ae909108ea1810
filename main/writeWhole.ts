import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DriftError, isAbandoned, messages, ownerMark } from '../core/index.js';

/** Being written, to be removed when the process must end at once. */
const drafts = new Set<string>();

/**
 * Writes a file whole or not at all: beside its place first, then renamed over it.
 *
 * @throws {DriftError} `output-unwritable`, or `cancelled`; what stood there before still stands
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array,
  signal?: AbortSignal,
): Promise<void> {
  const folder = dirname(path);
  // names have an end at 255 bytes
  const stem = `.${basename(path).slice(0, 48)}.`;
  const draft = join(folder, `${stem}${ownerMark}-${randomBytes(6).toString('hex')}.part`);
  drafts.add(draft);
  try {
    await sweepDrafts(folder, stem);
    const file = await open(draft, 'wx');
    try {
      await file.writeFile(content, signal ? { signal } : {});
      await file.sync();
    } finally {
      await file.close();
    }
    if (signal?.aborted) throw new DriftError('cancelled', messages.cancelled());
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    throw signal?.aborted
      ? new DriftError('cancelled', messages.cancelled(), { cause })
      : unwritable(path, cause);
  } finally {
    drafts.delete(draft);
  }
}

/** At once, without waiting for whoever writes them. */
export function removeDrafts(): void {
  for (const draft of drafts) rmSync(draft, { force: true });
}

/** Drafts of the same file by processes that were killed. */
async function sweepDrafts(folder: string, stem: string): Promise<void> {
  // one may write into some folders that one may not list
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(stem) || !name.endsWith('.part')) continue;
    if (isAbandoned(name)) await rm(join(folder, name), { force: true });
  }
}

function unwritable(path: string, cause: unknown): DriftError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  const reasons: Record<string, string> = {
    ENOENT: 'its folder does not exist',
    ENOTDIR: 'its folder does not exist',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EISDIR: 'it is a folder',
    ENOSPC: 'the disk is full',
    EROFS: 'the disk is read-only',
  };
  const message = messages.outputUnwritable(path, reasons[code] ?? code);
  return new DriftError('output-unwritable', message, { cause });
}
