import { createWriteStream } from 'node:fs';
import { mkdir, realpath, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import {
  createTemporaryFolder,
  DriftError,
  messages,
  type Source,
  type UploadAnswer,
} from '../core/index.js';

/** Which files a request may name. */
export interface FileAccess {
  /** The source itself when it may be read. @throws {DriftError} `path-not-allowed` */
  check(source: Source): Promise<Source>;
  /** Keeps an uploaded file until `close`. */
  upload(
    name: string,
    body: ReadableStream<Uint8Array>,
    signal: AbortSignal,
  ): Promise<UploadAnswer>;
  /** Deletes what was uploaded. */
  close(): Promise<void>;
}

export interface FileAccessOptions {
  /** Paths named on the command line, and the sample's. */
  paths: readonly string[];
  /** Everything below it may be read; null: nothing more. */
  root: string | null;
  /** The window asks the person by its own dialogs, so any path is theirs. */
  allowsAll: boolean;
}

export function createFileAccess({ paths, root, allowsAll }: FileAccessOptions): FileAccess {
  let folder: Promise<string> | null = null;
  let uploadCount = 0;
  const uploaded = new Set<string>();

  return {
    check: async (source) => {
      if (allowsAll || paths.includes(source.path) || uploaded.has(source.path)) return source;
      if (root !== null && (await isBelow(source.path, root))) return source;
      throw new DriftError('path-not-allowed', messages.pathNotAllowed(source.path));
    },
    upload: async (name, body, signal) => {
      folder ??= createTemporaryFolder();
      const place = join(await folder, String(++uploadCount));
      await mkdir(place);
      const path = join(place, safeName(name));
      const file = createWriteStream(path);
      try {
        await pipeline(Readable.fromWeb(body), file, { signal });
      } catch (cause) {
        await rm(place, { recursive: true, force: true });
        if (signal.aborted) throw new DriftError('cancelled', messages.cancelled(), { cause });
        throw cause;
      }
      uploaded.add(path);
      return { source: { path }, sizeBytes: file.bytesWritten };
    },
    close: async () => {
      if (folder !== null) await rm(await folder, { recursive: true, force: true });
    },
  };
}

/** Links are followed first, so that none leads out; what does not exist counts as where it would be. */
async function isBelow(path: string, root: string): Promise<boolean> {
  const realRoot = await realpath(root).catch(() => null);
  if (realRoot === null) return false;
  for (let place = resolve(path); ; place = dirname(place)) {
    const real = await realpath(place).catch(() => null);
    if (real !== null) return real === realRoot || real.startsWith(join(realRoot, sep));
    if (place === dirname(place)) return false;
  }
}

/** A plain file name: no folders, no control characters, nothing that stands for other files. */
function safeName(name: string): string {
  const plain = basename(name.replaceAll('\\', '/')).replace(/[\p{Cc}*?[\]{}<>:"|]/gu, '_');
  return plain.replace(/^\.+/, '_').slice(-120) || 'upload';
}
