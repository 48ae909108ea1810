import { describe, expect, test } from 'vitest';
import type { Cube, CubeColumn, DriftReport } from '../../core/contract.js';
import { packTables } from '../../core/cubeTables.js';
import { binAt, edgeParts, levelParts, movedRange } from '../../renderer/charts/brushParts.js';
import type { ChartPlace } from '../../renderer/charts/chartPlace.js';
import {
  binWords,
  chanceVariation,
  countedWords,
  type LinkedCube,
  linkedCube,
  partWords,
  selectedCounts,
  selectedDifference,
  totalVariation,
  validSelection,
  whyNotCounted,
  whyNotLinked,
} from '../../renderer/linkedCube.js';
import { exampleReport } from './exampleReport.js';

/** Rows as bins of three columns: a number, a time and a category that follows the number. */
const rows = {
  reference: Array.from({ length: 120 }, (_, i) => [i % 4, i % 3, i % 4 < 2 ? 0 : 1]),
  current: Array.from({ length: 80 }, (_, i) => [i < 60 ? 0 : 3, i % 3, i < 60 ? 0 : 1]),
};
const day = 86_400_000;
const bins = [
  { name: 'age', binEdges: [20, 30.5], areWhole: true, count: 4 },
  { name: '__proto__', binEdges: [100 * day], count: 3 },
  { name: 'job', levels: [0, 1], count: 4 },
];

function cubeOf(): Cube {
  const columns: CubeColumn[] = [];
  const count = (side: 'reference' | 'current', j: number, bin: number) =>
    rows[side].filter((row) => row[j] === bin).length;
  for (const [j, { count: binCount, ...column }] of bins.entries()) {
    const all = Array.from({ length: binCount }, (_, bin) => bin);
    const sums = {
      referenceCounts: all.map((bin) => count('reference', j, bin)),
      currentCounts: all.map((bin) => count('current', j, bin)),
    };
    const table = (side: 'reference' | 'current', i: number) =>
      Uint32Array.from({ length: (bins[i]?.count ?? 0) * binCount }, (_, cell) => {
        const isIn = (row: number[]) =>
          row[i] === Math.floor(cell / binCount) && row[j] === cell % binCount;
        return rows[side].filter(isIn).length;
      });
    const tables = columns.map((_, i) => ({
      reference: table('reference', i),
      current: table('current', i),
    }));
    columns.push({ ...column, ...sums, tables: packTables(columns, sums, tables) });
  }
  return { referenceRowCount: 120, currentRowCount: 80, columns };
}

function report(change: Partial<DriftReport> = {}): DriftReport {
  const example = exampleReport(3);
  const [one, two, three] = example.columns;
  if (!one || !two || !three) throw new RangeError('an example of three columns');
  const level = (value: string) => ({ value, referenceCount: 60, currentCount: 40 });
  const other = { levelCount: 0, referenceCount: 0, currentCount: 0 };
  const none = { newCount: 0, vanishedCount: 0, newLevels: [], vanishedLevels: [] };
  const categories = { levels: [level('<b>x</b>'), level('\u202enurse')], other, ...none };
  return {
    ...example,
    columns: [
      { ...one, name: 'age', kind: 'numeric' },
      { ...two, name: '__proto__', kind: 'datetime' },
      { ...three, name: 'job', kind: 'categorical', charts: { categories } },
    ],
    cube: cubeOf(),
    ...change,
  };
}

function linked(of = report()): LinkedCube {
  const found = linkedCube(of);
  if (found === null) throw new RangeError('no cube');
  return found;
}

describe('counts', () => {
  test('of selected rows are those of the rows, for every pair of columns', () => {
    const cube = linked();
    for (const [i, by] of bins.entries()) {
      for (const [j, of] of bins.entries()) {
        for (let from = 0; from < by.count; from++) {
          for (let to = from + 1; to <= by.count; to++) {
            const counts = selectedCounts(cube, { column: by.name, from, to }, of.name);
            for (const side of ['reference', 'current'] as const) {
              const isIn = (row: number[]) => (row[i] ?? 0) >= from && (row[i] ?? 0) < to;
              const expected = Array.from(
                { length: of.count },
                (_, bin) => rows[side].filter((row) => isIn(row) && row[j] === bin).length,
              );
              expect(counts?.[side], `${of.name} by ${by.name} ${from} to ${to}`).toEqual(expected);
            }
          }
        }
      }
    }
    expect(selectedCounts(cube, { column: 'gone', from: 0, to: 1 }, 'age')).toBeNull();
  });

  test('a difference that the selection explains is gone within it', () => {
    const difference = selectedDifference(linked(), { column: 'age', from: 0, to: 1 }, 'job');
    expect(difference?.whole).toBeCloseTo(0.25, 12);
    expect(difference?.selected).toBe(0);
    const empty = selectedDifference(linked(), { column: 'age', from: 1, to: 2 }, 'job');
    expect(empty?.selected).toBeNull();
    expect(selectedDifference(linked(), { column: 'age', from: 0, to: 1 }, 'age')).toBeNull();
  });

  test('chance alone stays below its bound 95 times of 100', () => {
    let state = 3;
    const next = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * 6);
    };
    const draw = (count: number) => {
      const counts = new Array<number>(6).fill(0);
      for (let i = 0; i < count; i++) {
        const bin = next();
        counts[bin] = (counts[bin] ?? 0) + 1;
      }
      return counts;
    };
    let above = 0;
    for (let i = 0; i < 1000; i++) {
      const counts = { reference: draw(200), current: draw(80) };
      if ((totalVariation(counts) ?? 0) > chanceVariation(counts)) above++;
    }
    expect(above).toBeGreaterThan(15);
    expect(above).toBeLessThan(90);
  });
});

