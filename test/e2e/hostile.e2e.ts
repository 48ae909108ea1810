import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Papa from 'papaparse';
import { expect, type Page } from 'playwright/test';
import { command } from '../main/command.js';
import { test } from './app.js';

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftglass-hostile-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hostile = '</script><img src=x onerror="window.isRun=true">';
const family = '👩‍👩‍👧‍👦'.repeat(300);

/** By column name: what row `i` holds on the side that is shifted by `by`. */
const columns: Record<string, (i: number, by: number) => unknown> = {
  ['n'.repeat(10_000)]: (i, by) => i * (1 + by),
  [`${'word '.repeat(400)}end`]: (i) => `level ${'x'.repeat(300)} ${i % 3}`,
  [hostile]: (i, by) => (i % (2 + by) === 0 ? hostile : 'plain'),
  '\u202eעמודה عمود': (i, by) => `${'ש'.repeat(200)}${i % (3 + by)}`,
  [family]: (i, by) => `${family}${i % (2 + by)}`,
  huge: (i, by) => (i % 2 === 0 ? `${1 + by}e308` : `-${1 + by}e308`),
  tiny: (i, by) => `${(i % 7) + 1 + by}e-308`,
  old: (i, by) => new Date(Date.UTC(-500, 0, 1 + i * (1 + by))).toISOString().slice(3, 13),
  before1900: (i, by) => `18${10 + ((i * (1 + by)) % 80)}-01-0${1 + (i % 9)}`,
  empty: () => '',
  constant: () => 1,
};

function write(name: string, rowCount: number, by: number): string {
  const rows = Array.from({ length: rowCount }, (_, i) =>
    Object.values(columns).map((at) => at(i, by)),
  );
  const path = join(folder, name);
  writeFileSync(path, Papa.unparse([Object.keys(columns), ...rows]));
  return path;
}

/** Elements that reach beyond the cell, the panel or the page that they are in, and are not cut there. */
async function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cells = '.row > *, .diff-table td, .diff-table th, .panel, .headline, .top-bar, main';
    return [...document.querySelectorAll<HTMLElement>(cells)]
      .filter((cell) => {
        const { overflowX } = getComputedStyle(cell);
        const isCut = cell.matches('main') ? false : overflowX !== 'visible';
        return !isCut && cell.scrollWidth > cell.clientWidth + 1 && cell.clientWidth > 0;
      })
      .map(
        (cell) => `${cell.tagName}.${cell.className}: ${cell.scrollWidth} > ${cell.clientWidth}`,
      );
  });
}

const rowCount = 300;

for (const width of [1280, 1600]) {
  test(`names and values stay in their places at ${width}`, async ({ page, complaints }) => {
    const [reference, current] = [write('a.csv', rowCount, 0), write('b.csv', rowCount, 1)];
    const inFolder = (name: string) => join(folder, name);
    const words = ['compare', reference, current, '--quiet'];
    const { code, errors } = await command([
      ...words,
      '--html',
      inFolder('r.html'),
      '--json',
      inFolder('r.json'),
    ]);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    await command([...words, '--limit', '0.9', '--json', inFolder('old.json')]);
    await command([
      'diff',
      inFolder('old.json'),
      inFolder('r.json'),
      '--quiet',
      '--html',
      inFolder('diff.html'),
    ]);
    await page.setViewportSize({ width, height: 800 });
    const address = pathToFileURL(inFolder('r.html')).href;
    await page.goto(address);
    await page.getByTestId('row').first().waitFor();
    expect(await overflowing(page)).toEqual([]);
    await page.locator('[data-testid=row][tabindex="0"]').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('column-view').waitFor();
    for (let i = 0; i < Object.keys(columns).length; i++) {
      const name = await page.locator('h1').textContent();
      expect({ name: name?.slice(0, 20), cut: await overflowing(page) }).toMatchObject({ cut: [] });
      await page.keyboard.press('j');
    }
    await page.goto(pathToFileURL(inFolder('diff.html')).href);
    await page.locator('h1').waitFor();
    await page.getByRole('button', { name: /unchanged/ }).click();
    expect(await overflowing(page)).toEqual([]);
    expect(await page.evaluate(() => 'isRun' in window)).toBe(false);
    expect(complaints.heard).toEqual([]);
  });
}
