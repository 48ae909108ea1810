import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

/** Documentation and code; anything else may be data, whatever it is called. */
const otherThanData: ReadonlySet<string> = new Set([
  '.md',
  '.html',
  '.py',
  '.js',
  '.mjs',
  '.ts',
  '.sh',
  '.yaml',
  '.yml',
]);

/** The files below a folder that may be data, in the order of their paths; hidden ones are left out. */
export function findFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && mayBeData(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function mayBeData(name: string): boolean {
  return !name.startsWith('.') && !otherThanData.has(extname(name).toLowerCase());
}
