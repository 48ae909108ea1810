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
