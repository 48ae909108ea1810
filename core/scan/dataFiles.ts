import { open, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Format } from '../contract.js';
import { DriftError, messages } from '../errors.js';

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
  const name = basename(resolve(path));
  const information = await stat(path).catch((cause) => {
    throw unreadable(path, cause);
  });
  if (!information.isDirectory())
    return { name, paths: [path], ...(await fileContent(path, name)) };

  const entries = await readdir(path).catch((cause) => {
    throw unreadable(path, cause);
  });
  const names = entries.filter((entry) => dataFileName.test(entry)).sort();
  if (names.length === 0)
    throw new DriftError('folder-without-data', messages.folderWithoutData(name));
  const paths = names.map((entry) => join(path, entry));
  const contents: FileContent[] = [];
  for (const [index, file] of paths.entries()) {
    contents.push(await fileContent(file, names[index] as string));
  }
  const first = contents[0] as FileContent;
  if (contents.some(({ format }) => format !== first.format)) {
    throw new DriftError('folder-without-data', messages.folderMixed(name));
  }
  return {
    name,
    paths,
    ...first,
    sizeBytes: contents.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}

async function fileContent(path: string, name: string): Promise<FileContent> {
  const file = await open(path, 'r').catch((cause) => {
    throw unreadable(path, cause);
  });
  try {
    const information = await file.stat();
    if (!information.isFile()) throw new DriftError('file-not-data', messages.fileNotData(name));
    const sizeBytes = information.size;
    if (sizeBytes === 0) throw new DriftError('file-empty', messages.fileEmpty(name));
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
    if (!isText(head)) throw new DriftError('file-not-data', messages.fileNotData(name));
    return { format: 'csv', compression: null, sizeBytes };
  } finally {
    await file.close();
  }
}

/** Text has no NUL byte and hardly any other control character, in whatever encoding. */
function isText(head: Buffer): boolean {
  let controlCount = 0;
  for (const byte of head) {
    if (byte === 0) return false;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 27)
      controlCount++;
  }
  return controlCount <= head.length * 0.02;
}

function unreadable(path: string, cause: unknown): DriftError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new DriftError('file-missing', messages.fileMissing(path), { cause });
  }
  const why = code === 'EACCES' || code === 'EPERM' ? 'permission denied' : code;
  return new DriftError('file-unreadable', messages.fileUnreadable(path, why), { cause });
}
