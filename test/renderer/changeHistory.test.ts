// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CompareEvent, CompareOptions, ResolvedOptions } from '../../core/contract.js';
import { noHistory, withStep } from '../../renderer/changeHistory.js';
import {
  compareAgain,
  comparePair,
  followUndoKeys,
  redo,
  undo,
} from '../../renderer/comparison.js';
import { useStore } from '../../renderer/store.js';
import { exampleReport } from './exampleReport.js';

const start = useStore.getState();
const asked: CompareOptions[] = [];
const base = exampleReport(3);
let isRefused = false;
let answerAfterMs = 0;

beforeEach(() => {
  asked.length = 0;
  isRefused = false;
  answerAfterMs = 0;
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: string }) => {
    const { options = {} } = JSON.parse(body) as { options?: CompareOptions };
    asked.push(options);
    const resolved = { ...base.options, ...options } as ResolvedOptions;
    const event: CompareEvent = isRefused
      ? { type: 'error', error: { code: 'bad-option', message: 'No.' } }
      : { type: 'report', reportId: 'r', report: { ...base, options: resolved } };
    await new Promise((resolve) => setTimeout(resolve, answerAfterMs));
    return new Response(JSON.stringify(event));
  });
});

afterEach(() => {
  useStore.setState(start, true);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const limit = () => useStore.getState().report?.options.limit;
const change = (value: number) => compareAgain({ ...base.options, limit: value } as CompareOptions);

test('changes of options are undone and done again, and a new one forgets what was undone', async () => {
  await comparePair({ reference: { path: 'a' }, current: { path: 'b' } });
  expect(limit()).toBe(0.1);
  await undo();
  expect(asked).toHaveLength(1);
  await change(0.2);
  await change(0.3);
  await undo();
  expect(limit()).toBe(0.2);
  await undo();
  expect(limit()).toBe(0.1);
  await redo();
  expect(limit()).toBe(0.2);
  await change(0.5);
  await redo();
  expect(limit()).toBe(0.5);
  await undo();
  expect(limit()).toBe(0.2);
});

test('a change that is refused is none, and another pair has no past', async () => {
  await comparePair({ reference: { path: 'a' }, current: { path: 'b' } });
  isRefused = true;
  await change(0.2);
  expect(useStore.getState()).toMatchObject({ error: 'No.', history: noHistory });
  isRefused = false;
  await change(0.2);
  expect(useStore.getState().history.past).toHaveLength(1);
  await comparePair({ reference: { path: 'c' }, current: { path: 'd' } });
  expect(useStore.getState().history).toEqual(noHistory);
});

test('the keys undo and do again, but not in a field', async () => {
  followUndoKeys();
  await comparePair({ reference: { path: 'a' }, current: { path: 'b' } });
  await change(0.2);
  const press = async (target: EventTarget, init: KeyboardEventInit) => {
    target.dispatchEvent(
      new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }),
    );
    await vi.waitFor(() => expect(useStore.getState().run).toBeNull());
    await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const field = document.body.appendChild(document.createElement('input'));
  await press(field, { key: 'z', ctrlKey: true });
  expect(limit()).toBe(0.2);
  await press(document.body, { key: 'z', ctrlKey: true });
  expect(limit()).toBe(0.1);
  await press(document.body, { key: 'Z', metaKey: true, shiftKey: true });
  expect(limit()).toBe(0.2);
});

test('the report stays in sight while it is judged again at once, and progress shows where it takes longer', async () => {
  await comparePair({ reference: { path: 'a' }, current: { path: 'b' } });
  const seen: boolean[] = [];
  const stop = useStore.subscribe(({ run }) => seen.push(run !== null));
  await change(0.2);
  expect(seen).not.toContain(true);
  answerAfterMs = 350;
  await change(0.3);
  expect(seen).toContain(true);
  expect(useStore.getState().run).toBeNull();
  stop();
});

test('the past is bounded', () => {
  const step = { reference: { path: 'a' }, current: { path: 'b' }, options: {} };
  let history = noHistory;
  for (let i = 0; i < 80; i++) history = withStep(history, step);
  expect(history.past).toHaveLength(50);
});
