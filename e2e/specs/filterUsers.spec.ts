import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { call, consoleIsReady, expectAccessible } from '../support/consolePage.ts';

test.beforeEach(async ({ page }) => {
  await consoleIsReady(page);
  const { id } = (await call(page, 'tags', 'add', { name: 'pilot', color: 'blue' })) as { id: number };
  const people = [
    { username: 'anna', userGroup: 'Sales', phone: '+1 425 555 0100', tags: [id] },
    { username: 'bob', userGroup: 'Sales' },
    { username: 'carla', userGroup: 'IT', method: 'app', mode: 'standard' },
    { username: 'dora', userGroup: 'IT', enabled: false },
  ];
  for (const person of people) await call(page, 'users', 'add', person);
  await page.reload();
  await consoleIsReady(page);
  await expect(page.getByText('4 users', { exact: true })).toBeVisible();
});

async function openFilter(page: Page) {
  await page.getByRole('search').getByRole('button', { name: 'Filter…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Filter User List' });
  await expect(dialog).toBeVisible();
  return dialog;
}

const names = (page: Page) => page.getByRole('grid', { name: 'Users' }).locator('[data-index] > :first-child');

test('the list is filtered with the keyboard alone; chips take conditions away; the filter is remembered', async ({ page }, testInfo) => {
  const dialog = await openFilter(page);
  await expect(dialog.getByText('Without a condition the list shows everybody.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Add condition' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('A condition is not complete.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Apply' })).toBeDisabled();
  await dialog.getByLabel('Field of condition 1').selectOption('text:userGroup');
  await dialog.getByLabel('Test of condition 1').selectOption('is');
  await dialog.getByLabel('Value of condition 1').focus();
  await page.keyboard.type('sales; marketing');
  await expect(dialog.getByText('2 users meet this.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Add condition' }).press('Enter');
  await dialog.getByLabel('Field of condition 2').selectOption('missing');
  await expect(dialog.getByText('1 user meets this.')).toBeVisible();
  await expectAccessible(page, 'filter');
  await page.screenshot({ path: testInfo.outputPath('filter.png') });
  await dialog.getByRole('button', { name: 'Apply' }).press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(names(page)).toHaveText(['bob']);
  await expect(page.getByText('1 of 4 users')).toBeVisible();
  await expectAccessible(page, 'filtered list');
  await page.screenshot({ path: testInfo.outputPath('list.png') });

  await page.reload();
  await consoleIsReady(page);
  await expect(names(page)).toHaveText(['bob']);
  const chips = page.getByRole('group', { name: 'Conditions of the filter' }).or(page.getByLabel('Conditions of the filter'));
  await chips.getByText(/^Lacks/).click();
  await expect(names(page)).toHaveText(['anna', 'bob']);
  await page.getByLabel('Search users').fill('zzz');
  await expect(page.getByText('No user meets the conditions of the filter.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all users' }).click();
  await expect(page.getByText('4 users', { exact: true })).toBeVisible();
});

test('conditions of every kind are counted, and filters are saved by name, replaced and removed', async ({ page }) => {
  const dialog = await openFilter(page);
  await dialog.getByRole('radio', { name: 'at least one condition' }).check();
  for (const [place, field] of ['flag:enabled', 'tag', 'method', 'language:languageCall', 'origin', 'time:createdAt'].entries()) {
    await dialog.getByRole('button', { name: 'Add condition' }).click();
    await dialog.getByLabel(`Field of condition ${place + 1}`).selectOption(field);
  }
  await expect(dialog.getByText('4 users meet this.')).toBeVisible();
  for (const place of [6, 5, 4]) await dialog.getByRole('button', { name: `Remove condition ${place}` }).click();
  await dialog.getByLabel('Test of condition 1').selectOption('false');
  await dialog.getByLabel('Test of condition 2').selectOption('one-of');
  await dialog.getByLabel('Value of condition 3').click();
  await page.getByRole('menuitemcheckbox', { name: 'Mobile app', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Phone call', exact: true }).click();
  await page.keyboard.press('Escape');
  await expect(dialog.getByText('3 users meet this.')).toBeVisible();
  await expectAccessible(page, 'filter with conditions of every kind');

  await dialog.getByLabel('Save as:').fill('To look at');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog.getByText('Saved as To look at.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Remove all' }).click();
  await expect(dialog.getByText('4 users meet this.')).toBeVisible();
  await dialog.getByLabel('Saved filters:').selectOption('');
  await dialog.getByLabel('Saved filters:').selectOption('To look at');
  await expect(dialog.getByText('3 users meet this.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Replace' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(names(page)).toHaveText(['anna', 'carla', 'dora']);
  await expect(page.getByText('One of:')).toBeVisible();

  const again = await openFilter(page);
  await again.getByLabel('Saved filters:').selectOption('To look at');
  await again.getByRole('button', { name: 'Remove saved filter' }).click();
  await expect(again.getByText('To look at is removed.')).toBeVisible();
  await expect(again.getByLabel('Saved filters:')).toBeDisabled();
});
