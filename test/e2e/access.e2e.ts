import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from 'playwright/test';
import { test } from './app.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftglass-e2e-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

/** What a screen reader, a keyboard or weak eyes would stumble over. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const found = await axe.run();
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no view is closed to anyone, in the ${colorScheme}`, async ({ browser, serve }) => {
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const check = async (view: string) => expect(await violations(page), view).toEqual([]);
    const rows = (name: string) => [
      `id,${name},word`,
      ...Array.from({ length: 200 }, (_, i) => `${i},${(i * 7) % 40},w${i % 3}`),
    ];
    const bad = rows('Age');
    bad.splice(20, 0, 'x,y,z,too,many');
    await page.goto(await serve('--root', folder));
    await page.getByTestId('try-sample').waitFor();
    await check('open');

    await page.getByTestId('reference-paste').click();
    await page.getByTestId('paste-text').fill('one line');
    await check('paste');
    await page.keyboard.press('Escape');

    await page.getByTestId('reference-input').setInputFiles(file('a.csv', rows('age')));
    await page.getByTestId('current-input').setInputFiles(file('b.csv', bad));
    await expect(page.getByTestId('detected').nth(1)).toContainText('not read so far');
    await check('chosen');

    await page.getByTestId('current-reading').click();
    await page.getByTestId('preview-table').waitFor();
    await page.getByLabel('Comment').selectOption('other…');
    await page.getByLabel('Comment, other').fill('!');
    await page.getByTestId('import-options').waitFor();
    await expect(page.locator('.import-shown[aria-busy=false]')).toHaveCount(1);
    await check('import');
    await page.keyboard.press('Escape');

    await page.getByLabel('One file, split by a column').check();
    await page.getByTestId('split-column').selectOption('word');
    await check('split');
    await page.getByLabel('Two files').check();

    await page.getByTestId('compare').click();
    await page.getByTestId('headline').waitFor();
    await page.getByTestId('show-schema').click();
    await page.getByTestId('accept-rename').waitFor();
    await check('overview');
    await page.getByTestId('current-rows').click();
    await check('rows');
    await page.keyboard.press('Escape');
    await page.getByTestId('open-options').click();
    await check('options');
    await context.close();
  });
}
