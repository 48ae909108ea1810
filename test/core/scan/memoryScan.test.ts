import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnPair, NumberColumn } from '../../../core/column.js';
import type { MemorySource, MemoryValues } from '../../../core/contract.js';
import { createMemoryScan } from '../../../core/scan/memoryScan.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { columnPairs, errorCode, opened } from './opened.js';

const folder = createTemporaryFolder();

function source(columns: Record<string, MemoryValues>): MemorySource {
  return {
    name: 'memory',
    columns: Object.entries(columns).map(([name, values]) => ({ name, values })),
  };
}

const numberValue = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }),
  fc.integer({ min: -1_000, max: 1_000 }),
  fc.constant(Number.NaN),
);
const word = fc
  .string({ unit: fc.constantFrom(...'abcdefgh é😀"\'\n,;'), minLength: 1, maxLength: 9 })
  .filter((text) => text.trim() !== '');
const textValue = fc.option(word, { freq: 8 });

/** Rows of an always present key, a number, a word and a flag. */
const tables = fc.array(
  fc.record({ x: numberValue, text: textValue, flag: fc.option(fc.boolean(), { freq: 8 }) }),
  { minLength: 1, maxLength: 60 },
);
type Row = { x: number; text: string | null; flag: boolean | null };

function toMemory(rows: Row[]): MemorySource {
  return source({
    key: { type: 'string', values: rows.map((_, row) => `key ${row}`) },
    x: { type: 'number', values: Float64Array.from(rows, ({ x }) => x) },
    text: { type: 'string', values: rows.map(({ text }) => text) },
    flag: { type: 'boolean', values: rows.map(({ flag }) => flag) },
  });
}

function toCsv(rows: Row[]): string {
  const cell = (value: string | null) => (value === null ? '' : `"${value.replaceAll('"', '""')}"`);
  const lines = rows.map(({ x, text, flag }, row) =>
    [`key ${row}`, Number.isNaN(x) ? '' : x, cell(text), flag ?? ''].join(','),
  );
  return `key,x,text,flag\n${lines.join('\n')}\n`;
}

/** What of a column must not depend on where it comes from. */
function essence({ kind, numbers, levels, lengths, isRetyped, skipReason }: ColumnPair): unknown {
  const plain = ({
    values,
    missingMask,
    missingCount,
    infiniteCount,
    unparsedCount,
  }: NumberColumn) => [
    Array.from(values, (value) => value + 0),
    missingMask,
    missingCount,
    infiniteCount,
    unparsedCount,
  ];
  return {
    kind,
    isRetyped,
    skipReason,
    numbers: numbers && plain(numbers.reference),
    lengths: lengths && plain(lengths.reference),
    levels: levels && [
      [...levels.reference.levels].sort(),
      levels.reference.count,
      levels.reference.missingCount,
    ],
  };
}

