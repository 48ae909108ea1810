/** How numbers and dates are written. The words stay English, and what machines read never follows. */

/** `plain` has thin spaces, a point and ISO dates: the same for every reader. `browser` asks the browser for its own. */
export const conventionIds = ['plain', 'browser', 'en-US', 'en-GB', 'de-DE', 'fr-FR'] as const;
export type ConventionId = (typeof conventionIds)[number];

export interface Convention {
  decimal: string;
  thousands: string;
  /** `2026-01-31` as this convention has it. */
  date(iso: string): string;
  /** The same for a day without its year, as the axis of a chart writes it: %d and %m. */
  dayAndMonth: string;
}

const plain: Convention = {
  decimal: '.',
  thousands: '\u202f',
  date: (iso) => iso,
  dayAndMonth: '%m-%d',
};

let current = plain;

/** What is written from now on; what was written before stays until it is drawn again. */
export function writeBy(id: ConventionId): void {
  current = conventionOf(id);
}

export function convention(): Convention {
  return current;
}

export function conventionOf(id: ConventionId): Convention {
  if (id === 'plain') return plain;
  const locale = id === 'browser' ? undefined : id;
  const parts = new Intl.NumberFormat(locale, {
    useGrouping: 'always',
    numberingSystem: 'latn',
  }).formatToParts(12345.6);
  const part = (type: string) => parts.find((other) => other.type === type)?.value;
  const dates = new Intl.DateTimeFormat(locale, {
    calendar: 'gregory',
    numberingSystem: 'latn',
    timeZone: 'UTC',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const day = new Date(Date.UTC(2001, 10, 22));
  const dayParts = dates.formatToParts(day).filter(({ type }) => type !== 'year');
  const dayAndMonth = dayParts
    .map(({ type, value }) => (type === 'day' ? '%d' : type === 'month' ? '%m' : value.trim()))
    .join('')
    .replace(/^[^%]+/, '')
    .replace(/[^%dm.]+$/, '')
    .replace(/^(%.)(.*?)(%.)(.*)$/, (_all, first, between, second, after) =>
      // `22.11.2001` keeps its second point, `11/22/2001` does not keep a second slash
      [first, between.slice(0, 1), second, after === '.' ? '.' : ''].join(''),
    );
  return {
    decimal: part('decimal') ?? '.',
    // a space of any width would let a line break within a number
    thousands: (part('group') ?? '\u202f').replace(/\s/u, '\u202f'),
    date: (iso) => {
      const time = Date.parse(iso);
      return Number.isNaN(time) ? iso : dates.format(time);
    },
    dayAndMonth,
  };
}

/**
 * Text with plain numbers and ISO dates of years with four digits, in the chosen convention. What stands in quotes comes
 * from a file and stays as it is.
 */
export function written(text: string): string {
  if (current === plain) return text;
  return text
    .split(/("[^"]*")/)
    .map((part) => (part.startsWith('"') ? part : unquoted(part)))
    .join('');
}

function unquoted(text: string): string {
  const { decimal, thousands, date } = current;
  const pattern =
    /\b\d{4}-\d{2}-\d{2}\b|\d+(?:\u202f\d{3})+(?:\.\d+)?|(?<![\d.])\d+\.\d+(?!\.?\d)/gu;
  return text.replace(pattern, (found) => {
    if (/^\d{4}-/.test(found)) return /^0/.test(found) ? found : date(found);
    return found.replace(/[\u202f.]/gu, (mark) => (mark === '.' ? decimal : thousands));
  });
}
