import type { Pair } from '../column.js';
import type { LevelTable } from './levelTable.js';

export interface DayProfiles {
  hours: LevelTable | null;
  weekdays: LevelTable | null;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Shorter periods see some weekdays more often than others by their length alone. */
const weekdayMinimumMs = 28 * dayMs;

const hourNames = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);
const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/**
 * Rows by hour of day (UTC) and by weekday, Monday first. Null where a profile says nothing: dates
 * without times, periods of under two days for hours or four weeks for weekdays.
 */
export function dayProfiles(sorted: Pair<Float64Array>): DayProfiles {
  const sides = [sorted.reference, sorted.current];
  const hasTimes = sides.some((times) => times.some((time) => time % dayMs !== 0));
  const shortest = Math.min(...sides.map((times) => (times.at(-1) ?? 0) - (times[0] ?? 0)));
  const hourOf = (time: number) => Math.floor(remainder(time, dayMs) / hourMs);
  // 1970-01-01 was a Thursday
  const weekdayOf = (time: number) => remainder(Math.floor(time / dayMs) + 3, 7);
  return {
    hours: hasTimes && shortest >= 2 * dayMs ? tabulate(sorted, hourNames, hourOf) : null,
    weekdays: shortest >= weekdayMinimumMs ? tabulate(sorted, weekdayNames, weekdayOf) : null,
  };
}

function tabulate(
  sorted: Pair<Float64Array>,
  levels: string[],
  levelOf: (time: number) => number,
): LevelTable {
  const counts = (times: Float64Array) => {
    const result = new Float64Array(levels.length);
    for (const time of times) result[levelOf(time)] = (result[levelOf(time)] ?? 0) + 1;
    return result;
  };
  return {
    levels,
    referenceCounts: counts(sorted.reference),
    currentCounts: counts(sorted.current),
  };
}

function remainder(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
