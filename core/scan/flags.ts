import type { LevelColumn } from '../column.js';

/** How yes and no are written. */
const spellings = [
  ['true', 'false'],
  ['yes', 'no'],
  ['y', 'n'],
  ['t', 'f'],
] as const;

/**
 * Whether words are the two sides of one flag. One word alone is one only where it can mean nothing
 * else: a column of `NO` may hold a country.
 *
 * @param words - distinct, lower case
 */
export function areFlags(words: readonly string[]): boolean {
  const isSpelled = (pair: readonly string[]) => words.every((word) => pair.includes(word));
  return (
    words.length > 0 &&
    spellings.some((pair) => isSpelled(pair) && (words.length === 2 || pair[0] === 'true'))
  );
}

/**
 * One spelling for flags. True and false are the same in any case, and as 1 and 0; yes and no stay as
 * they are written, unless the other side writes numbers.
 */
export function asFlags(column: LevelColumn, isRetyped: boolean): LevelColumn {
  const levels = new Map<string, number>();
  for (const [level, count] of column.levels) {
    const flag = toFlag(level, isRetyped);
    levels.set(flag, (levels.get(flag) ?? 0) + count);
  }
  return { ...column, levels };
}

/** The spelling that {@link asFlags} gives a level. */
export function toFlag(level: string, isRetyped: boolean): string {
  const { yes, no } = flagSpellings(isRetyped);
  const lower = level.toLowerCase();
  if (yes.includes(lower)) return 'true';
  return no.includes(lower) ? 'false' : level;
}

/** What stands for true and for false, in lower case. */
export function flagSpellings(isRetyped: boolean): { yes: string[]; no: string[] } {
  const [yes, no] = [
    ['1', '1.0', 'true'],
    ['0', '0.0', 'false'],
  ];
  return isRetyped ? { yes: [...yes, 'yes', 'y', 't'], no: [...no, 'no', 'n', 'f'] } : { yes, no };
}
