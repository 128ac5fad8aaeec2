import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, test } from '../fixtures.ts';
import { consoleIsReady, expectAccessible, sendRaw } from '../support/consolePage.ts';

test('a support bundle is looked at, and then saved, with the keyboard alone', async ({ page, host }, testInfo) => {
  await consoleIsReady(page);
  await sendRaw(page, { type: 'call', id: 900_001, service: 'users', method: 'get', input: { username: 'anna@corp.example' } });
  await page.getByRole('toolbar', { name: 'Menus' }).getByRole('button', { name: 'Help' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Support bundle…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Support bundle' });

  const contents = dialog.getByRole('table', { name: 'Contents' });
  await expect(contents.getByRole('row', { name: /^settings\.json/ })).toBeVisible({ timeout: 20_000 });
  await expect(contents.getByRole('row', { name: /^logs\/.*The newest lines of a log file/ })).toBeVisible();
  await expect(dialog.getByText(/\d+ files, .* as a zip file/)).toBeVisible();
  await expectAccessible(page, 'contents');
  await page.screenshot({ path: testInfo.outputPath('bundle.png') });

  // The double of the desktop has no downloads.
  const download = host === 'web' ? page.waitForEvent('download') : null;
  await dialog.getByRole('button', { name: 'Save…' }).press('Enter');
  await expect(dialog.getByText(/^Saved as mfa-support-.*\.zip\./)).toBeVisible();
  if (download) {
    const files = Object.values(unzipSync(readFileSync(await (await download).path())));
    const all = files.map((content) => Buffer.from(content).toString()).join('\n');
    expect(all).toContain('There is no user person-');
    expect(all).not.toContain('anna@corp.example');
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('a backup is made now and by a schedule, and a schedule that cannot be kept is refused', async ({ page, folder }, testInfo) => {
  await consoleIsReady(page);
  await page.getByRole('toolbar', { name: 'Menus' }).getByRole('button', { name: 'Tools' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Backups…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Backups' });
  await expect(dialog.getByText('No backup has been made yet.')).toBeVisible();

  await dialog.getByLabel('File:').fill('not a whole path');
  await expect(dialog.getByRole('button', { name: 'Back Up Now' })).toHaveAttribute('aria-disabled', 'true');
  const file = join(folder, 'by hand.mfabackup');
  await dialog.getByLabel('File:').fill(file);
  await dialog.getByRole('button', { name: 'Back Up Now' }).press('Enter');
  await expect(dialog.getByText(`Wrote ${file}.`)).toBeVisible({ timeout: 20_000 });
  expect(existsSync(file)).toBe(true);

  await dialog.getByRole('switch', { name: 'Make backups on a schedule' }).press('Space');
  await dialog.getByLabel('Copies to keep:').fill('0');
  await dialog.getByLabel('Folder:').fill(join(file, 'below a file'));
  await expect(dialog.getByText('A whole number from 1 to 1,000.')).toBeVisible();
  await expectAccessible(page, 'schedule');
  await dialog.getByLabel('Copies to keep:').fill('7');
  await dialog.getByRole('button', { name: 'Apply' }).press('Enter');
  await expect(dialog.getByText('The schedule was not saved.')).toBeVisible();
  await dialog.getByLabel('Folder:').fill(folder);
  await dialog.getByRole('button', { name: 'Apply' }).press('Enter');
  await expect(dialog.getByText('Saved.')).toBeVisible();
  await expect(dialog.getByText(/^Next: /)).toBeVisible();
  await expect(dialog.getByRole('table', { name: 'Copies' }).getByRole('row', { name: /By hand/ })).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('backups.png') });
});
