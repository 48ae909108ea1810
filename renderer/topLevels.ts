import type { Finding } from '../core/contract.js';

export interface TopLevel {
  value: string;
  /** Null where only the other side's list has the value. */
  referenceCount: number | null;
  currentCount: number | null;
}

/** The most frequent values of both sides in one list: of categories exact, else joined from two lists. */
export function topLevels({ charts, reference, current }: Finding): TopLevel[] {
  if (charts.categories !== undefined) return charts.categories.levels;
  const counts = new Map<string, TopLevel>();
  for (const { value, count } of reference.top ?? []) {
    counts.set(value, { value, referenceCount: count, currentCount: null });
  }
  for (const { value, count } of current.top ?? []) {
    const referenceCount = counts.get(value)?.referenceCount ?? null;
    counts.set(value, { value, referenceCount, currentCount: count });
  }
  return [...counts.values()];
}
