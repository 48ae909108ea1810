import { describe, expect, test } from 'vitest';
import type { Progress } from '../../../core/contract.js';
import { messages } from '../../../core/errors.js';
import { createPool } from '../../../core/worker/pool.js';
import type { Argument, FromWorker, ToWorker, WorkerPort } from '../../../core/worker/protocol.js';

type End = Parameters<Parameters<WorkerPort['onEnd']>[0]>[0];

/** A worker in the hands of the test: what it was sent, and what it says. */
interface FakeWorker {
  sent: ToWorker[];
  say(message: FromWorker): void;
  end(reason?: Partial<End>): void;
}

const progress: Progress = { stage: 'scan', side: 'reference', share: 0.5 };

function createFakePool(size: number) {
  const workers: FakeWorker[] = [];
  const pool = createPool(() => {
    const { worker, port } = createFake();
    workers.push(worker);
    return port;
  }, size);
  const open = (path: string, options = {}) =>
    pool.call('open', { source: { path } } satisfies Argument<'open'>, options);
  return { pool, workers, open };
}

describe('who gets the work', () => {
  test('no worker is started before there is work', () => {
    expect(createFakePool(2).workers).toHaveLength(0);
  });

  test('an idle worker is used again', async () => {
    const { workers, open } = createFakePool(2);
    const first = open('a');
    answer(workers[0], 'A');
    expect(await first).toBe('A');
    const second = open('b');
    answer(workers[0], 'B');
    expect(await second).toBe('B');
    expect(workers).toHaveLength(1);
  });

  test('one more is started while all are busy, up to the size, then the least busy one', () => {
    const { workers, open } = createFakePool(2);
    const calls = ['a', 'b', 'c', 'd', 'e'].map((path) => open(path));
    expect(workers.map(({ sent }) => pathsOf(sent))).toEqual([
      ['a', 'c', 'e'],
      ['b', 'd'],
    ]);
    expect(calls).toHaveLength(5);
  });
});

describe('answers', () => {
  test('reach their own call, in whatever order', async () => {
    const { workers, open } = createFakePool(1);
    const [a, b] = [open('a'), open('b')];
    answer(workers[0], 'B', 1);
    answer(workers[0], 'A', 0);
    expect(await Promise.all([a, b])).toEqual(['A', 'B']);
  });

  test('an expected failure arrives as such', async () => {
    const { workers, open } = createFakePool(1);
    const call = open('a');
    const error = { code: 'file-empty', message: messages.fileEmpty('a') };
    workers[0]?.say({
      type: 'answer',
      id: idOf(workers[0], 0),
      answer: { ok: false, error, stack: null },
    });
    await expect(call).rejects.toMatchObject({ name: 'DriftError', ...error });
  });

  test('a fault keeps the worker’s stack', async () => {
    const { workers, open } = createFakePool(1);
    const call = open('a');
    workers[0]?.say({
      type: 'answer',
      id: idOf(workers[0], 0),
      answer: { ok: false, error: { code: 'internal', message: 'x' }, stack: 'Error: at scan' },
    });
    await expect(call).rejects.toMatchObject({ code: 'internal', cause: 'Error: at scan' });
  });

  test('to nobody are ignored', () => {
    const { workers, open } = createFakePool(1);
    const call = open('a');
    workers[0]?.say({ type: 'answer', id: 99, answer: { ok: true, value: 1 } });
    workers[0]?.say({ type: 'progress', id: 99, progress });
    answer(workers[0], 'A');
    return expect(call).resolves.toBe('A');
  });

  test('progress goes to the call’s listener', async () => {
    const { workers, open } = createFakePool(1);
    const seen: Progress[] = [];
    const call = open('a', { onProgress: (found: Progress) => seen.push(found) });
    workers[0]?.say({ type: 'progress', id: idOf(workers[0], 0), progress });
    answer(workers[0], 'A');
    await call;
    workers[0]?.say({ type: 'progress', id: idOf(workers[0], 0), progress });
    expect(seen).toEqual([progress]);
  });
});

