// @vitest-environment happy-dom
import { act } from 'react';
import { expect, test, vi } from 'vitest';
import { adjust, go, useStore } from '../../renderer/store.js';
import { exampleReport, hostileNames } from './exampleReport.js';
import { listedColumns, preparePage, testIds } from './page.js';

// Charts need a real browser's layout; the end-to-end tests draw them.
vi.mock('../../renderer/charts/drawChart.js', () => ({ drawChart: () => ({ finalize() {} }) }));

const page = preparePage();

test('the overview shows sentence, counts and ranked rows', async () => {
  const report = await page.show(exampleReport(20));
  expect(testIds('headline')[0]?.textContent).toBe(report.summary.headline);
  expect(listedColumns().slice(0, 3)).toEqual(
    report.columns.slice(0, 3).map((column) => column.name),
  );
  expect(testIds('row')[0]?.dataset.verdict).toBe('drifted');
  expect(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')).toBe('21');
});

test('names from a file are text, never markup', async () => {
  const report = await page.show(exampleReport(25));
  const present = hostileNames.filter((name) => report.columns.some((c) => c.name === name));
  expect(present).toEqual(hostileNames);
  expect(listedColumns()).toEqual(expect.arrayContaining(hostileNames));
  expect(document.querySelectorAll('img, script')).toHaveLength(0);
});

test('a verdict filters, and the address says so', async () => {
  await page.show(exampleReport(20));
  await click(document.querySelector('.count[data-verdict=skipped]'));
  expect(listedColumns()).toEqual(['empty_column']);
  expect(window.location.hash).toBe('#/overview?verdict=skipped');
});

test('sorting and searching follow the address', async () => {
  await page.show(exampleReport(40), '#/overview?sort=name&descending=1&search=INPUT_00');
  const names = listedColumns();
  expect(names.length).toBeGreaterThan(5);
  expect(names).toEqual([...names].sort().reverse());
});

test('what is typed in the search reaches the address when nobody types, and before the next step', async () => {
  await page.show(exampleReport(40));
  await act(() => {
    adjust({ search: 'in' });
    adjust({ search: 'input' });
    expect(window.location.hash).not.toContain('search');
  });
  await expect.poll(() => window.location.hash).toBe('#/overview?search=input');
  const before = window.history.length;
  await act(() => {
    adjust({ search: 'input_0' });
    go({ sort: 'name' });
  });
  expect(window.location.hash).toBe('#/overview?sort=name&search=input_0');
  expect(window.history.length).toBe(before + 1);
});

test('the report’s own order can be turned round', async () => {
  const report = await page.show(exampleReport(20), '#/overview?descending=1');
  expect(listedColumns()).toEqual(report.columns.map(({ name }) => name).reverse());
});

test('by what a selection shows, without a selection, is the report’s own order', async () => {
  const report = await page.show(exampleReport(20), '#/overview?sort=selected&descending=1');
  expect(listedColumns()).toEqual(report.columns.map(({ name }) => name));
});

test('columns without an effect are last when sorted by it, either way', async () => {
  await page.show(exampleReport(20), '#/overview?sort=effect&descending=1');
  expect(listedColumns().at(-1)).toBe('empty_column');
  expect(listedColumns()[0]).toBe('income');
  await act(() =>
    useStore.setState({ route: { ...useStore.getState().route, descending: false } }),
  );
  expect(listedColumns().at(-1)).toBe('empty_column');
});

test('Enter opens a column, j goes on, Escape goes back', async () => {
  const report = await page.show(exampleReport(20));
  await press('ArrowDown', document.querySelector('[role=grid]'));
  await press('Enter', document.querySelector('[role=grid]'));
  expect(title()).toBe(report.columns[1]?.name);
  await press('j');
  expect(title()).toBe(report.columns[2]?.name);
  expect(testIds('column-view')).toHaveLength(1);
  await press('Escape');
  expect(testIds('headline')).toHaveLength(1);
});

test('every column of every kind opens', async () => {
  const report = await page.show(exampleReport(24));
  for (const column of report.columns) {
    await act(() =>
      useStore.setState({
        route: { ...useStore.getState().route, view: 'column', column: column.name },
      }),
    );
    expect(testIds('column-view')).toHaveLength(1);
    expect(document.querySelectorAll('.channel')).toHaveLength(4);
  }
});

test('an exported report opens nothing new and exports no page', async () => {
  await page.show(exampleReport(5), '#/open');
  expect(testIds('headline')).toHaveLength(1);
  expect(document.body.textContent).not.toContain('New comparison');
});

test('paper gets all rows and columns, and light colours', async () => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(500);
  await page.show(exampleReport(40));
  const columns = () => document.querySelectorAll('.app > .column').length;
  document.documentElement.setAttribute('data-mantine-color-scheme', 'dark');
  expect([listedColumns().length < 30, columns()]).toEqual([true, 0]);
  await act(() => void window.dispatchEvent(new Event('beforeprint')));
  expect([listedColumns().length, columns()]).toEqual([40, 40]);
  expect(document.documentElement.dataset.mantineColorScheme).toBe('light');
  await act(() => void window.dispatchEvent(new Event('afterprint')));
  expect([listedColumns().length < 30, columns()]).toEqual([true, 0]);
  expect(document.documentElement.dataset.mantineColorScheme).toBe('dark');
});

test('without a report there are two places for files', async () => {
  await page.render();
  expect(testIds('reference-input')).toHaveLength(1);
  expect(testIds('current-input')).toHaveLength(1);
  expect((testIds('compare')[0] as HTMLButtonElement).disabled).toBe(true);
});

function title(): string | null | undefined {
  return document.querySelector('h1 bdi')?.getAttribute('title');
}

async function click(element: Element | null): Promise<void> {
  await act(() => (element as HTMLElement).click());
}

async function press(key: string, target: EventTarget | null = window): Promise<void> {
  await act(() => {
    target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });
}
