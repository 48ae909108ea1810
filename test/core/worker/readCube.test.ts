/** The cube of whole comparisons against counts made by looking at every row. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { chooseContents } from '../../../core/chooseContents.js';
import type {
  CompareOptions,
  CompareRequest,
  Cube,
  DriftReport,
  MemorySource,
  Side,
} from '../../../core/contract.js';
import { unpackCube } from '../../../core/cubeTables.js';
import { compareDatasets } from '../../../core/worker/compareDatasets.js';
import { createMemories } from '../../../core/worker/createMemories.js';
import { countCube, mostCubeBytes } from '../../../core/worker/readCube.js';

const folder = mkdtempSync(join(tmpdir(), 'driftglass-cube-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const quiet = { signal: new AbortController().signal, onProgress: () => undefined };
const compared = (request: CompareRequest, memories = createMemories()) =>
  compareDatasets(request, { ...quiet, memories });

interface Row {
  amount: number | null;
  job: string | null;
  flag: boolean | null;
  when: number | null;
}

const jobs = ['clerk', "o'brien; DROP TABLE", '<b>"x"</b>', '__proto__', 'a,b', 'שלום', 'rare'];
const columns = ['amount', 'job', 'flag', 'when'] as const;

const value = <T>(of: fc.Arbitrary<T>) => fc.option(of, { freq: 6 });
const row: fc.Arbitrary<Row> = fc.record({
  amount: value(
    fc.oneof(fc.integer({ min: -20, max: 80 }), fc.double({ min: 0, max: 9, noNaN: true })),
  ),
  job: value(fc.constantFrom(...jobs)),
  flag: value(fc.boolean()),
  when: value(
    fc.integer({ min: 0, max: 400 }).map((day) => Date.UTC(2025, 0, 1) + day * 86_400_000),
  ),
});
const table = fc.array(row, { minLength: 60, maxLength: 150 });

function inMemory(name: string, rows: Row[]): MemorySource {
  const numbers = (of: (row: Row) => number | null) =>
    Float64Array.from(rows, (row) => of(row) ?? Number.NaN);
  return {
    name,
    columns: [
      { name: 'amount', values: { type: 'number', values: numbers((row) => row.amount) } },
      { name: 'job', values: { type: 'string', values: rows.map((row) => row.job) } },
      { name: 'flag', values: { type: 'boolean', values: rows.map((row) => row.flag) } },
      { name: 'when', values: { type: 'datetime', values: numbers((row) => row.when) } },
    ],
  };
}

function inFile(name: string, rows: Row[]): { path: string } {
  const quoted = (text: string | null) => (text === null ? '' : `"${text.replaceAll('"', '""')}"`);
  const lines = rows.map(({ amount, job, flag, when }) =>
    [
      amount === null ? '' : String(amount),
      quoted(job),
      flag === null ? '' : String(flag),
      when === null ? '' : new Date(when).toISOString().slice(0, 10),
    ].join(','),
  );
  const path = join(folder, name);
  writeFileSync(path, `${columns.join(',')}\n${lines.join('\n')}\n`);
  return { path };
}

/** The bin that the cube's own words give a row. */
function binOf(report: DriftReport, name: string, row: Row): number {
  const column = report.cube?.columns.find((other) => other.name === name);
  const finding = report.columns.find((other) => other.name === name);
  if (!column || !finding) throw new RangeError(`${name} is not in the cube`);
  const found = row[name as keyof Row];
  const last = column.referenceCounts.length - 1;
  if (found === null) return last;
  if (column.binEdges) return column.binEdges.filter((edge) => edge <= Number(found)).length;
  const levels = finding.charts.categories?.levels ?? [];
  const place = column.levels?.findIndex((at) => levels[at]?.value === String(found)) ?? -1;
  return place < 0 ? last - 1 : place;
}

