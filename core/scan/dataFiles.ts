import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Format } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import { isBlank, isMarkup, isText } from './text.js';

/** The files behind one path, all of one format. Content decides, not the extension. */
export interface DataFiles {
  name: string;
  format: Exclude<Format, 'memory'>;
  compression: 'gzip' | 'zstd' | null;
  paths: string[];
  sizeBytes: number;
}

type FileContent = {
  format: DataFiles['format'];
  compression: DataFiles['compression'];
  sizeBytes: number;
};

const dataFileName = /^[^.].*\.(csv|tsv|txt|parquet|pq)(\.gz|\.zst)?$/i;

/** Bytes looked at to tell text from anything else. */
const headBytes = 65_536;

/**
 * What stands at a path: a file, or a folder of data files.
 *
 * @throws {DriftError} one sentence: missing, unreadable, empty, damaged, or no data at all
 */
export async function findDataFiles(path: string): Promise<DataFiles> {
  // absolute, so that no reader takes a name for a URL, a home folder or an option
  const absolute = resolve(path);
  const name = basename(absolute);
  const information = await stat(absolute).catch((cause) => {
    throw unreadable(path, cause);
  });
  if (!information.isDirectory())
    return { name, paths: [absolute], ...(await fileContent(absolute, name)) };

  const entries = await readdir(absolute).catch((cause) => {
    throw unreadable(path, cause);
  });
  const contents: (FileContent & { path: string })[] = [];
  let isAnyEmpty = false;
  for (const entry of entries.filter((entry) => dataFileName.test(entry)).sort()) {
    const entryPath = join(absolute, entry);
    const found = await stat(entryPath).catch((cause) => {
      throw unreadable(entryPath, cause);
    });
    if (!found.isFile()) continue;
    // what runs in parts leaves empty ones
    if (found.size === 0) isAnyEmpty = true;
    else contents.push({ path: entryPath, ...(await fileContent(entryPath, entry)) });
  }
  const [first] = contents;
  if (!first && isAnyEmpty) throw new DriftError('file-empty', messages.fileEmpty(name));
  if (!first) throw new DriftError('folder-without-data', messages.folderWithoutData(name));
  if (contents.some(({ format }) => format !== first.format))
    throw new DriftError('folder-without-data', messages.folderMixed(name));
  if (contents.some(({ compression }) => compression !== first.compression))
    throw new DriftError('folder-without-data', messages.folderMixedCompression(name));
  return {
    name,
    format: first.format,
    compression: first.compression,
    paths: contents.map((content) => content.path),
    sizeBytes: contents.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}

async function fileContent(path: string, name: string): Promise<FileContent> {
  const information = await stat(path);
  // opening a pipe would wait for a writer
  if (!information.isFile()) throw new DriftError('file-not-data', messages.fileNotData(name));
  const sizeBytes = information.size;
  if (sizeBytes === 0) throw new DriftError('file-empty', messages.fileEmpty(name));
  const file = await open(path, 'r').catch((cause) => {
    throw unreadable(path, cause);
  });
  try {
    const head = Buffer.alloc(Math.min(headBytes, sizeBytes));
    await file.read(head, 0, head.length, 0);
    if (head.subarray(0, 4).toString('latin1') === 'PAR1') {
      const tail = Buffer.alloc(4);
      await file.read(tail, 0, 4, Math.max(0, sizeBytes - 4));
      if (sizeBytes < 12 || tail.toString('latin1') !== 'PAR1') {
        throw new DriftError('file-damaged', messages.parquetDamaged(name));
      }
      return { format: 'parquet', compression: null, sizeBytes };
    }
    if (head[0] === 0x1f && head[1] === 0x8b)
      return { format: 'csv', compression: 'gzip', sizeBytes };
    if (head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528) {
      return { format: 'csv', compression: 'zstd', sizeBytes };
    }
    if (!isText(head) || isMarkup(head) || (await isBlankFile(file, head, sizeBytes)))
      throw new DriftError('file-not-data', messages.fileNotData(name));
    return { format: 'csv', compression: null, sizeBytes };
  } finally {
    await file.close();
  }
}

/** Reads on only as long as nothing but white space comes. */
async function isBlankFile(file: FileHandle, head: Buffer, sizeBytes: number): Promise<boolean> {
  if (!isBlank(head)) return false;
  const block = Buffer.alloc(headBytes);
  for (let offset = head.length; offset < sizeBytes; offset += block.length) {
    const { bytesRead } = await file.read(block, 0, block.length, offset);
    if (!isBlank(block.subarray(0, bytesRead))) return false;
  }
  return true;
}

function unreadable(path: string, cause: unknown): DriftError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new DriftError('file-missing', messages.fileMissing(path), { cause });
  }
  const why = code === 'EACCES' || code === 'EPERM' ? 'permission denied' : code;
  return new DriftError('file-unreadable', messages.fileUnreadable(path, why), { cause });
}
