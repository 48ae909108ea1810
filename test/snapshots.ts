/** How every view looks, as small pictures beside the tests that compare them: `npm run snapshots` takes them anew. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { launchBrowser } from './browser.js';
import { root, startServer } from './startServer.js';

const folder = join(root, 'test/fixtures/snapshots');

/** What the pictures depend on beside the interface itself. */
export const recordFile = join(folder, 'recorded.json');
export const schemes = ['light', 'dark'] as const;
export const widths = [
  [1280, 800],
  [1920, 1080],
  [900, 800],
] as const;
export const views = [
  'overview',
  'numeric',
  'category',
  'time',
  'schema',
  'export',
  'diff',
] as const;
type View = (typeof views)[number];

const columns: Partial<Record<View, string>> = {
  numeric: 'annual_income',
  category: 'employment_status',
  time: 'application_time',
};

export function snapshotFile(view: View, width: number, scheme: string): string {
  return join(folder, `${view}-${width}-${scheme}.webp`);
}

/** The sample, compared, in the interface that is served at `url`. */
export async function openSample(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByTestId('try-sample').click();
  await page.getByTestId('row').first().waitFor();
}

/** Shows a view of the open report, with nothing on it that changes from day to day. */
export async function showView(page: Page, view: View): Promise<void> {
  if ((await page.locator('dialog[open]').count()) > 0) await page.keyboard.press('Escape');
  const column = columns[view];
  const address = column === undefined ? 'overview' : `column?name=${column}`;
  await page.goto(`${page.url().replace(/#.*/, '')}#/${address}`);
  if (column === undefined) await page.getByTestId('row').first().waitFor();
  else await showChart(page);
  if (view === 'schema') await page.getByTestId('tab-quality').click();
  if (view === 'export') {
    await page.getByTestId('export').click();
    await page.getByTestId('export-size').filter({ hasText: /\d/ }).waitFor();
  }
  if (view === 'diff') await showDiff(page);
  await page.mouse.move(5, 5);
  // the time of the report, and sizes that follow from it; the page's policy admits no style element
  await page.evaluate((changing) => {
    for (const element of document.querySelectorAll<HTMLElement>(changing))
      element.style.visibility = 'hidden';
    (document.activeElement as HTMLElement | null)?.blur();
  }, '.overview-head > .eyebrow, .export-size, .diffed dd > .quiet');
  await page.waitForTimeout(400);
}

/** The first chart in the middle of the window: it is drawn when it comes into sight, and moves what is below it. */
async function showChart(page: Page): Promise<void> {
  const chart = page.getByTestId('chart').first();
  const place = () =>
    chart.evaluate((element) => {
      element.scrollIntoView({ block: 'center', behavior: 'instant' });
      return element.getBoundingClientRect().top;
    });
  await place();
  await chart.locator('svg').waitFor();
  for (let last = Number.NaN, now = await place(); now !== last; now = await place()) {
    last = now;
    await page.waitForTimeout(100);
  }
}

/** The report held against itself. */
async function showDiff(page: Page): Promise<void> {
  const download = page.waitForEvent('download');
  await page.getByTestId('export').click();
  await page.getByTestId('export-json').click();
  const file = await (await download).path();
  await page.getByTestId('earlier-report').setInputFiles(file);
  await page.getByTestId('diff-view').waitFor();
  await page.getByRole('button', { name: /unchanged/ }).click();
}

/** Half as wide and high: letters blur into grey, so that a hair's breadth does not count. */
export async function takeSmall(page: Page): Promise<Buffer> {
  const png = (await page.screenshot({ animations: 'disabled' })).toString('base64');
  const canvasPage = await page.context().newPage();
  try {
    const small = await canvasPage.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = document.createElement('canvas');
      canvas.width = bitmap.width / 2;
      canvas.height = bitmap.height / 2;
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      context.imageSmoothingQuality = 'high';
      context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      return canvas.toDataURL('image/webp', 0.8).split(',')[1] ?? '';
    }, png);
    return Buffer.from(small, 'base64');
  } finally {
    await canvasPage.close();
  }
}

/** The browser, and the widths of two lines in the fonts of the interface. */
export async function fontsOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
    const families = ['Inter, system-ui, sans-serif', 'ui-monospace, monospace'];
    const measured = families.map((family) => {
      context.font = `40px ${family}`;
      return context.measureText('Reference 0123456789 %').width.toFixed(1);
    });
    const version = /Chrom\w+\/(\d+)/.exec(navigator.userAgent)?.[1] ?? 'unknown';
    return `Chromium ${version}, widths ${measured.join(' and ')}`;
  });
}

async function takeAll(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const server = await startServer();
  const browser = await launchBrowser();
  for (const scheme of schemes)
    for (const [width, height] of widths) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: scheme,
      });
      const page = await context.newPage();
      await openSample(page, server.url);
      for (const view of views) {
        await showView(page, view);
        writeFileSync(snapshotFile(view, width, scheme), await takeSmall(page));
      }
      await context.close();
    }
  const page = await browser.newPage();
  writeFileSync(recordFile, `${JSON.stringify({ fonts: await fontsOf(page) }, null, 2)}\n`);
  await browser.close();
  await server.stop();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await takeAll();
