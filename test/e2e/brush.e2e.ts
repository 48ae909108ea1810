/** Linked selection in the app and in an exported page: by pointer and by keys, in words, and through the history. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page } from 'playwright/test';
import { root, test } from './app.js';
import { violations } from './violations.js';

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftglass-brush-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));
const sides = ['reference', 'current'].map((side) => `${root}sample-data/lending/${side}.csv`);

const words = (page: Page) => page.getByTestId('selection-bar').getByRole('status');
const brush = (page: Page) => page.getByTestId('brush').first();

function exported(name: string, ...options: string[]): string {
  const path = join(folder, name);
  execFileSync(process.execPath, [
    ...[`${root}dist/cli.js`, 'compare', ...sides, '--html', path, '--quiet', ...options],
  ]);
  return pathToFileURL(path).href;
}

/** Drags over a part of the histogram, by shares of its width. */
async function drag(page: Page, from: number, to: number): Promise<void> {
  await brush(page).scrollIntoViewIfNeeded();
  await expect(brush(page)).toHaveCSS('position', 'absolute');
  await expect.poll(async () => (await brush(page).boundingBox())?.width ?? 0).toBeGreaterThan(100);
  const box = await brush(page).boundingBox();
  if (box === null) throw new Error('no chart to drag over');
  await page.mouse.move(box.x + from * box.width, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + ((from + to) / 2) * box.width, box.y + box.height / 2);
  await page.mouse.move(box.x + to * box.width, box.y + box.height / 2);
  await page.mouse.up();
}

/** Follows a selection through the list, another column, the history and the keys. */
async function followed(page: Page): Promise<void> {
  await page.locator('[data-testid=row][data-column=age]').click();
  await drag(page, 0.02, 0.2);
  await expect(words(page)).toHaveText(
    /^Rows with age up to \d\d: [\d.]+\u202f% of reference, [\d.]+\u202f% of current\.$/,
  );
  const selected = (await words(page).textContent()) ?? '';
  await expect(page.getByTestId('selection-bar')).toContainText(
    'Counted in bins, from all 20\u202f000 reference and all 5\u202f000 current rows.',
  );
  expect(await violations(page)).toEqual([]);
  await page.getByTestId('back').click();
  await expect(words(page)).toHaveText(selected);
  await expect(page.getByTestId('linked-spark').first()).toBeVisible();
  const difference = page.locator('[data-column=probability] [data-testid=difference]');
  await expect(difference).toContainText(/0\.\d+ → 0\.\d+/);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('columnheader', { name: 'Difference' }).getByRole('button').click();
  await expect(page.getByTestId('row').first()).toHaveAttribute('data-column', 'application_time');

  await page.locator('[data-testid=row][data-column=channel]').click();
  await expect(page.getByRole('heading', { name: 'Within the selection' })).toBeVisible();
  await expect(page.getByText('Total variation distance by these bins')).toBeVisible();
  await page.getByTestId('brush').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Enter');
  await expect(words(page)).toHaveText(/^Rows with channel branch, mobile app: /);
  await expect(page.getByRole('heading', { name: 'Within the selection' })).toHaveCount(0);
  await expect(brush(page).getByRole('option', { selected: true })).toHaveCount(2);
  expect(await violations(page)).toEqual([]);
  const address = page.url();
  expect(address).toContain('select=channel&bins=2-3');
  await page.goBack();
  await expect(words(page)).toHaveText(selected);
  await page.goForward();
  await expect(words(page)).toHaveText(/channel branch, mobile app/);
  await page.getByTestId('brush').first().focus();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('selection-bar')).toHaveCount(0);
  await expect(page.getByTestId('column-view')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(words(page)).toHaveText(/^Rows with channel website: /);
  await page.getByTestId('clear-selection').click();
  await expect(page.getByTestId('selection-bar')).toHaveCount(0);
}

test('brushing in the app: all columns follow', async ({ page, serve, complaints }) => {
  await page.goto(await serve());
  await page.getByTestId('try-sample').click();
  await page.getByTestId('row').first().waitFor({ timeout: 60_000 });
  await followed(page);
  await page.getByTestId('export').click();
  const box = page.locator('input[value=cube]');
  await expect(box).toBeChecked();
  await expect(page.getByTestId('cube-size')).toContainText('kB of counts');
  await page.getByTestId('export-private').check();
  await expect(box).toBeDisabled();
  await expect(page.getByTestId('cube-size')).toContainText('left out');
  expect(complaints.heard).toEqual([]);
});

test('brushing in an exported page opened from disk, offline', async ({
  page,
  context,
  complaints,
}) => {
  const url = exported('linked.html');
  await context.setOffline(true);
  await page.goto(url);
  await page.getByTestId('row').first().waitFor();
  await followed(page);
  // a link carries it
  await page.goto(`${url}#/overview?select=age&bins=1-2`);
  await page.reload();
  await expect(words(page)).toHaveText(/^Rows with age up to \d\d: /);
  await page.goto(`${url}#/column?name=bureau_rating`);
  await page.getByRole('button', { name: /^Missing: / }).click();
  await expect(words(page)).toHaveText(/^Rows without bureau_rating: /);
  expect(complaints.heard).toEqual([]);
});

test('an export without joint counts says so', async ({ page, complaints }) => {
  await page.goto(`${exported('masked.html', '--private')}#/column?name=age&select=age&bins=1`);
  await expect(page.getByText('a masked report has none')).toBeVisible();
  await expect(page.getByTestId('brush')).toHaveCount(0);
  await expect(page.getByTestId('selection-bar')).toHaveCount(0);
  await page.goto(`${exported('off.html', '--no-cube')}#/column?name=age`);
  await expect(page.getByText('switched off for this comparison')).toBeVisible();
  expect(complaints.heard).toEqual([]);
});
