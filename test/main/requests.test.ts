import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  builtFile,
  type CompareEvent,
  type CompareOptions,
  createEngine,
  type DriftReport,
  type Engine,
  messages,
  type Source,
  type WorkerPort,
} from '../../core/index.js';
import { createThreadPort } from '../../core/worker/threadPort.js';
import { createFileAccess } from '../../main/fileAccess.js';
import { createHandler, type Handler } from '../../main/handler.js';
import { sample } from '../../main/sample.js';

/** What a request may ask for, all the way through the handler and the engine. */
let engine: Engine;
let handler: Handler;
let folder: string;
let path: string;

const access = createFileAccess({ paths: [], root: null, allowsAll: true });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftglass-test-'));
  path = join(folder, 'people.csv');
  const lines = Array.from({ length: 400 }, (_, i) => {
    const age = i % 40 === 0 ? -1 : 18 + ((i * 7) % 60);
    const when = new Date(Date.UTC(2026, 0, 5) + i * 3_600_000).toISOString();
    return [i, age, (i * 37) % 101, i % 4 === 3 ? '' : ['train', 'test'][i % 2], when].join(',');
  });
  writeFileSync(path, `n,age,amount,period,when\n${lines.join('\n')}\n`);
  engine = createEngine({ threads: 1 });
  handler = createHandler({ engine, access, door: 'browser', pair: null, sample });
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

function post(body: unknown, app = handler): Promise<Response> {
  const url = 'app://driftglass/api/compare';
  return app(new Request(url, { method: 'POST', body: JSON.stringify(body) }));
}

async function last(response: Promise<Response>): Promise<CompareEvent> {
  const lines = (await (await response).text()).trim().split('\n');
  return JSON.parse(lines.at(-1) ?? '') as CompareEvent;
}

async function reportOf(
  options: CompareOptions,
  reference: Source = { path },
  current: Source = { path },
): Promise<DriftReport> {
  const event = await last(post({ reference, current, options }));
  if (event.type !== 'report') throw new Error(`no report: ${JSON.stringify(event)}`);
  return event.report;
}

describe('options', () => {
  it('of what is measured and judged', async () => {
    const asked = {
      missingValues: { age: ['-1'] },
      bins: 8,
      binEdges: { age: [30, 50] },
      limits: { age: 0.5 },
      kindLimits: { numeric: 0.3 },
      missingLimit: 0.1,
      supportLimit: 0.03,
      measures: 'all',
      baseline: true,
      timestamp: 'when',
      profile: 'evidently',
    } satisfies CompareOptions;
    const report = await reportOf(asked);
    expect(report.options).toMatchObject(asked);
    const finding = (name: string) => report.columns.find((column) => column.name === name);
    expect(finding('age')?.reference.missingCount).toBe(10);
    expect(finding('age')?.measures.psi).toMatchObject({ binEdges: [30, 50] });
    expect(finding('age')?.channels.shape.effect?.limit).toBe(0.5);
    expect(finding('amount')?.channels.shape.effect?.limit).toBe(0.3);
    expect(Object.keys(finding('age')?.measures ?? {})).toHaveLength(15);
    expect(report.baseline).toMatchObject({ split: 'time', timestamp: 'when' });
    expect(report.profile?.id).toBe('evidently');
  });

  it('measures by their ids', async () => {
    const { columns } = await reportOf({ measures: ['mmd'], columns: ['amount'] });
    expect(columns[0]?.measures.mmd?.kind).toBe('test');
  });

  it('conditions, per side', async () => {
    const report = await reportOf({}, { path, where: 'n < 300' }, { path, where: 'n >= 200' });
    expect(report.reference).toMatchObject({
      rowCount: 300,
      leftOut: [{ why: 'condition', rowCount: 100 }],
    });
    expect(report.current).toMatchObject({
      rowCount: 200,
      leftOut: [{ why: 'condition', rowCount: 200 }],
    });
    expect(report.notes).toEqual(
      expect.arrayContaining([
        '100 of 400 rows of the reference file are left out: "n < 300" is not true for them.',
        '200 of 400 rows of the current file are left out: "n >= 200" is not true for them.',
      ]),
    );
  });

  it('a sample', async () => {
    const report = await reportOf({ sample: 150, seed: 3 });
    expect([report.reference.rowCount, report.current.rowCount]).toEqual([150, 150]);
    expect(report.notes).toContain(
      'Of 400 rows of the reference file a sample of 150 is compared (seed 3).',
    );
    const again = await reportOf({ sample: 150, seed: 3 });
    expect(again.columns).toEqual(report.columns);
    expect((await reportOf({ sample: 150, seed: 4 })).columns).not.toEqual(report.columns);
  });

  it('renames', async () => {
    const other = join(folder, 'other.csv');
    writeFileSync(
      other,
      `years,amount\n${Array.from({ length: 99 }, (_, i) => `${18 + (i % 50)},${i}`).join('\n')}\n`,
    );
    const report = await reportOf({ renames: { age: 'years' } }, { path }, { path: other });
    expect(report.columns.map(({ name }) => name).sort()).toEqual(['age', 'amount']);
    expect(report.schema).toMatchObject({ added: [] });
    expect(report.schema.removed.map(({ name }) => name)).toEqual(['n', 'period', 'when']);
    expect(report.notes).toContain(
      'Compared under the name in the reference: "age" (now "years").',
    );
  });

  it('a split', async () => {
    const report = await reportOf({ splitBy: { column: 'period', at: 'test' } });
    expect([report.reference, report.current].map(({ name }) => name)).toEqual([
      'people.csv, period = test',
      'people.csv, period = train',
    ]);
    expect([report.reference.rowCount, report.current.rowCount]).toEqual([100, 200]);
    expect(report.columns.map(({ name }) => name)).not.toContain('period');
    expect(report.options.title).toBe('people.csv split by period');
    expect(report.notes).toEqual(
      expect.arrayContaining([
        'Both sides are parts of one file, split by "period", which is not compared itself.',
        '100 rows without a value in "period" are on neither side.',
      ]),
    );
    expect(report.notes.join()).not.toContain('same file');
  });
});

