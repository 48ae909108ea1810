import { expect, test } from 'vitest';
import { summaryTable } from '../../main/summaryTable.js';
import { counted } from '../../main/terminalText.js';
import { exampleReport } from '../renderer/exampleReport.js';

test('one is one, and thousands stand apart', () => {
  expect(counted(1, 'row')).toBe('1 row');
  expect(counted(0, 'row')).toBe('0 rows');
  expect(counted(20000, 'row')).toBe('20 000 rows');
});

test('a file of one row has one row', () => {
  const report = exampleReport(3);
  const one = { ...report, current: { ...report.current, rowCount: 1 } };
  expect(summaryTable(one, null)).toContain('(1 row)');
  expect(summaryTable(one, null)).not.toContain('1 rows');
});
