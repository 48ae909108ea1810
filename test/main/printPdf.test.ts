import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportHtml } from '../../core/index.js';
import { printPdf } from '../../main/printPdf.js';
import { findBrowser } from '../browser.js';
import { exampleReport } from '../renderer/exampleReport.js';

const browser = findBrowser();
let folder: string;
let named: string | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftglass-test-'));
  named = process.env.DRIFTGLASS_BROWSER;
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  if (named === undefined) delete process.env.DRIFTGLASS_BROWSER;
  else process.env.DRIFTGLASS_BROWSER = named;
});

describe.skipIf(browser === null)('a PDF (needs a Chromium that is installed)', () => {
  it('has each column on a page of its own, with its charts drawn', async () => {
    const sizes = [];
    for (const count of [1, 6]) {
      const report = exampleReport(count);
      const pdf = Buffer.from(await printPdf(await reportHtml(report)));
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      sizes.push({ pages: pagesOf(pdf), curves: curvesOf(pdf) });
    }
    const [one, six] = sizes;
    expect(six?.pages).toBeGreaterThanOrEqual((one?.pages ?? 0) + 5);
    expect(six?.curves).toBeGreaterThan(2 * (one?.curves ?? 0));
    expect(leftBehind()).toEqual([]);
  });

  it('is cancelled at once, and leaves nothing', async () => {
    const html = await reportHtml(exampleReport(6));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    await expect(printPdf(html, controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
    expect(leftBehind()).toEqual([]);
  });
});

it('a browser that is none, or fails, has its sentence', async () => {
  process.env.DRIFTGLASS_BROWSER = join(folder, 'nowhere');
  await expect(printPdf('')).rejects.toMatchObject({ code: 'browser-missing' });
  const broken = join(folder, 'broken');
  writeFileSync(broken, '#!/bin/sh\necho no display >&2\nexit 1\n', { mode: 0o755 });
  process.env.DRIFTGLASS_BROWSER = broken;
  await expect(printPdf('')).rejects.toMatchObject({
    code: 'browser-failed',
    message: expect.stringContaining('no display'),
  });
  expect(leftBehind()).toEqual([]);
});

function leftBehind(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`driftglass-${process.pid}.`));
}

function pagesOf(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
}

/** Lines drawn in the pages: a chart is hundreds of them. */
function curvesOf(pdf: Buffer): number {
  let count = 0;
  const text = pdf.toString('latin1');
  for (const { index, 0: start } of text.matchAll(/\/FlateDecode[^>]*>>\s*stream\r?\n/g)) {
    const from = index + start.length;
    const end = text.indexOf('endstream', from);
    const content = inflateSync(pdf.subarray(from, end)).toString('latin1');
    count += content.match(/^[-\d. ]+ l$/gm)?.length ?? 0;
  }
  return count;
}
