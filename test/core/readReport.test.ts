import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readReport } from '../../core/readReport.js';
import { inertJson } from '../../core/report.js';
import { exampleReport } from '../renderer/exampleReport.js';

const report = exampleReport(20);
const page = (type: string, data: string) =>
  `<!doctype html><title>x</title><script type="application/${type}" id="driftglass-report">${data}</script>`;

it('reads a report from JSON and from a page, plain and packed', async () => {
  const json = JSON.stringify(report);
  expect(await readReport(json, 'r.json')).toEqual(report);
  expect(await readReport(`\ufeff${json}`, 'r.json')).toEqual(report);
  expect(await readReport(page('json', inertJson(report)), 'r.html')).toEqual(report);
  const packed = gzipSync(json).toString('base64');
  expect(await readReport(page('gzip', packed), 'r.html')).toEqual(report);
});

const broken = (change: (copy: typeof report) => unknown) => {
  const copy = structuredClone(report);
  change(copy);
  return JSON.stringify(copy);
};

it.each([
  ['', 'nothing'],
  ['{', 'no JSON'],
  ['null', 'nothing in it'],
  ['[]', 'a list'],
  [page('json', '{}'), 'a page of something else'],
  [page('gzip', 'AAAA'), 'a page that is damaged'],
  [broken((copy) => Object.assign(copy, { schemaVersion: 2 })), 'a later schema'],
  [broken((copy) => Object.assign(copy, { columns: {} })), 'no columns'],
  [broken((copy) => Object.assign(copy.columns[0] ?? {}, { verdict: 'bad' })), 'a strange verdict'],
  [broken((copy) => Object.assign(copy.columns[0]?.channels ?? {}, { shape: null })), 'no channel'],
  [broken((copy) => Object.assign(copy.columns[0] ?? {}, { effect: { value: 'x' } })), 'no effect'],
])('refuses what is no report: %#', async (text) => {
  await expect(readReport(text, 'x.json')).rejects.toMatchObject({ code: 'not-a-report' });
});
