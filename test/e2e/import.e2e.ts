import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page } from 'playwright/test';
import { test } from './app.js';

/** Semicolons, decimal commas and days first. */
function german(shift: number): string[] {
  const rows = Array.from({ length: 400 }, (_, i) => {
    const amount = `${shift + ((i * 37) % 90)},${(i * 7) % 10}`;
    return `${1_000 + i};${amount};${13 + (i % 15)}.0${1 + (i % 9)}.2026;w${i % 4}`;
  });
  return ['nr;betrag;datum;wort', ...rows];
}

async function chooseBoth(page: Page, reference: string, current: string): Promise<void> {
  await page.getByTestId('reference-input').setInputFiles(reference);
  await page.getByTestId('current-input').setInputFiles(current);
  await expect(page.getByTestId('detected')).toHaveCount(2);
}

test('a semicolon file with decimal commas: looked at, read otherwise by hand, and compared', async ({
  folder,
  page,
  serve,
  complaints,
}) => {
  await page.goto(await serve());
  await chooseBoth(page, folder.write('a.csv', german(0)), folder.write('b.csv', german(60)));
  await expect(page.getByTestId('detected').first()).toContainText(
    'CSV · semicolon · decimal comma · 4 columns',
  );

  await page.getByTestId('current-reading').click();
  const dialog = page.getByRole('dialog', { name: 'How b.csv is read' });
  const heads = dialog.getByTestId('preview-table').locator('input');
  await expect(heads).toHaveCount(4);
  await expect(dialog.getByLabel('Kind of betrag')).toHaveValue('');
  await expect(dialog.getByLabel('Kind of betrag').locator('option').first()).toHaveText('numeric');
  await expect(dialog.getByTestId('raw-lines')).toContainText('1000;60,0;13.01.2026;w0');

  // the preview follows each choice
  await dialog.getByLabel('Delimiter').selectOption('comma ,');
  await expect(heads).not.toHaveCount(4);
  await dialog.getByLabel('Delimiter').selectOption('semicolon ;');
  await expect(heads).toHaveCount(4);
  await dialog.getByLabel('Decimal').selectOption('comma ,');
  await dialog.getByLabel('Only rows where').fill('betrag >= 60');
  await dialog.getByLabel('Kind of wort').selectOption('text');
  await expect(dialog.getByTestId('import-options')).toHaveText(
    "--current-delimiter ';' --current-decimal , --current-where 'betrag >= 60' --kind wort=text",
  );

  // Escape leaves all as it was, and gives the focus back
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByTestId('current-reading')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Delimiter')).toHaveValue('detect');
  await dialog.getByLabel('Decimal').selectOption('comma ,');
  await dialog.getByLabel('Kind of wort').selectOption('text');
  await dialog.getByTestId('use-reading').click();

  await page.getByTestId('compare').click();
  await expect(page.getByTestId('headline')).toContainText('1 of 4 columns drifted');
  const row = (name: string) => page.locator(`[data-testid=row][data-column=${name}]`);
  await expect(row('betrag')).toHaveAttribute('data-verdict', 'drifted');
  await expect(row('betrag')).toContainText('numeric');
  await expect(row('datum')).toContainText('datetime');
  await expect(row('wort')).toContainText('text');

  // and after a comparison
  await page.getByTestId('reference-reading').click();
  await page.getByLabel('Only rows where').fill('betrag >= 60');
  await page.getByTestId('use-reading').click();
  await expect(page.getByTestId('reference-rows')).toContainText('left out');
  expect(complaints.outside).toEqual([]);
});

test('a preview that cannot be says why in place, and the focus stays in the dialog', async ({
  folder,
  page,
  serve,
  complaints,
}) => {
  await page.goto(await serve());
  await page.getByTestId('reference-input').setInputFiles(folder.write('a.csv', german(0)));
  await page.getByTestId('reference-reading').click();
  await page.getByLabel('Delimiter').selectOption('other…');
  await page.getByLabel('Delimiter, other').fill('"');
  await expect(page.getByTestId('preview-error')).toContainText('The delimiter must be');
  for (let press = 0; press < 40; press++) {
    await page.keyboard.press('Tab');
    const isInside = await page.evaluate(
      () =>
        document.activeElement === document.body ||
        document.activeElement?.closest('dialog') != null,
    );
    expect(isInside, `after ${press + 1} tabs`).toBe(true);
  }
  await page.getByTestId('detect-again').click();
  await expect(page.getByTestId('preview-error')).toHaveCount(0);
  await expect(page.getByLabel('Delimiter')).toHaveValue('detect');
  expect(complaints.outside).toEqual([]);
});

