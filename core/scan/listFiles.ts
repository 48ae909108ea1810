import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { DriftError, messages, unreadable } from '../errors.js';

/** One file of a dataset. */
export interface ListedFile {
  path: string;
  /** Keys and values of its folders below the dataset's own (`year=2024`), outermost first. */
  keys: [name: string, value: string | null][];
}

const dataFileName =
  /^[^.].*\.(csv|tsv|tab|txt|json|jsonl|ndjson|parquet|parq|pq|arrow|arrows|feather|ipc)(\.gz|\.zst)?$/i;

/** What Hive writes for a missing value. */
const missingKey = '__HIVE_DEFAULT_PARTITION__';

/**
 * The files behind a path, by name: one file, all data files in and below a folder, or all files that
 * fit a pattern (`*`, `?`, `[a-z]`, `{a,b}`, and `**` for any folders). A path that exists is no pattern.
 *
 * @returns null where the path is that of one file
 * @throws {DriftError} missing or unreadable
 */
export async function listFiles(path: string): Promise<ListedFile[] | null> {
  // absolute, so that no reader takes a name for a URL, a home folder or an option
  const absolute = resolve(path);
  const information = await stat(absolute).catch((cause) => {
    if (!isPattern(absolute)) throw unreadable(path, cause);
    return null;
  });
  if (information?.isDirectory()) return withKeys(await below(absolute), absolute);
  if (information) return null;
  const { base, segments } = await splitPattern(absolute);
  const found = await matches(base, segments);
  if (found.length === 0) {
    throw new DriftError('file-missing', messages.patternWithoutFiles(path));
  }
  return withKeys([...new Set(found)].sort(), base);
}

/** As much of it as exists is a folder, whatever characters its name has. */
async function splitPattern(absolute: string): Promise<{ base: string; segments: string[] }> {
  const segments = absolute.split(sep);
  let base = `${segments.shift()}${sep}`;
  while (segments.length > 1) {
    const next = join(base, segments[0] as string);
    if ((await stat(next).catch(() => null)) === null) break;
    base = next;
    segments.shift();
  }
  return { base, segments };
}

function isPattern(text: string): boolean {
  return /[*?[{]/.test(text);
}

/** All data files in a folder and below it. Hidden folders and those of table formats (`_delta_log`) are left out. */
async function below(folder: string, seen: Set<string> = new Set()): Promise<string[]> {
  // a link may lead back up
  const real = await realpath(folder);
  if (seen.has(real)) return [];
  seen.add(real);
  const found: string[] = [];
  for (const name of await entriesOf(folder)) {
    const path = join(folder, name);
    const kind = await kindOf(path);
    if (kind === 'folder' && !/^[._]/.test(name)) found.push(...(await below(path, seen)));
    if (kind === 'file' && dataFileName.test(name)) found.push(path);
  }
  return found;
}

/** Files that fit; of a folder that fits, its data files. */
async function matches(
  folder: string,
  segments: readonly string[],
  seen: Set<string> = new Set(),
): Promise<string[]> {
  const [segment, ...rest] = segments;
  if (segment === undefined) return below(folder);
  const isAnyDepth = segment === '**';
  if (isAnyDepth) {
    const real = await realpath(folder);
    if (seen.has(real)) return [];
    seen.add(real);
  }
  const found = isAnyDepth && rest.length > 0 ? await matches(folder, rest) : [];
  const fits = isAnyDepth ? /^[^.]/ : toRegExp(segment);
  for (const name of await entriesOf(folder)) {
    if (!fits.test(name)) continue;
    const path = join(folder, name);
    const kind = await kindOf(path);
    if (kind === 'folder' && isAnyDepth) found.push(...(await matches(path, segments, seen)));
    else if (kind === 'folder') found.push(...(await matches(path, rest)));
    else if (kind === 'file' && rest.length === 0) found.push(path);
  }
  return found;
}

async function entriesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return [];
    throw unreadable(folder, cause);
  });
  return names.sort();
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'other'> {
  const information = await stat(path).catch((cause) => {
    // a link that leads nowhere is an editor's lock, unless it is called like data
    if (dataFileName.test(basename(path))) throw unreadable(path, cause);
    return null;
  });
  if (information?.isDirectory()) return 'folder';
  return information?.isFile() ? 'file' : 'other';
}

/** One segment of a pattern; a leading dot must be written. */
function toRegExp(segment: string): RegExp {
  let [source, depth] = ['', 0];
  for (let i = 0; i < segment.length; i++) {
    const character = segment[i] as string;
    const set = /^\[(!?)([^\]]+)\]/.exec(segment.slice(i));
    if (set) {
      source += `[${set[1] === '!' ? '^' : ''}${(set[2] as string).replace(/[\\\]^[]/g, '\\$&')}]`;
      i += set[0].length - 1;
    } else if (character === '*') source += '.*';
    else if (character === '?') source += '.';
    else if (character === '{' && segment.includes('}', i)) {
      source += '(?:';
      depth++;
    } else if (character === '}' && depth > 0) {
      source += ')';
      depth--;
    } else if (character === ',' && depth > 0) source += '|';
    else source += character.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  }
  return new RegExp(`^${segment.startsWith('.') ? '' : '(?!\\.)'}${source}$`, 'su');
}

function withKeys(paths: readonly string[], base: string): ListedFile[] {
  return paths.map((path) => {
    const folders = relative(base, path).split(sep).slice(0, -1);
    const keys = folders.flatMap((folder): ListedFile['keys'] => {
      const match = /^([^=]+)=(.*)$/s.exec(folder);
      if (!match) return [];
      const value = decoded(match[2] as string);
      return [[decoded(match[1] as string), value === missingKey ? null : value]];
    });
    return { path, keys };
  });
}

/** Hive writes `%3A` for what a folder's name may not hold. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
