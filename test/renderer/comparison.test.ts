// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import type { CompareEvent } from '../../core/contract.js';
import '../../renderer/bridge.js';
import {
  chooseFile,
  chooseFiles,
  choosePasted,
  choosePath,
  choosePaths,
  clearSide,
  freeSide,
  readOtherwise,
  swapSides,
} from '../../renderer/choosing.js';
import {
  cancelComparison,
  compareChosen,
  comparePair,
  compareReadOtherwise,
} from '../../renderer/comparison.js';
import { pastedTable } from '../../renderer/pastedTable.js';
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
    savePdf: async () => null,
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

test('what was chosen about files goes along: how they are read, kinds, and a split of one', async () => {
  const asked = answerAll();
  choosePaths(['/a.csv', '/b.csv']);
  readOtherwise('current', { path: '/b.csv', reading: { delimiter: ';' } }, { age: 'text' });
  await compareChosen();
  useStore.setState({ split: { column: 'year', at: ' 2024 ' } });
  await compareChosen();
  useStore.setState({ split: { column: 'year', at: '' }, kinds: {} });
  await compareChosen();
  const current = { path: '/b.csv', reading: { delimiter: ';' } };
  expect(asked).toEqual([
    { reference: { path: '/a.csv' }, current, options: { kinds: { age: 'text' } } },
    {
      reference: { path: '/a.csv' },
      current: { path: '/a.csv' },
      options: { kinds: { age: 'text' }, splitBy: { column: 'year', at: '2024' } },
    },
    {
      reference: { path: '/a.csv' },
      current: { path: '/a.csv' },
      options: { splitBy: { column: 'year' } },
    },
  ]);
});

test('kinds go with the file that they were set for', () => {
  choosePath('reference', '/a.csv');
  readOtherwise('reference', { path: '/a.csv' }, { age: 'text' });
  choosePath('current', '/b.csv');
  expect(useStore.getState().kinds).toEqual({ age: 'text' });
  clearSide('current');
  expect(useStore.getState().kinds).toEqual({});
});

test('a pair from the command line keeps how it is read, also on the open screen', async () => {
  answerAll();
  const reference = { path: '/a.csv', name: 'standard input', reading: { header: false } };
  useStore.setState({ split: { column: 'x', at: '' } });
  await comparePair({ reference, current: { path: '/b.csv' } });
  const { chosen, split } = useStore.getState();
  expect([chosen.reference?.source, split]).toEqual([reference, null]);
  expect(names()).toEqual(['standard input', 'b.csv']);
});

test('a file read otherwise is compared again, and stays so; a split one on both sides', async () => {
  const asked = answerAll();
  choosePaths(['/a.csv', '/b.csv']);
  await compareChosen();
  const other = { path: '/b.csv', where: 'x > 1' };
  await compareReadOtherwise('current', other, { kinds: { age: 'text' } });
  expect(asked[1]).toEqual({
    reference: { path: '/a.csv' },
    current: other,
    options: { kinds: { age: 'text' } },
  });
  expect(useStore.getState()).toMatchObject({
    sources: { current: other },
    chosen: { current: { source: other } },
    kinds: { age: 'text' },
  });
  const split = { splitBy: { column: 'year' } };
  await compareReadOtherwise('current', { path: '/a.csv', where: 'y' }, split);
  expect(asked[2]).toEqual({
    reference: { path: '/a.csv', where: 'y' },
    current: { path: '/a.csv', where: 'y' },
    options: split,
  });
});

test('a file to be split is one alone, and a pasted table goes where there is room', () => {
  stubUpload();
  useStore.setState({ split: { column: '', at: '' } });
  chooseFiles('reference', [new File(['a'], 'one.csv'), new File(['b'], 'two.csv')]);
  expect(names()).toEqual(['one.csv', undefined]);
  expect(freeSide()).toBeNull();
  useStore.setState({ split: null });
  expect(freeSide()).toBe('current');
});

test('a pasted table is sent as CSV under its name, with the delimiter that it was given', async () => {
  const sent = stubUpload();
  await choosePasted('current', pastedTable('a\tb\n1\t2,5\n'));
  expect(await Promise.all(sent)).toEqual([
    { url: 'api/upload?name=pasted%20table', body: 'a,b\n1,"2,5"\n' },
  ]);
  expect(useStore.getState().chosen.current?.source).toEqual({
    path: '/kept/1',
    name: 'pasted table',
    reading: { delimiter: ',', quote: '"' },
  });
});

function answerAll(): unknown[] {
  const asked: unknown[] = [];
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: string }) => {
    asked.push(JSON.parse(body));
    const done: CompareEvent = { type: 'report', reportId: 'r', report: exampleReport(3) };
    return new Response(JSON.stringify(done));
  });
  return asked;
}

function stubUpload(): Promise<{ url: string; body: string }>[] {
  const sent: Promise<{ url: string; body: string }>[] = [];
  class Request {
    upload = {};
    status = 200;
    responseText = JSON.stringify({ source: { path: '/kept/1' }, sizeBytes: 3 });
    onload = () => {};
    url = '';
    open(_method: string, url: string) {
      this.url = url;
    }
    send(file: File) {
      sent.push(file.text().then((body) => ({ url: this.url, body })));
      queueMicrotask(() => this.onload());
    }
  }
  vi.stubGlobal('XMLHttpRequest', Request);
  return sent;
}

function names(): (string | undefined)[] {
  const { reference, current } = useStore.getState().chosen;
  return [reference?.name, current?.name];
}
