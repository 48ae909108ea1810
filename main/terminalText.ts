/** Text for a terminal. */

const longestName = 32;

/** Names come from files: nothing in them may steer the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, '\u{fffd}');
}

export function shortName(name: string): string {
  return cutTo(printable(name), longestName);
}

/** @param width - null: whole */
export function cutTo(text: string, width: number | null): string {
  return width !== null && text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

/** `1 row`, `20 000 rows`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** Rows of cells with their columns one below the other; the last one is as long as it is. */
export function alignedLines(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) =>
    Math.max(...rows.map((cells) => cells[i]?.length ?? 0)),
  );
  return rows.map((cells) =>
    cells
      .map((cell, i) => (i === cells.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
