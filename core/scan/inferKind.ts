import type { Pair } from '../column.js';
import type { Kind } from '../contract.js';
import { areFlags } from './flags.js';
import { type ColumnProfile, levelLimit, type NumberReading, type StorageFamily } from './scan.js';

/** What a column is, and how both sides are read for it. */
export interface KindChoice {
  kind: Kind;
  reading: NumberReading | 'levels';
  /** The two sides hold different things. */
  isRetyped: boolean;
}

/** Of a string column that is read as numbers or dates, at most this share may be anything else. */
const junkShare = 0.05;

/**
 * A column's kind, from both sides together; `asked` overrides what is inferred. Null where neither
 * side has a value to go by. Whole numbers may still turn out to be booleans (only 0 and 1) or
 * identifiers (each value once): that shows in the values, see readColumnPair.
 */
export function inferKind(profiles: Pair<ColumnProfile>, asked?: Kind): KindChoice | null {
  const sides = [profiles.reference, profiles.current].filter(({ count }) => count > 0);
  if (sides.length === 0) return null;
  const words = [...new Set(sides.flatMap((side) => side.words))];
  const isFlag = sides.some(({ family }) => family === 'string') && areFlagSides(sides, words);
  const families = new Set(sides.map((side) => valueFamily(side, isFlag)));
  const isRetyped = families.size > 1;
  const family: StorageFamily = isRetyped
    ? mixedFamily(families)
    : valueFamily(sides[0] as ColumnProfile, isFlag);
  const kind = asked ?? kindOf(family, sides);
  return { kind, reading: readingFor(kind, family), isRetyped };
}

/** Whether every side of strings holds flags, the words of both taken together where one has just one. */
function areFlagSides(sides: readonly ColumnProfile[], words: readonly string[]): boolean {
  return sides
    .filter(({ family }) => family === 'string')
    .every((side) => side.words.length > 0 && (areFlags(side.words) || areFlags(words)));
}

function valueFamily(profile: ColumnProfile, isFlag: boolean): StorageFamily {
  if (profile.family !== 'string') return profile.family;
  if (isFlag) return 'boolean';
  if (profile.numericShare >= 1 - junkShare) return 'number';
  if (profile.datetimeShare >= 1 - junkShare) return 'datetime';
  return 'string';
}

/** A flag may be written true or 1; anything else that differs is compared as it is written. */
function mixedFamily(families: ReadonlySet<StorageFamily>): StorageFamily {
  return families.size === 2 && families.has('boolean') && families.has('number')
    ? 'boolean'
    : 'string';
}

function kindOf(family: StorageFamily, sides: ColumnProfile[]): Kind {
  if (family === 'number') return 'numeric';
  if (family === 'boolean' || family === 'datetime') return family;
  const every = (test: (side: ColumnProfile) => boolean) => sides.every(test);
  const isLong = every(({ meanWordCount, meanLength }) => meanWordCount >= 3 || meanLength >= 50);
  // the distinct count is approximate, and a few repeats do not make a category
  const isUnique = every(
    ({ distinctCount, count }) => count >= 20 && distinctCount >= 0.85 * count,
  );
  const isVaried = every(
    ({ distinctCount, count }) => distinctCount >= 0.2 * count && distinctCount > 50,
  );
  if (isLong && (isUnique || isVaried)) return 'text';
  if (isUnique || sides.some(({ distinctCount }) => distinctCount > levelLimit))
    return 'identifier';
  return 'categorical';
}

function readingFor(kind: Kind, family: StorageFamily): KindChoice['reading'] {
  if (kind === 'numeric') return 'number';
  if (kind === 'datetime') return 'datetime';
  if (kind === 'text') return 'length';
  if (kind === 'identifier') return family === 'number' ? 'number' : 'length';
  return family === 'number' ? 'number' : 'levels';
}
