// @vitest-environment happy-dom
import { act } from 'react';
import { beforeEach, expect, test, vi } from 'vitest';
import type { DriftReport } from '../../core/contract.js';
import { useStore } from '../../renderer/store.js';
import { examplePreview, exampleReport, rejectedRows } from './exampleReport.js';
import {
  change,
  click,
  preparePage,
  type Server,
  select,
  setValue,
  stubServer,
  testId,
  type,
  wait,
} from './page.js';

vi.mock('../../renderer/charts/drawChart.js', () => ({ drawChart: () => ({ finalize() {} }) }));

const page = preparePage();
const sources = { reference: { path: '/a.csv' }, current: { path: '/b.csv' } };
let server: Server;

beforeEach(() => {
  vi.useFakeTimers();
  server = stubServer();
});

test('a chosen file says what was found out about it, and what was not read', async () => {
  await showOpen();
  expect(testId('detected')?.textContent).toBe(
    'CSV · semicolon · decimal comma · 3 columns1 row not read so far',
  );
});

test('the dialog shows names, kinds, rows, raw lines and rejected rows, all as text', async () => {
  await showOpen();
  await openDialog();
  const dialog = testId('import');
  const texts = (selector: string) =>
    [...(dialog?.querySelectorAll(selector) ?? [])].map((element) => element.textContent);
  expect(
    [...(dialog?.querySelectorAll<HTMLInputElement>('input.preview-name') ?? [])].map(
      ({ value }) => value,
    ),
  ).toEqual(['kunde', 'betrag', 'datum']);
  expect(texts('.preview-kind option:first-child')).toEqual(['numeric', 'numeric', 'datetime']);
  expect(texts('tbody tr:nth-child(2) td').slice(0, 3)).toEqual(['2', 'missing', '2026-04-04']);
  expect(texts('[data-testid=raw-lines] li')[2]).toBe('2;⟨U+0007⟩;⟨U+202E⟩<b>');
  expect(texts('.rejected-text')[0]).toContain('<b>quote</b>,⟨U+0007⟩⟨U+202E⟩');
  expect(dialog?.querySelectorAll('b')).toHaveLength(0);
  expect(texts('select[name=delimiter] option:first-child')).toEqual(['auto: semicolon ;']);
});

test('choices are asked for once they have settled; an answer that is out of date is not shown', async () => {
  await showOpen();
  await openDialog();
  const before = server.asked.length;
  await select('delimiter', '0');
  await select('decimal', '1');
  await wait(300);
  expect(server.asked.slice(before)).toEqual([
    { path: '/a.csv', reading: { delimiter: ',', decimal: ',' } },
  ]);
  server.hold = true;
  await type('where', 'kunde > 1');
  await wait(300);
  const held = server.signals.at(-1);
  server.hold = false;
  server.next = { ...examplePreview, rows: [['9', '9', '9']] };
  await type('where', 'kunde > 2');
  expect(held?.aborted).toBe(true);
  await wait(300);
  server.release({ ...examplePreview, rows: [['out of date', null, null]] });
  await wait(0);
  expect(testId('preview-table')?.textContent).toContain('9');
  expect(testId('preview-table')?.textContent).not.toContain('out of date');
  expect(testId('import-options')?.textContent).toBe(
    "--reference-delimiter , --reference-decimal , --reference-where 'kunde > 2'",
  );
});

test('a refusal stands in place while the last preview stays, and goes with the next choice', async () => {
  await showOpen();
  await openDialog();
  server.error = 'The delimiter must be one character.';
  await select('delimiter', '1');
  await wait(300);
  expect(testId('preview-error')?.textContent).toBe('The delimiter must be one character.');
  expect(testId('preview-table')).not.toBeNull();
  server.error = null;
  await select('delimiter', 'detect');
  await wait(300);
  expect(testId('preview-error')).toBeNull();
});

test('names and kinds can be changed, and all is detected again', async () => {
  await showOpen();
  await openDialog();
  const kind = testId('preview-table')?.querySelectorAll('select')[1];
  await change(kind, 'categorical');
  const name = testId('preview-table')?.querySelectorAll('input')[1];
  if (name == null) throw new Error('no name can be changed');
  await act(() => void name.dispatchEvent(new FocusEvent('focusin', { bubbles: true })));
  name.value = 'amount';
  await act(() => void name.dispatchEvent(new FocusEvent('focusout', { bubbles: true })));
  await wait(300);
  expect(testId('import-options')?.textContent).toBe(
    '--reference-names kunde,amount,datum --kind amount=categorical',
  );
  await click(testId('detect-again'));
  await wait(300);
  expect(server.asked.at(-1)).toEqual({ path: '/a.csv' });
  expect(testId('import-options')).toBeNull();
});

test('a name that is looked at and left changes nothing', async () => {
  const [first, ...others] = examplePreview.columns;
  if (first === undefined) throw new Error('the example has columns');
  const columns = [{ ...first, name: ' line\nbreak ' }, ...others];
  server.next = { ...examplePreview, columns };
  await showOpen();
  await openDialog();
  const name = testId('preview-table')?.querySelector('input');
  await act(() => void name?.dispatchEvent(new FocusEvent('focusin', { bubbles: true })));
  await act(() => void name?.dispatchEvent(new FocusEvent('focusout', { bubbles: true })));
  expect(testId('import-options')).toBeNull();
});

