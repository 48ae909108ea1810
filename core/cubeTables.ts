import type { Cube, CubeColumn } from './contract.js';

export const mostCubeColumns = 30;
export const mostCubeBins = 12;

/** Counts by bins of an earlier column (rows) and of a later one, row by row. */
export interface CubeTable {
  reference: Uint32Array;
  current: Uint32Array;
}

type Sums = Pick<CubeColumn, 'referenceCounts' | 'currentCounts'>;

const sides = [
  ['reference', 'referenceCounts'],
  ['current', 'currentCounts'],
] as const;

/**
 * The tables of a column with every column before it, as {@link CubeColumn.tables} has them.
 *
 * @param tables - one for each of `earlier`; rows and columns of each sum to the counts of both columns
 */
export function packTables(
  earlier: readonly Sums[],
  column: Sums,
  tables: readonly CubeTable[],
): string {
  const bytes: number[] = [];
  let zeroCount = 0;
  const endZeros = () => {
    if (zeroCount === 0) return;
    bytes.push(0);
    writeNumber(bytes, zeroCount - 1);
    zeroCount = 0;
  };
  for (const [i, before] of earlier.entries()) {
    for (const [side, key] of sides) {
      const counts = tables[i]?.[side] ?? new Uint32Array(0);
      eachCell(before[key], column[key], (cell, expected) => {
        const difference = (counts[cell] as number) - expected;
        if (difference === 0) {
          zeroCount++;
          return;
        }
        endZeros();
        writeNumber(bytes, difference > 0 ? 2 * difference : -2 * difference - 1);
      });
    }
  }
  endZeros();
  return toBase64(bytes);
}

/** All tables of a cube, `tables[later][earlier]`; null where it is none that {@link packTables} wrote. */
export function unpackCube(cube: Cube): CubeTable[][] | null {
  const { columns } = cube;
  if (!isCube(cube)) return null;
  const all: CubeTable[][] = [];
  for (const [j, column] of columns.entries()) {
    const read = numberReader(column.tables);
    const own: CubeTable[] = [];
    for (const before of columns.slice(0, j)) {
      const [reference, current] = sides.map(([, key]) =>
        readTable(read, before[key], column[key]),
      );
      if (!reference || !current) return null;
      own.push({ reference, current });
    }
    all.push(own);
  }
  return all;
}

function isCube({ columns, referenceRowCount, currentRowCount }: Cube): boolean {
  if (!Array.isArray(columns) || columns.length > mostCubeColumns) return false;
  const isOf = (counts: unknown, binCount: number, rowCount: number) =>
    Array.isArray(counts) &&
    counts.length === binCount &&
    counts.every((count) => Number.isSafeInteger(count) && count >= 0) &&
    counts.reduce((sum, count) => sum + count, 0) === rowCount;
  return columns.every((column: CubeColumn | null) => {
    if (column === null) return false;
    const { binEdges, levels, tables } = column;
    if (!Array.isArray(binEdges ?? levels) || typeof tables !== 'string') return false;
    const binCount = (binEdges ?? levels ?? []).length + 2;
    return (
      binCount <= mostCubeBins &&
      isOf(column.referenceCounts, binCount, referenceRowCount) &&
      isOf(column.currentCounts, binCount, currentRowCount)
    );
  });
}

/** Every cell that does not follow from the sums, with the count that it has when both columns are independent. */
function eachCell(
  rows: readonly number[],
  columns: readonly number[],
  onCell: (cell: number, expected: number) => void,
): void {
  const total = rows.reduce((sum, count) => sum + count, 0);
  for (let row = 0; row < rows.length - 1; row++) {
    for (let column = 0; column < columns.length - 1; column++) {
      const product = (rows[row] as number) * (columns[column] as number);
      onCell(row * columns.length + column, total === 0 ? 0 : Math.round(product / total));
    }
  }
}

/** Null where the bytes end early, or a count comes out below 0. */
function readTable(
  read: () => number | null,
  rows: readonly number[],
  columns: readonly number[],
): Uint32Array | null {
  const width = columns.length;
  const counts = new Float64Array(rows.length * width);
  let isWhole = true;
  eachCell(rows, columns, (cell, expected) => {
    const code = read();
    if (code === null) isWhole = false;
    else counts[cell] = expected + (code % 2 === 0 ? code / 2 : -(code + 1) / 2);
  });
  for (let row = 0; row < rows.length - 1; row++) {
    let rest = rows[row] as number;
    for (let column = 0; column < width - 1; column++)
      rest -= counts[row * width + column] as number;
    counts[row * width + width - 1] = rest;
  }
  for (let column = 0; column < width; column++) {
    let rest = columns[column] as number;
    for (let row = 0; row < rows.length - 1; row++) rest -= counts[row * width + column] as number;
    counts[(rows.length - 1) * width + column] = rest;
  }
  return isWhole && counts.every((count) => count >= 0) ? Uint32Array.from(counts) : null;
}

function writeNumber(bytes: number[], value: number): void {
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
}

function numberReader(base64: string): () => number | null {
  const bytes = fromBase64(base64);
  let next = 0;
  let zeroCount = 0;
  const one = () => {
    let value = 0;
    for (let scale = 1; scale < 2 ** 42; scale *= 128) {
      const byte = bytes[next++];
      if (byte === undefined) return null;
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
    return null;
  };
  return () => {
    if (zeroCount > 0) {
      zeroCount--;
      return 0;
    }
    const value = one();
    if (value !== 0) return value;
    zeroCount = one() ?? 0;
    return 0;
  };
}

function toBase64(bytes: readonly number[]): string {
  const parts: string[] = [];
  // more arguments at once may not fit the stack
  for (let start = 0; start < bytes.length; start += 8192)
    parts.push(String.fromCharCode(...bytes.slice(start, start + 8192)));
  return btoa(parts.join(''));
}

/** Empty where it is no base64. */
function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array(0);
  }
}
