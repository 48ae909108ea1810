/** Numbers and times as text holds them. */

const numberPattern = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
const notFinitePattern = /^\s*([+-]?)(inf|infinity|nan)\s*$/i;

export function isNumber(text: string): boolean {
  return numberPattern.test(text) || notFinitePattern.test(text);
}

/** As DuckDB reads them: `Number` would take '' for 0 and 0x10 for 16, and know no *inf*. */
export function toNumber(text: string): number {
  if (numberPattern.test(text)) return Number(text);
  const [, sign, word] = notFinitePattern.exec(text) ?? [];
  if (word === undefined || /nan/i.test(word)) return Number.NaN;
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

const timePattern =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d{2})(?::?(\d{2}))?)?)?$/;

/** ISO 8601 only: a bare number is no date. Without a zone it is UTC. */
export function toTime(text: string): number {
  const match = timePattern.exec(text);
  if (!match) return Number.NaN;
  const part = (index: number) => Number(match[index] ?? 0);
  const day = Date.UTC(part(1), part(2) - 1, part(3));
  const isDay = part(2) <= 12 && new Date(day).getUTCDate() === part(3);
  if (!isDay || part(4) > 24 || part(5) > 59 || part(6) > 59) return Number.NaN;
  const milliseconds = Math.floor(Number(`0.${match[7] ?? 0}`) * 1000 + 1e-9);
  const offsetMinutes = (match[8] === '-' ? -1 : 1) * (part(9) * 60 + part(10));
  const minutes = part(4) * 60 + part(5) - offsetMinutes;
  return day + (minutes * 60 + part(6)) * 1000 + milliseconds;
}