describe('words', () => {
  test('of bins', () => {
    const cube = linked();
    const words = (name: string, from: number, to?: number) => binWords(cube, name, from, to);
    expect([0, 1, 2, 3].map((bin) => words('age', bin))).toEqual([
      'up to 19',
      '20 to 30',
      'from 31',
      'missing',
    ]);
    expect(words('age', 0, 2)).toBe('up to 30');
    expect(words('age', 0, 3)).toBe('of any value');
    expect(words('__proto__', 0)).toBe('before 1970-04-11 00:00');
    expect(words('job', 0, 3)).toBe('<b>x</b>, ␣nurse, other levels');
  });

  test('of the part and of what was counted', () => {
    const cube = linked();
    const counts = selectedCounts(cube, { column: 'age', from: 0, to: 1 }, 'age');
    expect(counts && partWords(counts, cube)).toBe('25\u202f% of reference, 75\u202f% of current');
    const whole = report();
    const sized = (reference: number, current: number) =>
      countedWords(cube, {
        ...whole,
        reference: { ...whole.reference, rowCount: reference },
        current: { ...whole.current, rowCount: current },
      });
    expect(sized(1000, 1000)).toBe(
      'Counted in bins, from 120 of 1\u202f000 reference and 80 of 1\u202f000 current rows.',
    );
    expect(sized(120, 80)).toBe('Counted in bins, from all 120 reference and all 80 current rows.');
  });

  test('say why there is none', () => {
    const { cube: _, ...without } = report();
    const contents = { sections: [], maskedBelow: null };
    expect(whyNotLinked(report())).toBeNull();
    expect(whyNotLinked(without)).toContain('no joint counts');
    expect(whyNotLinked({ ...without, options: { ...without.options, cube: false } })).toContain(
      'switched off',
    );
    expect(whyNotLinked({ ...without, contents })).toContain('left out of this export');
    expect(whyNotLinked({ ...without, contents: { ...contents, maskedBelow: 5 } })).toContain(
      'masked',
    );
    const broken = { ...cubeOf(), referenceRowCount: 7 };
    expect(whyNotLinked(report({ cube: broken }))).toContain('no joint counts');
    const [finding] = report().columns;
    if (!finding) throw new RangeError('no column');
    expect(whyNotCounted(linked(), finding)).toBeNull();
    expect(whyNotCounted(linked(), { ...finding, name: 'z', kind: 'text' })).toContain('text');
    expect(whyNotCounted(linked(), { ...finding, name: 'z' })).toContain('first 3 columns');
  });
});

test('a selection of another report is none', () => {
  const cube = linked();
  const whole = { column: 'age', from: 0, to: 4 };
  expect(validSelection(cube, whole)).toBe(whole);
  expect(validSelection(cube, { ...whole, to: 5 })).toBeNull();
  expect(validSelection(cube, { ...whole, column: 'constructor' })).toBeNull();
  expect(validSelection(null, whole)).toBeNull();
  expect(validSelection(cube, null)).toBeNull();
});

describe('places', () => {
  const place: ChartPlace = {
    left: 30,
    top: 5,
    width: 100,
    height: 50,
    x: (value) => value,
    y: (level) => ({ '<b>x</b>': 0, '␣nurse': 25 })[level],
    rowHeight: 20,
  };
  const [age, , job] = cubeOf().columns as [CubeColumn, CubeColumn, CubeColumn];

  test('of bins over an axis', () => {
    const parts = edgeParts(age, 1, place);
    expect(parts.map(({ left, width }) => [left, width])).toEqual([
      [0, 20],
      [20, 10.5],
      [30.5, 69.5],
    ]);
    expect(binAt(parts, 25, 10, false)).toBe(1);
    expect(binAt(parts, 25, 70, false)).toBeNull();
    expect(binAt(parts, 400, 70, true)).toBe(2);
    const beyond = edgeParts({ ...age, binEdges: [Number.NaN, 500] }, 1, place);
    expect(beyond.map(({ width }) => width)).toEqual([0, 100, 0]);
    expect(edgeParts(age, 10, place)[0]?.width).toBe(2);
  });

  test('of levels', () => {
    const categories = report().columns[2]?.charts.categories;
    if (!categories) throw new RangeError('no levels');
    expect(levelParts(job, categories, place).map(({ bin, top }) => [bin, top])).toEqual([
      [0, 0],
      [1, 25],
    ]);
    expect(levelParts({ ...job, levels: [1] }, categories, place)[0]?.bin).toBe(1);
    expect(binAt(levelParts(job, categories, place), 10, 30, false)).toBe(1);
  });

  test('keys move within the bins, and extend with Shift', () => {
    const range = { anchor: 1, head: 1 };
    expect(movedRange('ArrowRight', false, range, 4)).toEqual({ anchor: 2, head: 2 });
    expect(movedRange('ArrowDown', true, range, 4)).toEqual({ anchor: 1, head: 2 });
    expect(movedRange('ArrowLeft', true, range, 4)).toEqual({ anchor: 1, head: 0 });
    expect(movedRange('End', true, range, 4)).toEqual({ anchor: 1, head: 3 });
    expect(movedRange('ArrowUp', false, { anchor: 0, head: 0 }, 4)).toEqual({ anchor: 0, head: 0 });
    expect(movedRange('j', false, range, 4)).toBeNull();
  });
});
