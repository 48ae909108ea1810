import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cube, CubeColumn } from '../../core/contract.js';
import { type CubeTable, packTables, unpackCube } from '../../core/cubeTables.js';

/** Bins of rows, one array per column. */
interface Side {
  codes: number[][];
  rowCount: number;
}

function countsOf({ codes }: Side, column: number, binCount: number): number[] {
  const counts = new Array<number>(binCount).fill(0);
  for (const code of codes[column] ?? []) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

/** By looking at every row for every cell. */
function tableOf({ codes, rowCount }: Side, i: number, j: number, binCounts: number[]) {
  const [rows, columns] = [binCounts[i] as number, binCounts[j] as number];
  return Uint32Array.from({ length: rows * columns }, (_, cell) => {
    let count = 0;
    for (let row = 0; row < rowCount; row++) {
      if (codes[i]?.[row] === Math.floor(cell / columns) && codes[j]?.[row] === cell % columns)
        count++;
    }
    return count;
  });
}

function cubeOf(reference: Side, current: Side, binCounts: number[]) {
  const columns: CubeColumn[] = [];
  const tables: CubeTable[][] = [];
  for (const [j, binCount] of binCounts.entries()) {
    const sums = {
      referenceCounts: countsOf(reference, j, binCount),
      currentCounts: countsOf(current, j, binCount),
    };
    const own = columns.map((_, i) => ({
      reference: tableOf(reference, i, j, binCounts),
      current: tableOf(current, i, j, binCounts),
    }));
    tables.push(own);
    const binEdges = Array.from({ length: binCount - 2 }, (_, edge) => edge);
    columns.push({ name: `c${j}`, binEdges, ...sums, tables: packTables(columns, sums, own) });
  }
  const cube: Cube = {
    referenceRowCount: reference.rowCount,
    currentRowCount: current.rowCount,
    columns,
  };
  return { cube, tables };
}

const binCounts = fc.array(fc.integer({ min: 2, max: 12 }), { minLength: 1, maxLength: 5 });
const sides = binCounts.chain((counts) => {
  const side = fc
    .integer({ min: 0, max: 60 })
    .chain((rowCount) =>
      fc
        .tuple(
          ...counts.map((count) =>
            fc.array(fc.nat(count - 1), { minLength: rowCount, maxLength: rowCount }),
          ),
        )
        .map((codes) => ({ codes, rowCount })),
    );
  return fc.record({ counts: fc.constant(counts), reference: side, current: side });
});

test('tables come out as they went in, and as the rows are', () => {
  fc.assert(
    fc.property(sides, ({ counts, reference, current }) => {
      const { cube, tables } = cubeOf(reference, current, counts);
      expect(unpackCube(JSON.parse(JSON.stringify(cube)))).toEqual(tables);
    }),
    { numRuns: 150 },
  );
});

test('a column without the later ones is whole', () => {
  const side = {
    codes: [
      [0, 1, 1],
      [2, 0, 2],
      [1, 1, 0],
    ],
    rowCount: 3,
  };
  const { cube, tables } = cubeOf(side, side, [2, 3, 2]);
  const fewer = { ...cube, columns: cube.columns.slice(0, 2) };
  expect(unpackCube(fewer)).toEqual(tables.slice(0, 2));
});

test('large counts and long runs of zeros are exact', () => {
  const sums = (first: number) => ({
    referenceCounts: [first, 0, 50_000 - first],
    currentCounts: [50_000, 0, 0],
  });
  const table: CubeTable = {
    reference: Uint32Array.of(49_000, 0, 0, 0, 0, 0, 0, 0, 1_000),
    current: Uint32Array.of(50_000, 0, 0, 0, 0, 0, 0, 0, 0),
  };
  const [one, other] = [sums(49_000), sums(49_000)];
  const cube: Cube = {
    referenceRowCount: 50_000,
    currentRowCount: 50_000,
    columns: [
      { name: 'a', binEdges: [1], ...one, tables: '' },
      { name: 'b', binEdges: [1], ...other, tables: packTables([one], other, [table]) },
    ],
  };
  expect(unpackCube(cube)?.[1]).toEqual([table]);
  // 980 more than the expected 48 020 in two bytes, then one run of seven zeros
  expect(cube.columns[1]?.tables).toBe(btoa(String.fromCharCode(0xa8, 0x0f, 0, 6)));
});

test('what no comparison wrote is no cube', () => {
  const side = {
    codes: [
      [0, 1, 1],
      [2, 0, 2],
    ],
    rowCount: 3,
  };
  const { cube } = cubeOf(side, side, [2, 3]);
  const [first, second] = cube.columns as [CubeColumn, CubeColumn];
  const bad: unknown[] = [
    { ...cube, columns: 'none' },
    { ...cube, referenceRowCount: 4 },
    { ...cube, columns: [first, { ...second, tables: 'no base64 !' }] },
    { ...cube, columns: [first, { ...second, tables: '' }] },
    { ...cube, columns: [first, { ...second, tables: btoa('\xff\xff\xff\xff') }] },
    { ...cube, columns: [first, { ...second, tables: btoa('\x7f\x00\x7f') }] },
    { ...cube, columns: [first, { ...second, referenceCounts: [3, 0, -1, 1] }] },
    { ...cube, columns: [{ ...first, binEdges: undefined }] },
    { ...cube, columns: Array.from({ length: 31 }, () => first) },
    { ...cube, columns: [null] },
  ];
  for (const [i, value] of bad.entries()) expect(unpackCube(value as Cube), `${i}`).toBeNull();
});
