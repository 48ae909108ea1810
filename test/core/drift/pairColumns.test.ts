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
    expect(schema.renamed).toEqual([]);
  });

  test.each([
    ['annualIncome', 'annual_income'],
    ['Annual Income', 'annual-income'],
    ['GRÖSSE', 'größe'.replace('ß', 'ss')],
  ])('suggests that %s is now %s', (from, to) => {
    const why = 'the same name but for case and punctuation';
    expect(paired(['id', from], ['id', to]).schema.renamed).toEqual([{ from, to, why }]);
  });

  test.each([
    ['income', 'age'],
    ['?', '!'],
  ])('does not suggest that %s is now %s', (from, to) => {
    expect(paired(['id', from], ['id', to]).schema.renamed).toEqual([]);
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
