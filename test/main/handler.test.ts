import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CompareEvent, createEngine, type Engine } from '../../core/index.js';
import { createFileAccess, type FileAccess } from '../../main/fileAccess.js';
import { createHandler, type Handler } from '../../main/handler.js';
import { sample } from '../../main/sample.js';

const { readdir } = vi.hoisted(() => ({ readdir: vi.fn() }));
vi.mock('node:fs/promises', async (original) => {
  const actual = await original<typeof import('node:fs/promises')>();
  readdir.mockImplementation(actual.readdir as never);
  return { ...actual, readdir };
});

/** The application without any transport. */
let engine: Engine;
let access: FileAccess;
let handler: Handler;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftglass-test-'));
  engine = createEngine({ threads: 1 });
  access = createFileAccess({
    paths: [sample.reference.path, sample.current.path],
    root: folder,
    allowsAll: false,
  });
  handler = createHandler({ engine, access, door: 'browser', pair: null, sample });
});
afterAll(async () => {
  await engine.close();
  await access.close();
  rmSync(folder, { recursive: true, force: true });
});

function post(path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  return handler(
    new Request(`app://driftglass${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      ...(signal && { signal }),
    }),
  );
}

async function events(response: Response): Promise<CompareEvent[]> {
  const text = await response.text();
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as CompareEvent);
}

describe('the interface', () => {
  it('comes under a policy that admits neither eval nor inline code', async () => {
    const response = await handler(new Request('app://driftglass/'));
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(response.status).toBe(200);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(await response.text()).not.toContain('__NONCE__');
    const again = await handler(new Request('app://driftglass/'));
    expect(again.headers.get('content-security-policy')).not.toBe(policy);
  });

  it.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/assets/../../cli.js',
    '/..%2fcli.js',
    '/nothing.js',
    '/api/nothing',
    '/assets',
    '/%',
    '/%E0%A4%A.js',
    '/assets/%zz',
  ])('has no file %s', async (path) => {
    expect((await handler(new Request(`app://driftglass${path}`))).status).toBe(404);
  });

  it('lists its files once, however many pages are asked for', async () => {
    const app = createHandler({ engine, access, door: 'browser', pair: null, sample });
    readdir.mockClear();
    const index = await (await app(new Request('app://driftglass/'))).text();
    const script = /src="\.?(\/assets\/[^"]+\.js)"/.exec(index)?.[1];
    const found = await Promise.all(
      [script, '/index.html', '/nothing.js'].map(
        async (path) => (await app(new Request(`app://driftglass${path}`))).status,
      ),
    );
    expect(found).toEqual([200, 200, 404]);
    expect(readdir).toHaveBeenCalledTimes(1);
  });

  it('lists them again where that failed', async () => {
    const app = createHandler({ engine, access, door: 'browser', pair: null, sample });
    readdir.mockRejectedValueOnce(new Error('EMFILE'));
    expect((await app(new Request('app://driftglass/'))).status).toBe(500);
    expect((await app(new Request('app://driftglass/'))).status).toBe(200);
  });

  it('tells what it is', async () => {
    const info = await (await handler(new Request('app://driftglass/api/info'))).json();
    expect(info).toMatchObject({ door: 'browser', pair: null, sample: { title: sample.title } });
  });
});

