import type { LevelColumn, Pair } from '../column.js';

/** The 2 × k table of a categorical column: levels sorted by name, a count on each side. */
export interface LevelTable {
  levels: string[];
  referenceCounts: Float64Array;
  currentCounts: Float64Array;
}

export function levelTable({ reference, current }: Pair<LevelColumn>): LevelTable {
  const levels = [...new Set([...reference.levels.keys(), ...current.levels.keys()])].sort();
  return {
    levels,
    referenceCounts: Float64Array.from(levels, (level) => reference.levels.get(level) ?? 0),
    currentCounts: Float64Array.from(levels, (level) => current.levels.get(level) ?? 0),
  };
}

/** Rows of one side. */
export function rowTotal(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
