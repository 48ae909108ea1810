import type { MemoryValues } from '../contract.js';
import { toFlag } from './flags.js';
import type { CodedColumn } from './scan.js';
import { valueCode } from './valueCode.js';

type Raw = number | string | boolean | null;

/**
 * {@link Scan.codedRows} of one column in memory.
 *
 * @param rows - which, ascending
 * @param toValue - a value as a number, and
 * @param toText - as text, as the rest of the scan reads them
 */
export function memoryCodes(
  column: MemoryValues,
  coded: CodedColumn,
  rows: Uint32Array,
  toValue: (raw: Raw, reading: 'number' | 'datetime') => number,
  toText: (column: MemoryValues, row: number) => string | null,
): Uint8Array {
  const { cut, missingValues } = coded;
  if (cut.by === 'edges' || cut.reading === 'number') {
    const codeOf = valueCode(coded);
    const reading = cut.by === 'edges' ? cut.reading : 'number';
    return Uint8Array.from(rows, (row) => codeOf(toValue(column.values[row] ?? null, reading)));
  }
  const { levels, reading } = cut;
  const places = new Map(levels.map((level, place) => [level, place]));
  const missing = new Set(missingValues);
  return Uint8Array.from(rows, (row) => {
    const text = toText(column, row);
    if (text === null || missing.has(text)) return levels.length + 1;
    const level = reading === 'text' ? text : toFlag(text, reading === 'retyped flag');
    return places.get(level) ?? levels.length;
  });
}
