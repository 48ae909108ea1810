import type { NumberReading } from './scan.js';
import { toNumber, toTime } from './spellings.js';

const dayMs = 86_400_000;

/**
 * Whether a number or time is one of the values that mean *missing*, as they are written. Of dates, a day
 * without a time means the whole day. A length is none of them: it is of a text, which is left out whole.
 */
export function missingNumbers(
  missingValues: readonly string[],
  reading: NumberReading,
): (value: number) => boolean {
  if (missingValues.length === 0 || reading === 'length') return () => false;
  const isTime = reading === 'datetime';
  const dropped = new Set(missingValues.map(isTime ? toTime : toNumber));
  dropped.delete(Number.NaN);
  if (!isTime) return (value) => dropped.has(value);
  const dayOf = (time: number) => Math.floor(time / dayMs);
  const days = missingValues.filter((text) => /^\d{4}-\d{2}-\d{2}$/.test(text)).map(toTime);
  const droppedDays = new Set(days.map(dayOf));
  droppedDays.delete(Number.NaN);
  return (value) => dropped.has(value) || droppedDays.has(dayOf(value));
}
