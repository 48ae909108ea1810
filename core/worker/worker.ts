import { availableParallelism } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { EngineCall, Progress } from '../contract.js';
import { builtFile } from '../packageFiles.js';
import { withDataset } from '../scan/openPair.js';
import { previewSource } from '../scan/previewSource.js';
import { sweepTemporaryFolders } from '../temporaryFolder.js';
import { compareDatasets } from './compareDatasets.js';
import { createMemories, type Memories } from './createMemories.js';
import { failure } from './failure.js';
import { createMeasurers, type Measurers } from './measurers.js';
import type { Answer, Argument, FromWorker, ToWorker, Value } from './protocol.js';
import { sampleRows } from './sampleRows.js';

/** Where a worker's messages come and go: a thread's port, or that of an Electron utility process. */
interface Channel {
  post(message: FromWorker): void;
  listen(listener: (message: ToWorker) => void): void;
  close(): void;
}

interface CallContext {
  measurers: Measurers;
  memories: Memories;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

const calls: {
  [C in EngineCall]: (argument: Argument<C>, context: CallContext) => Promise<Value<C>>;
} = {
  open: ({ source }, { signal }) => withDataset(source, { signal }, async ({ dataset }) => dataset),
  preview: ({ source }, context) => previewSource(source, context),
  rows: ({ source, rowStart, rowEnd }, { signal }) =>
    withDataset(source, { signal }, async (scan) => ({
      columns: scan.dataset.columns.map(({ name }) => name),
      rows: await scan.rows(rowStart, rowEnd),
    })),
  compare: compareDatasets,
  sampleRows,
};

const measurers = createMeasurers(builtFile('measurer.js'), availableParallelism());
const memories = createMemories();
// what earlier processes left when they were killed
void sweepTemporaryFolders();

const channel = openChannel();
const running = new Map<number, { controller: AbortController; done: Promise<void> }>();

channel.listen((message) => {
  if (message.type === 'cancel') running.get(message.id)?.controller.abort();
  else if (message.type === 'stop') void stop();
  else start(message);
});

// an exception that kills the thread while DuckDB runs would abort the whole process
process.on('uncaughtException', (error) => {
  channel.post({ type: 'fault', message: error.stack ?? error.message });
  void stop();
});

function start({ id, call, argument }: Extract<ToWorker, { type: 'call' }>): void {
  const controller = new AbortController();
  const context: CallContext = {
    measurers,
    memories,
    signal: controller.signal,
    onProgress: (progress) => channel.post({ type: 'progress', id, progress }),
  };
  const work = calls[call] as (argument: unknown, context: CallContext) => Promise<unknown>;
  const done = work(argument, context)
    .then(
      (value): Answer => ({ ok: true, value }),
      (error: unknown): Answer => failure(error),
    )
    .then((answer) => {
      running.delete(id);
      channel.post({ type: 'answer', id, answer });
    });
  running.set(id, { controller, done });
}

/** Nothing is left running when the thread ends. */
async function stop(): Promise<void> {
  const ending = [...running.values()];
  for (const { controller } of ending) controller.abort();
  await Promise.all(ending.map(({ done }) => done));
  await measurers.close();
  channel.close();
}

function openChannel(): Channel {
  if (parentPort) {
    const port = parentPort;
    return {
      post: (message) => port.postMessage(message),
      listen: (listener) => void port.on('message', listener),
      close: () => port.close(),
    };
  }
  const { parentPort: port } = process as unknown as { parentPort?: UtilityPort };
  if (!port) throw new Error('a worker runs in a worker thread or a utility process');
  return {
    post: (message) => port.postMessage(message),
    listen: (listener) => void port.on('message', ({ data }) => listener(data)),
    close: () => process.exit(0),
  };
}

/** Electron's `process.parentPort`. */
interface UtilityPort {
  postMessage(message: FromWorker): void;
  on(event: 'message', listener: (event: { data: ToWorker }) => void): void;
}
