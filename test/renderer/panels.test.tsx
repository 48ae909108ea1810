// @vitest-environment happy-dom
import { act } from 'react';
import { expect, test, vi } from 'vitest';
import type { Baseline, CompareEvent, DriftReport, ProfileSummary } from '../../core/contract.js';
import { compareAgain } from '../../renderer/comparison.js';
import { baselineSentence } from '../../renderer/components/BaselineLine.js';
import { profileSentence } from '../../renderer/components/ProfileLine.js';
import { profileValue } from '../../renderer/components/ProfileMark.js';
import { shiftWords } from '../../renderer/components/TimePanel.js';
import { useStore } from '../../renderer/store.js';
import { workOf } from '../../renderer/work/workOf.js';
import { exampleReport } from './exampleReport.js';
import { preparePage, testIds } from './page.js';

// Charts need a real browser's layout; the end-to-end tests draw them.
vi.mock('../../renderer/charts/drawChart.js', () => ({ drawChart: () => ({ finalize() {} }) }));

const page = preparePage();

const sources = { reference: { path: '/a.csv' }, current: { path: '/b.csv' } };

test('every number of every kind of column shows its work, and the sheet closes again', async () => {
  const report = await show(exampleReport(24));
  let shownCount = 0;
  for (const { name, kind } of report.columns.slice(0, 24)) {
    await open(name);
    const numbers = testIds('show-work');
    expect(numbers.length, kind).toBeGreaterThan(2);
    for (const number of numbers.slice(0, 6)) {
      await click(number);
      expect(testIds('work-panel'), `${name}: ${number.textContent}`).toHaveLength(1);
      expect(document.querySelectorAll('dialog img, dialog script')).toHaveLength(0);
      await act(() => testIds('work-panel')[0]?.dispatchEvent(new Event('close')));
      expect(testIds('work-panel')).toHaveLength(0);
      shownCount += 1;
    }
  }
  expect(shownCount).toBeGreaterThan(100);
});

test('the effect in the list shows its work without opening the column', async () => {
  const report = await show(exampleReport(10));
  await click(testIds('show-work')[0]);
  expect(testIds('work-panel')).toHaveLength(1);
  expect(testIds('headline')).toHaveLength(1);
  const [first] = report.columns;
  const work =
    first && workOf({ what: 'effect', channel: first.channel ?? 'shape' }, first, report);
  expect(testIds('work-snippet')[0]?.textContent).toBe(work?.snippet);
});

test('copying without a clipboard selects the code and says so', async () => {
  await show(exampleReport(10));
  await click(testIds('show-work')[0]);
  vi.stubGlobal('navigator', { ...navigator, clipboard: undefined });
  await act(async () => testIds('work-copy')[0]?.click());
  expect(testIds('work-panel')[0]?.textContent).toContain('Selected');
});

test('in an exported report values that stand for missing come with an option to copy', async () => {
  await show(exampleReport(24));
  expect(testIds('disguised-line')[0]?.textContent).toContain('1 column holds values');
  await open('age');
  expect(testIds('treat-as-missing')[0]?.textContent).toContain("--missing 'age=-1,<i>9 9</i>'");
  expect(testIds('column-options')).toHaveLength(0);
});

test('in the app they can be treated as missing, all other options kept, the column still open', async () => {
  const report = exampleReport(24);
  const asked: unknown[] = [];
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: string }) => {
    asked.push(JSON.parse(body));
    const done: CompareEvent = { type: 'report', reportId: 'r2', report };
    return new Response(JSON.stringify(done));
  });
  await show(report, 'app');
  await open('age');
  await act(async () => testIds('treat-as-missing')[0]?.click());
  await act(async () => {});
  const { title, seed, profile } = report.options;
  expect(asked).toMatchObject([
    { ...sources, options: { missingValues: { age: ['-1'] }, title, seed, profile } },
  ]);
  expect(testIds('column-view')).toHaveLength(1);
});

