import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page } from 'playwright/test';
import { command, lending } from '../main/command.js';
import { test } from './app.js';

/** A sentence, a table, an axis of numbers and one of dates of what is shown. */
async function shown(page: Page): Promise<Record<string, string | null>> {
  const axis = page.getByTestId('chart').first().locator('.role-axis-label');
  return {
    reason: await page.locator('.column-reason').textContent(),
    mean: await page
      .locator('.statistics tr', { hasText: 'Mean' })
      .locator('td')
      .first()
      .textContent(),
    axis: (await axis.allTextContents()).join(' '),
  };
}

async function csvOf(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page
    .getByRole('button', { name: /Save this chart/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: /CSV/ }).click();
  return readFileSync(await (await download).path(), 'utf8');
}

test('the reader chooses how numbers and dates are written; what machines read stays', async ({
  page,
  complaints,
}, info) => {
  mkdirSync(info.outputDir, { recursive: true });
  const html = join(info.outputDir, 'report.html');
  const words = ['compare', lending.reference, lending.current, '--quiet', '--html', html];
  expect(await command(words)).toMatchObject({ code: 0 });
  await page.goto(pathToFileURL(html).href);
  const open = async (name: string) => {
    await page.keyboard.press('/');
    await page.keyboard.type(name);
    await page.locator(`[data-testid=row][data-column=${name}]`).click();
    await expect(page.getByTestId('chart').first().locator('svg')).toBeVisible();
  };
  const choose = async (id: string) => {
    await page.getByTestId('open-numbers').click();
    await page.getByTestId(`numbers-${id}`).click();
    await expect(page.getByTestId('chart').first().locator('svg')).toBeVisible();
  };
  await open('annual_income');
  const before = await shown(page);
  expect(before.reason).toContain('1\u202f000 times');
  expect(before.axis).toContain('100\u202f000');
  const csv = await csvOf(page);

  await choose('de-DE');
  const after = await shown(page);
  expect(after.reason).toContain('1.000 times');
  expect(after.mean).toMatch(/^\d\d\.\d{3}/);
  expect(after.axis).toContain('100.000');
  expect(await csvOf(page)).toBe(csv);

  await page.getByTestId('back').click();
  await page.getByTestId('row').first().waitFor();
  await open('application_time');
  await expect(page.getByText('05.01.2026 01:46').first()).toBeVisible();
  await choose('en-US');
  await expect(page.getByText('01/05/2026 01:46').first()).toBeVisible();

  // remembered where the page may store anything
  await page.reload();
  await expect(page.locator('.column-view, [data-testid=headline], h1').first()).toBeVisible();
  await page.getByTestId('open-numbers').click();
  await expect(page.getByTestId('numbers-en-US')).toHaveAttribute('aria-checked', 'true');
  expect(complaints.heard).toEqual([]);
});

test('a sandboxed report, which may store nothing, lets its reader choose too', async ({
  page,
  complaints,
}, info) => {
  mkdirSync(info.outputDir, { recursive: true });
  const html = join(info.outputDir, 'report.html');
  const words = ['compare', lending.reference, lending.current, '--quiet', '--html', html];
  expect(await command(words)).toMatchObject({ code: 0 });
  await page.setContent('<iframe sandbox="allow-scripts" width="1200" height="700"></iframe>');
  await page.locator('iframe').evaluate(
    (frame: HTMLIFrameElement, content) => {
      frame.srcdoc = content;
    },
    readFileSync(html, 'utf8'),
  );
  const frame = page.frameLocator('iframe');
  await frame.getByTestId('open-numbers').click();
  await frame.getByTestId('numbers-de-DE').click();
  await expect(frame.getByTestId('headline')).toContainText('6,4\u202f%');
  expect(complaints.heard).toEqual([]);
});
