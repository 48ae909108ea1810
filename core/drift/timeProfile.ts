import type { TimeProfile, TimeSpan } from '../contract.js';
import { isoTime } from '../isoTime.js';
import { isRuns, type Sorted, valueAt } from '../stats/runs.js';
import { timeGaps } from '../stats/timeGaps.js';
import type { LevelTable } from './levelTable.js';
import type { Sample } from './sample.js';

/** Where a datetime column lies on both sides, how it is spaced, and whether its hours look shifted. */
export function timeProfile({ sorted, days, count }: Sample): TimeProfile | null {
  if (!days || !sorted || count.reference === 0 || count.current === 0) return null;
  const { hours } = days;
  return {
    reference: timeSpan(sorted.reference),
    current: timeSpan(sorted.current),
    shiftHours: hours && shiftedHours(hours),
  };
}

function timeSpan(sorted: Sorted): TimeSpan {
  const [start, end] = [0, sorted.length - 1].map((rank) => valueAt(sorted, rank)) as [
    number,
    number,
  ];
  // of times that are not held, not all are known one by one
  if (isRuns(sorted))
    return {
      ...{ start: isoTime(start), end: isoTime(end) },
      ...{ typicalGapMs: null, longestGapMs: null, longestGapStart: null },
    };
  const gaps = timeGaps(sorted);
  const isSpaced = gaps.kind !== 'not computable';
  return {
    start: isoTime(start),
    end: isoTime(end),
    typicalGapMs: isSpaced ? gaps.typicalMs : 0,
    longestGapMs: isSpaced ? gaps.longestMs : 0,
    longestGapStart: isoTime(isSpaced ? gaps.longestStart : start),
  };
}

/**
 * Hours by which turning the reference's clock makes its profile fit the current one: the turn must
 * take away three quarters of a difference that is more than chance (5 points of all rows).
 */
function shiftedHours({ referenceCounts, currentCounts }: LevelTable): number | null {
  const shares = (counts: Float64Array) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count) => count / total);
  };
  const [reference, current] = [shares(referenceCounts), shares(currentCounts)];
  const difference = (shift: number) =>
    current.reduce(
      (sum, share, hour) => sum + Math.abs(share - (reference[(hour - shift + 24) % 24] ?? 0)),
      0,
    ) / 2;
  const shifts = Array.from({ length: 23 }, (_, i) => (i < 12 ? i + 1 : i - 23));
  const best = shifts.reduce(
    (least, shift) => (difference(shift) < difference(least) ? shift : least),
    1,
  );
  return difference(0) > 0.05 && difference(best) < difference(0) / 4 ? best : null;
}
