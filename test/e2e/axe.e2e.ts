import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page } from 'playwright/test';
import { command, lending } from '../main/command.js';
import { test } from './app.js';
import { violations } from './violations.js';

let folder: string;
const at = (name: string) => join(folder, name);
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'driftglass-axe-'));
  const words = ['compare', lending.reference, lending.current, '--quiet'];
  const more = ['--title', 'Last week', '--limit', 'channel=0.3', '--exclude', 'state'];
  await command([
    ...words,
    ...more,
    '--reference-where',
    'probability > 0.5',
    '--json',
    at('old.json'),
  ]);
  const asked = ['--baseline', '--profile', 'evidently', '--measures', 'all'];
  await command([...words, ...asked, '--json', at('new.json'), '--html', at('new.html')]);
  await command(['diff', at('old.json'), at('new.json'), '--quiet', '--html', at('diff.html')]);
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Nothing but a table or a list of its own scrolls sideways. */
async function isWithinWidth(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const main = document.querySelector('main');
    return scrollWidth <= clientWidth && (main?.scrollWidth ?? 0) <= (main?.clientWidth ?? 0);
  });
}

const kinds = [
  'annual_income',
  'channel',
  'application_time',
  'purpose',
  'application_id',
  'approved',
];

for (const colorScheme of ['light', 'dark'] as const) {
  test(`an exported page is open to everyone, in the ${colorScheme}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const check = async (view: string) => expect(await violations(page), view).toEqual([]);
    const address = pathToFileURL(at('new.html')).href;
    await page.goto(address);
    await page.getByTestId('row').first().waitFor();
    await check('overview');
    for (const name of kinds) {
      await page.goto(`${address}#/column?name=${name}`);
      await page.getByTestId('column-view').waitFor();
      await check(`column ${name}`);
    }
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByTestId('keys').waitFor();
    await check('keys');
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('keys')).toHaveCount(0);
    await page.keyboard.press('2');
    await expect(page.getByTestId('tab-quality')).toHaveAttribute('aria-current', 'page');
    await check('quality');
    await page.keyboard.press('1');
    await page.getByTestId('show-work').first().click();
    await page.getByTestId('work-panel').waitFor();
    await check('work');

    await page.goto(pathToFileURL(at('diff.html')).href);
    await page.getByTestId('change').first().waitFor();
    await check('diff');
    await context.close();
  });
}

test('at twice the size nothing is cut off sideways', async ({ browser }) => {
  // a window of 1280 pixels zoomed to 200 %
  const context = await browser.newContext({ viewport: { width: 640, height: 400 } });
  const page = await context.newPage();
  const address = pathToFileURL(at('new.html')).href;
  const check = async (view: string) => expect(await isWithinWidth(page), view).toBe(true);
  await page.goto(address);
  await page.getByTestId('row').first().waitFor();
  await check('overview');
  await page.goto(`${address}#/column?name=annual_income`);
  await page.getByTestId('column-view').waitFor();
  await check('column');
  await page.goto(pathToFileURL(at('diff.html')).href);
  await page.getByTestId('change').first().waitFor();
  await check('diff');
  await context.close();
});

test('the keyboard alone finds, opens, changes and leaves a column', async ({ page, serve }) => {
  await page.goto(await serve());
  await expect(page.getByTestId('try-sample')).toBeEnabled();
  await page.getByTestId('try-sample').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('row').first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('channel');
  await expect(page.getByTestId('row')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.locator('[data-testid=row][tabindex="0"]').focus();
  await page.keyboard.press('ArrowDown');
  const second = page.getByTestId('row').nth(1);
  await expect(second).toBeFocused();
  const outline = await second.evaluate((row) => getComputedStyle(row).outlineStyle);
  expect(outline).not.toBe('none');
  await page.keyboard.press('Enter');
  await page.getByTestId('column-view').waitFor();
  await expect(page.locator('h1')).toBeFocused();

  const verdict = page.locator('.column-verdict .verdict');
  await expect(verdict).toHaveAttribute('data-verdict', 'drifted');
  await page.getByTestId('column-options').locator('summary').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('column-options').getByLabel('Limit of shape').fill('50');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('undo')).toBeVisible();
  await expect(page.getByTestId('column-options').getByLabel('Limit of shape')).toBeFocused();
  await page.locator('h1').focus();
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('redo')).toBeEnabled();
  await expect(page.getByTestId('column-options').getByLabel('Limit of shape')).toHaveValue('');
  await page.keyboard.press('Escape');
  await page.getByTestId('row').first().waitFor();
});
