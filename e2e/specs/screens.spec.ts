import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { runTest } from '../support/configurationForm.ts';
import { configureDirectory, consoleIsReady, expectAccessible } from '../support/consolePage.ts';
import { chooseEverybody, counter, openImport } from '../support/importDialog.ts';

/** Opens a menu of the bar, looks at it, and chooses an entry. */
async function choose(page: Page, menu: string, entry: string): Promise<void> {
  await page.getByRole('button', { name: menu, exact: true }).click();
  await expect(page.getByRole('menuitem', { name: entry })).toBeVisible();
  await expectAccessible(page, `menu ${menu}`);
  await page.getByRole('menuitem', { name: entry }).click();
}

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('every screen of an empty console is accessible', async ({ page }) => {
  test.slow();
  await consoleIsReady(page);
  await expect(page.getByRole('heading', { name: 'No users yet' })).toBeVisible();
  await expectAccessible(page, 'empty users pane');

  await choose(page, 'Help', 'Keyboard shortcuts');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await expectAccessible(page, 'shortcuts');
  await closeDialog(page);
  await choose(page, 'Help', 'About');
  await expect(page.getByRole('dialog', { name: /^About/ })).toBeVisible();
  await expectAccessible(page, 'about');
  await closeDialog(page);
  await choose(page, 'View', 'Columns…');
  await expect(page.getByRole('dialog', { name: 'Columns' })).toBeVisible();
  await expectAccessible(page, 'columns');
  await closeDialog(page);
  await choose(page, 'File', 'Import from directory…');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page, 'import without a directory');
  await closeDialog(page);

  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Directory Integration' }).click();
  await expect(page.getByText('No directory is configured yet.')).toBeVisible();
  await expectAccessible(page, 'directory pane without a directory');

  await choose(page, 'Tools', 'Directory configuration…');
  const configuration = page.getByRole('dialog', { name: 'Edit LDAP Configuration' });
  await expect(configuration.getByLabel('Host of server 1')).toBeVisible();
  for (const tab of ['Settings', 'Filters', 'Attributes']) {
    await configuration.getByRole('tab', { name: tab }).click();
    await expectAccessible(page, `configuration: ${tab}`);
  }
  await closeDialog(page);
});

test('every screen with people on it is accessible, in the dark', async ({ page, contoso }) => {
  test.slow();
  await page.emulateMedia({ colorScheme: 'dark' });
  const directory = await contoso();
  await consoleIsReady(page);
  await configureDirectory(page, directory.settings(), directory.password);

  const dialog = await openImport(page);
  await expect(dialog.getByRole('grid', { name: 'Users in the directory' }).locator('[data-index="0"]')).toBeVisible();
  await expectAccessible(page, 'import: containers');
  for (const tab of ['Method Defaults', 'Language Defaults']) {
    await dialog.getByRole('tab', { name: tab }).click();
    await expectAccessible(page, `import: ${tab}`);
  }
  await dialog.getByRole('tab', { name: 'Search' }).click();
  await dialog.getByLabel('Search for:').fill('phone');
  await dialog.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(dialog.getByRole('grid', { name: 'Users in the directory' }).locator('[data-index="0"]')).toContainText('phone');
  await expectAccessible(page, 'import: search');
  await dialog.getByRole('tab', { name: 'List' }).click();
  await dialog.getByLabel('View:').selectOption('Security Groups');
  await dialog.getByRole('grid', { name: 'Security groups' }).locator('[data-index="0"]').click();
  await expectAccessible(page, 'import: groups');
  await dialog.getByLabel('View:').selectOption('Container Hierarchy');
  await chooseEverybody(dialog);

  await dialog.getByRole('button', { name: 'Preview…' }).click();
  await expect(dialog.getByText(/^The import would add \d+ users/)).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page, 'preview');
  await counter(dialog, 'Warnings').click();
  await dialog.getByRole('grid', { name: 'Users of this import' }).locator('[data-index="0"]').click();
  await expect(dialog.getByRole('region', { name: /^Details of/ })).toBeVisible();
  await expectAccessible(page, 'preview: details of a warning');
  await dialog.getByRole('button', { name: /^Import \d+ users$/ }).click();
  await expect(dialog.getByText(/^\d+ users added/)).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page, 'result');
  await dialog.getByRole('button', { name: 'Show imported users' }).click();

  const grid = page.getByRole('grid', { name: 'Users' });
  await grid.locator('[data-index="0"]').click();
  await expectAccessible(page, 'full users pane, filtered by an import');
  await page.getByRole('button', { name: 'Edit…' }).click();
  const user = page.getByRole('dialog', { name: 'Edit User' });
  for (const tab of ['General', 'Advanced', 'Administrator', 'Mobile App Devices', 'Security Questions', 'Info']) {
    await user.getByRole('tab', { name: tab }).click();
    await expectAccessible(page, `edit user: ${tab}`);
  }
  await closeDialog(page);

  await page.getByRole('region', { name: 'Work in progress' }).getByRole('button', { name: 'Report…' }).click();
  await expect(page.getByRole('dialog', { name: 'Import report' }).getByText('Done')).toBeVisible();
  await expectAccessible(page, 'job report');
  await closeDialog(page);

  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Directory Integration' }).click();
  await expect(page.getByText(directory.baseDn, { exact: true })).toBeVisible();
  await expectAccessible(page, 'directory pane');
  await choose(page, 'Tools', 'Directory configuration…');
  const configuration = page.getByRole('dialog', { name: 'Edit LDAP Configuration' });
  await runTest(configuration, 'Test login', 'passed');
  await expectAccessible(page, 'configuration: steps of a test');
  await configuration.getByRole('tab', { name: 'Attributes' }).click();
  await configuration.getByRole('button', { name: 'Show samples' }).click();
  await expect(configuration.getByRole('heading', { name: 'Sample values' }).or(configuration.getByText('Value → stored'))).toBeVisible();
  await expectAccessible(page, 'configuration: samples');
});
