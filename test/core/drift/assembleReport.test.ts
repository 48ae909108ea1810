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