test('rows that are not read are shown in the app, in the exported file, and as CSV', async ({
  folder,
  page,
  serve,
  complaints,
  browser,
}, info) => {
  const bad = german(0);
  bad.splice(60, 0, '7;1,5;14.02.2026;<b>w1</b>\u0007;too;many');
  bad.splice(200, 0, '=1+1;1,5;14.02.2026;w1;too;many');
  await page.goto(await serve());
  await chooseBoth(page, folder.write('a.csv', german(0)), folder.write('b.csv', bad));
  await page.getByTestId('compare').click();
  await expect(page.getByTestId('current-rows')).toContainText('2 rows not read');
  await page.getByTestId('note-rows').click();
  const rejected = page.getByTestId('rejected-rows').locator('tbody tr');
  await expect(rejected).toHaveCount(2);
  await expect(rejected.first()).toContainText('61');
  await expect(rejected.first()).toContainText('<b>w1</b>⟨U+0007⟩;too;many');

  const saving = page.waitForEvent('download');
  await page.getByTestId('save-rejected').click();
  const csv = join(info.outputDir, 'rejected.csv');
  await (await saving).saveAs(csv);
  expect(readFileSync(csv, 'utf8')).toContain(',"\'=1+1;1,5;14.02.2026;w1;too;many"\n');
  await page.keyboard.press('Escape');

  const download = page.waitForEvent('download');
  await page.getByTestId('export').click();
  await page.getByTestId('export-html').click();
  const html = join(info.outputDir, 'rejected.html');
  await (await download).saveAs(html);
  const context = await browser.newContext({ offline: true });
  const report = await context.newPage();
  report.on('console', (message) => complaints.heard.push(`report: ${message.text()}`));
  await report.goto(pathToFileURL(html).href);
  await report.getByTestId('current-rows').click();
  await expect(report.getByTestId('rejected-rows').locator('tbody tr')).toHaveCount(2);
  await expect(report.getByTestId('row-counts')).toContainText('not read');
  await expect(report.getByTestId('rows')).toContainText('semicolon ;');
  expect(await report.locator('b', { hasText: 'w1' }).count()).toBe(0);
  await context.close();
});

test('a rename is suggested, accepted and undone', async ({ folder, page, serve, complaints }) => {
  const rows = (name: string) => [
    `id,${name}`,
    ...Array.from({ length: 300 }, (_, i) => `${i},${20 + ((i * 37) % 60)}`),
  ];
  await page.goto(
    await serve(
      folder.write('a.csv', rows('CustomerAge')),
      folder.write('b.csv', rows('customer_age')),
    ),
  );
  await expect(page.getByTestId('row')).toHaveCount(1);
  await page.getByTestId('show-schema').click();
  await page.getByTestId('accept-rename').click();
  await expect(page.getByTestId('row')).toHaveCount(2);
  await expect(page.locator('[data-testid=row][data-column=CustomerAge]')).toHaveCount(1);
  await page.getByTestId('undo-rename').click();
  await expect(page.getByTestId('row')).toHaveCount(1);
  expect(complaints.heard).toEqual([]);
});

test('a table is pasted into each side, and compared', async ({ page, serve, complaints }) => {
  const cells = (shift: number) =>
    ['n\tw', ...Array.from({ length: 60 }, (_, i) => `${((i * 7) % 40) + shift}\tw${i % 3}`)].join(
      '\n',
    );
  await page.goto(await serve());
  await expect(page.getByTestId('try-sample')).toBeEnabled();
  // straight onto the page, as Ctrl+V does
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, cells(0));
  await expect(page.getByTestId('detected').first()).toContainText('2 columns');

  await page.getByTestId('current-paste').click();
  await expect(page.getByTestId('paste-text')).toBeFocused();
  await page.getByTestId('paste-text').fill('Dear all,\nplease find the numbers\nattached; best\n');
  await expect(page.getByRole('dialog')).toContainText('What was pasted is no table');
  await expect(page.getByTestId('use-pasted')).toBeDisabled();
  await page.getByTestId('paste-text').fill(`${cells(500)}\n`);
  await expect(page.getByRole('dialog')).toContainText('61 lines of 2 columns, parted by tab');
  await page.getByTestId('use-pasted').click();
  await page.getByTestId('compare').click();
  await expect(page.getByTestId('headline')).toContainText('1 of 2 columns drifted');
  await expect(page.locator('.dataset-name').first()).toHaveText('pasted table');
  expect(complaints.heard).toEqual([]);
});

test('one file is split by a column', async ({ folder, page, serve, complaints }) => {
  const rows = Array.from(
    { length: 600 },
    (_, i) => `${i < 300 ? 2025 : 2026},${(i % 50) + (i < 300 ? 0 : 40)}`,
  );
  await page.goto(await serve());
  await page.getByLabel('One file, split by a column').check();
  await page
    .getByTestId('reference-input')
    .setInputFiles(folder.write('all.csv', ['year,n', ...rows]));
  await expect(page.getByTestId('compare')).toBeDisabled();
  await page.getByTestId('split-column').selectOption('year');
  await page.getByLabel('At', { exact: true }).fill('2026');
  await page.getByTestId('compare').click();
  await expect(page.locator('[data-testid=row][data-column=n]')).toHaveAttribute(
    'data-verdict',
    'drifted',
  );
  await page.getByTestId('open-options').click();
  await expect(page.getByTestId('options')).toContainText('all.csv --split-by year=2026');
  await page.getByLabel('Sample').fill('100');
  await page.getByTestId('run-again').click();
  await expect(page.locator('.dataset').first()).toContainText('100 rows');
  await page.getByTestId('open-options').click();
  await page.getByLabel('Rows where').fill('n < 80');
  await page.getByTestId('run-again').click();
  await expect(page.locator('main')).toContainText('n < 80');
  await page.getByTestId('undo').click();
  await expect(page.locator('main')).not.toContainText('n < 80');
  await page.getByTestId('open-options').click();
  await page.getByLabel('Rows where').fill('n <');
  await page.getByTestId('run-again').click();
  await expect(page.getByTestId('error')).toContainText('cannot be used');
  await expect(page.locator('.dataset').first()).toContainText('100 rows');
  expect(complaints.heard).toEqual([]);
});
