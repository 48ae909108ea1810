import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine, type DriftReport, type Engine, reportHtml } from '../../core/index.js';
import { createFileAccess, type FileAccess } from '../../main/fileAccess.js';
import { createHandler, type Handler } from '../../main/handler.js';
import { openReport } from '../../main/openReport.js';
import { sample } from '../../main/sample.js';
import { createTemporaryFolder } from '../createTemporaryFolder.js';
import { exampleReport } from '../renderer/exampleReport.js';

const { path: folder, write: file } = createTemporaryFolder();
let report: DriftReport;
beforeAll(() => {
  report = { ...exampleReport(3), authorNotes: { report: '**Look** here', columns: {} } };
});

describe('a report is opened as it was exported', () => {
  it('from JSON, indented or not', async () => {
    for (const indent of [0, 2]) {
      const path = file('report.json', JSON.stringify(report, null, indent));
      expect(await openReport({ path })).toEqual(report);
    }
  });

  it('from a page, also where its data are packed', async () => {
    const many = exampleReport(3000);
    for (const whole of [report, many]) {
      const html = await reportHtml(whole);
      expect(html.includes('application/gzip')).toBe(whole === many);
      expect(await openReport({ path: file('report.html', html) })).toEqual(whole);
    }
  });
});

describe('what is not one has its sentence', () => {
  it.each([
    ['data', '[{"a":1}]', 'not-a-report'],
    ['JSON lines', '{"a":1}\n{"a":2}\n', 'not-a-report'],
    ['another page', '<!doctype html><p>hello', 'not-a-report'],
    ['nothing', '', 'not-a-report'],
    ['another version', '{"schemaVersion":2}', 'not-a-report'],
  ])('%s', async (_, content, code) => {
    const path = file('other.json', content);
    await expect(openReport({ path })).rejects.toMatchObject({
      code,
      message: expect.stringContaining('"other.json"'),
    });
  });

  it('cut short, in text and packed', async () => {
    const json = JSON.stringify(report);
    const packed = await reportHtml(exampleReport(3000));
    const at = packed.indexOf('driftglass-report">') + 5_000;
    const cut = `${packed.slice(0, at)}${packed.slice(packed.indexOf('<', at))}`;
    for (const content of [json.slice(0, json.length / 2), cut]) {
      const path = file('cut.html', content);
      await expect(openReport({ path })).rejects.toMatchObject({ code: 'not-a-report' });
    }
  });

  it('changed by hand', async () => {
    for (const change of [{ extra: 1 }, { createdAt: 'yesterday' }, { notes: 'x' }]) {
      const path = file('changed.json', JSON.stringify({ ...report, ...change }));
      await expect(openReport({ path })).rejects.toMatchObject({
        code: 'file-damaged',
        message: expect.stringMatching(/"changed\.json" is a report that was cut short or changed/),
      });
    }
  });

  it('not there, and a folder', async () => {
    const path = join(folder, 'nowhere.html');
    await expect(openReport({ path })).rejects.toMatchObject({ code: 'file-missing' });
    await expect(openReport({ path: folder })).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});

describe('over HTTP', () => {
  let engine: Engine;
  let access: FileAccess;
  let handler: Handler;
  beforeAll(() => {
    engine = createEngine({ threads: 1 });
    access = createFileAccess({ paths: [], root: folder, allowsAll: false });
    handler = createHandler({ engine, access, door: 'browser', pair: null, sample });
  });
  afterAll(async () => {
    await engine.close();
    await access.close();
  });

  function post(path: string, body: unknown): Promise<Response> {
    const request = { method: 'POST', body: JSON.stringify(body) };
    return handler(new Request(`app://driftglass${path}`, request));
  }

  it('it can be exported again, without its data', async () => {
    const path = file('report.html', await reportHtml(report));
    const opened = await (await post('/api/report', { source: { path } })).json();
    expect(opened).toMatchObject({ report });
    const { reportId } = opened as { reportId: string };
    const again = await (await post('/api/export?format=json', { reportId })).json();
    expect(again).toEqual(report);
  });

  it('what may not be read is not', async () => {
    const answer = await post('/api/report', { source: { path: '/etc/passwd' } });
    expect(answer.status).toBe(403);
  });
});
