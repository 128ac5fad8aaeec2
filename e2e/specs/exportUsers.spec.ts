import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { call, consoleIsReady, expectAccessible } from '../support/consolePage.ts';

const listed = (page: Page, index: number) => page.getByRole('grid', { name: 'Users' }).locator(`[data-index="${index}"]`);

async function openExport(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'File', exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: 'Export users…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Export users' });
  await expect(dialog).toBeVisible();
  return dialog;
}

/** The usernames in the file that the dialog writes now. */
async function exported(page: Page, dialog: Locator): Promise<string[]> {
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Export' }).press('Enter')]);
  const rows = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n')
    .slice(1);
  return rows.map((row) => row.split('@')[0]!).toSorted();
}

test('all users, the list or the selection are exported with the keyboard alone', async ({ page, webHost }) => {
  test.slow();
  test.skip(!webHost, 'Only a browser tells where its downloads are.');
  await consoleIsReady(page);
  for (const name of ['anna', 'annika', 'bob', 'hanna', 'zoe']) await call(page, 'users', 'add', { username: `${name}@contoso.example` });
  await page.reload();
  await consoleIsReady(page);
  await expect(listed(page, 4)).toContainText('zoe');

  await page.getByRole('searchbox', { name: 'Search users' }).focus();
  await page.keyboard.type('ann');
  await expect(page.getByText('3 of 5 users')).toBeVisible();
  let dialog = await openExport(page);
  await expect(dialog.getByRole('radio', { name: 'Users in the list (3)' })).toBeChecked();
  await expect(dialog.getByRole('radio', { name: /^Selected users/ })).toHaveCount(0);
  expect(await exported(page, dialog)).toEqual(['anna', 'annika', 'hanna']);
  await expect(dialog.getByText(/^3 users exported to/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  await listed(page, 1).click();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('2 selected, 3 of 5 users')).toBeVisible();
  dialog = await openExport(page);
  const selection = dialog.getByRole('radio', { name: 'Selected users (2)' });
  await expect(selection).toBeChecked();
  await expectAccessible(page, 'export of a selection');
  expect(await exported(page, dialog)).toEqual(['annika', 'hanna']);
  await expect(dialog.getByText(/^2 users exported to/)).toBeVisible();

  await selection.focus();
  await page.keyboard.press('ArrowUp');
  await expect(dialog.getByRole('radio', { name: 'Users in the list (3)' })).toBeChecked();
  await page.keyboard.press('ArrowUp');
  await expect(dialog.getByRole('radio', { name: 'All users' })).toBeChecked();
  expect(await exported(page, dialog)).toEqual(['anna', 'annika', 'bob', 'hanna', 'zoe']);
});
