import { readFileSync } from 'node:fs';
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
