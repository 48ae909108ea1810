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
  const [yes, no] = isRetyped
    ? [/^(1|1\.0|true|yes|y|t)$/i, /^(0|0\.0|false|no|n|f)$/i]
    : [/^(1|1\.0|true)$/i, /^(0|0\.0|false)$/i];
  const levels = new Map<string, number>();
  for (const [level, count] of column.levels) {
    const flag = yes.test(level) ? 'true' : no.test(level) ? 'false' : level;
    levels.set(flag, (levels.get(flag) ?? 0) + count);
  }
  return { ...column, levels };
}
