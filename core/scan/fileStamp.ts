import { type FileHandle, stat } from 'node:fs/promises';

/** What is another when a file is written again, or another one stands in its place. */
export async function fileStamp(file: string | FileHandle): Promise<string> {
  const { size, mtimeNs, ctimeNs, ino } = await (typeof file === 'string'
    ? stat(file, { bigint: true })
    : file.stat({ bigint: true }));
  return [size, mtimeNs, ctimeNs, ino].join(' ');
}
