/** Numbers and names in sentences. English, as the reasons are; the interface formats its own numbers. */

import { quoted } from '../errors.js';

/** Between the digits of one number, and before its unit: no line may break there. */
const thinSpace = '\u202f';

/** Three significant digits, thousands separated by thin spaces: 54 300, 0.0123, 1.2e-7. */
export function number(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e15 || size < 1e-4)) return value.toExponential(2).replace('e+', 'e');
  if (size >= 1000)
    return grouped(
      Math.round(Number(value.toPrecision(Math.max(3, Math.ceil(Math.log10(size)) - 3)))),
    );
  return String(Number(value.toPrecision(3)));
}

/** A whole number with thousands separated. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, thinSpace);
}

export function percent(share: number): string {
  const value = share * 100;
  if (value !== 0 && Math.abs(value) < 0.01) return `${value < 0 ? '-' : ''}<0.01${thinSpace}%`;
  return `${Number(value.toFixed(Math.abs(value) < 1 ? 2 : 1))}${thinSpace}%`;
}

export function pValueWords(p: number): string {
  return p < 1e-4 ? 'p < 0.0001' : `p = ${Number(p.toPrecision(2))}`;
}

export function list(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).map(quoted);
  if (names.length > most) return `${shown.join(', ')} and ${names.length - most} more`;
  return shown.length > 1
    ? `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`
    : (shown[0] ?? 'none');
}

/** `1 row`, `2 rows`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Two significant digits, upward: "about N more rows". */
export function roundedUp(count: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1);
  return Math.ceil(count / step) * step;
}
