import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, expect, test } from 'playwright/test';
import { root, shownVerdicts } from './app.js';

const binary = process.env.DRIFTGLASS_ELECTRON;
const expected = JSON.parse(readFileSync(`${root}sample-data/lending/expected.json`, 'utf8')) as {
  columns: Record<string, { verdict: string }>;
};

test('the window: the sample, a column, and an export through the native dialog', async ({
  browserName: _,
}, info) => {
  test.skip(binary === undefined, 'no Electron binary is installed on this machine');
  const app = await _electron.launch({
    executablePath: binary ?? '',
    args: [root, '--no-sandbox'],
  });
  const heard: string[] = [];
  const page = await app.firstWindow();
  page.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`exception: ${error.message}`));
  expect(page.url()).toBe('app://driftglass/');

  await page.getByTestId('try-sample').click();
  await expect(page.getByTestId('headline')).toContainText('10 of 25 columns drifted');
  const verdicts = Object.fromEntries(
    Object.entries(expected.columns).map(([name, { verdict }]) => [name, verdict]),
  );
  expect(await shownVerdicts(page)).toEqual(verdicts);
  await page.keyboard.press('/');
  await page.keyboard.type('annual');
  await page.getByTestId('row').click();
  await expect(page.getByTestId('chart').locator('svg').first()).toBeVisible();

  const target = join(info.outputDir, 'report.html');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, target);
  await page.getByTestId('export').click();
  await page.getByTestId('export-html').click();
  await expect.poll(() => readFileSync(target, 'utf8').length).toBeGreaterThan(100_000);

  // the page has the four named functions and nothing of Node or Electron
  expect(
    await page.evaluate(() =>
      Object.keys((window as { driftglass?: object }).driftglass ?? {}).sort(),
    ),
  ).toEqual(['onMenu', 'openFiles', 'pathForFile', 'saveFile']);
  expect(
    await page.evaluate(() => ['require', 'process', 'Buffer'].filter((name) => name in window)),
  ).toEqual([]);
  expect(heard).toEqual([]);
  await app.close();
});