describe('arrays in memory', () => {
  it('give what a CSV file with the same values gives', { timeout: 30_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (rows) => {
        const memory = toMemory(rows);
        const path = folder.write('same.csv', toCsv(rows));
        const reading = { header: true, delimiter: ',' };
        const kinds = { text: 'categorical', flag: 'boolean', x: 'numeric' } as const;
        const fromFile = await columnPairs(
          { reference: { path, reading }, current: { path, reading } },
          kinds,
        );
        const fromMemory = await columnPairs({ reference: memory, current: memory }, kinds);
        expect(fromFile.map(essence)).toEqual(fromMemory.map(essence));
        const shown = await opened({ path, reading });
        const scan = createMemoryScan(memory);
        // of the numbers only their notation may differ
        const page = (await scan.rows(0, 100)).map(([key, x, ...rest]) => [
          key,
          numeric(x),
          ...rest,
        ]);
        expect(shown.rows.map(([key, x, ...rest]) => [key, numeric(x), ...rest])).toEqual(page);
      }),
      { seed: 2_025, numRuns: 25 },
    );
  });

  it('may be one side, and a file the other', async () => {
    const path = folder.write('file.csv', `x,day\n${'1,2025-01-01\n2,2025-01-02\n'.repeat(20)}`);
    const memory = source({
      x: {
        type: 'string',
        values: Array.from({ length: 40 }, (_, row) => ['1', 'two'][row % 2] ?? null),
      },
      day: { type: 'datetime', values: new Float64Array(40).fill(Date.UTC(2025, 0, 2)) },
    });
    const [x, day] = await columnPairs({ reference: { path }, current: memory });
    expect(x).toMatchObject({ kind: 'categorical', isRetyped: true });
    expect(x?.levels?.reference.levels.get('1')).toBe(20);
    expect(x?.levels?.current.levels.get('1')).toBe(20);
    expect(day?.kind).toBe('datetime');
    expect(day?.numbers?.reference.values[1]).toBe(day?.numbers?.current.values[0]);
  });

  it.each([
    ['1', 1],
    [' 7.5 ', 7.5],
    ['-.5e3', -500],
    ['5.', 5],
    ['0x10', null],
    ['12abc', null],
    ['', null],
    ['Infinity', 'infinite'],
    ['-inf', 'infinite'],
  ])('read %j as a number as a file would', async (text, expected) => {
    const path = folder.write(
      'texts.csv',
      `id,x\n${Array.from({ length: 30 }, (_, row) => `${row},"${row === 3 ? text : row + 0.25}"\n`).join('')}`,
    );
    const values = Array.from({ length: 30 }, (_, row) => (row === 3 ? text : String(row + 0.25)));
    const memory = source({
      id: { type: 'number', values: Float64Array.from(values.keys()) },
      x: { type: 'string', values },
    });
    const kinds = { x: 'numeric' } as const;
    for (const pair of [
      await columnPairs({ reference: { path }, current: { path } }, kinds),
      await columnPairs({ reference: memory, current: memory }, kinds),
    ]) {
      const column = pair[1]?.numbers?.reference;
      const value = column?.infiniteCount ? 'infinite' : column?.values[3];
      expect(Number.isNaN(value) ? null : value).toBe(expected);
    }
  });

  it.each([
    ['2025-03-30', Date.UTC(2025, 2, 30)],
    ['2025-03-30 12:30', Date.UTC(2025, 2, 30, 12, 30)],
    ['2025-03-30T12:30:15.25Z', Date.UTC(2025, 2, 30, 12, 30, 15, 250)],
    ['2025-03-30 14:30:15+02:00', Date.UTC(2025, 2, 30, 12, 30, 15)],
    ['2025-03-30 05:00:15-0730', Date.UTC(2025, 2, 30, 12, 30, 15)],
    ['2025-02-30', null],
    ['2025-13-01', null],
    ['2025', null],
    ['20250330', null],
    ['yesterday', null],
  ])('read %j as a time in UTC', async (text, expected) => {
    const scan = createMemoryScan(source({ at: { type: 'string', values: [text] } }));
    const { values } = await scan.numbers(0, 'datetime');
    expect(Number.isNaN(values[0]) ? null : values[0]).toBe(expected);
  });

  it('show times as a file would', async () => {
    const at = Float64Array.of(
      Date.UTC(2025, 0, 2, 3, 4, 5, 120),
      Date.UTC(2025, 0, 2),
      Number.NaN,
    );
    const scan = createMemoryScan(source({ at: { type: 'datetime', values: at } }));
    expect(await scan.rows(0, 9)).toEqual([
      ['2025-01-02 03:04:05.12'],
      ['2025-01-02 00:00:00'],
      [null],
    ]);
  });

  it('leave a code with leading zeros a code', async () => {
    const values = Array.from({ length: 40 }, (_, row) => `0${1000 + (row % 5)}`);
    const memory = source({ code: { type: 'string', values } });
    const [code] = await columnPairs({ reference: memory, current: memory });
    expect(code?.kind).toBe('categorical');
  });

  it('without rows are refused, and of unequal length a mistake', async () => {
    const none = source({ x: { type: 'number', values: new Float64Array(0) } });
    expect(await errorCode(columnPairs({ reference: none, current: none }))).toBe(
      'file-without-rows',
    );
    const unequal = source({
      x: { type: 'number', values: new Float64Array(2) },
      y: { type: 'number', values: new Float64Array(3) },
    });
    expect(() => createMemoryScan(unequal)).toThrow(RangeError);
  });
});

function numeric(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Number(text);
}
