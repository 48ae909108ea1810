import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DriftError, messages } from '../core/index.js';

/**
 * Writes a file whole or not at all: beside its place first, then renamed over it.
 *
 * @throws {DriftError} `output-unwritable`; what stood there before still stands
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
  try {
    const file = await open(draft, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    const reasons: Record<string, string> = {
      ENOENT: 'its folder does not exist',
      EACCES: 'permission denied',
      EPERM: 'permission denied',
      EISDIR: 'it is a folder',
      ENOSPC: 'the disk is full',
      EROFS: 'the disk is read-only',
    };
    throw new DriftError(
      'output-unwritable',
      messages.outputUnwritable(path, reasons[code] ?? code),
      { cause },
    );
  }
}
