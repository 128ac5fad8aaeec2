import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { call, consoleIsReady, expectAccessible } from '../support/consolePage.ts';

const names = ['anna', 'bob', 'carla', 'dora'];

/** Adds these people and puts them into the recycle bin. */
async function removePeople(page: Page, people: readonly string[]): Promise<void> {
  const ids: number[] = [];
  for (const name of people) ids.push(((await call(page, 'users', 'add', { username: `${name}@contoso.example` })) as { id: number }).id);
  await call(page, 'users', 'remove', { target: { ids } });
  await expect.poll(async () => ((await call(page, 'users', 'removed', {})) as { total: number }).total).toBe(people.length);
}

async function openBin(page: Page) {
  await page.getByRole('button', { name: 'Tools', exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: 'Removed users…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Removed users' });
  return { dialog, search: dialog.getByRole('searchbox', { name: 'Search removed users' }), list: dialog.getByRole('grid') };
}

test('removed users are found, restored and deleted for good with the keyboard alone', async ({ page }) => {
  test.slow();
  await consoleIsReady(page);
  const empty = await openBin(page);
  await expect(empty.dialog.getByText('Nobody was removed within the last 30 days.')).toBeVisible();
  await expectAccessible(page, 'empty recycle bin');
  await page.keyboard.press('Escape');
  await expect(empty.dialog).toHaveCount(0);
  await removePeople(page, names);

  const { dialog, search, list } = await openBin(page);
  await expect(dialog.getByText('4 users', { exact: true })).toBeVisible();
  await expect(list.locator('[data-index="0"]')).toContainText('30');
  await expectAccessible(page, 'recycle bin');

  await search.focus();
  await page.keyboard.type('CARLA');
  await expect(dialog.getByText('1 user', { exact: true })).toBeVisible();
  await list.focus();
  await page.keyboard.press('ArrowDown');
  await expect(list.locator('[data-index="0"]')).toHaveAttribute('aria-selected', 'true');
  await dialog.getByRole('button', { name: 'Restore' }).press('Enter');
  await expect(dialog.getByText('1 user is back in the list of users.')).toBeVisible();
  await expect(dialog.getByText('No removed user contains “CARLA”.')).toBeVisible();
  await expectAccessible(page, 'a user was restored');

  await expect(search).toBeFocused();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await expect(dialog.getByText('3 users', { exact: true })).toBeVisible();
  await list.focus();
  await page.keyboard.press('Control+A');
  await expect(dialog.getByText('3 selected, 3 users')).toBeVisible();
  await page.keyboard.press('Delete');
  const question = page.getByRole('alertdialog', { name: 'Delete 3 users for good?' });
  await expect(question.getByRole('list', { name: 'Users to be deleted' }).getByRole('listitem')).toHaveCount(3);
  await expectAccessible(page, 'question before users are deleted');

  // What has the focus deletes nobody.
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(question).toHaveCount(0);
  await expect(dialog.getByText('3 selected, 3 users')).toBeVisible();

  await dialog.getByRole('button', { name: 'Delete for good…' }).press('Enter');
  await question.getByRole('button', { name: 'Delete for good' }).press('Enter');
  await expect(dialog.getByText('3 users are deleted for good.')).toBeVisible();
  await expect(dialog.getByText('Nobody was removed within the last 30 days.')).toBeVisible();
  await expect(search).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('grid', { name: 'Users' }).locator('[data-index="0"]')).toContainText('carla');
});

test('whoever cannot come back stays in the bin, and the report says why', async ({ page }) => {
  await consoleIsReady(page);
  await removePeople(page, ['anna']);
  await call(page, 'users', 'add', { username: 'ANNA@contoso.example' });

  const { dialog, list } = await openBin(page);
  await list.locator('[data-index="0"]').click();
  await dialog.getByRole('button', { name: 'Restore' }).click();

  await expect(dialog.getByText('1 user stayed in the recycle bin.')).toBeVisible();
  await expect(dialog.getByText('1 user', { exact: true })).toBeVisible();
  await dialog.getByRole('button', { name: 'Report…' }).click();
  await expect(page.getByRole('grid', { name: 'Items that failed' }).getByText(/The username belongs to/)).toBeVisible();
});
