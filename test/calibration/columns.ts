/** Column pairs in memory, as scan would hand them over, drawn from a family. */

import type { ColumnPair, LevelColumn, NumberColumn, Pair } from '../../core/column.js';
import type { Kind } from '../../core/contract.js';
import type { Random } from '../../core/stats/random.js';
import { type Family, familiarShares, type LevelFamily, type NumberFamily } from './families.js';

/** Rows on each side. */
export type Sizes = Pair<number>;

const usualMissingShare = 0.1;
/** Beyond any value that the others take. */
const farAway = 100;

export function drawColumn(
  family: Family,
  drift: number,
  sizes: Sizes,
  random: Random,
  name = family.name,
): ColumnPair {
  switch (family.kind) {
    case 'numbers':
      return numberColumn(name, drawNumbers(family, drift, sizes, random));
    case 'levels':
      return levelColumn(name, family.isBoolean, drawLevelPair(family, drift, sizes, random));
    case 'missing':
      return numberColumn(name, {
        reference: withShare(
          normals(sizes.reference, random),
          usualMissingShare,
          Number.NaN,
          random,
        ),
        current: withShare(
          normals(sizes.current, random),
          usualMissingShare + drift,
          Number.NaN,
          random,
        ),
      });
    case 'out of range':
      return numberColumn(name, {
        reference: normals(sizes.reference, random),
        current: withShare(normals(sizes.current, random), drift, farAway, random),
      });
    case 'new level': {
      const current = familiarShares.map((share) => share * (1 - drift));
      return levelColumn(name, false, {
        reference: drawLevels(sizes.reference, [...familiarShares, 0], random),
        current: drawLevels(sizes.current, [...current, drift], random),
      });
    }
  }
}

export function drawNumbers(
  { value }: NumberFamily,
  drift: number,
  sizes: Sizes,
  random: Random,
): Pair<Float64Array> {
  const draw = (count: number, knob: number) =>
    Float64Array.from({ length: count }, () => value(random.uniform() || 0.5, knob));
  return { reference: draw(sizes.reference, 0), current: draw(sizes.current, drift) };
}

export function drawLevelPair(
  { shares }: LevelFamily,
  drift: number,
  sizes: Sizes,
  random: Random,
): Pair<Float64Array> {
  return {
    reference: drawLevels(sizes.reference, shares(0), random),
    current: drawLevels(sizes.current, shares(drift), random),
  };
}

/** Rows by level. */
function drawLevels(rowCount: number, shares: readonly number[], random: Random): Float64Array {
  const counts = new Float64Array(shares.length);
  let left = rowCount;
  let rest = 1;
  for (const [level, share] of shares.entries()) {
    const isLast = level === shares.length - 1 && share > 0;
    const count = isLast ? left : random.binomial(left, Math.min(1, Math.max(0, share / rest)));
    counts[level] = count;
    left -= count;
    rest -= share;
  }
  // what rounding of the shares has left over
  counts[0] = (counts[0] as number) + left;
  return counts;
}

function normals(count: number, random: Random): Float64Array {
  return Float64Array.from({ length: count }, () => random.normal());
}

function withShare(
  values: Float64Array,
  share: number,
  replacement: number,
  random: Random,
): Float64Array {
  return values.map((value) => (random.uniform() < share ? replacement : value));
}

function numberColumn(name: string, { reference, current }: Pair<Float64Array>): ColumnPair {
  return {
    ...emptyPair(name, 'numeric', 'DOUBLE'),
    numbers: { reference: asNumbers(reference), current: asNumbers(current) },
  };
}

function asNumbers(values: Float64Array): NumberColumn {
  const missingMask = new Uint8Array((values.length + 7) >> 3);
  let missingCount = 0;
  for (const [row, value] of values.entries()) {
    if (!Number.isNaN(value)) continue;
    missingMask[row >> 3] = (missingMask[row >> 3] as number) | (1 << (row % 8));
    missingCount++;
  }
  return {
    values,
    missingMask: missingCount > 0 ? missingMask : null,
    missingCount,
    infiniteCount: 0,
    unparsedCount: 0,
  };
}

function levelColumn(
  name: string,
  isBoolean: boolean,
  { reference, current }: Pair<Float64Array>,
): ColumnPair {
  const kind = isBoolean ? 'boolean' : 'categorical';
  return {
    ...emptyPair(name, kind, isBoolean ? 'BOOLEAN' : 'VARCHAR'),
    levels: { reference: asLevels(reference, isBoolean), current: asLevels(current, isBoolean) },
  };
}

function asLevels(counts: Float64Array, isBoolean: boolean): LevelColumn {
  const nameOf = (level: number) => (isBoolean ? String(level === 1) : `level ${level}`);
  const levels = new Map<string, number>();
  let count = 0;
  for (const [level, rows] of counts.entries()) {
    if (rows > 0) levels.set(nameOf(level), rows);
    count += rows;
  }
  return { levels, count, missingCount: 0 };
}

function emptyPair(name: string, kind: Kind, storageType: string): ColumnPair {
  return {
    name,
    kind,
    storageType: { reference: storageType, current: storageType },
    isRetyped: false,
    numbers: null,
    levels: null,
    lengths: null,
    skipReason: null,
  };
}
