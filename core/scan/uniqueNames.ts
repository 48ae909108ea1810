/** Names as they are, but for those that came before: these get a number, as DuckDB gives it. */
export function uniqueNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  const taken = new Set(names);
  return names.map((name) => {
    let free = name;
    for (let i = 1; used.has(free) || (free !== name && taken.has(free)); i++)
      free = `${name}_${i}`;
    used.add(free);
    return free;
  });
}
