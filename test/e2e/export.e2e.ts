import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page } from 'playwright/test';
import { root, test } from './app.js';

test('a report is cut down, masked and annotated, and opens again with its notes', async ({
  page,
  serve,
  complaints,
}, info) => {
  mkdirSync(info.outputDir, { recursive: true });
  await page.goto(await serve());
  await page.getByTestId('try-sample').click();
  await page.getByTestId('row').first().waitFor();
  await note(page, '**Look** at [income](https://example.org) <b>now</b>');
  await expect(page.getByTestId('author-note').locator('b')).toHaveCount(0);
  await page.locator('[data-testid=row][data-column=age]').click();
  await note(page, 'Younger _applicants_');

  await page.getByTestId('export').click();
  const whole = await shownBytes(page);
  await page.getByRole('checkbox', { name: /^Measures/ }).uncheck();
  await page.getByTestId('export-private').check();
  await page.locator('input[name=title]').fill('For the board');
  await expect(page.getByTestId('export-inside')).toContainText('fewer than 5 rows are masked');
  await expect.poll(() => shownBytes(page)).toBeLessThan(whole);
  const shown = await shownBytes(page);
  const html = await saved(page, 'export-html', info.outputDir);
  expect(Math.abs(statSync(html).size / shown - 1)).toBeLessThan(0.01);

  const exported = await page.context().newPage();
  await exported.goto(pathToFileURL(html).href);
  await expect(exported).toHaveTitle('For the board');
  await expect(exported.getByTestId('author-note')).toContainText('<b>now</b>');
  const link = exported.getByTestId('author-note').getByRole('link');
  await expect(link).toHaveAttribute('rel', /noopener/);
  await expect(exported.getByTestId('contents')).toContainText('Left out of this report: measures');
  await expect(exported.getByTestId('note-write')).toHaveCount(0);
  await exported.locator('[data-testid=row][data-column=age]').click();
  await expect(exported.getByTestId('author-note')).toContainText('Younger applicants');
  await expect(exported.getByTestId('chart').locator('svg').first()).toBeVisible();
  await expect(exported.getByTestId('show-work')).toHaveCount(0);
  await exported.close();

  const again = await page.context().newPage();
  await again.goto(await serve());
  await again.getByTestId('report-input').setInputFiles(html);
  await expect(again.getByTestId('author-note')).toContainText('Look at income');
  await expect(again.getByTestId('contents')).toContainText('fewer than 5 rows');
  await again.getByTestId('export').click();
  const json = JSON.parse(readFileSync(await saved(again, 'export-json', info.outputDir), 'utf8'));
  expect(json.authorNotes.columns).toEqual({ age: 'Younger _applicants_' });
  expect(json.contents.maskedBelow).toBe(5);
  expect(complaints.outside).toEqual([]);
});

test('a summary, and a chart as picture, drawing and numbers', async ({ page, serve }, info) => {
  mkdirSync(info.outputDir, { recursive: true });
  await page.goto(await serve());
  await page.getByTestId('try-sample').click();
  await page.getByTestId('row').first().waitFor();
  await page.getByTestId('export').click();
  const markdown = readFileSync(await saved(page, 'export-markdown', info.outputDir), 'utf8');
  expect(markdown).toMatch(/^## 10 of 25 columns drifted/);
  expect(markdown.match(/^\| .* drifted, /gm)).toHaveLength(10);
  expect(markdown).toContain('npx driftglass compare');

  await page.locator('[data-testid=row][data-column=probability]').click();
  await page.getByTestId('chart').locator('svg').first().waitFor();
  const contents: Buffer[] = [];
  for (const format of ['png', 'svg', 'csv']) {
    await page.getByTestId('chart-menu').first().click();
    contents.push(readFileSync(await saved(page, `chart-${format}`, info.outputDir)));
  }
  const [png, svg, csv] = contents;
  expect(png?.subarray(1, 4).toString()).toBe('PNG');
  expect(png?.length).toBeGreaterThan(5_000);
  expect(svg?.toString()).toMatch(/^<svg[\s\S]*probability: Distribution/);
  expect(csv?.toString().split('\n')[0]).toBe('start,end,reference,current');
});

test('printing has the list and every column with its charts, and the screen comes back', async ({
  page,
  serve,
}) => {
  await page.goto(await serve());
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { seen });
    window.print = () => {
      window.dispatchEvent(new Event('beforeprint'));
      const charts = [...document.querySelectorAll('.app > .column .chart')];
      seen.push(charts.length, charts.filter((chart) => chart.querySelector('svg')).length);
      seen.push(document.querySelectorAll('.app > .column').length);
      window.dispatchEvent(new Event('afterprint'));
    };
  });
  await page.getByTestId('try-sample').click();
  await page.locator('[data-testid=row][data-column=age]').click();
  await page.getByTestId('export').click();
  await page.getByTestId('export-pdf').click();
  await expect
    .poll(() => page.evaluate(() => (window as never as { seen: [] }).seen.length))
    .toBe(3);
  const [charts = 0, drawn, columns] = await page.evaluate(
    () => (window as never as { seen: number[] }).seen,
  );
  expect(columns).toBe(25);
  expect(charts).toBeGreaterThan(30);
  expect(drawn).toBe(charts);
  await expect(page.getByTestId('column-view')).toContainText('age');
});

test('a report of many columns is packed, small, and opens by itself', async ({
  page,
  complaints,
}, info) => {
  mkdirSync(info.outputDir, { recursive: true });
  const names = Array.from({ length: 700 }, (_, i) => `c${i}`);
  for (const [side, shift] of [
    ['reference', 0],
    ['current', 1],
  ] as const) {
    const rows = Array.from({ length: 300 }, (_, row) =>
      names.map((_, i) => Math.sin(row * (i + 7)) * 1000 + shift).join(','),
    );
    writeFileSync(join(info.outputDir, `${side}.csv`), `${names.join(',')}\n${rows.join('\n')}\n`);
  }
  const html = join(info.outputDir, 'wide.html');
  const files = ['reference.csv', 'current.csv'].map((name) => join(info.outputDir, name));
  const words = ['compare', ...files, '--html', html, '--quiet'];
  execFileSync(process.execPath, [`${root}dist/cli.js`, ...words]);
  expect(readFileSync(html, 'utf8')).toContain('type="application/gzip" id="driftglass-report"');
  expect(statSync(html).size).toBeLessThan(5e6);
  await page.goto(pathToFileURL(html).href);
  await expect(page.getByTestId('row').first()).toBeVisible();
  expect(complaints.heard).toEqual([]);
});

async function note(page: Page, text: string): Promise<void> {
  await page.getByTestId('note-write').first().click();
  await page.getByTestId('note-text').fill(text);
  await page.getByTestId('note-keep').click();
  await page.getByTestId('author-note').first().waitFor();
}

async function saved(page: Page, testId: string, folder: string): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByTestId(testId).click();
  const file = await download;
  const path = join(folder, file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

/** `825 kB` as a number; it comes a moment after a choice. */
async function shownBytes(page: Page): Promise<number> {
  const size = page.getByTestId('export-size');
  await expect(size).toHaveText(/\d/);
  // the sheet asks a moment after the last change
  await page.waitForTimeout(600);
  const [, number = '', unit = ''] =
    /([\d.]+)\s*(\w+)/.exec((await size.textContent()) ?? '') ?? [];
  return Number(number) * ({ B: 1, kB: 1e3, MB: 1e6 }[unit] ?? Number.NaN);
}