test('what was chosen is used, and the comparison asks for it', async () => {
  await showOpen();
  await openDialog();
  await select('delimiter', '0');
  await type('where', " land = 'DE' ");
  await click(testId('use-reading'));
  expect(testId('import')).toBeNull();
  await click(testId('compare'));
  expect(server.compared).toMatchObject([
    {
      reference: { path: '/a.csv', reading: { delimiter: ',' }, where: "land = 'DE'" },
      current: { path: '/b.csv' },
    },
  ]);
});

test('a file without a dialect has neither text choices nor names to change', async () => {
  server.next = {
    ...examplePreview,
    format: 'parquet',
    dialect: null,
    lines: [],
    rejectedRows: [],
  };
  await showOpen();
  await openDialog();
  expect(document.querySelector('select[name=delimiter]')).toBeNull();
  expect(document.querySelectorAll('input.preview-name')).toHaveLength(0);
  expect(document.querySelector('textarea[name=where]')).not.toBeNull();
});

test('many columns are found by name, and only some are drawn', async () => {
  const columns = Array.from({ length: 1_000 }, (_, i) => ({
    name: `c_${i}`,
    storageType: 'BIGINT',
    kind: 'numeric' as const,
  }));
  server.next = { ...examplePreview, columns, rows: [columns.map(({ name }) => name)] };
  await showOpen();
  await openDialog();
  const heads = () => document.querySelectorAll('.preview thead select').length;
  expect(heads()).toBe(40);
  const search = document.querySelector<HTMLInputElement>('[aria-label="Find columns"]');
  await setValue(search, 'c_73');
  expect(heads()).toBe(11);
});

test('after a comparison a file read otherwise is compared again, all else kept', async () => {
  const report = await showReport('app');
  await click(testId('current-reading'));
  await wait(300);
  await select('delimiter', '0');
  await click(testId('use-reading'));
  expect(server.compared).toMatchObject([
    {
      reference: { path: '/a.csv' },
      current: { path: '/b.csv', reading: { delimiter: ',' } },
      options: { alpha: report.options.alpha, profile: report.options.profile },
    },
  ]);
});

test('rows that are in no number are counted by reason and listed, also in an exported report', async () => {
  await showReport('report');
  await click(testId('current-rows'));
  const rows = testId('rows');
  expect(testId('row-counts')?.textContent).toContain('left out by the condition on rows');
  expect(testId('row-counts')?.textContent).toContain('3not read: expected 24 values');
  expect(testId('rejected-rows')?.querySelectorAll('tbody tr')).toHaveLength(3);
  expect(testId('rejected-rows')?.textContent).toContain('1\u202f204');
  expect(rows?.querySelectorAll('b')).toHaveLength(0);
  expect(rows?.textContent).toContain('semicolon ;');
});

test.each([
  ['120 of 300 rows of the current file are left out.', 'serving_2026-10.csv'],
  ['Of 300 rows of the current side a sample of 20 is compared (seed 1).', 'serving_2026-10.csv'],
  ['12 values of the current file in "rows" are no number.', null],
  ['3 rows of the reference file could not be read.', null],
])('a note leads to rows only where it is about rows that are left out: %s', async (note, name) => {
  await showReport('report', { ...exampleReport(3), notes: [note] });
  if (name === null) expect(testId('note-rows')).toBeNull();
  else {
    await click(testId('note-rows'));
    expect(testId('rows')?.textContent).toContain(name);
  }
});

test('a thousand rejected rows come a page at a time', async () => {
  const report = exampleReport(3);
  const rejected = rejectedRows('b.csv', 1_000);
  await showReport('report', {
    ...report,
    current: { ...report.current, rejectedRows: rejected, rejectedRowCount: 5_000 },
  });
  await click(testId('current-rows'));
  const lines = () => [...document.querySelectorAll('[data-testid=rejected-rows] tbody tr')];
  expect(lines()).toHaveLength(100);
  expect(testId('rows')?.textContent).toContain('The first 1\u202f000 rows of them');
  await click(document.querySelector('[aria-label="Next rows"]'));
  expect(lines()[0]?.textContent).toContain('121\u202f604');
});

test('a suggested rename is accepted, and an accepted one undone', async () => {
  const report = await showReport('app');
  await click(testId('show-schema'));
  expect(testId('renames')?.textContent).toContain('98 % of the values overlap');
  await click(testId('accept-rename'));
  expect(server.compared).toMatchObject([{ options: { renames: { cust_age: 'customer_age' } } }]);
  const renames = { cust_age: 'customer_age' };
  // judged again at once, the view stays as it was
  await showReport('app', { ...report, options: { ...report.options, renames } });
  await click(testId('undo-rename'));
  expect(server.compared[1]).toMatchObject({ options: { renames: {} } });
});

test('an exported report gives a rename as an option to copy', async () => {
  await showReport('report');
  await click(testId('show-schema'));
  expect(testId('accept-rename')).toBeNull();
  expect(testId('renames')?.textContent).toContain('--rename cust_age=customer_age');
});

async function showOpen(): Promise<void> {
  const chosen = (name: string) => ({
    name,
    sizeBytes: null,
    source: { path: `/${name}` },
    sentShare: 1,
  });
  useStore.setState({ chosen: { reference: chosen('a.csv'), current: chosen('b.csv') } });
  await page.render();
  await wait(10);
}

async function openDialog(): Promise<void> {
  await click(testId('reference-reading'));
  await wait(10);
}

async function showReport(mode: 'app' | 'report', report = exampleReport(5)): Promise<DriftReport> {
  useStore.setState({ mode, report, sources: mode === 'app' ? sources : null });
  await page.render();
  return report;
}
