import { expect } from 'playwright/test';
import { test } from './app.js';

test('what changed, schema and quality, and the forms of a column’s charts', async ({
  page,
  serve,
  complaints,
}) => {
  await page.goto(await serve());
  await page.getByTestId('try-sample').click();
  await page.getByTestId('row').first().waitFor();
  await expect(page.getByTestId('groups')).toContainText('bureau_rating');
  await page.getByTestId('change-missing').click();
  await expect(page.getByTestId('row')).toHaveCount(1);
  await expect(page.getByTestId('row')).toContainText('bureau_rating');

  await page.keyboard.press('2');
  await expect(page.getByTestId('quality-view')).toContainText('No two rows are the same');
  await page.getByTestId('trait-changed').click();
  const names = page.getByTestId('quality-row').locator('.column-name');
  await expect(names).toHaveText(['annual_income', 'employment_status', 'bureau_rating']);
  await page.getByTestId('quality-row').first().focus();
  await page.keyboard.press('Enter');

  await expect(page.getByTestId('column-view')).toContainText('annual_income');
  const charts = page.getByTestId('chart');
  await expect(charts.first().locator('svg')).toBeVisible();
  const bars = charts.first().locator('.mark-rect').first().locator('path');
  await expect(bars).toHaveCount(40);
  await page.getByText('10', { exact: true }).click();
  await expect(bars).toHaveCount(10);
  await page.getByText('Log', { exact: true }).click();
  await page.getByText('Quantile-quantile', { exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Quantiles against each other' })).toBeVisible();
  await page.getByText('As a table').first().click();
  await expect(page.locator('.figure-table tbody tr')).toHaveCount(10);
  await expect(page.getByTestId('extremes')).toContainText('263 583');

  await page.keyboard.press('Escape');
  await expect(page.getByTestId('quality-view')).toBeVisible();
  expect(complaints.outside).toEqual([]);
});
