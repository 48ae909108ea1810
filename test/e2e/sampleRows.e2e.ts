import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page } from 'playwright/test';
import { command } from '../main/command.js';
import { test } from './app.js';
import { writeHostile } from './hostileTable.js';
import { violations } from './violations.js';

test('rows are looked at, exported where asked, shown from disk, and not handed on by themselves', async ({
  page,
  serve,
  complaints,
}, info) => {
  mkdirSync(info.outputDir, { recursive: true });
  await page.goto(await serve());
  await page.getByTestId('try-sample').click();
  await page.getByTestId('row').first().waitFor();
  await page.getByTestId('tab-quality').click();
  await page.getByTestId('open-sample-rows').click();
  await expect(page.getByTestId('reference-sample-rows').locator('tbody tr')).toHaveCount(50);
  await page.keyboard.press('Escape');

  await page.getByTestId('export').click();
  const plain = readFileSync(await saved(page, 'export-html', info.outputDir), 'utf8');
  expect(plain).not.toMatch(/L1[0-9]{5}/);
  await page.getByTestId('export').click();
  const size = page.getByTestId('export-size');
  await expect(size).toHaveText(/\d/);
  const before = await size.textContent();
  await page.getByTestId('export-rows').check();
  await page.locator('input[name=rowCount]').fill('200');
  await expect(size).not.toHaveText(before ?? '');
  const html = await saved(page, 'export-html', info.outputDir);
  expect(new Set(readFileSync(html, 'utf8').match(/L1[0-9]{5}/g)).size).toBe(400);

  const exported = await page.context().newPage();
  await exported.goto(pathToFileURL(html).href);
  await expect(exported.getByTestId('sample-rows-line')).toContainText('200 of the reference');
  await exported.getByTestId('show-sample-rows').focus();
  await exported.keyboard.press('Enter');
  const table = exported.getByTestId('current-sample-rows');
  await expect(table.locator('tbody tr')).toHaveCount(50);
  await expect(table.locator('tbody tr').first()).toContainText(/L12\d{4}/);
  await exported.getByRole('button', { name: 'Next rows, current' }).click();
  await expect(exported.getByTestId('sample-rows')).toContainText('51 to 100');
  // the table scrolls by keyboard
  const scroller = exported.getByRole('region', { name: 'Sample rows, current' });
  await scroller.focus();
  await exported.keyboard.press('ArrowRight');
  await expect.poll(() => scroller.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
  await exported.keyboard.press('Escape');
  await expect(exported.getByTestId('sample-rows')).toHaveCount(0);
  await exported.getByTestId('export').click();
  const handed = await saved(exported, 'export-json', info.outputDir);
  expect(readFileSync(handed, 'utf8')).not.toMatch(/L1[0-9]{5}/);
  expect(complaints.outside).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`hostile rows are text, within their cells, and open to everyone, in the ${colorScheme}`, async ({
    browser,
    folder,
  }) => {
    const files = [0, 1].map((by) => writeHostile(folder.path, `${by}.csv`, 300, by));
    const html = join(folder.path, 'r.html');
    const words = ['compare', ...files, '--quiet', '--sample-rows', '60', '--html', html];
    expect(await command(words)).toMatchObject({ code: 0, errors: '' });
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: 900, height: 700 },
    });
    const page = await context.newPage();
    await page.goto(pathToFileURL(html).href);
    await page.getByTestId('row').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByTestId('show-sample-rows').click();
    const table = page.getByTestId('reference-sample-rows');
    await expect(table.locator('[data-cut]').first()).toHaveAttribute('title', /first 200 char/);
    await expect(table.locator('img')).toHaveCount(0);
    expect(await page.evaluate(() => 'isRun' in window)).toBe(false);
    const widest = await table
      .locator('td')
      .evaluateAll((cells) => Math.max(...cells.map((cell) => cell.clientWidth)));
    expect(widest).toBeLessThan(400);
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 640, height: 400 });
    await expect(page.getByTestId('current-sample-rows')).toBeAttached();
    const isWithin = await page.evaluate(
      () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
    );
    expect(isWithin).toBe(true);
    await context.close();
  });

async function saved(page: Page, testId: string, folder: string): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByTestId(testId).click();
  const file = await download;
  const path = join(folder, `${Date.now()}-${file.suggestedFilename()}`);
  await file.saveAs(path);
  return path;
}
