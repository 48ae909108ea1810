import { readHead } from './bytes.js';
import type { DataFiles } from './dataFiles.js';

/** What is read of a file, unless not even one row ends within it. */
const headBytes = 1 << 22;
const largestHead = 1 << 25;

const quote = 0x22;
const backslash = 0x5c;
const opening: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closing: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/**
 * The first rows of JSON files, as a file of the same layout that is not compressed. Null where all of them are few
 * enough to be read, or where no rows can be told from their beginning; reading all then tells why.
 */
export async function readJsonHead(files: DataFiles): Promise<Buffer | null> {
  const { paths, compression, jsonLayout, sizeBytes } = files;
  const [first = '', ...others] = paths;
  if (others.length > 0 && sizeBytes <= headBytes) return null;
  for (let length = headBytes; length <= largestHead; length *= 8) {
    const head = await readHead(first, compression, length).catch(() => null);
    if (head === null) return null;
    if (head.isWhole) return others.length > 0 ? head.bytes : null;
    const isArray = jsonLayout === 'array';
    const areLines = jsonLayout === 'newline_delimited' || jsonLayout === 'auto';
    const end = areLines ? head.bytes.lastIndexOf('\n') + 1 : rowsEnd(head.bytes, isArray ? 1 : 0);
    if (end === 0) continue;
    const rows = head.bytes.subarray(0, end);
    return isArray ? Buffer.concat([rows, Buffer.from(']')]) : rows;
  }
  return null;
}

/** Where the last value ends that lies in no more than `level` others; 0 where none does. */
function rowsEnd(bytes: Uint8Array, level: number): number {
  let [depth, end, isText] = [0, 0, false];
  for (let place = 0; place < bytes.length; place++) {
    const byte = bytes[place] as number;
    if (isText && byte === backslash) place++;
    else if (byte === quote) isText = !isText;
    else if (isText) continue;
    else if (opening.has(byte)) depth++;
    else if (closing.has(byte) && --depth === level) end = place + 1;
  }
  return end;
}
