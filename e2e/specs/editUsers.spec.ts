import type { Locator, Page } from '@playwright/test';
import type { UserDetail } from '../../shared/contract/users.contract.ts';
import { expect, test } from '../fixtures.ts';
import { call, consoleIsReady, expectAccessible } from '../support/consolePage.ts';

const people = ['anna', 'bob', 'carla', 'dora'];

test.beforeEach(async ({ page }) => {
  await consoleIsReady(page);
  await call(page, 'tags', 'add', { name: 'pilot', color: 'blue' });
  for (const username of people) await call(page, 'users', 'add', { username, userGroup: username === 'dora' ? 'Sales' : '' });
  await page.reload();
  await consoleIsReady(page);
  await expect(listed(page, 0)).toContainText('anna');
});

function listed(page: Page, index: number): Locator {
  return page.getByRole('grid', { name: 'Users' }).locator(`[data-index="${index}"]`);
}

const stored = async (page: Page, username: string) => (await call(page, 'users', 'get', { username })) as UserDetail;

test('selected users are changed with the keyboard alone, after a count of how many would change', async ({ page }, testInfo) => {
  await listed(page, 2).click();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('2 selected, 4 users')).toBeVisible();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Edit Users…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Edit Users' });
  await expect(dialog.getByRole('radio', { name: 'The 2 selected users' })).toBeChecked();
  await expect(dialog.getByRole('button', { name: 'Apply' })).toBeDisabled();

  await dialog.getByRole('checkbox', { name: 'Change User group' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Sales');
  await expect(dialog.getByText('1 of 2 users would change.')).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'Change Method', exact: true }).check();
  await dialog.getByLabel('Method', { exact: true }).selectOption('text/two-way-otp');
  await dialog.getByRole('checkbox', { name: 'Change Add a tag' }).check();
  await dialog.getByRole('checkbox', { name: 'Change Minimum PIN length' }).check();
  await dialog.getByLabel('Minimum PIN length', { exact: true }).selectOption('6');
  await dialog.getByRole('checkbox', { name: 'Change Phone call language' }).check();
  await dialog.getByLabel('Phone call language', { exact: true }).selectOption('de');
  await expect(dialog.getByText('2 of 2 users would change.')).toBeVisible();
  await expectAccessible(page, 'edit users');
  await page.screenshot({ path: testInfo.outputPath('dialog.png') });
  await dialog.getByRole('button', { name: 'Apply' }).press('Enter');
  await expect(dialog.getByText('2 users are as you wanted.')).toBeVisible();
  await expectAccessible(page, 'users were edited');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  expect(await stored(page, 'carla')).toMatchObject({
    ...{ userGroup: 'Sales', method: 'text', mode: 'two-way-otp', tags: [1] },
    ...{ pinRules: { minLength: 6, canChange: null }, languages: { call: 'de', text: '' } },
  });
  expect(await stored(page, 'bob')).toMatchObject({ userGroup: '', method: 'call', tags: [] });
});

test('everybody in the list is changed, and what is ticked is not lost by accident', async ({ page }) => {
  await listed(page, 0).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Edit Users…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit Users' });
  await dialog.getByRole('radio', { name: 'Everybody in the list (4 users)' }).check();
  await dialog.getByRole('checkbox', { name: 'Change Enabled' }).check();
  await expect(dialog.getByText('Nothing would change: all 4 users are like this already.')).toBeVisible();
  await dialog.getByLabel('Enabled', { exact: true }).selectOption('No');
  await expect(dialog.getByText('4 of 4 users would change.')).toBeVisible();

  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toHaveCount(0);

  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog.getByText('4 users are as you wanted.')).toBeVisible();
  for (const username of people) expect(await stored(page, username)).toMatchObject({ enabled: false });
});
