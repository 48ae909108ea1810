import { createRequire } from 'node:module';
import {
  Bool,
  DateDay,
  Dictionary,
  Float64,
  Int32,
  Int64,
  Table,
  TimestampMicrosecond,
  tableFromArrays,
  tableFromIPC,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import type { MemorySource } from '../../core/contract.js';
import { type Input, toSource } from '../../core/inputs.js';
import { judged } from './drift/judged.js';

const columns = {
  age: [31, 45.5, null, 28],
  income: Float64Array.of(1, 2, 3, Number.NaN),
  city: ['Bonn', null, 'Ulm', ''],
  member: [true, false, null, true],
  since: [new Date(0), null, new Date(1000), new Date(2000)],
};

const asSource: MemorySource = {
  name: 'reference',
  columns: [
    { name: 'age', values: { type: 'number', values: Float64Array.of(31, 45.5, Number.NaN, 28) } },
    { name: 'income', values: { type: 'number', values: Float64Array.of(1, 2, 3, Number.NaN) } },
    { name: 'city', values: { type: 'string', values: ['Bonn', null, 'Ulm', ''] } },
    { name: 'member', values: { type: 'boolean', values: [true, false, null, true] } },
    {
      name: 'since',
      values: { type: 'datetime', values: Float64Array.of(0, Number.NaN, 1000, 2000) },
    },
  ],
};

const lists = Object.entries(columns).map(([name, values]) => ({
  name,
  values: Array.from<unknown>(values),
}));
const rows = Array.from({ length: 4 }, (_, row) =>
  Object.fromEntries(lists.map(({ name, values }) => [name, values[row]])),
);
const arrow = new Table({
  age: vectorFromArray(columns.age, new Float64()),
  income: vectorFromArray(Array.from(columns.income), new Float64()),
  city: vectorFromArray(columns.city, new Dictionary(new Utf8(), new Int32())),
  member: vectorFromArray(columns.member, new Bool()),
  since: vectorFromArray(columns.since, new TimestampMicrosecond()),
});
/** Objects of the shape that the two packages have, their missing values as NaN. */
const danfo = {
  columns: Object.keys(columns),
  shape: [4, 5],
  column: (name: string) => ({
    values: (lists.find((list) => list.name === name)?.values ?? []).map(
      (value) => value ?? Number.NaN,
    ),
  }),
};
const arquero = {
  columnNames: () => Object.keys(columns),
  array: (name: string) => lists.find((list) => list.name === name)?.values ?? [],
};

describe('every shape is the same dataset', () => {
  test.each<[string, Input]>([
    ['an object of arrays and typed arrays', columns],
    ['an array of row objects', rows],
    ['an apache-arrow table', arrow],
    ['a danfojs frame', danfo],
    ['an arquero table', arquero],
  ])('%s', (_, input) => {
    expect(toSource(input, 'reference')).toEqual(asSource);
  });

  test('a path, and a path with how to read it', () => {
    expect(toSource('train.csv', 'reference')).toEqual({ path: 'train.csv' });
    const source = { path: 'train.csv', reading: { delimiter: ';' } };
    expect(toSource(source, 'reference')).toEqual(source);
  });
});

describe('columns', () => {
  test('of whole numbers, also big ones', () => {
    expect(valuesOf({ a: BigInt64Array.of(1n, -2n) })).toEqual(Float64Array.of(1, -2));
    expect(valuesOf({ a: Int8Array.of(1, -2) })).toEqual(Float64Array.of(1, -2));
    expect(valuesOf({ a: [1n, 2, undefined] })).toEqual(Float64Array.of(1, 2, Number.NaN));
  });

  test('of an Arrow table: whole numbers, dates, text', () => {
    const { columns: found } = toSource(
      new Table({
        count: vectorFromArray([1n, null], new Int64()),
        day: vectorFromArray([new Date(86_400_000), null], new DateDay()),
        word: vectorFromArray(['a', null], new Utf8()),
      }),
      'reference',
    ) as MemorySource;
    expect(found.map(({ values }) => values)).toEqual([
      { type: 'number', values: Float64Array.of(1, Number.NaN) },
      { type: 'datetime', values: Float64Array.of(86_400_000, Number.NaN) },
      { type: 'string', values: ['a', null] },
    ]);
  });

  test('without any value are numbers that are missing', () => {
    expect(valuesOf({ a: [null, undefined] })).toEqual(Float64Array.of(Number.NaN, Number.NaN));
  });

  test('that only some rows have', () => {
    const { columns: found } = toSource([{ a: 1 }, { a: 2, constructor: 'x' }], '') as MemorySource;
    expect(found).toEqual([
      { name: 'a', values: { type: 'number', values: Float64Array.of(1, 2) } },
      { name: 'constructor', values: { type: 'string', values: [null, 'x'] } },
    ]);
  });

  test('called like what frames have are columns', () => {
    const named = {
      path: [1],
      schema: [1],
      getChild: [1],
      columnNames: [1],
      shape: [1],
      column: [1],
    };
    const { columns: found } = toSource(named, '') as MemorySource;
    expect(found.map(({ name }) => name)).toEqual(Object.keys(named));
  });

  test('the input stays as it is', () => {
    const values = [1, null, 3];
    toSource({ a: values }, '');
    expect(values).toEqual([1, null, 3]);
  });
});

describe('what is not understood', () => {
  test.each<[unknown, string]>([
    [{ a: [1, 'x'] }, 'column a mixes number and string; give values of one type'],
    [[{ a: true }, { a: 1 }], 'column a mixes boolean and number; give values of one type'],
    [
      { a: [{ nested: 1 }] },
      'column a holds values of type object; give numbers, strings, booleans or dates',
    ],
    [{ a: 'text' }, 'compare requires a path, an object of arrays, an array of row objects'],
    [null, 'compare requires a path'],
    [undefined, 'compare requires a path'],
    [42, 'compare requires a path'],
  ])('%j', (input, message) => {
    expect(() => toSource(input as Input, '')).toThrowError(TypeError);
    expect(() => toSource(input as Input, '')).toThrowError(message);
  });

  test('columns of different lengths', () => {
    expect(() => toSource({ a: [1, 2], b: [1] }, '')).toThrowError(
      new RangeError('compare requires columns of equal length (b has 1, the first has 2)'),
    );
  });

  test.each<[string, Input]>([
    ['no rows', []],
    ['no columns', {}],
    ['empty columns', { a: [] }],
  ])('%s', async (_, input) => {
    await expect(judged(input, { a: [1] })).rejects.toMatchObject({ code: 'file-without-rows' });
  });
});

test('dates of an Arrow table are judged as dates', async () => {
  const month = (index: number) =>
    new Table({
      time: vectorFromArray(
        Array.from({ length: 400 }, (_, i) => new Date(Date.UTC(2026, index, 1, 7 * i))),
        new TimestampMicrosecond(),
      ),
    });
  const { columns: found } = await judged(month(0), month(5));
  expect(found[0]).toMatchObject({
    kind: 'datetime',
    channels: { support: { verdict: 'skipped' } },
  });
});

test('a table read back from Arrow’s own format', () => {
  const table = tableFromIPC(tableToIPC(tableFromArrays({ a: Float64Array.of(1, 2, 3) })));
  expect(toSource(table, '')).toEqual({
    name: '',
    columns: [{ name: 'a', values: { type: 'number', values: Float64Array.of(1, 2, 3) } }],
  });
});

const danfojs = installedDanfojs();
const whyNot = danfojs ? '' : ' (skipped: danfojs-node is an optional peer and is not installed)';

test.runIf(danfojs)(`a real danfojs frame${whyNot}`, () => {
  const { DataFrame } = danfojs as { DataFrame: new (data: object) => Input };
  const frame = new DataFrame({ a: [1, 2.5, 3], b: ['x', 'y', 'z'], c: [true, false, true] });
  expect(toSource(frame, '')).toEqual({
    name: '',
    columns: [
      { name: 'a', values: { type: 'number', values: Float64Array.of(1, 2.5, 3) } },
      { name: 'b', values: { type: 'string', values: ['x', 'y', 'z'] } },
      { name: 'c', values: { type: 'boolean', values: [true, false, true] } },
    ],
  });
});

function valuesOf(input: Input): unknown {
  return (toSource(input, '') as MemorySource).columns[0]?.values.values;
}

function installedDanfojs(): unknown {
  const require = createRequire(import.meta.url);
  try {
    require.resolve('danfojs-node');
  } catch {
    return null;
  }
  return require('danfojs-node');
}
