// @vitest-environment happy-dom
import { act } from 'react';
import { expect, test, vi } from 'vitest';
import type { DriftReport, RowSample } from '../../core/contract.js';
import { useStore } from '../../renderer/store.js';
import { exampleReport, hostileNames } from './exampleReport.js';
import { preparePage, setValue, testId, testIds } from './page.js';

vi.mock('../../renderer/charts/drawChart.js', () => ({ drawChart: () => ({ finalize() {} }) }));

const page = preparePage();
const sources = { reference: { path: '/a.csv' }, current: { path: '/b.csv' } };

/** Rows in the order of their draw, with every hostile name as a value. */
function sampleOf(report: DriftReport, side: 'reference' | 'current', count: number): RowSample {
  const { columns, rowCount } = report[side];
  const rows = Array.from({ length: count }, (_, i) => ({
    rowNumber: ((i * 37) % count) * 11 + 1,
    values: columns.map((_, column) =>
      column === 0 ? null : (hostileNames[(i + column) % hostileNames.length] ?? '').slice(0, 200),
    ),
    ...(i === 0 && { cut: [1] }),
  }));
  return { rowCount, rows };
}

function withRows(count: number): DriftReport {
  const plain = exampleReport(12);
  const columns = ['id', 'who', '<b>n</b>'].map((name) => ({ name, storageType: 'VARCHAR' }));
  const report = {
    ...plain,
    reference: { ...plain.reference, columns },
    current: { ...plain.current, columns },
  };
  return {
    ...report,
    sampleRows: {
      reference: sampleOf(report, 'reference', count),
      current: sampleOf(report, 'current', count),
    },
  };
}

test('a report says that it has rows, and shows them in the order of the file', async () => {
  await page.show(withRows(120));
  expect(testId('sample-rows-line')?.textContent).toContain('120 of the reference and 120 of');
  await click(testId('show-sample-rows'));
  const table = testId('reference-sample-rows');
  const numbers = () =>
    [...(table?.querySelectorAll('tbody th') ?? [])].map((th) => th.textContent);
  expect(numbers().slice(0, 3)).toEqual(['1', '12', '23']);
  expect(numbers()).toHaveLength(50);
  const next = document.querySelector('[aria-label="Next rows, reference"]');
  await click(next);
  await click(next);
  expect(numbers()).toHaveLength(20);
  expect((next as HTMLButtonElement).disabled).toBe(true);
  expect(testId('current-sample-rows')?.querySelectorAll('tbody tr')).toHaveLength(50);
  expect(testId('sample-rows')?.querySelectorAll('td.preview-missing').length).toBe(70);
  expect(document.querySelectorAll('dialog img, dialog script')).toHaveLength(0);
});

test('a cut value says so', async () => {
  await page.show(withRows(5), '#/quality');
  await click(testId('open-sample-rows'));
  const cut = testIds('reference-sample-rows')[0]?.querySelector('[data-cut]');
  expect(cut?.textContent).toMatch(/…$/);
  expect(cut?.getAttribute('title')).toMatch(/… \(the first 200 characters\)$/);
});

test('without rows an exported report has no place for them', async () => {
  await page.show(exampleReport(5), '#/quality');
  expect(testId('open-sample-rows')).toBeNull();
  await click(testId('export'));
  expect(testId('export-rows')).toBeNull();
});

test('an exported report hands its rows on only where that is asked', async () => {
  await page.show(withRows(5));
  const saved: string[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    void (blob as Blob).text().then((text) => saved.push(text));
    return 'blob:x';
  });
  await click(testId('export'));
  await click(testId('export-json'));
  await vi.waitFor(() => expect(saved).toHaveLength(1));
  expect(JSON.parse(saved[0] ?? '').sampleRows).toBeUndefined();
  await click(testId('export'));
  await tick('export-rows');
  await setValue(document.querySelector<HTMLInputElement>('input[name=rowCount]'), '2');
  await click(testId('export-json'));
  await vi.waitFor(() => expect(saved).toHaveLength(2));
  expect(JSON.parse(saved[1] ?? '').sampleRows.current.rows).toHaveLength(2);
});

test('in the app the sheet offers rows, off, and masking and rows turn each other off', async () => {
  const asked: { choice: object }[] = [];
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: string }) => {
    asked.push(JSON.parse(body));
    return Response.json({ sizeBytes: 1000 });
  });
  await page.show(exampleReport(5));
  await act(() => useStore.setState({ mode: 'app', sources, reportId: 'r1' }));
  await click(testId('export'));
  const box = (id: string) => testId(id) as HTMLInputElement;
  expect([box('export-rows').checked, testId('export-apart')]).toEqual([false, null]);
  await tick('export-rows');
  expect(testId('export-inside')?.textContent).toContain('up to 20 rows of each side');
  await tick('export-private');
  expect(box('export-rows').checked).toBe(false);
  expect(testId('export-apart')?.textContent).toContain('Sample rows were turned off');
  await tick('export-rows');
  expect(box('export-private').checked).toBe(false);
  expect(testId('export-apart')?.textContent).toContain('Masking was turned off');
  await vi.waitFor(() =>
    expect(asked.at(-1)?.choice).toMatchObject({ sampleRows: 20, sections: expect.any(Array) }),
  );
  expect(asked.at(-1)?.choice).not.toHaveProperty('maskBelow');
});

test('a report that is opened without its data and rows has none to give', async () => {
  await page.show(exampleReport(5));
  await act(() => useStore.setState({ mode: 'app', sources: null, reportId: 'r1' }));
  await click(testId('export'));
  expect((testId('export-rows') as HTMLInputElement).disabled).toBe(true);
  expect(document.body.textContent).toContain('the data are not at hand');
});

test('in the app rows are read when they are looked at, and a refusal is shown', async () => {
  const report = exampleReport(5);
  let answer = () => Response.json({ code: 'bad-option', message: 'No.' }, { status: 400 });
  vi.stubGlobal('fetch', async () => answer());
  await page.show(report, '#/quality');
  await act(() => useStore.setState({ mode: 'app', sources, reportId: 'r1' }));
  await click(testId('open-sample-rows'));
  expect(testId('sample-rows')?.querySelector('[role=alert]')?.textContent).toBe('No.');
  await act(() => testId('sample-rows')?.dispatchEvent(new Event('close')));
  const { sampleRows } = withRows(5);
  answer = () => Response.json(sampleRows);
  await click(testId('open-sample-rows'));
  expect(testId('current-sample-rows')?.querySelectorAll('tbody tr')).toHaveLength(5);
});

async function click(element: Element | null | undefined): Promise<void> {
  if (element == null) throw new Error('nothing to click');
  await act(async () => (element as HTMLElement).click());
}

function tick(id: string): Promise<void> {
  return click(testId(id));
}
