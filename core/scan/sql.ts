/** SQL text. Column names never enter it (files are read under the names c0, c1, ...); paths and spellings do, quoted. */

/** DuckDB takes a statement for ended where a NUL is, so that is written as a call. */
export function literal(text: string): string {
  const parts = text.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? (parts[0] as string) : `(${parts.join(' || chr(0) || ')})`;
}

export function literalList(texts: readonly string[]): string {
  return `[${texts.map(literal).join(', ')}]`;
}

/** The name under which column `index` is read. */
export function columnId(index: number): string {
  return `c${index}`;
}

/** Column `index` of a view, in which some spellings of a text mean that it is missing. */
export function knownColumn(
  index: number,
  storageType: string,
  nullValues: readonly string[] = [],
): string {
  const id = columnId(index);
  if (nullValues.length === 0 || storageType !== 'VARCHAR') return id;
  return `CASE WHEN ${id} NOT IN (${nullValues.map(literal).join(', ')}) THEN ${id} END AS ${id}`;
}
