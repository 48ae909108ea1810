import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';

const hostile = '</script><img src=x onerror="window.isRun=true">';
const family = '👩‍👩‍👧‍👦'.repeat(300);

/** By column name: what row `i` holds on the side that is shifted by `by`. */
export const hostileColumns: Record<string, (i: number, by: number) => unknown> = {
  ['n'.repeat(10_000)]: (i, by) => i * (1 + by),
  [`${'word '.repeat(400)}end`]: (i) => `level ${'x'.repeat(300)} ${i % 3}`,
  [hostile]: (i, by) => (i % (2 + by) === 0 ? hostile : 'plain'),
  '\u202eעמודה عمود': (i, by) => `${'ש'.repeat(200)}${i % (3 + by)}`,
  [family]: (i, by) => `${family}${i % (2 + by)}`,
  huge: (i, by) => (i % 2 === 0 ? `${1 + by}e308` : `-${1 + by}e308`),
  tiny: (i, by) => `${(i % 7) + 1 + by}e-308`,
  old: (i, by) => new Date(Date.UTC(-500, 0, 1 + i * (1 + by))).toISOString().slice(3, 13),
  before1900: (i, by) => `18${10 + ((i * (1 + by)) % 80)}-01-0${1 + (i % 9)}`,
  empty: () => '',
  constant: () => 1,
};

/** A CSV file of these columns; where it lies. */
export function writeHostile(folder: string, name: string, rowCount: number, by: number): string {
  const rows = Array.from({ length: rowCount }, (_, i) =>
    Object.values(hostileColumns).map((at) => at(i, by)),
  );
  const path = join(folder, name);
  writeFileSync(path, Papa.unparse([Object.keys(hostileColumns), ...rows]));
  return path;
}
