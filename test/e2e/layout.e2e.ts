import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page } from 'playwright/test';
import { command, lending } from '../main/command.js';
import { test } from './app.js';
import { overflowing } from './overflowing.js';

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftglass-layout-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Compares two files; the addresses of the report, and of it held against one with another limit. */
async function pages(
  reference: string,
  current: string,
): Promise<{ report: string; diff: string }> {
  const [html, json, old, diff] = ['r.html', 'r.json', 'old.json', 'd.html'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  for (const words of [
    ['compare', reference, current, '--html', html, '--json', json],
    ['compare', reference, current, '--limit', '0.9', '--json', old],
    ['diff', old, json, '--html', diff],
  ])
    expect(await command([...words, '--quiet'])).toMatchObject({ code: 0, errors: '' });
  return { report: pathToFileURL(html).href, diff: pathToFileURL(diff).href };
}

/** Where something has no room, by view; `eachColumn` is called in every column's view. */
async function faults(
  page: Page,
  { report, diff }: { report: string; diff: string },
  eachColumn: () => Promise<unknown> = async () => {},
): Promise<string[]> {
  const found: string[] = [];
  const look = async (view: string) => {
    for (const fault of await overflowing(page)) found.push(`${view}: ${fault}`);
  };
  await page.goto(report);
  await page.getByTestId('row').first().waitFor();
  await look('overview');
  await page.keyboard.press('2');
  await page.getByTestId('quality-view').waitFor();
  await look('schema');
  await page.keyboard.press('1');
  await page.locator('[data-testid=row][tabindex="0"]').focus();
  await page.keyboard.press('Enter');
  const next = page.getByRole('button', { name: 'Next column (j)' });
  for (;;) {
    await page.getByTestId('column-view').waitFor();
    const charts = page.getByTestId('chart');
    for (const chart of await charts.all()) await chart.scrollIntoViewIfNeeded();
    if ((await charts.count()) > 0) await expect(charts.last().locator('svg')).toBeVisible();
    await eachColumn();
    await look((await page.locator('h1').textContent())?.slice(0, 20) ?? '');
    if (await next.isDisabled()) break;
    await next.click();
  }
  await page.goto(diff);
  await page.locator('h1').waitFor();
  const unchanged = page.getByRole('button', { name: /unchanged/ });
  if (await unchanged.isEnabled()) await unchanged.click();
  await look('diff');
  return found;
}

// 640 is a window of 1280 at a zoom of 200 %
test('nothing lacks room, from wide windows to zoomed ones', async ({ page, complaints }) => {
  test.slow();
  const addresses = await pages(lending.reference, lending.current);
  for (const width of [1920, 1280, 900, 640]) {
    await page.setViewportSize({ width, height: 800 });
    expect({ width, faults: await faults(page, addresses) }).toEqual({ width, faults: [] });
  }
  expect(complaints.heard).toEqual([]);
});

test('nothing lacks room in the application, while it runs again, either', async ({
  page,
  serve,
}) => {
  await page.goto(await serve());
  await page.getByTestId('try-sample').click();
  await page.getByTestId('row').first().waitFor();
  await page.route('**/api/compare', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  for (const width of [1280, 900, 640]) {
    await page.setViewportSize({ width, height: 800 });
    await page.getByTestId('open-options').click();
    expect({ width, faults: await overflowing(page) }).toEqual({ width, faults: [] });
    await page.getByTestId('run-again').click();
    await page.getByTestId('run-strip').waitFor();
    expect({ width, faults: await overflowing(page) }).toEqual({ width, faults: [] });
    await page.getByTestId('run-strip').waitFor({ state: 'detached' });
  }
});

const heads = ['whole', 'huge', 'tiny', 'level', 'time', 'old', 'flag', 'words'];
/** The lines of two files. */
const extremes: Record<string, (by: number) => unknown[][]> = {
  'one row': (by) => [
    [by, `${1 - by}e308`, '5e-324', `c${by}`, '2024-01-01', '1850-03-04', 'true', 'so it is'],
  ],
  'all values equal': () =>
    Array(40).fill([
      7,
      '1e308',
      '1e-310',
      'a',
      '2024-01-01T10:00:00',
      '1750-03-04',
      'true',
      'so it is',
    ]),
  'the ends of what a number can be': (by) =>
    Array.from({ length: 60 }, (_, i) => [
      2 ** 53 - i * 2,
      i % 2 === by ? '8e307' : '-8e307',
      `${i + by}e-322`,
      `c${i % 5}`,
      `${1000 + ((i * 149 * (by + 1)) % 9000)}-01-01`,
      `0${100 + ((i * 7) % 900)}-02-0${1 + (i % 9)}`,
      i % 3 === 0 ? 'true' : 'false',
      `w${i} x`,
    ]),
};

for (const [what, lines] of Object.entries(extremes)) {
  test(`charts of a file with ${what} are drawn`, async ({ page, complaints }) => {
    const files = [0, 1].map((by) => {
      const path = join(folder, `extreme-${by}.csv`);
      writeFileSync(path, [heads, ...lines(by)].map((line) => line.join(',')).join('\n'));
      return path;
    }) as [string, string];
    await page.setViewportSize({ width: 900, height: 800 });
    const forms = ['Count', 'Density', 'Log', 'Quantile-quantile', 'Share', 'Linear', 'Cumulative'];
    const chooseAll = async () => {
      for (const form of [...forms, 'Slopes', 'Difference', 'Bars']) {
        const choice = page.getByText(form, { exact: true });
        if ((await choice.count()) > 0) await choice.first().click();
      }
    };
    expect(await faults(page, await pages(...files), chooseAll)).toEqual([]);
    expect(complaints.heard).toEqual([]);
  });
}
