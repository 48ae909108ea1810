// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DriftReport } from '../../core/contract.js';
import { App } from '../../renderer/App.js';
import { followHash, useStore } from '../../renderer/store.js';
import { exampleReport, hostileNames } from './exampleReport.js';

// Charts need a real browser's layout; the end-to-end tests draw them.
vi.mock('../../renderer/charts/drawChart.js', () => ({ drawChart: () => ({ finalize() {} }) }));

const start = useStore.getState();
let root: Root;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  // The list asks for its height, which only a layout would know.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(4_000);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1_280);
  const container = document.createElement('div');
  document.body.append(container);
  root = createRoot(container);
});

afterEach(async () => {
  await act(() => root.unmount());
  document.body.replaceChildren();
  useStore.setState(start, true);
  window.location.hash = '';
  vi.restoreAllMocks();
});

test('the overview shows sentence, counts and ranked rows', async () => {
  const report = await show(exampleReport(20));
  expect(testId('headline')[0]?.textContent).toBe(report.summary.headline);
  expect(rows().slice(0, 3)).toEqual(report.columns.slice(0, 3).map((column) => column.name));
  expect(testId('row')[0]?.dataset.verdict).toBe('drifted');
  expect(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')).toBe('21');
});

test('names from a file are text, never markup', async () => {
  const report = await show(exampleReport(25));
  const present = hostileNames.filter((name) => report.columns.some((c) => c.name === name));
  expect(present).toEqual(hostileNames);
  expect(rows()).toEqual(expect.arrayContaining(hostileNames));
  expect(document.querySelectorAll('img, script')).toHaveLength(0);
});

test('a verdict filters, and the address says so', async () => {
  await show(exampleReport(20));
  await click(document.querySelector('.count[data-verdict=skipped]'));
  expect(rows()).toEqual(['empty_column']);
  expect(window.location.hash).toBe('#/overview?verdict=skipped');
});

test('sorting and searching follow the address', async () => {
  await show(exampleReport(40), '#/overview?sort=name&descending=1&search=INPUT_00');
  const names = rows();
  expect(names.length).toBeGreaterThan(5);
  expect(names).toEqual([...names].sort().reverse());
});

test('columns without an effect are last when sorted by it, either way', async () => {
  await show(exampleReport(20), '#/overview?sort=effect&descending=1');
  expect(rows().at(-1)).toBe('empty_column');
  expect(rows()[0]).toBe('income');
  await act(() =>
    useStore.setState({ route: { ...useStore.getState().route, descending: false } }),
  );
  expect(rows().at(-1)).toBe('empty_column');
});

test('Enter opens a column, j goes on, Escape goes back', async () => {
  const report = await show(exampleReport(20));
  await press('ArrowDown', document.querySelector('[role=grid]'));
  await press('Enter', document.querySelector('[role=grid]'));
  expect(title()).toBe(report.columns[1]?.name);
  await press('j');
  expect(title()).toBe(report.columns[2]?.name);
  expect(testId('column-view')).toHaveLength(1);
  await press('Escape');
  expect(testId('headline')).toHaveLength(1);
});

test('every column of every kind opens', async () => {
  const report = await show(exampleReport(24));
  for (const column of report.columns) {
    await act(() =>
      useStore.setState({
        route: { ...useStore.getState().route, view: 'column', column: column.name },
      }),
    );
    expect(testId('column-view')).toHaveLength(1);
    expect(document.querySelectorAll('.channel')).toHaveLength(4);
  }
});

test('an exported report opens nothing new and exports no page', async () => {
  await show(exampleReport(5), '#/open');
  expect(testId('headline')).toHaveLength(1);
  expect(document.body.textContent).not.toContain('New comparison');
});

test('paper gets all rows and columns, and light colours', async () => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(500);
  await show(exampleReport(40));
  const columns = () => document.querySelectorAll('.app > .column').length;
  document.documentElement.setAttribute('data-mantine-color-scheme', 'dark');
  expect([rows().length < 30, columns()]).toEqual([true, 0]);
  await act(() => void window.dispatchEvent(new Event('beforeprint')));
  expect([rows().length, columns()]).toEqual([40, 40]);
  expect(document.documentElement.dataset.mantineColorScheme).toBe('light');
  await act(() => void window.dispatchEvent(new Event('afterprint')));
  expect([rows().length < 30, columns()]).toEqual([true, 0]);
  expect(document.documentElement.dataset.mantineColorScheme).toBe('dark');
});

test('without a report there are two places for files', async () => {
  await act(() => root.render(<App />));
  expect(testId('reference-input')).toHaveLength(1);
  expect(testId('current-input')).toHaveLength(1);
  expect((testId('compare')[0] as HTMLButtonElement).disabled).toBe(true);
});

async function show(report: DriftReport, hash = ''): Promise<DriftReport> {
  window.location.hash = hash;
  useStore.setState({ mode: 'report', report });
  followHash();
  await act(() => root.render(<App />));
  return report;
}

function testId(id: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`)];
}

function rows(): string[] {
  return testId('row').map((row) => row.dataset.column ?? '');
}

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
