/** Dates and times by strptime patterns such as `%d/%m/%Y %H:%M`, turned into ISO 8601. */

export interface DateFormat {
  pattern: string;
  /** What the values are stored as. */
  storageType: 'DATE' | 'TIMESTAMP' | 'TIMESTAMP WITH TIME ZONE';
  /** As in ISO 8601, or null where the text is no such date. */
  toIso(text: string): string | null;
}

const monthNames = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
];
const longMonthNames =
  'january|february|march|april|may|june|july|august|september|october|november|december';

/** A directive as a regular expression; those that count are groups, in the order of `fields`. */
const directives: Record<string, { source: string; field?: Field }> = {
  Y: { source: '(\\d{4})', field: 'year' },
  y: { source: '(\\d{2})', field: 'shortYear' },
  m: { source: '(\\d{1,2})', field: 'month' },
  d: { source: '(\\d{1,2})', field: 'day' },
  e: { source: '\\s?(\\d{1,2})', field: 'day' },
  j: { source: '(\\d{1,3})', field: 'dayOfYear' },
  b: { source: `(${monthNames.join('|')})\\.?`, field: 'monthName' },
  h: { source: `(${monthNames.join('|')})\\.?`, field: 'monthName' },
  B: { source: `(${longMonthNames})`, field: 'monthName' },
  a: { source: '(?:mon|tue|wed|thu|fri|sat|sun)' },
  A: { source: '(?:mon|tues|wednes|thurs|fri|satur|sun)day' },
  H: { source: '(\\d{1,2})', field: 'hour' },
  I: { source: '(\\d{1,2})', field: 'hour' },
  M: { source: '(\\d{1,2})', field: 'minute' },
  S: { source: '(\\d{1,2})', field: 'second' },
  f: { source: '(\\d{1,9})', field: 'fraction' },
  g: { source: '(\\d{1,3})', field: 'fraction' },
  n: { source: '(\\d{1,9})', field: 'fraction' },
  p: { source: '([ap]\\.?m\\.?)', field: 'half' },
  z: { source: '(Z|[+-]\\d{2}(?::?\\d{2})?)', field: 'zone' },
  '%': { source: '%' },
};

/** Those that stand for several. */
const shorthands: Record<string, string> = {
  F: '%Y-%m-%d',
  D: '%m/%d/%y',
  T: '%H:%M:%S',
  R: '%H:%M',
};

type Field =
  | 'year'
  | 'shortYear'
  | 'month'
  | 'monthName'
  | 'day'
  | 'dayOfYear'
  | 'hour'
  | 'minute'
  | 'second'
  | 'fraction'
  | 'half'
  | 'zone';

