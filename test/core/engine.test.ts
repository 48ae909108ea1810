/** The engine over real worker threads. */
import { existsSync } from 'node:fs';
import { mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { compare } from '../../core/compare.js';
import type { CompareRequest, Engine, Progress } from '../../core/contract.js';
import { createEngine } from '../../core/engine.js';
import { messages } from '../../core/errors.js';
import { builtFile } from '../../core/packageFiles.js';
import type { WorkerPort } from '../../core/worker/protocol.js';
import { createThreadPort } from '../../core/worker/threadPort.js';
import { draws } from './drift/judged.js';

const lending = fileURLToPath(new URL('../../sample-data/lending/', import.meta.url));
const largeFileBytes = 100_000_000;

let folder: string;
/** Where the workers put their temporary folders. */
let scratch: string;
let small: string;
let large: string;

beforeAll(async () => {
  if (!existsSync(builtFile('worker.js')))
    throw new Error('dist/worker.js is not there; run npm run build first');
  folder = await mkdtemp(join(tmpdir(), 'driftglass-test-'));
  scratch = await mkdtemp(join(folder, 'scratch-'));
  small = join(folder, 'small.csv');
  large = join(folder, 'large.csv');
  await writeFile(small, 'a,b\n1,x\n2,y\n3,x\n');
  await writeLarge(large);
});
afterAll(() => rm(folder, { recursive: true }));

let engine: Engine | null = null;
afterEach(async () => {
  await engine?.close();
  engine = null;
  vi.unstubAllEnvs();
});

describe('its calls', () => {
  test('open', async () => {
    engine = createEngine();
    expect(await engine.open({ source: { path: small } })).toMatchObject({
      name: 'small.csv',
      format: 'csv',
      rowCount: 3,
      columns: [{ name: 'a' }, { name: 'b', storageType: 'VARCHAR' }],
      dialect: { delimiter: ',', header: true },
    });
  });

  test('rows', async () => {
    engine = createEngine();
    const page = await engine.rows({ source: { path: small }, rowStart: 1, rowEnd: 9 });
    expect(page).toEqual({
      columns: ['a', 'b'],
      rows: [
        ['2', 'y'],
        ['3', 'x'],
      ],
    });
  });

  test('compare tells its progress: both scans, then every column once', async () => {
    engine = createEngine();
    const seen: Progress[] = [];
    const report = await engine.compare(
      {
        reference: { path: `${lending}reference.parquet` },
        current: { path: `${lending}current.parquet` },
      },
      { onProgress: (progress) => seen.push(progress) },
    );
    const scans = seen.flatMap((progress) => (progress.stage === 'scan' ? [progress.side] : []));
    expect([...new Set(scans)].sort()).toEqual(['current', 'reference']);
    const measured = seen.flatMap((progress) => (progress.stage === 'measure' ? [progress] : []));
    expect(measured.map(({ columnIndex }) => columnIndex)).toEqual(
      Array.from({ length: report.columns.length }, (_, i) => i),
    );
    for (const { column, columnCount } of measured) {
      expect(columnCount).toBe(report.columns.length);
      const finding = report.columns.find(({ name }) => name === column.name);
      expect(finding?.charts).toEqual(column.charts);
    }
  });

  test('an expected failure crosses the threads', async () => {
    engine = createEngine();
    const path = join(folder, 'none.csv');
    await expect(engine.open({ source: { path } })).rejects.toMatchObject({
      name: 'DriftError',
      code: 'file-missing',
      message: messages.fileMissing(path),
    });
  });

  test('after closing are refused', async () => {
    const closed = createEngine();
    await closed.close();
    await expect(closed.open({ source: { path: small } })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('cancelling while files are read', () => {
  test('answers within 200 ms, closes within 2 s, leaves no folders', async () => {
    vi.stubEnv('TMPDIR', scratch);
    engine = createEngine({ threads: 1 });
    const controller = new AbortController();
    const running = engine.compare(largePair(), {
      signal: controller.signal,
      onProgress: ({ stage }) => stage === 'scan' && setTimeout(() => controller.abort(), 150),
    });
    let abortedAt = 0;
    controller.signal.addEventListener('abort', () => {
      abortedAt = performance.now();
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - abortedAt).toBeLessThan(200);
    // one for each side
    expect(await readdir(scratch)).toHaveLength(2);
    const closedFrom = performance.now();
    await engine.close();
    expect(performance.now() - closedFrom).toBeLessThan(2000);
    expect(await readdir(scratch)).toEqual([]);
  });

  test('the worker serves the next call', async () => {
    engine = createEngine({ threads: 1 });
    const controller = new AbortController();
    const running = engine.compare(largePair(), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(await engine.open({ source: { path: small } })).toMatchObject({ rowCount: 3 });
  });

  test('closing cancels as well', async () => {
    engine = createEngine({ threads: 1 });
    const running = engine.compare(largePair());
    const rejected = expect(running).rejects.toMatchObject({ code: 'cancelled' });
    setTimeout(() => void engine?.close(), 300);
    await rejected;
  });
});

test('an uncaught exception in a worker while files are read does not end the process', async () => {
  vi.stubEnv('TMPDIR', scratch);
  const ports: WorkerPort[] = [];
  engine = createEngine({
    threads: 1,
    startWorker: () => {
      const port = createThreadPort(builtFile('worker.js'));
      ports.push(port);
      return port;
    },
  });
  let isSent = false;
  const running = engine.compare(largePair(), {
    onProgress: () => {
      // no message at all: reading its type throws in the worker's listener
      if (!isSent) ports[0]?.post(null as never);
      isSent = true;
    },
  });
  await expect(running).rejects.toMatchObject({
    code: 'worker-lost',
    message: messages.workerLost(),
    cause: { message: expect.stringContaining('TypeError') },
  });
  expect(await engine.open({ source: { path: small } })).toMatchObject({ rowCount: 3 });
  expect(ports).toHaveLength(2);
  await engine.close();
  expect(await readdir(scratch)).toEqual([]);
});

describe('compare, the call for scripts', () => {
  test('files', async () => {
    const { data } = await compare(`${lending}reference.csv`, `${lending}current.parquet`, {
      title: 'two formats',
      columns: ['age', 'channel'],
    });
    expect(data).toMatchObject({ options: { title: 'two formats' }, summary: { columnCount: 2 } });
  });

  test('arrays', async () => {
    const normal = (seed: number, mean: number) =>
      Float64Array.from(draws(seed, 500, (random) => random.normal() + mean));
    const { data } = await compare({ a: normal(1, 0) }, { a: normal(2, 1) });
    expect(data.columns[0]).toMatchObject({ name: 'a', verdict: 'drifted' });
    expect([data.reference.name, data.current.name]).toEqual(['reference', 'current']);
    expect(data.options.title).toBe('reference and current');
  });

  test('a file against rows', async () => {
    const { data } = await compare(small, [{ a: 1 }, { a: 2, c: 'new' }]);
    expect(data.columns.map(({ name }) => name)).toEqual(['a']);
    expect(data.schema).toMatchObject({ added: [{ name: 'c' }], removed: [{ name: 'b' }] });
  });

  test('the same file twice is said', async () => {
    const { data } = await compare(small, small);
    expect(data.notes[0]).toBe('Reference and current are the same file, so nothing can differ.');
  });

  test('a bad option, a bad input', async () => {
    await expect(compare(small, small, { bins: 1 })).rejects.toMatchObject({ code: 'bad-option' });
    await expect(compare({ a: [1, 2], b: [1] }, small)).rejects.toThrowError(RangeError);
  });

  test('cancelled', async () => {
    const signal = AbortSignal.abort();
    await expect(compare(small, small, { signal })).rejects.toMatchObject({ code: 'cancelled' });
  });
});

function largePair(): CompareRequest {
  return { reference: { path: large }, current: { path: large } };
}

async function writeLarge(path: string): Promise<void> {
  const lines = draws(
    1,
    20_000,
    (random, i) => `${i},${random.normal()},${random.uniform()},x${i % 50}\n`,
  );
  const block = Buffer.from(lines.join(''));
  const file = await open(path, 'w');
  await file.write('id,normal,uniform,word\n');
  for (let size = 0; size < largeFileBytes; size += block.length) await file.write(block);
  await file.close();
}