describe('cancelling', () => {
  test('settles at once, tells the worker, and is heard no more', async () => {
    const { workers, open } = createFakePool(1);
    const controller = new AbortController();
    const seen: Progress[] = [];
    const call = open('a', {
      signal: controller.signal,
      onProgress: (p: Progress) => seen.push(p),
    });
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled', message: messages.cancelled() });
    const id = idOf(workers[0], 0);
    expect(workers[0]?.sent.at(-1)).toEqual({ type: 'cancel', id });
    workers[0]?.say({ type: 'progress', id, progress });
    answer(workers[0], 'too late');
    expect(seen).toEqual([]);
  });

  test('beforehand sends nothing', async () => {
    const { workers, open } = createFakePool(1);
    const signal = AbortSignal.abort();
    await expect(open('a', { signal })).rejects.toMatchObject({ code: 'cancelled' });
    expect(workers).toHaveLength(0);
  });

  test('the worker counts as busy until it has stopped', async () => {
    const { workers, open } = createFakePool(2);
    const controller = new AbortController();
    const call = open('a', { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    void open('b');
    expect(workers.map(({ sent }) => pathsOf(sent))).toEqual([['a'], ['b']]);
  });

  test('after the answer does nothing', async () => {
    const { workers, open } = createFakePool(1);
    const controller = new AbortController();
    const call = open('a', { signal: controller.signal });
    answer(workers[0], 'A');
    await call;
    controller.abort();
    expect(workers[0]?.sent.map(({ type }) => type)).toEqual(['call']);
  });
});

describe('a worker that is lost', () => {
  test.each([
    [false, 'worker-lost', messages.workerLost()],
    [true, 'out-of-memory', messages.outOfMemory()],
  ])('out of memory %s: all its calls fail as %s', async (outOfMemory, code, message) => {
    const { workers, open } = createFakePool(1);
    const calls = [open('a'), open('b')];
    const cause = new Error('why');
    workers[0]?.end({ outOfMemory, cause });
    for (const call of calls)
      await expect(call).rejects.toMatchObject({ name: 'DriftError', code, message, cause });
    const next = open('c');
    answer(workers[1], 'C');
    expect(await next).toBe('C');
  });

  test('that says so itself gets no more work, and is waited for', async () => {
    const { pool, workers, open } = createFakePool(1);
    const call = open('a');
    workers[0]?.say({ type: 'fault', message: 'TypeError: x' });
    await expect(call).rejects.toMatchObject({
      code: 'worker-lost',
      cause: { message: 'TypeError: x' },
    });
    const next = open('b');
    expect(pathsOf(workers[1]?.sent)).toEqual(['b']);
    answer(workers[1], 'B');
    await next;
    const closing = pool.close();
    workers[1]?.end();
    expect(await isSettled(closing)).toBe(false);
    workers[0]?.end();
    await closing;
  });
});

describe('what cannot be sent', () => {
  test('fails its own call, and the worker is free for the next', async () => {
    const { workers, pool, open } = createFakePool(1);
    const unsendable = { source: { path: 'a', reading: (() => 1) as never } };
    await expect(pool.call('open', unsendable)).rejects.toMatchObject({ name: 'DataCloneError' });
    const next = open('b');
    answer(workers[0], 'B');
    expect(await next).toBe('B');
    expect(workers).toHaveLength(1);
  });
});

describe('closing', () => {
  test('tells every worker to stop, and waits until each has ended', async () => {
    const { pool, workers, open } = createFakePool(2);
    const calls = [open('a'), open('b')];
    const closing = pool.close();
    expect(workers.map(({ sent }) => sent.at(-1))).toEqual([{ type: 'stop' }, { type: 'stop' }]);
    answer(workers[0], 'A');
    workers[0]?.end();
    expect(await isSettled(closing)).toBe(false);
    workers[1]?.end();
    await closing;
    expect(await calls[0]).toBe('A');
    await expect(calls[1]).rejects.toMatchObject({ code: 'worker-lost' });
  });

  test('takes no more calls', async () => {
    const { pool, workers, open } = createFakePool(1);
    await pool.close();
    await expect(open('a')).rejects.toMatchObject({ code: 'cancelled' });
    expect(workers).toHaveLength(0);
  });

  test('twice is once', async () => {
    const { pool } = createFakePool(1);
    await pool.close();
    await pool.close();
  });
});

function createFake(): { worker: FakeWorker; port: WorkerPort } {
  const sent: ToWorker[] = [];
  let hear: (message: FromWorker) => void = () => undefined;
  let leave: (reason: End) => void = () => undefined;
  const port: WorkerPort = {
    post: (message) => void sent.push(structuredClone(message)),
    onMessage: (listener) => {
      hear = listener;
    },
    onEnd: (listener) => {
      leave = listener;
    },
  };
  const worker: FakeWorker = {
    sent,
    say: (message) => hear(message),
    end: (reason) => leave({ outOfMemory: false, cause: undefined, ...reason }),
  };
  return { worker, port };
}

/** The id of the nth call that a worker was sent. */
function idOf(worker: FakeWorker | undefined, index: number): number {
  const call = worker?.sent.filter(({ type }) => type === 'call')[index];
  if (call?.type !== 'call') throw new RangeError(`no call ${index}`);
  return call.id;
}

function answer(worker: FakeWorker | undefined, value: unknown, index?: number): void {
  const calls = worker?.sent.filter(({ type }) => type === 'call').length ?? 0;
  const id = idOf(worker, index ?? calls - 1);
  worker?.say({ type: 'answer', id, answer: { ok: true, value } });
}

function pathsOf(sent: ToWorker[] | undefined): string[] {
  return (sent ?? []).flatMap((message) =>
    message.type === 'call' ? [(message.argument as Argument<'open'>).source.path] : [],
  );
}

async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  const turn = new Promise((resolve) => setImmediate(() => resolve(pending)));
  return (await Promise.race([promise, turn])) !== pending;
}