/** Null where the pattern is none, or does not make a whole date. */
export function dateFormat(pattern: string): DateFormat | null {
  const whole = pattern.replace(/%[-#]?([FDTR])/g, (_, letter: string) => shorthands[letter] ?? '');
  const fields: Field[] = [];
  let source = '';
  for (let i = 0; i < whole.length; i++) {
    const character = whole[i] as string;
    if (character !== '%') {
      source += /\s/.test(character) ? '\\s+' : character.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
      continue;
    }
    if (whole[i + 1] === '-' || whole[i + 1] === '#') i++;
    const directive = directives[whole[++i] ?? ''];
    if (!directive) return null;
    source += directive.source;
    if (directive.field) fields.push(directive.field);
  }
  const has = (...some: Field[]) => some.some((field) => fields.includes(field));
  const isDay = has('dayOfYear') || (has('month', 'monthName') && has('day'));
  if (!has('year', 'shortYear') || !isDay || new Set(fields).size < fields.length) return null;
  const expression = new RegExp(`^\\s*${source}\\s*$`, 'i');
  const hasTime = has('hour');
  return {
    pattern,
    storageType: has('zone') ? 'TIMESTAMP WITH TIME ZONE' : hasTime ? 'TIMESTAMP' : 'DATE',
    toIso(text) {
      const match = expression.exec(text);
      if (!match) return null;
      const parts: Partial<Record<Field, string>> = {};
      for (let i = 0; i < fields.length; i++) parts[fields[i] as Field] = match[i + 1] as string;
      return isoOf(parts, hasTime);
    },
  };
}

function isoOf(parts: Partial<Record<Field, string>>, hasTime: boolean): string | null {
  const year = parts.year === undefined ? centuryOf(Number(parts.shortYear)) : Number(parts.year);
  let month = Number(parts.month ?? 0);
  if (parts.monthName !== undefined)
    month = monthNames.indexOf(parts.monthName.slice(0, 3).toLowerCase()) + 1;
  let day = Number(parts.day ?? 0);
  if (parts.dayOfYear !== undefined) {
    const date = new Date(Date.UTC(year, 0, Number(parts.dayOfYear)));
    if (date.getUTCFullYear() !== year) return null;
    [month, day] = [date.getUTCMonth() + 1, date.getUTCDate()];
  }
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  const date = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
  if (!hasTime) return date;
  const hour = hourOf(Number(parts.hour), parts.half);
  const minute = Number(parts.minute ?? 0);
  const second = Number(parts.second ?? 0);
  if (hour === null || minute > 59 || second > 59) return null;
  const fraction = parts.fraction === undefined ? '' : `.${parts.fraction.slice(0, 6)}`;
  return `${date} ${pad(hour)}:${pad(minute)}:${pad(second)}${fraction}${zoneOf(parts.zone)}`;
}

function pad(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** As strptime does. */
function centuryOf(shortYear: number): number {
  return shortYear < 69 ? 2000 + shortYear : 1900 + shortYear;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour > 23 ? null : hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (/^p/i.test(half) ? 12 : 0);
}

function zoneOf(zone: string | undefined): string {
  if (zone === undefined) return '';
  return /^z$/i.test(zone)
    ? '+00:00'
    : zone.replace(/^([+-]\d{2}):?(\d{2})?$/, (_, hours, minutes = '00') => `${hours}:${minutes}`);
}

const days = [
  ...['/', '.', '-'].flatMap((mark) => [
    `%d${mark}%m${mark}%Y`,
    `%m${mark}%d${mark}%Y`,
    `%d${mark}%m${mark}%y`,
    `%m${mark}%d${mark}%y`,
  ]),
  '%Y/%m/%d',
  '%Y.%m.%d',
  ...['-', ' ', '/'].flatMap((mark) => [`%d${mark}%b${mark}%Y`, `%d${mark}%b${mark}%y`]),
  ...['%d %B %Y', '%d. %B %Y', '%d-%B-%Y', '%b %d, %Y', '%B %d, %Y', '%b %d %Y', '%Y-%b-%d'],
];
const times = [
  '',
  ' %H:%M:%S',
  ' %H:%M',
  ' %I:%M:%S %p',
  ' %I:%M %p',
  ' %H:%M:%S.%f',
  'T%H:%M:%S',
  'T%H:%M',
];

/** What is tried where nothing is said; ISO 8601 is known without that. */
export const usualDateFormats: readonly DateFormat[] = days.flatMap((day) =>
  times.map((time) => dateFormat(day + time) as DateFormat),
);

/** The same with day and month in each other's place; null where they cannot be mistaken. */
export function swapped(pattern: string): string | null {
  if (!pattern.includes('%d') || !pattern.includes('%m')) return null;
  return pattern.replace(/%[dm]/g, (part) => (part === '%d' ? '%m' : '%d'));
}

const isoPattern =
  /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?\s*$/i;

/** What a text in ISO 8601 is stored as; null where it is none. */
export function isoStorageType(text: string): DateFormat['storageType'] | null {
  const match = isoPattern.exec(text);
  if (!match) return null;
  const [, year, month, day, hour, minute, second, zone] = match;
  const isDay =
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= daysIn(Number(year), Number(month));
  if (!isDay || Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 59)
    return null;
  if (hour === undefined) return 'DATE';
  return zone === undefined ? 'TIMESTAMP' : 'TIMESTAMP WITH TIME ZONE';
}