describe('one sentence for', () => {
  it.each<[string, CompareOptions, Partial<Source>, RegExp]>([
    ['a condition', {}, { where: 'nope > 1' }, /--reference-where .*\(no column is called "nope"/],
    ['a subquery', {}, { where: 'n > (SELECT 1)' }, /a subquery is not allowed/],
    ['a condition of no row', {}, { where: 'n > 1000' }, /is true for none of 400 rows/],
    ['a sample of nothing', { sample: 0 }, {}, /sample must be a whole number/],
    ['a rename', { renames: { age: 'nope' } }, {}, /"age" cannot be compared with "nope"/],
    ['a split', { splitBy: { column: 'nope' } }, {}, /cannot be parted by "nope"/],
    ['a time without a baseline', { timestamp: 'when' }, {}, /ask for the baseline too/],
  ])('%s', async (_, options, source, message) => {
    const event = await last(post({ reference: { path, ...source }, current: { path }, options }));
    expect(event).toMatchObject({
      type: 'error',
      error: { code: 'bad-option', message: expect.stringMatching(message) },
    });
  });

  it.each([
    ['a condition that is no text', { reference: { path: 'a', where: 1 } }, /reference\.where/],
    ['a split that is no column', { options: { splitBy: 'period' } }, /options\.splitBy/],
    ['a sample that is no number', { options: { sample: '10' } }, /options\.sample/],
    ['renames that are a list', { options: { renames: ['a'] } }, /options\.renames/],
  ])('%s', async (_, body, message) => {
    const response = await post({ reference: { path: 'a' }, current: { path: 'a' }, ...body });
    expect(response.status).toBe(400);
    expect(((await response.json()) as { message: string }).message).toMatch(message);
  });
});

describe('a worker that ends while it works', () => {
  it('costs one error, and the next request gets another worker', async () => {
    const ports: WorkerPort[] = [];
    const own = createEngine({
      threads: 1,
      startWorker: () => {
        const port = ports.length === 0 ? dyingPort() : createThreadPort(builtFile('worker.js'));
        ports.push(port);
        return port;
      },
    });
    const app = createHandler({ engine: own, access, door: 'browser', pair: null, sample });
    const body = { reference: { path }, current: { path }, options: { columns: ['age'] } };
    expect(await last(post(body, app))).toEqual({
      type: 'error',
      error: { code: 'worker-lost', message: messages.workerLost() },
    });
    expect(await last(post(body, app))).toMatchObject({ type: 'report' });
    expect(ports).toHaveLength(2);
    await own.close();
  });
});

/** As if it were killed as soon as it has work. */
function dyingPort(): WorkerPort {
  let leave: Parameters<WorkerPort['onEnd']>[0] = () => undefined;
  return {
    post: ({ type }) => {
      if (type === 'call') setTimeout(() => leave({ outOfMemory: false, cause: undefined }), 10);
    },
    onMessage: () => undefined,
    onEnd: (listener) => {
      leave = listener;
    },
  };
}
