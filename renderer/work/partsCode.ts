import { pythonString } from './python.js';
import { isPattern } from './sideFile.js';

export const folderImports = [
  'import glob',
  'import os',
  'import re',
  'from urllib.parse import unquote',
];

/** Python that lists the files of a folder or pattern with the keys of their folders, as Hive writes them. */
export const partsCode = `DATA = r"(?!.*[\\\\/]_.*[\\\\/]).*\\.(csv|tsv|tab|txt|jsonl?|ndjson|parquet|parq|pq|arrows?|feather|ipc)(\\.gz|\\.zst)?"

def parts(path):
    starts = [path] if os.path.exists(path) else glob.glob(path)
    files = [start for start in starts if os.path.isfile(start)]
    for start in starts:
        inside = glob.glob(os.path.join(glob.escape(start), "**", "*"), recursive=True)
        files += [part for part in inside if os.path.isfile(part) and re.fullmatch(DATA, part, re.I)]
    for part in sorted(files):
        folders = os.path.relpath(part, path).split(os.sep)[:-1]
        pairs = [folder.split("=", 1) for folder in folders if "=" in folder[1:]]
        yield part, {unquote(key): unquote(value) if value != "__HIVE_DEFAULT_PARTITION__" else None for key, value in pairs}`;

/** A column that the files do not have stands in the folders' names. */
export function namedPartsCode(read: string, suffix: string): string {
  return `def read_parts${suffix}(path, name):
    return [
        keys.get(name) if value is None else value
        for part, keys in parts(path)
        for value in ${read}(part, name)
    ]`;
}

/** One call per pattern: Python's has no braces. */
export function partsCall(read: string, path: string, column: string): string {
  return expanded(path)
    .map((one) => `${read}(${pythonString(one)}, ${column})`)
    .join(' + ');
}

function expanded(path: string): string[] {
  const match = isPattern(path) ? /^(.*?)\{([^{}]*)\}(.*)$/s.exec(path) : null;
  if (!match) return [path];
  const [, before = '', choices = '', after = ''] = match;
  const all = choices.split(',').flatMap((choice) => expanded(before + choice + after));
  return [...new Set(all)];
}
