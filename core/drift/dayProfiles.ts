import type { DayCounts, Pair } from '../column.js';
import { type Sorted, valueAt } from '../stats/runs.js';
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
export function dayProfiles(sorted: Pair<Sorted>, counts: Pair<DayCounts>): DayProfiles {
  const { reference, current } = counts;
  const shortest = Math.min(...[sorted.reference, sorted.current].map(lengthOf));
  const table = (levels: string[], by: 'hours' | 'weekdays'): LevelTable => ({
    levels,
    referenceCounts: reference[by],
    currentCounts: current[by],
  });
  const hasTimes = reference.hasTimes || current.hasTimes;
  return {
    hours: hasTimes && shortest >= 2 * dayMs ? table(hourNames, 'hours') : null,
    weekdays: shortest >= weekdayMinimumMs ? table(weekdayNames, 'weekdays') : null,
  };
}

function lengthOf(sorted: Sorted): number {
  return (valueAt(sorted, sorted.length - 1) ?? 0) - (valueAt(sorted, 0) ?? 0);
}

/** In any order; what is not finite is left out. */
export function countDays(times: Float64Array): DayCounts {
  const counts = noDays();
  addDays(counts, times);
  return counts;
}

export function noDays(): DayCounts {
  return { hours: new Float64Array(24), weekdays: new Float64Array(7), hasTimes: false };
}

export function addDays(counts: DayCounts, times: Float64Array): void {
  const { hours, weekdays } = counts;
  for (let i = 0; i < times.length; i++) {
    const time = times[i] as number;
    if (time - time !== 0) continue;
    const day = Math.floor(time / dayMs);
    const inDay = time - day * dayMs;
    const hour = (inDay / hourMs) | 0;
    // 1970-01-01 was a Thursday
    const weekday = (((day + 3) % 7) + 7) % 7;
    hours[hour] = (hours[hour] as number) + 1;
    weekdays[weekday] = (weekdays[weekday] as number) + 1;
    if (inDay !== 0) counts.hasTimes = true;
  }
}
