import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { call, consoleIsReady, expectAccessible } from '../support/consolePage.ts';

const people = ['anna', 'bob', 'carla', 'dora'].map((name) => `${name}@contoso.example`);

test.beforeEach(async ({ page }) => {
  await consoleIsReady(page);
  for (const username of people) await call(page, 'users', 'add', { username });
  await page.reload();
  await consoleIsReady(page);
  await expect(listed(page, 0)).toContainText('anna');
});

function listed(page: Page, index: number): Locator {
  return page.getByRole('grid', { name: 'Users' }).locator(`[data-index="${index}"]`);
}

test('users are removed with the keyboard alone, after a question that names them, and come back', async ({ page }) => {
  await listed(page, 1).click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Delete');
  const dialog = page.getByRole('dialog', { name: 'Remove users' });
  await expect(dialog.getByText('Move 2 users to the recycle bin?')).toBeVisible();
  await expect(dialog.getByRole('list', { name: 'Users to be removed' }).getByRole('listitem')).toHaveText([people[1]!, people[2]!]);
  await expectAccessible(page, 'question before users are removed');

  // What has the focus removes nobody.
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(listed(page, 3)).toContainText('dora');

  await page.keyboard.press('Delete');
  await dialog.getByRole('button', { name: 'Remove', exact: true }).press('Enter');
  await expect(dialog.getByText('2 users are in the recycle bin.')).toBeVisible();
  await expectAccessible(page, 'users were removed');
  expect(await call(page, 'users', 'removed', {})).toMatchObject({ total: 2 });

  await dialog.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(dialog.getByText('2 users are back in the list.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(listed(page, 3)).toContainText('dora');
});

test('whoever cannot come back is counted, and the report says why', async ({ page }) => {
  await listed(page, 0).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove users' });
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(dialog.getByText('1 user is in the recycle bin.')).toBeVisible();
  await call(page, 'users', 'add', { username: people[0]!.toUpperCase() });

  await dialog.getByRole('button', { name: 'Undo' }).click();

  await expect(dialog.getByText('1 user stayed as they were.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Report…' }).click();
  await expect(page.getByRole('grid', { name: 'Items that failed' }).getByText(/The username belongs to/)).toBeVisible();
  await expectAccessible(page, 'report of a job with items that failed');
});
