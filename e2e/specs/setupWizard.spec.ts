import { expect, test } from '../fixtures.ts';
import { call, consoleIsReady, expectAccessible } from '../support/consolePage.ts';

test('the wizard leads through the panes, goes on where it was, and ends', async ({ page }, testInfo) => {
  await consoleIsReady(page);
  await page.getByRole('button', { name: 'Set up step by step' }).press('Enter');
  const wizard = page.getByRole('region', { name: 'Authentication Configuration Wizard' });
  await expect(wizard.getByText(/^Step 1 of 6: Directory\./)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Directory Integration', level: 1 })).toBeVisible();
  await expectAccessible(page, 'directory');
  await page.screenshot({ path: testInfo.outputPath('directory.png') });

  await wizard.getByRole('button', { name: 'Next' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Company Settings', level: 1 })).toBeVisible();
  const { settings, revision } = (await call(page, 'company', 'get', null)) as { settings: unknown; revision: number };
  await call(page, 'company', 'save', { settings, revision });
  await expect(wizard.getByRole('button', { name: 'Company defaults, done' })).toBeVisible();

  await wizard.getByRole('button', { name: 'Next' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Email', level: 1 })).toBeVisible();
  await wizard.getByRole('button', { name: 'Next' }).press('Enter');
  await expect(wizard.getByText(/^Step 4 of 6: Import users\./)).toBeVisible();

  // Whoever closes the window in the middle goes on there.
  await expect.poll(() => call(page, 'app', 'preference', { key: 'setupStep' })).toEqual({ value: '"import"' });
  await page.reload();
  await expect(wizard.getByText(/^Step 4 of 6: Import users\./)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Users', level: 1 })).toBeVisible();
  await wizard.getByRole('button', { name: 'Import users…' }).press('Enter');
  await expect(page.getByRole('dialog', { name: 'Edit LDAP Configuration' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await wizard.getByRole('button', { name: 'Next' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Firewall', level: 1 })).toBeVisible();
  await wizard.getByRole('button', { name: 'Next' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Status', level: 1 })).toBeVisible();
  await expectAccessible(page, 'summary');
  await page.screenshot({ path: testInfo.outputPath('summary.png') });
  await wizard.getByRole('button', { name: 'Finish' }).press('Enter');
  await expect(wizard).toHaveCount(0);

  await page.getByRole('button', { name: 'Tools', exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: 'Authentication Configuration Wizard…' }).press('Enter');
  await expect(wizard.getByText(/^Step 1 of 6: Directory\./)).toBeVisible();
  await wizard.getByRole('button', { name: 'Close wizard' }).press('Enter');
  await expect(wizard).toHaveCount(0);
});
