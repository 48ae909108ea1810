import { expect } from 'playwright/test';
import { test } from './app.js';
import { violations } from './violations.js';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no view is closed to anyone, in the ${colorScheme}`, async ({ folder, browser, serve }) => {
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const check = async (view: string) => expect(await violations(page), view).toEqual([]);
    const rows = (name: string) => [
      `id,${name},word`,
      ...Array.from({ length: 200 }, (_, i) => `${i},${(i * 7) % 40},w${i % 3}`),
    ];
    const bad = rows('Age');
    bad.splice(20, 0, 'x,y,z,too,many');
    await page.goto(await serve('--root', folder.path));
    await page.getByTestId('try-sample').waitFor();
    await check('open');

    await page.getByTestId('reference-paste').click();
    await page.getByTestId('paste-text').fill('one line');
    await check('paste');
    await page.keyboard.press('Escape');

    await page.getByTestId('reference-input').setInputFiles(folder.write('a.csv', rows('age')));
    await page.getByTestId('current-input').setInputFiles(folder.write('b.csv', bad));
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