test('the options panel writes the command and the recipe as it is changed', async () => {
  await show(exampleReport(10), 'app');
  await click(testIds('open-options')[0]);
  const panel = testIds('options')[0];
  const alpha = panel?.querySelector<HTMLInputElement>('[name=alpha]');
  if (alpha == null) throw new Error('the panel has no alpha');
  alpha.value = '0.01';
  await act(() => void alpha.dispatchEvent(new Event('input', { bubbles: true })));
  expect(panel?.querySelector('pre')?.textContent).toBe(
    "npx driftglass compare /a.csv /b.csv --title 'Lending model, October' --alpha 0.01 --baseline --timestamp signed_at --profile evidently",
  );
  expect(testIds('run-again')).toHaveLength(1);
  expect(testIds('copy-command')).toHaveLength(1);
  expect(testIds('recipe')[0]?.textContent).toContain('\n  alpha: 0.01\n');
  expect(testIds('copy-recipe')).toHaveLength(1);
});

test('the reference against itself, and the other tool, each have a line', async () => {
  const report = await show(exampleReport(24));
  expect(testIds('baseline')[0]?.textContent).toContain(
    'split by time (signed_at), its halves differ in 2 of 24 columns. 1 column cannot be told.',
  );
  await click(testIds('baseline')[0]?.querySelector('button'));
  expect(testIds('baseline')[0]?.querySelectorAll('li')).toHaveLength(2);
  expect(testIds('profile-line')[0]?.textContent).toContain('likely false alarms');
  const tested = report.columns.filter(({ profile }) => profile?.test != null);
  expect(testIds('profile-mark')).toHaveLength(tested.length);
});

test('sentences of baseline, profile and clock', () => {
  const calm: Baseline = {
    split: 'random',
    timestamp: null,
    driftedCount: 0,
    inconclusiveCount: 0,
    columns: [],
  };
  expect(baselineSentence(calm, 25)).toBe(
    'The reference against itself, split at random: no column differs.',
  );
  const profile: ProfileSummary = {
    id: 'evidently',
    name: 'Evidently',
    columnCount: 24,
    driftedCount: 9,
    isDrifted: false,
    limit: 0.5,
    likelyFalseAlarmCount: 3,
  };
  expect(profileSentence(profile)).toBe(
    'Evidently’s rule: 9 of 24 drifted, 3 of them likely false alarms.',
  );
  expect(profileSentence({ ...profile, likelyFalseAlarmCount: 0 })).toBe(
    'Evidently’s rule: 9 of 24 drifted.',
  );
  const verdict = { test: 'ks', threshold: 0.05, likelyFalseAlarm: null } as const;
  expect(profileValue({ ...verdict, kind: 'test', value: 0.031, isDrifted: true })).toBe(
    'p 0.031 < 0.05',
  );
  expect(profileValue({ ...verdict, kind: 'distance', value: 0.02, isDrifted: false })).toBe(
    '0.02 < 0.05',
  );
  expect([shiftWords(2), shiftWords(-5.5)]).toEqual(['+2\u202fh', '−5.5\u202fh']);
});

test('what is judged again leaves the report where it is, says how far it is, and can be cancelled', async () => {
  const report = await show(exampleReport(5), 'app');
  await open(report.columns[0]?.name ?? '');
  await act(async () => document.querySelector('details')?.setAttribute('open', ''));
  vi.useFakeTimers();
  vi.stubGlobal(
    'fetch',
    (_url: string, { signal }: { signal: AbortSignal }) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
      ),
  );
  await act(async () => void compareAgain({ limit: 0.2 }));
  expect(testIds('run-strip')).toHaveLength(0);
  await act(() => vi.advanceTimersByTimeAsync(300));
  expect(testIds('run-strip')[0]?.textContent).toContain('Reading both files');
  expect(testIds('column-view')).toHaveLength(1);
  expect(document.querySelector('details')?.hasAttribute('open')).toBe(true);
  await click(testIds('cancel')[0]);
  await act(() => vi.advanceTimersByTimeAsync(10));
  expect(testIds('run-strip')).toHaveLength(0);
  expect(useStore.getState()).toMatchObject({ report, error: null, run: null });
});

async function show(report: DriftReport, mode: 'app' | 'report' = 'report'): Promise<DriftReport> {
  useStore.setState({ mode, report, sources: mode === 'app' ? sources : null });
  await page.render();
  return report;
}

async function open(column: string): Promise<void> {
  await act(() =>
    useStore.setState({ route: { ...useStore.getState().route, view: 'column', column } }),
  );
}

async function click(element: Element | null | undefined): Promise<void> {
  if (element == null) throw new Error('there is nothing to click');
  await act(() => (element as HTMLElement).click());
}
