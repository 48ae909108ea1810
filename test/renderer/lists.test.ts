import { expect, test } from 'vitest';
import type { Finding } from '../../core/contract.js';
import { exportName } from '../../renderer/exporting.js';
import { statisticLines } from '../../renderer/statisticLines.js';
import { topLevels } from '../../renderer/topLevels.js';
import { exampleReport } from './exampleReport.js';

const report = exampleReport(20);

test('statistics of a numeric column stand in one order, with differences', () => {
  const lines = statisticLines(column('income'));
  expect(lines.map((line) => line.label).slice(0, 8)).toEqual([
    'Values',
    'Missing',
    'Distinct',
    'Infinite',
    'Not numbers',
    'Mean',
    'Standard deviation',
    'Smallest',
  ]);
  expect(lines.find((line) => line.label === 'Standard deviation')?.difference).toBe('+1');
  expect(lines.at(-1)?.label).toBe('Largest');
});

test('between numbers of different signs there is no share', () => {
  const finding = structuredClone(column('income'));
  finding.reference = { ...finding.reference, min: -14 };
  finding.current = { ...finding.current, min: 12.5 };
  const line = statisticLines(finding).find(({ label }) => label === 'Smallest');
  expect([line?.difference, line?.relative]).toEqual(['+26.5', '']);
});

test('times differ by a span', () => {
  const median = statisticLines(column('signed_at')).find((line) => line.label === 'Median');
  expect(median).toEqual({
    key: 'quantile:0.5',
    label: 'Median',
    reference: '2026-05-31 00:00',
    current: '2026-07-30 00:00',
    difference: '+60\u202fd',
    relative: '',
  });
});

test('what no side has is left out', () => {
  const labels = statisticLines(column('empty_column')).map((line) => line.label);
  expect(labels).toEqual(['Values', 'Missing', 'Distinct']);
});

test('top values of two lists are joined; a value on one list only has no count on the other', () => {
  const finding = column('customer_id');
  const joined = topLevels({
    ...finding,
    charts: {},
    reference: { ...finding.reference, top: [{ value: 'a', count: 3 }] },
    current: {
      ...finding.current,
      top: [
        { value: 'b', count: 2 },
        { value: 'a', count: 1 },
      ],
    },
  });
  expect(joined).toEqual([
    { value: 'a', referenceCount: 3, currentCount: 1 },
    { value: 'b', referenceCount: null, currentCount: 2 },
  ]);
});

test('export names are plain, whatever the files are called', () => {
  expect(exportName('train.csv.gz', 'serve 2026/10.parquet', 'html')).toBe(
    'drift-train-serve-2026-10.html',
  );
  expect(exportName('../..', '<>', 'json')).toBe('drift-reference-current.json');
});

function column(name: string): Finding {
  const finding = report.columns.find((candidate) => candidate.name === name);
  if (finding === undefined) throw new Error(`the example has no ${name}`);
  return finding;
}
