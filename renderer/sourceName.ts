import type { Source } from '../core/contract.js';

/** A file's or folder's own name, without the path to it. */
export function sourceName({ name, path }: Source): string {
  return name ?? (path.split(/[/\\]/).filter(Boolean).at(-1) || path);
}
