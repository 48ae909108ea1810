/** Single linkage: items that are linked directly or through others, sets of two and more, in the items' order. */
export function linkedSets<T>(
  items: readonly T[],
  isLinked: (left: T, right: T) => boolean,
): T[][] {
  const sets: T[][] = [];
  for (const item of items) {
    const joined = sets.filter((set) => set.some((other) => isLinked(other, item)));
    const merged = [...joined.flat(), item];
    const rest = sets.filter((set) => !joined.includes(set));
    sets.length = 0;
    sets.push(...rest, merged);
  }
  const position = (set: T[]) => items.indexOf(set[0] as T);
  return sets
    .filter(({ length }) => length > 1)
    .map((set) => set.sort((a, b) => items.indexOf(a) - items.indexOf(b)))
    .sort((a, b) => position(a) - position(b));
}