function expectCounts(report: DriftReport, rows: Record<Side, Row[]>): void {
  const { cube } = report;
  if (!cube) throw new RangeError('no cube');
  const tables = unpackCube(cube);
  for (const side of ['reference', 'current'] as const) {
    expect(cube[`${side}RowCount`]).toBe(rows[side].length);
    const bins = cube.columns.map(({ name }) => rows[side].map((row) => binOf(report, name, row)));
    for (const [j, column] of cube.columns.entries()) {
      const { name } = column;
      const sums = side === 'reference' ? column.referenceCounts : column.currentCounts;
      const count = (bin: number) => bins[j]?.filter((other) => other === bin).length;
      expect(sums, `${name} of ${side}`).toEqual(sums.map((_, bin) => count(bin)));
      for (let i = 0; i < j; i++) {
        const expected = new Uint32Array(
          (cube.columns[i]?.referenceCounts.length ?? 0) * sums.length,
        );
        for (const at of rows[side].keys()) {
          const cell = (bins[i]?.[at] ?? 0) * sums.length + (bins[j]?.[at] ?? 0);
          expected[cell] = (expected[cell] ?? 0) + 1;
        }
        expect(tables?.[j]?.[i]?.[side], `${cube.columns[i]?.name} and ${name}`).toEqual(expected);
      }
    }
  }
}

describe('counts are those of the rows', () => {
  test('of arrays in memory', async () => {
    await fc.assert(
      fc.asyncProperty(table, table, async (reference, current) => {
        const report = await compared({
          reference: inMemory('r', reference),
          current: inMemory('c', current),
        });
        expectCounts(report, { reference, current });
      }),
      { numRuns: 12 },
    );
  });

  test('of files', async () => {
    await fc.assert(
      fc.asyncProperty(table, table, async (reference, current) => {
        const report = await compared({
          reference: inFile('r.csv', reference),
          current: inFile('c.csv', current),
          options: { kinds: { amount: 'numeric', when: 'datetime' } },
        });
        expectCounts(report, { reference, current });
      }),
      { numRuns: 6 },
    );
  });

  const rows = (count: number, shift = 0): Row[] =>
    Array.from({ length: count }, (_, i) => ({
      amount: i % 13 === 0 ? null : ((i * 37) % 90) + shift,
      job: i % 7 === 0 ? null : (jobs[(i * 5 + shift) % 7] ?? null),
      flag: i % 5 < 2,
      when: Date.UTC(2025, 0, 1) + ((i * 11) % 300) * 86_400_000,
    }));
  const [reference, current] = [rows(400), rows(300, 3)];

  test('with a condition', async () => {
    const report = await compared({
      reference: { ...inFile('where.csv', reference), where: 'amount >= 40' },
      current: inFile('whole.csv', current),
    });
    const chosen = reference.filter(({ amount }) => amount !== null && amount >= 40);
    expectCounts(report, { reference: chosen, current });
  });

  test('of one file that is split', async () => {
    const source = inFile('split.csv', [...reference, ...current]);
    const report = await compared({
      reference: source,
      current: source,
      options: { splitBy: { column: 'flag', at: 'true' } },
    });
    const all = [...reference, ...current];
    expectCounts(report, {
      reference: all.filter(({ flag }) => flag === true),
      current: all.filter(({ flag }) => flag === false),
    });
  });

  test('with values that mean missing, of numbers, texts and days', async () => {
    const missing = { amount: ['5', '40'], job: ['clerk'], when: ['2025-01-12'] };
    const gone = (row: Row): Row => ({
      ...row,
      amount: row.amount === 5 || row.amount === 40 ? null : row.amount,
      job: row.job === 'clerk' ? null : row.job,
      when: row.when === Date.UTC(2025, 0, 12) ? null : row.when,
    });
    const sides = { reference: reference.map(gone), current: current.map(gone) };
    for (const request of [
      { reference: inFile('m1.csv', reference), current: inFile('m2.csv', current) },
      { reference: inMemory('r', reference), current: inMemory('c', current) },
    ])
      expectCounts(await compared({ ...request, options: { missingValues: missing } }), sides);
  });

  test('with --sample, as many as were compared', async () => {
    const options = { sample: 100 };
    const report = await compared({
      reference: inFile('s1.csv', reference),
      current: inFile('s2.csv', current),
      options,
    });
    expect([report.cube?.referenceRowCount, report.cube?.currentRowCount]).toEqual([100, 100]);
  });

  test('numbers that are asked for as categories, and flags that are 0 and 1', async () => {
    const of = (count: number): MemorySource => ({
      name: 'n',
      columns: [
        {
          name: 'code',
          values: {
            type: 'number',
            values: Float64Array.from({ length: count }, (_, i) => (i % 4) + 0.5),
          },
        },
        {
          name: 'bit',
          values: { type: 'number', values: Float64Array.from({ length: count }, (_, i) => i % 2) },
        },
      ],
    });
    const csv = join(folder, 'codes.csv');
    writeFileSync(
      csv,
      `code,bit\n${Array.from({ length: 80 }, (_, i) => `${(i % 4) + 0.5},${i % 2}`).join('\n')}\n`,
    );
    for (const source of [of(80), { path: csv }]) {
      const report = await compared({
        reference: source,
        current: source,
        options: { kinds: { code: 'categorical' } },
      });
      const code = report.cube?.columns.find(({ name }) => name === 'code');
      expect(code?.referenceCounts).toEqual([20, 20, 20, 20, 0, 0]);
      const bit = report.cube?.columns.find(({ name }) => name === 'bit');
      expect(bit?.referenceCounts).toEqual([40, 40, 0, 0]);
    }
  });
});

