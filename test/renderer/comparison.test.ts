// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import type { CompareEvent } from '../../core/contract.js';
import {
  cancelComparison,
  chooseFile,
  choosePath,
  choosePaths,
  compareChosen,
  swapSides,
} from '../../renderer/comparison.js';
import '../../renderer/bridge.js';
import { useStore } from '../../renderer/store.js';
import { exampleReport } from './exampleReport.js';

const start = useStore.getState();

afterEach(() => {
  useStore.setState(start, true);
  vi.unstubAllGlobals();
  delete window.driftglass;
});

test('paths fill the sides in order, and the sides swap', () => {
  choosePaths(['/data/train.csv']);
  choosePaths(['C:\\data\\serve.parquet']);
  expect(names()).toEqual(['train.csv', 'serve.parquet']);
  swapSides();
  expect(names()).toEqual(['serve.parquet', 'train.csv']);
  choosePaths(['/a/', '/b']);
  expect(names()).toEqual(['a', 'b']);
});

test('in the window a file is known by its path and is not sent', async () => {
  window.driftglass = {
    openFiles: async () => [],
    pathForFile: () => '/data/train.csv',
    saveFile: async () => null,
    onMenu: () => {},
  };
  await chooseFile('reference', new File(['a,b'], 'train.csv'));
  expect(useStore.getState().chosen.reference?.source).toEqual({ path: '/data/train.csv' });
});

test('a comparison ends in its report', async () => {
  const report = exampleReport(3);
  const done: CompareEvent = { type: 'report', reportId: 'r1', report };
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(done)));
  choosePaths(['/a.csv', '/b.csv']);
  await compareChosen();
  const state = useStore.getState();
  expect([state.report, state.reportId, state.run]).toEqual([report, 'r1', null]);
});

test('cancelling goes back to the files, which stay chosen, without an error', async () => {
  vi.stubGlobal(
    'fetch',
    (_url: string, { signal }: { signal: AbortSignal }) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
      ),
  );
  choosePaths(['/a.csv', '/b.csv']);
  const running = compareChosen();
  expect(useStore.getState().run).not.toBeNull();
  cancelComparison();
  await running;
  const state = useStore.getState();
  expect([state.run, state.error, state.route.view]).toEqual([null, null, 'open']);
  expect(names()).toEqual(['a.csv', 'b.csv']);
});

test('a refusal is one sentence beside the files, and a new choice takes it away', async () => {
  const refusal = { code: 'file-missing', message: 'There is no file.' };
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(refusal), { status: 404 }));
  choosePaths(['/a.csv', '/b.csv']);
  await compareChosen();
  expect(useStore.getState().error).toBe('There is no file.');
  choosePath('reference', '/c.csv');
  expect(useStore.getState().error).toBeNull();
});

function names(): (string | undefined)[] {
  const { reference, current } = useStore.getState().chosen;
  return [reference?.name, current?.name];
}
