import type { Pair } from '../column.js';
import type { DisguisedMissing } from '../contract.js';
import { quantileSorted } from '../stats/quantile.js';
import { robustScale } from '../stats/robustScale.js';
import { countBelow, countUpTo, type Sorted, valueAt } from '../stats/runs.js';
import type { Sample } from './sample.js';

/** Numbers that systems write where they have none. */
export const sentinels = [-1, -9, -99, -999, -9999, -99999, 9, 99, 999, 9999, 99999, 999999];
const words = new Set(
  [
    '',
    'na',
    'n/a',
    'n.a.',
    '#n/a',
    'nan',
    'none',
    'null',
    'nil',
    'unknown',
    'unk',
    'missing',
    'undefined',
  ].concat([
    'not available',
    'not applicable',
    'not specified',
    'unspecified',
    '?',
    '-',
    '--',
    '.',
    'tbd',
    'empty',
    '<na>',
    '(null)',
  ]),
);
/** Days that stand for no day: the epochs of Unix, Excel and SQL, and both ends of the calendar. */
export const emptyDays = [
  '1970-01-01',
  '1900-01-01',
  '1899-12-30',
  '1753-01-01',
  '0001-01-01',
  '9999-12-31',
].map((day) => {
  const start = Date.parse(`${day}T00:00:00Z`);
  return { day, start, end: start + 86_400_000 };
});

const smallestShare = 0.005;
const smallestCount = 5;

/**
 * Values that look as if they stood for *missing*: spellings and dates that mean it, numbers that
 * stand alone and often where systems put them, and a default (0 or the reference's median) that one
 * side has far more often than the other.
 */
export function disguisedMissing({ pair, sorted, table }: Sample): DisguisedMissing[] {
  if (pair.kind === 'identifier') return [];
  if (table && pair.kind !== 'boolean') {
    return table.levels.flatMap((value, i) => {
      const [referenceCount, currentCount] = [
        table.referenceCounts[i] ?? 0,
        table.currentCounts[i] ?? 0,
      ];
      if (!words.has(value.trim().toLowerCase())) return [];
      return [
        { value, referenceCount, currentCount, why: 'the word means that there is no value' },
      ];
    });
  }
  if (!sorted || pair.kind === 'boolean') return [];
  if (pair.kind === 'datetime') return emptyDays.flatMap((day) => dayFound(day, sorted));
  return [...sentinels.flatMap((value) => sentinel(value, sorted)), ...defaults(sorted)];
}

function dayFound(
  { day, start, end }: (typeof emptyDays)[number],
  sorted: Pair<Sorted>,
): DisguisedMissing[] {
  const counts = counted(sorted, (side) => countBelow(side, end) - countBelow(side, start));
  if (!isFrequent(counts, sorted)) return [];
  return [{ value: day, ...counts, why: 'the date is where calendars of computers begin or end' }];
}

/** A number from the list that stands apart from the others, or stands out among its neighbours. */
function sentinel(value: number, sorted: Pair<Sorted>): DisguisedMissing[] {
  const counts = counted(sorted, (side) => countOf(side, value));
  if (!isFrequent(counts, sorted) || (value === -1 && areSigns(sorted))) return [];
  const sides = [sorted.reference, sorted.current].filter(
    (side) => countOf(side, value) >= smallestCount,
  );
  const why = sides.map((side) => standsOut(side, value)).find((reason) => reason !== null);
  return why ? [{ value: String(value), ...counts, why }] : [];
}

/** -1, 0 and 1 alone: there -1 is the sign of a change, or a label. */
function areSigns({ reference, current }: Pair<Sorted>): boolean {
  return [reference, current].every(
    (side) => countOf(side, -1) + countOf(side, 0) + countOf(side, 1) === side.length,
  );
}

