import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { call, consoleIsReady, expectAccessible } from '../support/consolePage.ts';

const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

async function openAnna(page: Page): Promise<Locator> {
  await page.reload();
  await consoleIsReady(page);
  await page.getByRole('grid', { name: 'Users' }).locator('[data-index="0"]').dblclick();
  const dialog = page.getByRole('dialog', { name: 'Edit User' });
  await expect(dialog.getByLabel('Username:')).toHaveValue('anna');
  return dialog;
}

test('a user gets, keeps and loses OATH tokens in Edit User', async ({ page }, testInfo) => {
  await consoleIsReady(page);
  await call(page, 'app', 'unlockVault', { passphrase: 'a passphrase for tests' });
  await call(page, 'users', 'add', { username: 'anna', method: 'oath', mode: 'token' });
  for (const serial of ['A-1', 'B-2']) await call(page, 'tokens', 'add', { serial, secret });
  const dialog = await openAnna(page);
  await expect(dialog.getByText(/^Not complete: an? OATH token is missing/)).toBeVisible();
  await dialog.getByRole('tab', { name: 'OATH Token' }).click();
  await expect(dialog.getByText('The user has no OATH token.')).toBeVisible();

  await dialog.getByLabel('Assign a token:').focus();
  await page.keyboard.type('b-');
  await expect(page.getByRole('option', { name: 'B-2' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Assign a token:')).toHaveValue('B-2');
  await dialog.getByRole('button', { name: 'Assign', exact: true }).press('Enter');
  await expect(dialog.getByText('B-2 is assigned.')).toBeVisible();
  const tokens = dialog.getByRole('table', { name: 'OATH tokens of this user' });
  await expect(tokens).toContainText('B-2');
  await expect(dialog.getByText(/^Not complete/)).toHaveCount(0);
  await expectAccessible(page, 'edit user: OATH Token');
  await page.screenshot({ path: testInfo.outputPath('tab.png') });

  await dialog.getByRole('button', { name: 'Resynchronize B-2' }).press('Enter');
  await expect(page.getByRole('dialog', { name: 'Resynchronize token B-2' })).toBeVisible();
  await expect(page.getByLabel('First code:')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Resynchronize token B-2' })).toHaveCount(0);
  await expect(dialog).toBeVisible();

  await dialog.getByRole('button', { name: 'Unassign B-2' }).press('Enter');
  const unassign = page.getByRole('dialog', { name: 'Unassign token' });
  await unassign.getByRole('button', { name: 'Unassign', exact: true }).press('Enter');
  await expect(unassign.getByText('B-2 belongs to nobody now.')).toBeVisible();
  await unassign.getByRole('button', { name: 'Close' }).first().click();
  await expect(dialog.getByText('The user has no OATH token.')).toBeVisible();

  await dialog.getByRole('button', { name: 'Add a new token…' }).press('Enter');
  const add = page.getByRole('dialog', { name: 'Add OATH Token' });
  await add.getByLabel('Serial number:').fill('C-3');
  await add.getByLabel('Secret key:').fill(secret);
  await page.keyboard.press('Enter');
  await expect(add).toHaveCount(0);
  await expect(tokens).toContainText('C-3');
});

test('a device is removed after a question', async ({ page, folder }) => {
  await consoleIsReady(page);
  const { id } = (await call(page, 'users', 'add', { username: 'anna', method: 'app', mode: 'standard' })) as { id: number };
  // Devices are activated by the app, which does not exist yet.
  const store = new DatabaseSync(join(folder, 'data', 'users.db'), { timeout: 5_000 });
  store
    .prepare('INSERT INTO user_devices (user_id, name, type, token, activated_at) VALUES (?, ?, ?, ?, ?)')
    .run(id, 'Phone of Anna', 'iOS', Buffer.from('sealed'), 1_700_000_000_000);
  store.exec('UPDATE users SET has_app = 1, complete = 1; INSERT INTO users_unindexed (user_id) SELECT id FROM users');
  store.close();
  const dialog = await openAnna(page);
  await dialog.getByRole('tab', { name: 'Mobile App Devices' }).click();
  await dialog.getByRole('button', { name: 'Remove Phone of Anna' }).press('Enter');
  const question = page.getByRole('alertdialog');
  await expect(question.getByText('Remove Phone of Anna?')).toBeVisible();
  await expect(question.getByText(/^It is the only device/)).toBeVisible();
  await expectAccessible(page, 'question before a device is removed');
  // What has the focus removes nothing.
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(question).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Remove Phone of Anna' }).press('Enter');
  await question.getByRole('button', { name: 'Remove', exact: true }).press('Enter');
  await expect(dialog.getByText('Phone of Anna is removed.')).toBeVisible();
  await expect(dialog.getByText('No device is activated.')).toBeVisible();
  await expect(dialog.getByText(/^Not complete/)).toBeVisible();
  await expectAccessible(page, 'edit user: Mobile App Devices');
});
