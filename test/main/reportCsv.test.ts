import fc from 'fast-check';
import Papa from 'papaparse';
import { beforeAll, describe, expect, test } from 'vitest';
import { compare, type DriftReport } from '../../core/index.js';
import { reportCsv } from '../../main/reportCsv.js';

let plain: DriftReport;
beforeAll(async () => {
  const values = Array.from({ length: 50 }, (_, i) => (i * 7) % 11);
  plain = (await compare({ a: values }, { a: values.map((value) => -value) })).data;
});

/** The cells of the one line, after writing and reading. */
function cellsOf(name: string, reason = 'r'): Record<string, string> {
  const [finding] = plain.columns;
  if (!finding) throw new Error('a report without a column');
  const text = reportCsv({ ...plain, columns: [{ ...finding, name, reason }] });
  const { data, errors } = Papa.parse<Record<string, string>>(text, {
    header: true,
    delimiter: ',',
    skipEmptyLines: true,
  });
  expect(errors).toEqual([]);
  expect(data).toHaveLength(1);
  return data[0] as Record<string, string>;
}

describe('text that a spreadsheet would run', () => {
  test.each([
    ...[
      '=1+1',
      '  =1',
      '+cmd',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '\n=1',
      '-cmd',
      '-1+1',
      "-2+3+cmd|' /C calc'!A0",
    ],
    ...['＝1', '＋1', '＠x', '－x', '=HYPERLINK("http://x","y")'],
  ])('%j is kept from it', (name) => {
    expect(cellsOf(name).column).toBe(`'${name}`);
    expect(cellsOf('a', name).reason).toBe(`'${name}`);
  });

  test.each(['a', '-5', '-1.5', '5', 'a=b', "'x", 'größe', '', '"', 'a,b', 'a\nb', ' a '])(
    '%j stays as it is',
    (name) => {
      expect(cellsOf(name).column).toBe(name);
    },
  );
});

test('numbers stay numbers, negative ones too', () => {
  const [finding] = plain.columns;
  if (!finding?.effect) throw new Error('a column without an effect');
  const effect = { ...finding.effect, value: -0.5, interval: [-1e-7, 2] as [number, number] };
  const text = reportCsv({ ...plain, columns: [{ ...finding, effect }] });
  expect(text.split('\n')[1]).toContain(',-0.5,-1e-7,2,');
});

test('whatever a column is called, its line reads back, and no cell begins as a formula', () => {
  const hostile = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        '=',
        '+',
        '-',
        '@',
        '\t',
        '\r',
        '\n',
        '"',
        "'",
        ',',
        ';',
        ' ',
        '\u{feff}',
        '1',
      ),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 12,
  });
  fc.assert(
    fc.property(hostile, hostile, (name, reason) => {
      const cells = cellsOf(name, reason);
      for (const [cell, text] of [
        [cells.column ?? '', name],
        [cells.reason ?? '', reason],
      ] as const) {
        expect([text, `'${text}`]).toContain(cell);
        expect(cell).not.toMatch(/^\s*[=+@]/);
        expect(cell.trim() === '-' || /^\s*-\D/.test(cell)).toBe(false);
      }
    }),
    { seed: 3, numRuns: 300 },
  );
});
