import { join } from 'node:path';
import { expect } from 'playwright/test';
import { test } from './app.js';

const hostileNames = [
  '</script><script>window.hit=1</script>',
  '<img src=x onerror="window.hit=1">',
  '"; DROP TABLE reference; --',
  '{{datum.x}}',
  "signal('x')",
  'a.b[0]',
  '𝒰🙂\u202eabc',
  "it's",
];

test('hostile names and values stay inert, in the app and in the export', async ({
  folder,
  page,
  serve,
  complaints,
  browser,
}, info) => {
  const header = hostileNames.map((name) => `"${name.replaceAll('"', '""')}"`).join(',');
  const rows = (shift: number) =>
    Array.from({ length: 300 }, (_, i) =>
      hostileNames
        .map((name, k) =>
          k % 2 === 0
            ? `${(i * 7 + shift * 3) % 50}`
            : `"${(i + shift) % 3 === 0 ? name.replaceAll('"', '""') : '<b>x</b>'}"`,
        )
        .join(','),
    ).join('\n');
  await page.goto(await serve());
  await page
    .getByTestId('reference-input')
    .setInputFiles(folder.write('<b>ref.csv', `${header}\n${rows(0)}\n`));
  await page
    .getByTestId('current-input')
    .setInputFiles(folder.write('cur.csv', `${header}\n${rows(1)}\n`));
  await page.getByTestId('compare').click();
  await expect(page.getByTestId('headline')).toBeVisible();
  const names = await page
    .getByTestId('row')
    .evaluateAll((found) => found.map((row) => row.getAttribute('data-column')));
  expect([...names].sort()).toEqual([...hostileNames].sort());
  for (const index of hostileNames.keys()) {
    await page.getByTestId('row').nth(index).click();
    await expect(page.getByTestId('chart').locator('svg').first()).toBeVisible();
    await page.getByTestId('back').click();
  }
  const download = page.waitForEvent('download');
  await page
    .getByRole('button', { name: /export|save/i })
    .first()
    .click();
  await page.getByTestId('export-html').click();
  const target = join(info.outputDir, 'hostile.html');
  await (await download).saveAs(target);
  const context = await browser.newContext({ offline: true });
  const report = await context.newPage();
  report.on('console', (message) => complaints.heard.push(message.text()));
  report.on('pageerror', (error) => complaints.heard.push(error.message));
  await report.goto(`file://${target}`);
  await expect(report.getByTestId('headline')).toBeVisible();
  await report.getByTestId('row').first().click();
  await expect(report.getByTestId('chart').locator('svg').first()).toBeVisible();
  for (const shown of [page, report]) {
    expect(await shown.evaluate(() => 'hit' in window)).toBe(false);
    expect(await shown.locator('b', { hasText: /^x$/ }).count()).toBe(0);
  }
  await context.close();
});

const good = 'a,b\n1,x\n2,y\n3,x\n';
const bad: [string, string, string | Uint8Array, RegExp][] = [
  ['an empty file', 'empty.csv', '', /"empty\.csv" is empty \(0 bytes\)/],
  ['a header without rows', 'header.csv', 'a,b\n', /"header\.csv" has no rows/],
  [
    'a truncated Parquet file',
    'cut.parquet',
    'PAR1 and then nothing more',
    /"cut\.parquet" .* cut short or damaged/,
  ],
  [
    'a binary file',
    'noise.csv',
    Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256),
    /"noise\.csv" is no data file/,
  ],
  ['no shared column', 'other.csv', 'zebra\n1\n2\n', /The two files share no column/],
];

for (const [name, fileName, content, sentence] of bad) {
  test(`${name} gets the command's sentence`, async ({ folder, page, serve, complaints }) => {
    await page.goto(await serve());
    await page.getByTestId('reference-input').setInputFiles(folder.write(fileName, content));
    await page.getByTestId('current-input').setInputFiles(folder.write('good.csv', good));
    await page.getByTestId('compare').click();
    await expect(page.getByTestId('error')).toHaveText(sentence);
    // nothing is lost: another file can take its place
    await page.getByTestId('reference-input').setInputFiles(folder.write('good2.csv', good));
    await page.getByTestId('compare').click();
    await expect(page.getByTestId('headline')).toBeVisible();
    expect(complaints.outside).toEqual([]);
  });
}

test('a comparison can be cancelled and started again', async ({
  folder,
  page,
  serve,
  complaints,
}) => {
  const lines = Array.from(
    { length: 400_000 },
    (_, i) => `${i},${(i * 7919) % 10_007},w${i % 5003}`,
  );
  const big = folder.write('big.csv', `id,n,w\n${lines.join('\n')}\n`);
  await page.goto(await serve());
  await page.getByTestId('reference-input').setInputFiles(big);
  await page.getByTestId('current-input').setInputFiles(big);
  await page.getByTestId('compare').click();
  await page.getByTestId('cancel').click();
  await expect(page.getByTestId('compare')).toBeVisible();
  await page.getByTestId('compare').click();
  await expect(page.getByTestId('headline')).toBeVisible({ timeout: 30_000 });
  expect(complaints.outside).toEqual([]);
});

test('a pair on the command line is compared at once', async ({
  folder,
  page,
  serve,
  complaints,
}) => {
  const [a, b] = [folder.write('a.csv', good), folder.write('b.csv', good)];
  await page.goto(await serve(a, b));
  await expect(page.getByTestId('headline')).toContainText('None of 2 columns drifted');
  expect(complaints.outside).toEqual([]);
});

test('values that stand for missing are listed, and one click treats them so', async ({
  folder,
  page,
  serve,
  complaints,
}) => {
  const rows = (fill: boolean) =>
    Array.from(
      { length: 2_000 },
      (_, i) => `${fill && i % 9 === 0 ? -1 : 20 + ((i * 37) % 60)},w${i % 4}`,
    ).join('\n');
  const [a, b] = [
    folder.write('a.csv', `age,word\n${rows(false)}\n`),
    folder.write('b.csv', `age,word\n${rows(true)}\n`),
  ];
  await page.goto(await serve(a, b));
  await page.locator('[data-testid=row][data-column=age]').click();
  await expect(page.getByTestId('column-view')).toContainText('it is the only negative number');
  await page.getByTestId('treat-as-missing').first().click();
  await expect(
    page.getByTestId('headline').or(page.getByTestId('column-view')).first(),
  ).toBeVisible();
  await expect(page.locator('body')).toContainText('Missing values rose from 0');
  expect(complaints.outside).toEqual([]);
});

test('a number shows its work, with a snippet that repeats it', async ({
  folder,
  page,
  serve,
  complaints,
}) => {
  const [a, b] = [
    folder.write('a.csv', good.repeat(1) + '4,y\n'.repeat(40)),
    folder.write('b.csv', good + '5,x\n'.repeat(40)),
  ];
  await page.goto(await serve(a, b));
  await page.locator('[data-testid=row][data-column=a]').click();
  await page
    .getByTestId('column-view')
    .getByRole('button', { name: /Kolmogorov|0\.9|1$/ })
    .first()
    .click();
  await expect(page.getByTestId('work-panel')).toBeVisible();
  await expect(page.getByTestId('work-snippet')).toContainText('scipy');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('work-panel')).toHaveCount(0);
  expect(complaints.outside).toEqual([]);
});