describe('of many rows', () => {
  const count = 60_007;
  const path = join(folder, 'many.csv');
  writeFileSync(
    path,
    `place,half\n${Array.from({ length: count }, (_, i) => `${i % 100},${i < count / 2 ? 'a' : 'b'}`).join('\n')}\n`,
  );

  test('20 000 are counted, evenly spread and the same for the same seed', async () => {
    const cubeOf = async (options: CompareOptions) =>
      (await compared({ reference: { path }, current: { path }, options })).cube as Cube;
    const [one, again, other] = [await cubeOf({}), await cubeOf({}), await cubeOf({ seed: 2 })];
    expect(one.referenceRowCount).toBe(20_000);
    expect(again).toEqual(one);
    expect(other.columns.map(({ tables }) => tables)).not.toEqual(
      one.columns.map(({ tables }) => tables),
    );
    const half = one.columns.find(({ name }) => name === 'half');
    // one row of each stretch, so that each half of the file has half of them
    expect(Math.abs((half?.referenceCounts[0] ?? 0) - 10_000)).toBeLessThanOrEqual(1);
    const place = one.columns.find(({ name }) => name === 'place');
    for (const [bin, rows] of (place?.referenceCounts.slice(0, -1) ?? []).entries())
      expect(rows, `bin ${bin}`).toBeGreaterThan(1_200);
    const where = await compared({
      reference: { path, where: "half = 'a' OR half = 'b'" },
      current: { path },
    });
    // behind a view rows are numbered by hand
    expect(where.cube?.columns).toEqual(one.columns);
  });

  test('and in memory', async () => {
    const source = (): MemorySource => ({
      name: 'm',
      columns: [
        {
          name: 'i',
          values: {
            type: 'number',
            values: Float64Array.from({ length: count }, (_, i) => i % 1000),
          },
        },
        {
          name: 'half',
          values: {
            type: 'boolean',
            values: Array.from({ length: count }, (_, i) => i < count / 2),
          },
        },
      ],
    });
    const { cube } = await compared({ reference: source(), current: source() });
    const half = cube?.columns.find(({ name }) => name === 'half');
    expect(cube?.currentRowCount).toBe(20_000);
    expect(Math.abs((half?.referenceCounts[0] ?? 0) - 10_000)).toBeLessThanOrEqual(1);
  });
});

