/** Takes the README's pictures of the real interface with the sample pair: `npm run pictures`. */
import { mkdirSync } from 'node:fs';
import { launchBrowser } from './browser.js';
import { root, startServer } from './startServer.js';

mkdirSync(`${root}docs/pictures`, { recursive: true });
const server = await startServer();
const browser = await launchBrowser();
for (const colorScheme of ['light', 'dark'] as const) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme });
  await page.goto(server.url);
  await page.getByTestId('try-sample').waitFor();
  if (colorScheme === 'light') {
    await page.screenshot({ path: `${root}docs/pictures/open.png` });
    for (const side of ['reference', 'current'])
      await page
        .getByTestId(`${side}-input`)
        .setInputFiles(`${root}sample-data/lending/${side}.csv`);
    await page.getByTestId('current-reading').click();
    await page.getByTestId('preview-table').locator('tbody tr').first().waitFor();
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${root}docs/pictures/import.png` });
    await page.keyboard.press('Escape');
    await page.reload();
    await page.getByTestId('try-sample').waitFor();
  }
  await page.getByTestId('try-sample').click();
  await page.getByTestId('row').first().waitFor();
  await page.mouse.move(640, 5);
  await page.screenshot({ path: `${root}docs/pictures/overview-${colorScheme}.png` });
  if (colorScheme === 'light') {
    await page.getByTestId('export').click();
    await page.getByTestId('export-size').filter({ hasText: /\d/ }).waitFor();
    await page.screenshot({ path: `${root}docs/pictures/export.png` });
    await page.keyboard.press('Escape');
  }
  await page.getByTestId('tab-quality').click();
  await page.getByTestId('quality-row').first().waitFor();
  await page.mouse.move(640, 5);
  if (colorScheme === 'light') await page.screenshot({ path: `${root}docs/pictures/quality.png` });
  await page.getByTestId('tab-overview').click();
  await page.getByTestId('row').first().waitFor();
  await page.locator('[data-testid=row][data-column=probability]').click();
  await page.getByTestId('chart').locator('svg').first().waitFor();
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${root}docs/pictures/column-${colorScheme}.png` });
  if (colorScheme === 'light') {
    await page.getByTestId('show-work').filter({ hasText: /^0\.3/ }).first().click();
    await page.getByTestId('work-panel').waitFor();
    await page.screenshot({ path: `${root}docs/pictures/work.png` });
  }
  if (colorScheme === 'light') {
    await page.keyboard.press('Escape');
    await page.getByTestId('back').click();
    await page.locator('[data-testid=row][data-column=age]').click();
    const brush = page.getByTestId('brush').first();
    await brush.scrollIntoViewIfNeeded();
    await page.waitForTimeout(500);
    const box = await brush.boundingBox();
    if (box === null) throw new Error('no chart to drag over');
    await page.mouse.move(box.x + 1, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.1 * box.width, box.y + box.height / 2);
    await page.mouse.move(box.x + 0.2 * box.width, box.y + box.height / 2);
    await page.mouse.up();
    await page.getByTestId('back').click();
    await page.getByTestId('linked-spark').first().waitFor();
    await page.mouse.move(640, 5);
    await page.screenshot({ path: `${root}docs/pictures/selection.png` });
  }
  await page.close();
}
await browser.close();
await server.stop();
