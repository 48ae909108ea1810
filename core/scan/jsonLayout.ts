/** How JSON rows stand in a file, in DuckDB's words; `auto` is lines after a byte order mark. */
export type JsonLayout = 'newline_delimited' | 'auto' | 'array' | 'unstructured';

/** Lines that are looked at. */
const lineCount = 100;

/**
 * Tells JSON objects from other text by its beginning; null for other text.
 *
 * @param isWhole - whether `head` is all of it, so that its last line is not cut
 */
export function jsonLayout(head: string, isWhole: boolean): JsonLayout | null {
  const hasMark = head.startsWith('\ufeff');
  const text = head.slice(hasMark ? 1 : 0).trimStart();
  if (/^\[\s*[{\]]/.test(text)) return 'array';
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const isOneLine = lines.length === 1 && !isWhole;
  if (!isWhole) lines.pop();
  const whole = lines.slice(0, lineCount);
  const objectCount = whole.filter(isObject).length;
  const opens = /^\{\s*("|\}|$)/.test(text);
  // some rows may be broken, but not most of them where the first one is
  if (objectCount > 0 && (opens || objectCount * 2 >= whole.length)) {
    return hasMark ? 'auto' : 'newline_delimited';
  }
  if (!opens) return null;
  if (isOneLine) return hasMark ? 'auto' : 'newline_delimited';
  return 'unstructured';
}

/** One layout for several files, or null where there is none. */
export function commonLayout(layouts: readonly (JsonLayout | null)[]): JsonLayout | null {
  const [first = null] = layouts;
  if (layouts.every((layout) => layout === first)) return first;
  const areLines = layouts.every((layout) => layout === 'auto' || layout === 'newline_delimited');
  return areLines ? 'auto' : null;
}

function isObject(line: string): boolean {
  if (!line.trimStart().startsWith('{')) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
