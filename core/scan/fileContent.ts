import { type FileHandle, open, stat } from 'node:fs/promises';
import type { Format } from '../contract.js';
import { DriftError, messages, unreadable } from '../errors.js';
import { isArrowStream } from './arrowMessage.js';
import { readHead } from './bytes.js';
import { type JsonLayout, jsonLayout } from './jsonLayout.js';
import { isBlank, isMarkup, isText } from './text.js';

/** What a file is. */
export interface FileContent {
  format: Exclude<Format, 'memory'>;
  compression: 'gzip' | 'zstd' | null;
  /** Null for all formats but JSON. */
  jsonLayout: JsonLayout | null;
  sizeBytes: number;
}

/** Bytes looked at to tell text from anything else. */
const headBytes = 65_536;

/**
 * What a file is by its content.
 *
 * @param name - as it is shown
 * @throws {DriftError} one sentence: unreadable, empty, damaged, or no data at all
 */
export async function fileContent(path: string, name: string): Promise<FileContent> {
  const information = await stat(path).catch((cause) => {
    throw unreadable(path, cause);
  });
  // opening a pipe would wait for a writer
  if (!information.isFile()) throw new DriftError('file-not-data', messages.fileNotData(name));
  const sizeBytes = information.size;
  if (sizeBytes === 0) throw new DriftError('file-empty', messages.fileEmpty(name));
  const file = await open(path, 'r').catch((cause) => {
    throw unreadable(path, cause);
  });
  try {
    const head = await readAt(file, 0, Math.min(headBytes, sizeBytes));
    const tail = await readAt(file, Math.max(0, sizeBytes - 6), Math.min(6, sizeBytes));
    const binary = binaryFormat(head, tail, sizeBytes, name);
    const plain = { compression: null, jsonLayout: null, sizeBytes };
    if (binary) return { ...plain, format: binary };
    const compression = compressionOf(head);
    if (compression) {
      const jsonLayout = await inflatedLayout(path, compression);
      return { format: formatOf(jsonLayout), compression, jsonLayout, sizeBytes };
    }
    if (!isText(head)) throw new DriftError('file-not-data', messages.fileNotData(name));
    const layout = plainLayout(head, sizeBytes, name);
    if (layout) return { ...plain, format: 'json', jsonLayout: layout };
    if (isMarkup(head) || (await isBlankFile(file, head, sizeBytes)))
      throw new DriftError('file-not-data', messages.fileNotData(name));
    return { ...plain, format: 'csv' };
  } finally {
    await file.close();
  }
}

/** By the first and last bytes, which Parquet and Arrow files have in common. */
function binaryFormat(
  head: Buffer,
  tail: Buffer,
  sizeBytes: number,
  name: string,
): 'parquet' | 'arrow' | null {
  const start = head.subarray(0, 6).toString('latin1');
  const end = tail.toString('latin1');
  if (start.startsWith('PAR1')) {
    if (sizeBytes < 12 || !end.endsWith('PAR1')) {
      throw new DriftError('file-damaged', messages.parquetDamaged(name));
    }
    return 'parquet';
  }
  if (start.startsWith('PARE')) {
    throw new DriftError('file-unreadable', messages.parquetEncrypted(name));
  }
  if (start === 'ARROW1') {
    if (sizeBytes < 18 || end !== 'ARROW1') {
      throw new DriftError('file-damaged', messages.fileDamaged(name, 'its end is missing'));
    }
    return 'arrow';
  }
  if (start.startsWith('FEA1')) {
    throw new DriftError('file-unreadable', messages.featherOld(name));
  }
  return isArrowStream(head, sizeBytes) ? 'arrow' : null;
}

function formatOf(layout: JsonLayout | null): 'json' | 'csv' {
  return layout === null ? 'csv' : 'json';
}

function plainLayout(head: Buffer, sizeBytes: number, name: string): JsonLayout | null {
  const isWide = [0xfeff, 0xfffe].includes(head.length > 1 ? head.readUInt16LE(0) : 0);
  const encoding = !isWide ? 'utf-8' : head[0] === 0xff ? 'utf-16le' : 'utf-16be';
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(head);
  const layout = jsonLayout(text, head.length === sizeBytes);
  if (layout && isWide) {
    throw new DriftError('file-unreadable', messages.unsupported(name, 'its JSON is UTF-16'));
  }
  return layout;
}

function compressionOf(head: Buffer): FileContent['compression'] {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  return head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528 ? 'zstd' : null;
}

/** Damage is told later, when all of it is inflated. */
async function inflatedLayout(
  path: string,
  compression: FileContent['compression'],
): Promise<JsonLayout | null> {
  const head = await readHead(path, compression, headBytes).catch(() => null);
  if (!head) return null;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(head.bytes);
  return jsonLayout(text, head.isWhole);
}

/** Reads on only as long as nothing but white space comes. */
async function isBlankFile(file: FileHandle, head: Buffer, sizeBytes: number): Promise<boolean> {
  if (!isBlank(head)) return false;
  for (let offset = head.length; offset < sizeBytes; offset += headBytes) {
    if (!isBlank(await readAt(file, offset, headBytes))) return false;
  }
  return true;
}

async function readAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
  return buffer.subarray(0, bytesRead);
}
