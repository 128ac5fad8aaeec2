import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { call, consoleIsReady, expectAccessible } from '../support/consolePage.ts';

const addUser = (page: Page, username: string) => call(page, 'users', 'add', { username, method: 'call' });
const users = (page: Page) => call(page, 'users', 'count', {}) as Promise<{ count: number }>;

async function openBackups(page: Page) {
  await page.getByRole('toolbar', { name: 'Menus' }).getByRole('button', { name: 'Tools' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Backups…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Backups' });
  await expect(dialog.getByRole('table', { name: 'Copies' })).toBeVisible();
  return dialog;
}

/** The copy `first.mfabackup`, with one user in it. */
async function makeFirstBackup(page: Page, folder: string): Promise<void> {
  await consoleIsReady(page);
  await addUser(page, 'anna');
  const place = join(folder, 'data', 'backup');
  await call(page, 'backups', 'setSchedule', { schedule: { everyHours: 24, at: '02:30', keep: 14, folder: place } });
  await call(page, 'backups', 'create', { file: join(place, 'first.mfabackup') });
}

test('a copy is looked at and restored with the keyboard alone, and taken back by the copy that was made of what was there', async ({
  page,
  folder,
}, testInfo) => {
  await makeFirstBackup(page, folder);
  await addUser(page, 'bob');
  await addUser(page, 'carol');

  const backups = await openBackups(page);
  await expect(backups.locator(':focus')).toBeVisible();
  await backups.getByRole('button', { name: /^Restore .*first\.mfabackup…$/ }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Restore a backup' });
  await expect(dialog.getByText('The backup is whole:')).toBeVisible();
  await expect(dialog.getByText('3 users by 1 user')).toBeVisible();
  await expect(dialog.getByText('A backup of the present state is made first')).toBeVisible();
  await expectAccessible(page, 'checked');
  for (const [width, height, theme] of [
    [1920, 1080, 'light'],
    [1024, 768, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: theme });
    await page.screenshot({ path: testInfo.outputPath(`restore-${theme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });

  const restore = dialog.getByRole('button', { name: 'Restore', exact: true });
  await expect(restore).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByLabel('To confirm, type the number of users that are replaced: 3').fill('2');
  await expect(restore).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByLabel('To confirm').fill('3');
  await restore.press('Enter');

  // The window comes back by itself, signed in.
  await expect(
    page.getByText(/^The backup of .* was restored\. What was there before is in .*before-restore-[\d-]+\.mfabackup\.$/),
  ).toBeVisible({
    timeout: 40_000,
  });
  await consoleIsReady(page);
  expect(await users(page)).toEqual({ count: 1 });
  await expect(page.getByRole('grid').getByText('anna')).toBeVisible();
  await expectAccessible(page, 'restored');
  await page.screenshot({ path: testInfo.outputPath('restored.png') });
  await page.getByRole('button', { name: 'Dismiss' }).press('Enter');
  await expect(page.getByText(/was restored/)).toHaveCount(0);

  const again = await openBackups(page);
  await page.screenshot({ path: testInfo.outputPath('copies.png') });
  await again.getByRole('button', { name: /^Restore .*before-restore-[\d-]+\.mfabackup…$/ }).press('Enter');
  await page.getByRole('dialog', { name: 'Restore a backup' }).getByLabel('To confirm').fill('1');
  await page.getByRole('dialog', { name: 'Restore a backup' }).getByRole('button', { name: 'Restore', exact: true }).press('Enter');
  await expect(page.getByText(/^The backup of .* was restored\./)).toBeVisible({ timeout: 40_000 });
  expect(await users(page)).toEqual({ count: 3 });
});

test('where another program has the data open, the console comes back as it was and says so', async ({ page, folder }, testInfo) => {
  await makeFirstBackup(page, folder);
  await addUser(page, 'bob');
  const other = new DatabaseSync(join(folder, 'data', 'users.db'), { readOnly: true });
  other.prepare('SELECT count(*) FROM users').get();

  const backups = await openBackups(page);
  await backups.getByRole('button', { name: /^Restore .*first\.mfabackup…$/ }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Restore a backup' });
  await dialog.getByLabel('To confirm').fill('2');
  await dialog.getByRole('button', { name: 'Restore', exact: true }).press('Enter');

  await expect(
    page.getByText(/first\.mfabackup was not restored\. Everything is as it was\. Another program has the data open/),
  ).toBeVisible({
    timeout: 40_000,
  });
  await expectAccessible(page, 'refused');
  await page.screenshot({ path: testInfo.outputPath('refused.png') });
  other.close();
  expect(await users(page)).toEqual({ count: 2 });
});

test('a file that is no whole backup is refused with a sentence, and its passphrase can be tried before', async ({
  page,
  folder,
  host,
}) => {
  await consoleIsReady(page);
  await addUser(page, 'anna');
  await call(page, 'app', 'unlockVault', { passphrase: 'a passphrase for tests' });
  const [sealed, cut] = [join(folder, 'sealed.mfabackup'), join(folder, 'cut.mfabackup')];
  await call(page, 'backups', 'create', { file: sealed, passphrase: 'correct horse' });
  await call(page, 'backups', 'create', { file: cut });
  truncateSync(cut, 30_000);
  await page.getByRole('toolbar', { name: 'Menus' }).getByRole('button', { name: 'Tools' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Backups…' }).press('Enter');
  await page.getByRole('dialog', { name: 'Backups' }).getByRole('button', { name: 'Restore another file…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Restore a backup' });
  const file = dialog.getByLabel('File on the server:');
  await expect(file).toBeFocused();
  await expectAccessible(page, 'choosing');

  await page.keyboard.type(cut);
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('The backup is damaged or not complete.')).toBeVisible();
  await expect(file).toBeFocused();
  await file.fill(join(folder, 'none'));
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('The backup cannot be opened.')).toBeVisible();

  if (host === 'web') await dialog.getByLabel('Or one on this computer:').setInputFiles(sealed);
  else {
    await file.fill(sealed);
    await page.keyboard.press('Enter');
  }
  await expect(dialog.getByText('with their key, sealed with a passphrase')).toBeVisible();
  await dialog.getByLabel('Try the passphrase:').fill('wrong');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('This is not the right passphrase.')).toBeVisible();
  await dialog.getByLabel('Try the passphrase:').fill('correct horse');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('It opens the secrets of this backup.')).toBeVisible();
  await expectAccessible(page, 'passphrase');

  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Backups' })).toBeVisible();
  expect(await users(page)).toEqual({ count: 1 });
});
