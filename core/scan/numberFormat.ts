/** Numbers as people write them, turned into what a computer reads. */

export interface NumberFormat {
  decimal: '.' | ',';
  /** Between groups of three digits; empty for none. */
  thousands: string;
}

export const plainNumbers: NumberFormat = { decimal: '.', thousands: '' };

/** In the order in which they are tried; the first that fits all is taken. */
export const usualNumberFormats: readonly NumberFormat[] = [
  plainNumbers,
  { decimal: ',', thousands: '' },
  { decimal: '.', thousands: ',' },
  { decimal: ',', thousands: '.' },
  ...([' ', '\u00a0', '\u202f', "'", '’'] as const).flatMap((thousands) => [
    { decimal: ',' as const, thousands },
    { decimal: '.' as const, thousands },
  ]),
];

const plainPattern = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;
const notFinitePattern = /^\s*[+-]?(?:inf|infinity|nan)\s*$/i;
const patterns = new Map<string, RegExp>();

/** Without a sign that it may be a code: 007 is no number. */
export function isPlainNumber(text: string): boolean {
  return (plainPattern.test(text) && !/^\s*[+-]?0\d/.test(text)) || notFinitePattern.test(text);
}

/** The same number with a point and without groups; null where the text is none. */
export function toPlainNumber(text: string, format: NumberFormat): string | null {
  if (format.thousands === '' && format.decimal === '.') return isPlainNumber(text) ? text : null;
  if (!patternOf(format).test(text)) return null;
  const trimmed = text.trim();
  const whole = format.thousands === '' ? trimmed : trimmed.replaceAll(format.thousands, '');
  const plain = format.decimal === ',' ? whole.replace(',', '.') : whole;
  return isPlainNumber(plain) ? plain : null;
}

function patternOf({ decimal, thousands }: NumberFormat): RegExp {
  const key = decimal + thousands;
  const known = patterns.get(key);
  if (known) return known;
  const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const whole = thousands === '' ? '\\d+' : `(?:\\d{1,3}(?:${escaped(thousands)}\\d{3})+|\\d+)`;
  const mark = escaped(decimal);
  const pattern = new RegExp(
    `^\\s*[+-]?(?:${whole}(?:${mark}\\d*)?|${mark}\\d+)(?:e[+-]?\\d+)?\\s*$`,
    'i',
  );
  patterns.set(key, pattern);
  return pattern;
}

/**
 * Whether a number can only be written so: `1,5` has a decimal comma, while `1,500` might be grouped.
 * Whole numbers without a mark decide nothing.
 */
export function isDecisive(text: string, format: NumberFormat): boolean {
  const trimmed = text.trim();
  if (!/[.,\s'’]/.test(trimmed)) return false;
  const own = numberOf(trimmed, format);
  return !usualNumberFormats.some((usual) => {
    const other = numberOf(trimmed, usual);
    return other !== null && other !== own;
  });
}

function numberOf(text: string, format: NumberFormat): number | null {
  const plain = toPlainNumber(text, format);
  return plain === null ? null : Number(plain);
}
