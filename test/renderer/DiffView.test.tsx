// @vitest-environment happy-dom
import { act } from 'react';
import { expect, test } from 'vitest';
import type { DriftReport } from '../../core/contract.js';
import { diffReports } from '../../core/diffReports.js';
import { compareWithEarlier } from '../../renderer/diffing.js';
import { useStore } from '../../renderer/store.js';
import { exampleReport, hostileNames } from './exampleReport.js';
import { preparePage } from './page.js';

const page = preparePage();

/** Nothing drifted in it, and it was judged by another limit. */
function calm(report: DriftReport): DriftReport {
  const copy = structuredClone(report);
  copy.createdAt = '2026-11-13T09:30:00.000Z';
  copy.options.bins = 20;
  for (const column of copy.columns) {
    column.verdict = 'stable';
    for (const channel of Object.values(column.channels)) channel.verdict = 'stable';
  }
  return copy;
}

const rows = () =>
  [...document.querySelectorAll<HTMLElement>('[data-testid=change]')].map(
    (row) => row.dataset.column,
  );
const press = (words: string) =>
  act(async () =>
    [...document.querySelectorAll('button')]
      .find((button) => button.textContent?.includes(words))
      ?.click(),
  );

test('a page of a diff shows what changed, options first, and all of it on request', async () => {
  const report = exampleReport(25);
  const diff = diffReports(calm(report), report);
  useStore.setState({ mode: 'report', diff });
  await page.render();
  expect(document.querySelector('h1')?.textContent).toBe(diff.headline);
  expect(document.querySelector('[data-testid=option-changes]')?.textContent).toContain(
    'bins 20 → 10',
  );
  const changed = diff.columns.filter(({ change }) => change !== 'unchanged');
  expect(rows()).toEqual(changed.map(({ name }) => name));
  await press('unchanged');
  expect(rows()).toHaveLength(25 - changed.length);
  await press('newly drifted');
  expect(rows()).toEqual(
    diff.columns
      .filter(({ change }) => change === 'unchanged' || change === 'new')
      .map(({ name }) => name),
  );
  expect(rows()).toEqual(expect.arrayContaining(hostileNames.slice(0, 1)));
  expect(document.querySelectorAll('img, script')).toHaveLength(0);
});

test('every effect then and now is a sentence for whoever cannot see it', async () => {
  const report = exampleReport(12);
  useStore.setState({ diff: diffReports(calm(report), report) });
  await page.render();
  const labels = [...document.querySelectorAll('svg[role=img]')].map((svg) =>
    svg.getAttribute('aria-label'),
  );
  expect(labels.length).toBeGreaterThan(3);
  for (const label of labels)
    expect(label).toMatch(/^Effect earlier .* 95 % interval .*, now .*; limit /);
});

test('an earlier report from a file is held against the one that is shown', async () => {
  const report = exampleReport(12);
  useStore.setState({ report });
  await page.render();
  const file = new File([JSON.stringify(calm(report))], 'last-week.json');
  await act(() => compareWithEarlier(file));
  expect(window.location.hash).toBe('#/diff');
  expect(rows().length).toBeGreaterThan(0);
  const [first] = rows();
  await act(async () =>
    document.querySelector<HTMLButtonElement>('[data-testid=change] button')?.click(),
  );
  expect(document.querySelector('[data-testid=column-view] h1')?.textContent).toBe(first);
});

test('a later report given as the earlier one is said to be that, and the two can be swapped', async () => {
  const report = exampleReport(12);
  const later = { ...calm(report), createdAt: '2026-12-24T09:30:00.000Z' };
  useStore.setState({ report });
  await page.render();
  await act(() => compareWithEarlier(new File([JSON.stringify(later)], 'newer.json')));
  const text = () => document.querySelector('[data-testid=diff-view]')?.textContent ?? '';
  const headline = () => document.querySelector('h1')?.textContent;
  expect(text()).toContain('was made after the other');
  expect(headline()).toBe(diffReports(later, report).headline);
  await press('Swap them');
  expect(headline()).toBe(diffReports(report, later).headline);
  expect(text()).not.toContain('was made after the other');
  expect(text()).toContain('The report that was open is the earlier one');
  await press('Swap back');
  expect(headline()).toBe(diffReports(later, report).headline);
});

test('reports in order, and a page of a diff, offer no swap', async () => {
  const report = exampleReport(12);
  useStore.setState({ report });
  await page.render();
  await act(() => compareWithEarlier(new File([JSON.stringify(calm(report))], 'older.json')));
  expect(document.querySelector('[data-testid=swap-reports]')).toBeNull();
  const later = { ...calm(report), createdAt: '2026-12-24T09:30:00.000Z' };
  await act(() => useStore.setState({ diff: diffReports(later, report), diffed: null }));
  expect(document.body.textContent).toContain('was made after the other');
  expect(document.querySelector('[data-testid=swap-reports]')).toBeNull();
});

test('a file that holds no report is said to be none', async () => {
  useStore.setState({ report: exampleReport(3) });
  await page.render();
  await act(() => compareWithEarlier(new File(['a,b\n1,2\n'], 'data.csv')));
  expect(document.querySelector('[data-testid=error]')?.textContent).toContain(
    '"data.csv" holds no report',
  );
});
