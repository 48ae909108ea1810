import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'playwright/test';
import { command } from '../main/command.js';
import { test } from './app.js';
import { hostileColumns, writeHostile } from './hostileTable.js';
import { overflowing } from './overflowing.js';

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftglass-hostile-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rowCount = 300;

for (const width of [640, 900, 1280, 1600]) {
  test(`names and values stay in their places at ${width}`, async ({ page, complaints }) => {
    const [reference, current] = [
      writeHostile(folder, 'a.csv', rowCount, 0),
      writeHostile(folder, 'b.csv', rowCount, 1),
    ];
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
    for (let i = 0; i < Object.keys(hostileColumns).length; i++) {
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
