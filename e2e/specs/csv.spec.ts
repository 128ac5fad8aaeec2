import { readFileSync } from 'node:fs';
import { expect, test } from '../fixtures.ts';
import { consoleIsReady, expectAccessible } from '../support/consolePage.ts';
import { counter, reportRows } from '../support/importDialog.ts';

const people =
  'Login;Vorname;Surname;Mobile;Method;Tags\r\nanna;Anna;Müller;+49 30 901820;SMS;vip\r\nbob;Bob;Smith;12;call;\r\ncarl;Carl;=1+1;;;\r\n';

test('imports a file with the keyboard, shows errors in their rows, and exports what was imported', async ({ page, webHost }, testInfo) => {
  await consoleIsReady(page);
  await page.getByRole('button', { name: 'File', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Import users from a file…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Import users from a file' });
  await expectAccessible(page, 'file');
  await dialog.getByLabel('File:').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(people) });

  await expect(dialog.getByLabel('Login: imported as')).toHaveValue('username');
  await expect(dialog.getByLabel('Separator:')).toHaveValue(';');
  await expectAccessible(page, 'columns');
  await page.screenshot({ path: testInfo.outputPath('columns.png') });
  await dialog.getByLabel('Login: imported as').selectOption('');
  await expect(dialog.getByText('Choose which column holds the username.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Preview…' })).toBeDisabled();
  await dialog.getByLabel('Login: imported as').selectOption('username');
  await dialog.getByRole('button', { name: 'Preview…' }).focus();
  await page.keyboard.press('Enter');

  await expect(counter(dialog, 'Add')).toContainText('2');
  await expect(counter(dialog, 'Error')).toContainText('1');
  await expect(reportRows(dialog).filter({ hasText: 'bob' })).toContainText('Mobile: is not a valid phone number: 12');
  await expectAccessible(page, 'preview');
  await page.screenshot({ path: testInfo.outputPath('preview.png') });
  await dialog.getByRole('button', { name: 'Import 2 users' }).click();
  await expect(dialog.getByText('2 users added.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).first().click();
  await expect(page.getByText('2 users', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'File', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Export users…' }).click();
  const exporting = page.getByRole('dialog', { name: 'Export users' });
  await expectAccessible(page, 'export');
  await page.screenshot({ path: testInfo.outputPath('export.png') });
  const [download] = webHost
    ? await Promise.all([page.waitForEvent('download'), exporting.getByRole('button', { name: 'Export' }).click()])
    : [null];
  if (!download) return;
  await expect(exporting.getByText(/^2 users exported to/)).toBeVisible();
  const content = readFileSync(await download.path(), 'utf8');
  expect(content).toContain("'+4930901820");
  expect(content).toContain("'=1+1");
});