function standsOut(side: Sorted, value: number): string | null {
  const [from, to] = [countBelow(side, value), countUpTo(side, value)];
  if (to - from === side.length) return null;
  const [before, after] = [valueAt(side, from - 1), valueAt(side, to)];
  if (value < 0 && before === undefined && after !== undefined && after >= 0) {
    return 'it is the only negative number';
  }
  const gap = Math.min(
    before === undefined ? Infinity : value - before,
    after === undefined ? Infinity : after - value,
  );
  const isExtreme = before === undefined || after === undefined;
  if (isExtreme && gap > 2 * robustScale(side)) return 'it lies far from all other values';
  const neighbours = nearestCounts(side, from, to);
  const usual = neighbours.reduce((sum, count) => sum + count, 0) / Math.max(1, neighbours.length);
  return to - from >= 10 * Math.max(1, usual)
    ? 'it is far more frequent than its neighbours'
    : null;
}

/** Row counts of the nearest distinct values on either side of a run. */
function nearestCounts(side: Sorted, from: number, to: number, most = 5): number[] {
  const counts: number[] = [];
  for (let end = from, i = 0; end > 0 && i < most; i++) {
    const start = countBelow(side, valueAt(side, end - 1) as number);
    counts.push(end - start);
    end = start;
  }
  for (let start = to, i = 0; start < side.length && i < most; i++) {
    const end = countUpTo(side, valueAt(side, start) as number);
    counts.push(end - start);
    start = end;
  }
  return counts;
}

/** 0 or the reference's median, where one side holds it at least three times as often as the other. */
function defaults(sorted: Pair<Sorted>): DisguisedMissing[] {
  const { reference, current } = sorted;
  if (reference.length === 0 || current.length === 0) return [];
  const median = quantileSorted(reference, 0.5);
  const found: DisguisedMissing[] = [];
  for (const value of new Set([0, median])) {
    const counts = counted(sorted, (side) => countOf(side, value));
    const [before, after] = [
      counts.referenceCount / reference.length,
      counts.currentCount / current.length,
    ];
    const [less, more] = [Math.min(before, after), Math.max(before, after)];
    const error = Math.sqrt((more * (1 - more)) / Math.min(reference.length, current.length));
    if (more < 0.02 || more < 3 * less || more - less < 4 * error) continue;
    const [one, other] = [spike(reference, value), spike(current, value)];
    // where the bulk has moved, a value's neighbours became more or fewer with it
    const isSpike = Math.max(one, other) >= Math.max(2, 3 * Math.min(one, other));
    if (isCoarse(sorted, value) || !isSpike) continue;
    const name = value === 0 ? 'zero' : 'the reference’s median';
    const side = after > before ? 'current' : 'reference';
    found.push({
      value: String(value),
      ...counts,
      why: `${name} is far more frequent in the ${side} file, as a filled-in default would be`,
    });
  }
  return found;
}

/** How much more often a side has a value than the ones right beside it; 0 where it has none. */
function spike(side: Sorted, value: number): number {
  const [from, to] = [countBelow(side, value), countUpTo(side, value)];
  if (from === to) return 0;
  const beside = nearestCounts(side, from, to, 1);
  const total = beside.reduce((sum, count) => sum + count, 0);
  return total === 0 ? Infinity : ((to - from) * beside.length) / total;
}

/** So few values that none of them can be said to stick out. */
function isCoarse({ reference, current }: Pair<Sorted>, value: number): boolean {
  return [reference, current].every(
    (side) => nearestCounts(side, countBelow(side, value), countUpTo(side, value)).length < 5,
  );
}

function isFrequent(
  counts: { referenceCount: number; currentCount: number },
  sorted: Pair<Sorted>,
): boolean {
  const often = (count: number, rows: number) =>
    count >= smallestCount && count >= smallestShare * rows;
  return (
    often(counts.referenceCount, sorted.reference.length) ||
    often(counts.currentCount, sorted.current.length)
  );
}

function countOf(side: Sorted, value: number): number {
  return countUpTo(side, value) - countBelow(side, value);
}

function counted(
  sorted: Pair<Sorted>,
  count: (side: Sorted) => number,
): { referenceCount: number; currentCount: number } {
  return { referenceCount: count(sorted.reference), currentCount: count(sorted.current) };
}
