/** SQL text. Column names never enter it (files are read under the names c0, c1, ...); paths and spellings do, quoted. */

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
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
