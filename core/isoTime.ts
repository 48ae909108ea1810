/** Beyond this many milliseconds from 1970 a Date is none; data engines know times that are. */
export const lastTimeMs = 8.64e15;
/** The calendar repeats after 400 years, to the day of the week. */
const cycleMs = 146_097 * 86_400_000;

/** A time in ISO 8601, of any year: down to milliseconds, or cut to the day or the minute. */
export function isoTime(
  timeMs: number,
  upTo: 'day' | 'minute' | 'millisecond' = 'millisecond',
): string {
  const text = Math.abs(timeMs) <= lastTimeMs ? new Date(timeMs).toISOString() : beyond(timeMs);
  if (upTo === 'millisecond') return text;
  const [day = '', clock = ''] = text.split('T');
  return upTo === 'day' ? day : `${day}T${clock.slice(0, 5)}`;
}

function beyond(timeMs: number): string {
  const cycles = Math.floor(timeMs / cycleMs);
  const date = new Date(timeMs - cycles * cycleMs);
  const year = date.getUTCFullYear() + 400 * cycles;
  const digits = String(Math.abs(year)).padStart(6, '0');
  return `${year < 0 ? '-' : '+'}${digits}${date.toISOString().slice(4)}`;
}

/** Milliseconds since 1970 of such a text; NaN of any other. */
export function fromIsoTime(text: string): number {
  const [, year, rest] = /^([+-]\d{6})(-\d{2}-\d{2}T.*)$/.exec(text) ?? [];
  if (year === undefined || rest === undefined) return new Date(text).getTime();
  const cycles = Math.floor((Number(year) - 2000) / 400);
  return new Date(`${Number(year) - 400 * cycles}${rest}`).getTime() + cycles * cycleMs;
}
