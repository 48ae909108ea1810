// @vitest-environment happy-dom
import { act } from 'react';
import { expect, test, vi } from 'vitest';
import type { DriftReport } from '../../core/contract.js';
import { channelChanges } from '../../renderer/channelChanges.js';
import { chosenRows, qualityRows } from '../../renderer/qualityRows.js';
import { exampleReport } from './exampleReport.js';
import { listedColumns, preparePage, testIds } from './page.js';

vi.mock('../../renderer/charts/drawChart.js', () => ({ drawChart: () => ({ finalize() {} }) }));

const page = preparePage();

/** With the datasets' columns, one of them on each side only. */
function withColumns(columnCount: number): DriftReport {
  const report = exampleReport(columnCount);
  const shared = report.columns.map(({ name }) => ({ name, storageType: 'DOUBLE' }));
  const branch = { name: 'branch', storageType: 'VARCHAR' };
  const campaign = { name: 'campaign_id', storageType: 'VARCHAR' };
  return {
    ...report,
    reference: { ...report.reference, columns: [branch, ...shared] },
    current: { ...report.current, columns: [...shared, campaign] },
    groups: [{ by: 'factor', columns: ['income', 'age'], statement: 'About 1 000 times smaller.' }],
    quality: {
      reference: { duplicateRowCount: null, sameColumns: [] },
      current: { duplicateRowCount: 48, sameColumns: [['income', 'debt_ratio']] },
    },
  };
}

const nothing = { traits: [], search: '' };

test('every column of either side has one row, the reference first', () => {
  const report = withColumns(20);
  const rows = qualityRows(report);
  expect(rows).toHaveLength(22);
  expect(rows[0]).toMatchObject({ name: 'branch', types: { current: null }, finding: null });
  expect(rows.at(-1)).toMatchObject({ name: 'campaign_id', types: { reference: null } });
  expect(rows.find(({ name }) => name === 'debt_ratio')?.remarks).toContainEqual({
    text: 'same values in the current as',
    names: ['income'],
  });
});

test('an accepted rename is one row', () => {
  const report = withColumns(20);
  report.options.renames = { branch: 'campaign_id' };
  const names = qualityRows(report).map(({ name }) => name);
  expect(names).toHaveLength(21);
  expect(names).not.toContain('campaign_id');
});

test('traits add up, search narrows, sizes sort from the largest', () => {
  const rows = qualityRows(withColumns(20));
  const names = (chosen: Parameters<typeof chosenRows>[1]) =>
    chosenRows(rows, chosen, 'position').map(({ name }) => name);
  expect(names({ ...nothing, traits: ['one-sided'] })).toEqual(['branch', 'campaign_id']);
  expect(names({ ...nothing, traits: ['one-sided', 'retyped'] })).toContain('postcode');
  expect(names({ traits: ['one-sided'], search: 'CAMP' })).toEqual(['campaign_id']);
  const change = ({ finding }: (typeof rows)[number]) =>
    finding === null ? -1 : Math.abs(share(finding.current) - share(finding.reference));
  const changes = chosenRows(rows, nothing, 'missing').map(change);
  expect(changes).toEqual([...changes].sort((a, b) => b - a));
});

test('the digits lead from view to view, and a closed column back to where it was opened', async () => {
  await page.show(withColumns(20));
  await press('2');
  expect(testIds('quality-view')).toHaveLength(1);
  expect(window.location.hash).toBe('#/quality');
  expect(document.body.textContent).toContain('48 of them');
  await act(() => testIds('quality-row')[1]?.click());
  expect(testIds('column-view')).toHaveLength(1);
  await press('Escape');
  expect(testIds('quality-view')).toHaveLength(1);
  await press('1');
  expect(testIds('headline')).toHaveLength(1);
});

test('of a thousand columns only those in sight exist', async () => {
  await page.show(withColumns(1_000), '#/quality');
  expect(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')).toBe('1003');
  expect(testIds('quality-row').length).toBeLessThan(100);
});

test('rows that could not be read are shown as they stand', async () => {
  await page.show(withColumns(5), '#/quality');
  await act(() => testIds('current-rejected')[0]?.click());
  expect(testIds('rejected-rows')).toHaveLength(1);
  expect(document.querySelectorAll('.rejected tbody tr')).toHaveLength(3);
});

test('what changed lists the channels, and narrows the list to one', async () => {
  const report = await page.show(withColumns(20));
  const expected = channelChanges(report.columns).find(({ channel }) => channel === 'missing');
  expect(expected?.columns.length).toBeGreaterThan(0);
  await act(() => testIds('change-missing')[0]?.click());
  expect(listedColumns().sort()).toEqual(expected?.columns.map(({ name }) => name).sort());
  expect(window.location.hash).toBe('#/overview?channel=missing');
  await act(() => testIds('change-missing')[0]?.click());
  expect(listedColumns().length).toBeGreaterThan(expected?.columns.length ?? 0);
});

test('a group narrows the list to its columns', async () => {
  await page.show(withColumns(20));
  await act(() => document.querySelector<HTMLElement>('[data-testid=groups] button')?.click());
  expect(listedColumns().sort()).toEqual(['age', 'income']);
});

function share({ count, missingCount }: { count: number; missingCount: number }): number {
  return missingCount / Math.max(1, count + missingCount);
}

async function press(key: string): Promise<void> {
  await act(() => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  });
}
