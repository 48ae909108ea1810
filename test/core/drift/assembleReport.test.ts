import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../../core/contract.js';
import { assembleReport, type ReportParts } from '../../../core/drift/assembleReport.js';
import { resolveOptions } from '../../../core/drift/resolveOptions.js';

describe('what stands at the top of a report', () => {
  test.each<[string, Partial<ReportParts>, string[]]>([
    ['nothing', {}, []],
    [
      'the same file',
      { isSameFile: true },
      ['Reference and current are the same file, so nothing can differ.'],
    ],
    [
      'rows that were not read',
      {
        datasets: {
          reference: dataset({ rowCount: 900, rejectedRowCount: 1 }),
          current: dataset({ rowCount: 1200, rejectedRowCount: 34 }),
        },
      },
      [
        '1 row of the reference file could not be read and is in no number below (900 rows were read).',
        '34 rows of the current file could not be read and are in no number below (1 200 rows were read).',
      ],
    ],
    [
      'why they were not read',
      {
        datasets: {
          reference: dataset({}),
          current: dataset({
            rejectedRowCount: 1_050,
            rejectedReasons: [
              { reason: 'too long', rowCount: 1_000 },
              { reason: 'expected 3 values, found 2', rowCount: 40 },
              { reason: 'not valid UTF-8', rowCount: 6 },
              { reason: 'a quote', rowCount: 4 },
            ],
          }),
        },
      },
      [
        '1 050 rows of the current file could not be read and are in no number below (100 rows were read): 1 000 for "too long", 40 for "expected 3 values, found 2", 6 for "not valid UTF-8" and others.',
      ],
    ],
    [
      'rows that are left out',
      {
        datasets: {
          reference: dataset({
            rowCount: 500,
            leftOut: [
              { why: 'condition', rowCount: 1_200 },
              { why: 'sample', rowCount: 8_300 },
            ],
          }),
          current: dataset({ rowCount: 99, leftOut: [{ why: 'condition', rowCount: 1 }] }),
        },
        conditions: { reference: 'age >= 18', current: "x = 'a\nb'" },
        options: resolveOptions({ sample: 500, seed: 7 }, ''),
      },
      [
        '1 200 of 10 000 rows of the reference file are left out: "age >= 18" is not true for them.',
        'Of 8 800 rows of the reference file a sample of 500 is compared (seed 7).',
        '1 of 100 rows of the current file is left out: "x = \'a\u{fffd}b\'" is not true for it.',
      ],
    ],
    [
      'a condition that all rows meet',
      { conditions: { reference: null, current: 'true' } },
      ['0 of 100 rows of the current file are left out: "true" is not true for them.'],
    ],
    [
      'one file that is split',
      {
        datasets: {
          reference: dataset({ rejectedRowCount: 2, leftOut: [{ why: 'split', rowCount: 1_500 }] }),
          current: dataset({ rejectedRowCount: 2, leftOut: [{ why: 'split', rowCount: 1_500 }] }),
        },
        options: resolveOptions({ splitBy: { column: 'period' } }, ''),
        sameFirstRowCount: 200,
      },
      [
        'Both sides are parts of one file, split by "period", which is not compared itself.',
        '1 500 rows without a value in "period" are on neither side.',
        '2 rows of the file could not be read and are in no number below.',
      ],
    ],
    [
      'renamed columns',
      { options: resolveOptions({ renames: { a: 'b', c: 'd' } }, '') },
      ['Compared under the name in the reference: "a" (now "b"), "c" (now "d").'],
    ],
    [
      'files that begin alike',
      { sameFirstRowCount: 200 },
      ['The first 200 rows are the same on both sides, so one may hold the other.'],
    ],
    [
      'files that share few columns',
      {
        datasets: {
          reference: dataset({ columnCount: 14 }),
          current: dataset({ columnCount: 12 }),
        },
        sharedCount: 5,
      },
      [
        'Only 5 columns of 14 in the reference and 12 in the current side are shared, so they may not belong together.',
      ],
    ],
    [
      'files that share half',
      {
        datasets: {
          reference: dataset({ columnCount: 14 }),
          current: dataset({ columnCount: 12 }),
        },
        sharedCount: 6,
      },
      [],
    ],
    [
      'few rows',
      { datasets: { reference: dataset({ rowCount: 1000 }), current: dataset({ rowCount: 29 }) } },
      ['With 1 000 and 29 rows only very large changes can be told from chance.'],
    ],
  ])('%s', (_, parts, expected) => {
    const { notes } = assembleReport({ ...plainParts(), ...parts });
    expect(notes.map((note) => note.replace(/\s/g, ' '))).toEqual(expected);
  });
});

test('what is given stands in the report', () => {
  const parts = plainParts();
  expect(assembleReport(parts)).toMatchObject({
    schemaVersion: 1,
    tool: { name: 'driftglass', version: '1.2.3' },
    createdAt: '2026-01-05T00:00:00.000Z',
    options: parts.options,
    reference: parts.datasets.reference,
    current: parts.datasets.current,
    schema: { added: [], removed: [], retyped: [], renamed: [] },
    columns: [],
    baseline: null,
    profile: null,
  });
});

function plainParts(): ReportParts {
  return {
    version: '1.2.3',
    createdAt: '2026-01-05T00:00:00.000Z',
    options: resolveOptions({}, ''),
    datasets: { reference: dataset({}), current: dataset({}) },
    isSameFile: false,
    sameFirstRowCount: 0,
    conditions: { reference: null, current: null },
    sharedCount: 1,
    schema: { added: [], removed: [], retyped: [], renamed: [] },
    columns: [],
    baseline: null,
  };
}

function dataset(parts: Partial<Dataset>): Dataset {
  return {
    name: 'file.csv',
    format: 'csv',
    sizeBytes: 1,
    rowCount: 100,
    columnCount: 0,
    rejectedRowCount: 0,
    rejectedReasons: [],
    leftOut: [],
    rejectedRows: [],
    columns: [],
    dialect: null,
    ...parts,
  };
}
