import { describe, expect, test } from 'vitest';
import type { CompareOptions, Dataset } from '../../../core/contract.js';
import { pairColumns } from '../../../core/drift/pairColumns.js';
import { resolveOptions } from '../../../core/drift/resolveOptions.js';
import { messages } from '../../../core/errors.js';

function paired(reference: string[], current: string[], options: CompareOptions = {}) {
  const datasets = { reference: dataset(reference), current: dataset(current) };
  return pairColumns(datasets, resolveOptions(options, ''));
}

describe('pairing by name', () => {
  test('is in the order of the reference, wherever a column stands', () => {
    expect(paired(['a', 'b', 'c'], ['c', 'x', 'a']).columns).toEqual([
      { name: 'a', index: { reference: 0, current: 2 } },
      { name: 'c', index: { reference: 2, current: 0 } },
    ]);
  });

  test('lists what stands on one side only', () => {
    const { schema } = paired(['a', 'b', 'c'], ['c', 'x', 'a']);
    expect(schema.removed).toEqual([{ name: 'b', storageType: 'DOUBLE' }]);
    expect(schema.added).toEqual([{ name: 'x', storageType: 'DOUBLE' }]);
  });

  test('counts what is shared, asked for or not', () => {
    expect(paired(['a', 'b', 'c'], ['c', 'x', 'a'], { columns: ['a'] }).sharedCount).toBe(2);
  });
});

describe('renamed columns', () => {
  test('are compared under the name in the reference, and stand on no side alone', () => {
    const { columns, schema } = paired(['a', 'b'], ['x', 'a'], { renames: { b: 'x' } });
    expect(columns).toEqual([
      { name: 'a', index: { reference: 0, current: 1 } },
      { name: 'b', index: { reference: 1, current: 0 } },
    ]);
    expect(schema).toMatchObject({ added: [], removed: [] });
  });

  test('are not found by their own name as well', () => {
    const { columns, schema } = paired(['a', 'b'], ['a', 'b'], { renames: { a: 'b' } });
    expect(columns).toEqual([{ name: 'a', index: { reference: 0, current: 1 } }]);
    expect(schema).toMatchObject({ added: [{ name: 'a' }], removed: [{ name: 'b' }] });
  });

  test('may be swapped', () => {
    const { columns } = paired(['a', 'b'], ['a', 'b'], { renames: { a: 'b', b: 'a' } });
    expect(columns.map(({ index }) => index.current)).toEqual([1, 0]);
  });

  test('make two files comparable that share no name', () => {
    expect(paired(['a'], ['b'], { renames: { a: 'b' } }).columns).toHaveLength(1);
  });

  test.each<[Record<string, string>, RegExp]>([
    [{ nope: 'a' }, /no column is called "nope", there are "a", "b"/],
    [{ a: 'nope' }, /no column is called "nope", there are "a", "x"/],
    [{ a: 'x', b: 'x' }, /two columns would get one name/],
  ])('%j is one sentence', (renames, why) => {
    const pairing = () => paired(['a', 'b'], ['a', 'x'], { renames });
    expect(pairing).toThrowError(expect.objectContaining({ code: 'bad-option' }));
    expect(pairing).toThrowError(why);
  });
});

describe('a column that the sides are split by', () => {
  test('is not compared, and not missing either', () => {
    const { columns, schema } = paired(['a', 'p'], ['a', 'p'], { splitBy: { column: 'p' } });
    expect(columns.map(({ name }) => name)).toEqual(['a']);
    expect(schema).toMatchObject({ added: [], removed: [] });
  });

  test('may be named where columns are listed', () => {
    const options = { splitBy: { column: 'p' }, columns: ['a', 'p'] };
    expect(paired(['a', 'p'], ['a', 'p'], options).columns).toHaveLength(1);
  });
});

describe('included and excluded columns', () => {
  const names = (options: CompareOptions) =>
    paired(['a', 'b', 'c'], ['a', 'b', 'c'], options).columns.map(({ name }) => name);

  test('only those asked for, in the order of the file', () => {
    expect(names({ columns: ['c', 'a'] })).toEqual(['a', 'c']);
  });

  test('all but those excluded', () => {
    expect(names({ exclude: ['b'] })).toEqual(['a', 'c']);
  });

  test('exclusion wins', () => {
    expect(names({ columns: ['a', 'b'], exclude: ['b'] })).toEqual(['a']);
  });

  test('none left', () => {
    expect(() => names({ columns: ['a'], exclude: ['a'] })).toThrowError(
      expect.objectContaining({ code: 'no-columns-left', message: messages.noColumnsLeft() }),
    );
  });

  test.each<CompareOptions>([
    { columns: ['A'] },
    { exclude: ['A'] },
    { kinds: { A: 'text' } },
    { limits: { A: 1 } },
  ])('an unknown column in %j', (options) => {
    expect(() => names(options)).toThrowError(
      expect.objectContaining({
        code: 'unknown-column',
        message: messages.unknownColumn('A', ['a', 'b', 'c']),
      }),
    );
  });

  test('a column of one side is unknown too, for there is nothing to compare', () => {
    expect(() => paired(['a', 'b'], ['a'], { columns: ['b'] })).toThrowError(
      expect.objectContaining({ code: 'unknown-column' }),
    );
  });
});

test('no shared column', () => {
  expect(() => paired(['a'], ['b'])).toThrowError(
    expect.objectContaining({
      code: 'no-shared-columns',
      message: messages.noSharedColumns(['a'], ['b']),
    }),
  );
});

function dataset(names: string[]): Dataset {
  return {
    name: 'file.csv',
    format: 'csv',
    sizeBytes: 1,
    rowCount: 1,
    columnCount: names.length,
    rejectedRowCount: 0,
    rejectedReasons: [],
    leftOut: [],
    rejectedRows: [],
    columns: names.map((name) => ({ name, storageType: 'DOUBLE' })),
    dialect: null,
  };
}
