import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'playwright/test';
import { root, shownVerdicts, test } from './app.js';

const expected = JSON.parse(readFileSync(`${root}sample-data/lending/expected.json`, 'utf8')) as {
  columns: Record<string, { verdict: string }>;
};
const verdicts = Object.fromEntries(
  Object.entries(expected.columns).map(([name, { verdict }]) => [name, verdict]),
);

test('the sample: from first start to an exported report that works offline', async ({
  page,
  serve,
  complaints,
  browser,
}, info) => {
  await page.goto(await serve());
  await page.getByTestId('try-sample').click();
  await expect(page.getByTestId('headline')).toContainText('10 of 25 columns drifted');
  expect(await shownVerdicts(page)).toEqual(verdicts);

  // the words on screen, not only the attributes
  await page.keyboard.press('/');
  await page.keyboard.type('annual');
  const row = page.getByTestId('row');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('drifted');
  await expect(row).toContainText('1 000 times smaller');

  await row.click();
  await expect(page.getByTestId('column-view')).toContainText('annual_income');
  await expect(page.getByTestId('chart').locator('svg').first()).toBeVisible();
  expect(await page.getByTestId('chart').locator('svg').count()).toBeGreaterThanOrEqual(2);
  await page.goBack();
  await expect(page.getByTestId('headline')).toBeVisible();

  const download = page.waitForEvent('download');
  await exportAs(page, 'export-html');
  const file = join(info.outputDir, 'report.html');
  await (await download).saveAs(file);
  expect(readFileSync(file).length).toBeLessThan(1.2e6);

  // opened from disk, with the network off
  const context = await browser.newContext({ offline: true });
  const report = await context.newPage();
  const requests: string[] = [];
  report.on('request', (request) => requests.push(request.url()));
  report.on('console', (message) =>
    complaints.heard.push(`report ${message.type()}: ${message.text()}`),
  );
  report.on('pageerror', (error) => complaints.heard.push(`report exception: ${error.message}`));
  await report.goto(pathToFileURL(file).href);
  await expect(report.getByTestId('headline')).toContainText('10 of 25 columns drifted');
  expect(await shownVerdicts(report)).toEqual(verdicts);
  // the list is virtual and stands at its end now
  await report.keyboard.press('/');
  await report.keyboard.type('channel');
  await report.locator('[data-testid=row][data-column=channel]').click();
  await expect(report.getByTestId('column-view')).toContainText('channel');
  const bars = report.getByTestId('chart').locator('svg path, svg rect');
  expect(await bars.count()).toBeGreaterThan(5);
  expect(requests.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
  expect(requests.filter((url) => url.startsWith('file:'))).toHaveLength(1);
  await context.close();
});

test('every kind of column opens with its charts drawn', async ({ page, serve, complaints }) => {
  await page.goto(await serve());
  await page.getByTestId('try-sample').click();
  await expect(page.getByTestId('headline')).toBeVisible();
  for (const name of [
    'age',
    'channel',
    'application_time',
    'has_cosigner',
    'purpose',
    'application_id',
    'state',
  ]) {
    await page.keyboard.press('/');
    await page
      .getByRole('searchbox')
      .or(page.getByPlaceholder(/search/i))
      .first()
      .fill(name);
    await page.locator(`[data-testid=row][data-column=${name}]`).click();
    const view = page.getByTestId('column-view');
    await expect(view).toContainText(name);
    if (name !== 'application_id')
      await expect(view.getByTestId('chart').locator('svg').first()).toBeVisible();
    await page.getByTestId('back').click();
  }
  expect(complaints.heard).toEqual([]);
});

test('the exported report works in a sandboxed frame with no rights but scripts', async ({
  page,
  serve,
  complaints,
}, info) => {
  await page.goto(await serve());
  await page.getByTestId('try-sample').click();
  await expect(page.getByTestId('headline')).toBeVisible();
  const download = page.waitForEvent('download');
  await exportAs(page, 'export-html');
  const file = join(info.outputDir, 'framed.html');
  await (await download).saveAs(file);
  const html = readFileSync(file, 'utf8');
  await page.goto('about:blank');
  await page.setContent('<iframe sandbox="allow-scripts" width="1200" height="700"></iframe>');
  await page.locator('iframe').evaluate((frame: HTMLIFrameElement, content) => {
    frame.srcdoc = content;
  }, html);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByTestId('headline')).toContainText('10 of 25 columns drifted');
  await frame.locator('[data-testid=row][data-column=annual_income]').click();
  await expect(frame.getByTestId('chart').locator('svg').first()).toBeVisible();
  expect(complaints.heard).toEqual([]);
});

test('the JSON export is the report', async ({ page, serve, complaints }, info) => {
  await page.goto(await serve());
  await page.getByTestId('try-sample').click();
  await expect(page.getByTestId('headline')).toBeVisible();
  const download = page.waitForEvent('download');
  await exportAs(page, 'export-json');
  const file = join(info.outputDir, 'report.json');
  await (await download).saveAs(file);
  expect(JSON.parse(readFileSync(file, 'utf8')).summary.driftedCount).toBe(10);
  expect(complaints.outside).toEqual([]);
});

async function exportAs(page: import('playwright/test').Page, item: string): Promise<void> {
  await page
    .getByRole('button', { name: /export|save/i })
    .first()
    .click();
  await page.getByTestId(item).click();
}