describe('comparing', () => {
  it('streams progress, then the report, which can be exported', async () => {
    const answer = await events(
      await post('/api/compare', { reference: sample.reference, current: sample.current }),
    );
    const measured = answer.filter(
      (event) => event.type === 'progress' && event.progress.stage === 'measure',
    );
    expect(measured).toHaveLength(25);
    const last = answer.at(-1);
    if (last?.type !== 'report') throw new Error(`no report at the end: ${JSON.stringify(last)}`);
    expect(last.report.summary.driftedCount).toBe(10);
    for (const [format, start] of [
      ['html', '<!doctype html>'],
      ['json', '{'],
      ['csv', 'column,'],
    ] as const) {
      const file = await post(`/api/export?format=${format}`, { reportId: last.reportId });
      expect(file.headers.get('content-disposition')).toContain(`.${format}"`);
      expect((await file.text()).slice(0, start.length)).toBe(start);
    }
    expect((await post('/api/export?format=exe', { reportId: last.reportId })).status).toBe(400);
    expect((await post('/api/export?format=json', { reportId: 'other' })).status).toBe(400);
  });

  it('says the sentence of the command when an input is bad', async () => {
    writeFileSync(join(folder, 'empty.csv'), '');
    const answer = await events(
      await post('/api/compare', {
        reference: { path: join(folder, 'empty.csv') },
        current: sample.current,
      }),
    );
    expect(answer.at(-1)).toEqual({
      type: 'error',
      error: {
        code: 'file-empty',
        message: expect.stringMatching(/^"empty\.csv" is empty \(0 bytes\); give/),
      },
    });
  });

  it('is cancelled by leaving off', async () => {
    const response = await post('/api/compare', {
      reference: sample.reference,
      current: sample.current,
    });
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    // the engine is free for the next request
    const next = await events(
      await post('/api/compare', {
        reference: sample.reference,
        current: sample.current,
        options: { columns: ['age'] },
      }),
    );
    expect(next.at(-1)?.type).toBe('report');
  });

  it('is cancelled by the request’s signal', async () => {
    const controller = new AbortController();
    const response = await post(
      '/api/compare',
      { reference: sample.reference, current: sample.current },
      controller.signal,
    );
    controller.abort();
    const answer = await events(response);
    expect(answer.at(-1)).toMatchObject({ type: 'error', error: { code: 'cancelled' } });
  });

  it.each([
    ['not JSON', 'x', /not JSON/],
    ['a field too many', { reference: { path: 'a' }, current: { path: 'b' }, extra: 1 }, /extra/],
    ['no path', { reference: {}, current: { path: 'b' } }, /reference\.path/],
    [
      'a bad option',
      { reference: { path: 'a' }, current: { path: 'b' }, options: { alpha: 'x' } },
      /options\.alpha/,
    ],
  ])('refuses %s', async (_name, body, message) => {
    const request = new Request('app://driftglass/api/compare', {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const response = await handler(request);
    expect(response.status).toBe(400);
    expect(((await response.json()) as { message: string }).message).toMatch(message);
  });
});

describe('files', () => {
  it('opens what stands below the root, and pages of its rows', async () => {
    writeFileSync(join(folder, 'small.csv'), 'n,w\n1,a\n2,\n3,c\n');
    const path = join(folder, 'small.csv');
    const dataset = await (await post('/api/open', { source: { path } })).json();
    expect(dataset).toMatchObject({ name: 'small.csv', rowCount: 3, columnCount: 2 });
    const page = await (
      await post('/api/rows', { source: { path }, rowStart: 1, rowEnd: 3 })
    ).json();
    expect(page).toEqual({
      columns: ['n', 'w'],
      rows: [
        ['2', null],
        ['3', 'c'],
      ],
    });
  });

  it('shows the beginning of what stands below the root, as it would be read', async () => {
    const path = join(folder, 'look.csv');
    writeFileSync(path, 'n;w\n1;a\n2;\n3;c\n');
    const preview = await (await post('/api/preview', { source: { path } })).json();
    expect(preview).toMatchObject({
      name: 'look.csv',
      format: 'csv',
      columns: [{ name: 'n', kind: 'numeric' }, { name: 'w' }],
      dialect: { delimiter: ';', header: true },
      rows: [
        ['1', 'a'],
        ['2', null],
        ['3', 'c'],
      ],
      rejectedRows: [],
      isWhole: true,
    });
    const otherwise = { path, reading: { delimiter: ',' } };
    const again = await (await post('/api/preview', { source: otherwise })).json();
    expect(again).toMatchObject({ columns: [{ name: 'n;w' }] });
  });

  it('shows nothing of what lies outside, and refuses what is no data with its sentence', async () => {
    const outside = await post('/api/preview', { source: { path: '/etc/passwd' } });
    expect(outside.status).toBe(403);
    const path = join(folder, 'hollow.csv');
    writeFileSync(path, '');
    const hollow = await post('/api/preview', { source: { path } });
    expect(hollow.status).toBe(400);
    expect(await hollow.json()).toMatchObject({ code: 'file-empty' });
  });

  it('refuses what lies outside, also behind a link or dots', async () => {
    symlinkSync('/etc', join(folder, 'link'));
    for (const path of [
      '/etc/passwd',
      join(folder, '..', 'x.csv'),
      join(folder, 'link', 'passwd'),
      `${folder}-beside/x.csv`,
    ]) {
      const response = await post('/api/open', { source: { path } });
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: 'path-not-allowed' });
    }
  });

  it('says the sentences of the command below the root', async () => {
    mkdirSync(join(folder, 'bare'));
    for (const [name, code] of [
      ['nowhere.csv', 'file-missing'],
      ['bare', 'folder-without-data'],
    ] as const) {
      const path = join(folder, name);
      const answer = await (await post('/api/open', { source: { path } })).json();
      expect(answer).toMatchObject({ code, message: expect.stringContaining(name) });
    }
  });

  it('takes uploads under harmless names, and forgets them at the end', async () => {
    const own = createFileAccess({ paths: [], root: null, allowsAll: false });
    const app = createHandler({ engine, access: own, door: 'browser', pair: null, sample });
    const upload = async (name: string) => {
      const url = `app://driftglass/api/upload?name=${encodeURIComponent(name)}`;
      const response = await app(new Request(url, { method: 'POST', body: 'a\n1\n' }));
      return ((await response.json()) as { source: { path: string } }).source.path;
    };
    const paths = await Promise.all(
      ['x.csv', '../../evil.csv', 'C:\\dir\\w.csv', 'g*[1].csv', '.hidden', '', 'x.csv'].map(
        upload,
      ),
    );
    expect(paths.map((path) => path.split('/').at(-1))).toEqual([
      'x.csv',
      'evil.csv',
      'w.csv',
      'g__1_.csv',
      '_hidden',
      'upload',
      'x.csv',
    ]);
    expect(new Set(paths).size).toBe(paths.length);
    expect(readFileSync(paths[1] as string, 'utf8')).toBe('a\n1\n');
    await own.close();
    expect(() => readFileSync(paths[1] as string)).toThrow(/ENOENT/);
  });
});