describe('limits', () => {
  test('columns go from the end until the rest fits', async () => {
    const names = ['a', 'b', 'c', 'd'].map((name) => ({
      name,
      kind: 'numeric' as const,
      binEdges: [1, 2],
    }));
    const codes = names.map((_, j) =>
      Uint8Array.from({ length: 500 }, (_row, i) => (i * (j + 3)) % 4),
    );
    const sides = { reference: codes, current: codes };
    const whole = await countCube(names, sides, quiet.signal);
    const size = JSON.stringify(whole).length;
    expect(whole?.columns).toHaveLength(4);
    expect(await countCube(names, sides, quiet.signal, size)).toEqual(whole);
    const cut = await countCube(names, sides, quiet.signal, size - 1);
    expect(cut?.columns).toEqual(whole?.columns.slice(0, 3));
    expect(await countCube(names, sides, quiet.signal, 200)).toBeNull();
  });

  test('30 columns of independent numbers fit, and no more are counted', async () => {
    let state = 7;
    const next = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    const source = (): MemorySource => ({
      name: 'wide',
      columns: Array.from({ length: 34 }, (_, j) => ({
        name: `column ${j}`,
        values: {
          type: 'number',
          values: Float64Array.from({ length: 20_000 }, () => 100 * next()),
        },
      })),
    });
    const { cube } = await compared({ reference: source(), current: source() });
    expect(cube?.columns).toHaveLength(30);
    expect(JSON.stringify(cube).length).toBeLessThanOrEqual(mostCubeBytes);
  }, 60_000);

  test('cancelling stops the counting', async () => {
    const stopped = new AbortController();
    stopped.abort();
    const codes = [Uint8Array.of(0, 1), Uint8Array.of(1, 0)];
    const names = ['a', 'b'].map((name) => ({ name, kind: 'numeric' as const, binEdges: [1] }));
    await expect(
      countCube(names, { reference: codes, current: codes }, stopped.signal),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('nothing where it is not wanted, or where there is one column', async () => {
    const source = inFile(
      'none.csv',
      Array.from({ length: 50 }, (_, i) => ({ amount: i, job: 'x', flag: true, when: 0 })),
    );
    const request = { reference: source, current: source };
    const without = await compared({ ...request, options: { cube: false } });
    expect(without.cube).toBeUndefined();
    expect(without.options.cube).toBe(false);
    expect((await compared({ ...request, options: { columns: ['amount'] } })).cube).toBeUndefined();
  });
});

describe('judged again', () => {
  test('nothing is read, and columns stay those that were counted', async () => {
    const lines = (shift: number) =>
      Array.from({ length: 200 }, (_, i) =>
        Array.from(
          { length: 34 },
          (_column, j) => (j + 1) * (((i * (j + 3)) % 50) + (j < 32 ? 0 : shift)),
        ).join(','),
      );
    const header = Array.from({ length: 34 }, (_, j) => `c${j}`).join(',');
    const sides = [0, 40].map((shift) => {
      const path = join(folder, `wide${shift}.csv`);
      writeFileSync(path, `${header}\n${lines(shift).join('\n')}\n`);
      return { path };
    });
    const [reference, current] = sides as [{ path: string }, { path: string }];
    const memories = createMemories();
    const first = await compared({ reference, current }, memories);
    const onProgress = vi.fn();
    const again = await compareDatasets(
      { reference, current, options: { limits: { c32: 50, c33: 50 }, supportLimit: 0.99 } },
      { ...quiet, memories, onProgress },
    );
    expect(onProgress.mock.calls.filter(([{ stage }]) => stage === 'scan')).toEqual([]);
    const names = (report: DriftReport) => report.cube?.columns.map(({ name }) => name) ?? [];
    expect(names(first).slice(0, 2).sort()).toEqual(['c32', 'c33']);
    expect(names(again)).toHaveLength(30);
    expect(names(again).toSorted()).toEqual(names(first).toSorted());
    expect(names(again)).not.toEqual(names(first));
  });
});

describe('an export', () => {
  const rows = Array.from({ length: 80 }, (_, i) => ({
    amount: i,
    job: i === 7 ? 'Secret Sam' : 'clerk',
    flag: i % 2 === 0,
    when: Date.UTC(2025, 0, 1 + i),
  }));

  test('has no joint counts where values are masked or left out', async () => {
    const report = await compared({ reference: inMemory('r', rows), current: inMemory('c', rows) });
    expect(chooseContents(report, {}).cube).toEqual(report.cube);
    for (const choice of [
      { maskBelow: 5 },
      { sections: ['cube' as const, 'charts' as const] },
      { sections: ['values' as const] },
    ]) {
      const chosen = chooseContents(report, choice);
      expect(chosen.cube).toBeUndefined();
      expect(chosen.contents?.sections).not.toContain('cube');
    }
    expect(JSON.stringify(chooseContents(report, { maskBelow: 5 }))).not.toContain('Secret Sam');
    const kept = chooseContents(report, { sections: ['values', 'cube'] });
    expect(kept.cube).toEqual(report.cube);
    expect(JSON.stringify(report.cube)).not.toContain('Secret Sam');
  });
});
