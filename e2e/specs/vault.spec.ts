import { expect, test } from '../fixtures.ts';
import { openConfiguration, typeConfiguration, typedValues } from '../support/configurationForm.ts';
import { call, consoleIsReady, expectAccessible } from '../support/consolePage.ts';

test.skip(process.platform !== 'linux', 'Only Linux can be without a keychain.');

test('where there is no keychain, a passphrase keeps the passwords', async ({ page, contoso }) => {
  const directory = await contoso();
  await consoleIsReady(page);
  await expect(page.getByText('This computer has no keychain that answers, so passwords cannot be kept.')).toBeVisible();
  await expectAccessible(page, 'banner');

  // Without it nothing is saved, and nothing is lost.
  const dialog = await openConfiguration(page);
  await typeConfiguration(dialog, {
    ...{ host: '127.0.0.1', port: directory.port, security: 'None (plain text)' },
    ...{ bindDn: directory.serviceDn, password: directory.password, baseDn: directory.baseDn },
  });
  const typed = await typedValues(dialog);
  await dialog.getByRole('button', { name: 'Apply' }).click();
  const refused = dialog.getByRole('alert').filter({ hasText: 'The configuration was not saved.' });
  await expect(refused).toContainText('set a passphrase that protects the passwords instead.');
  expect(await typedValues(dialog)).toEqual(typed);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'Discard' }).click();

  await page.getByRole('button', { name: 'Set a passphrase…' }).click();
  const vault = page.getByRole('dialog', { name: 'Protect passwords' });
  await vault.getByLabel('Passphrase', { exact: true }).fill('short');
  await expect(vault.getByText('Use at least 12 characters.')).toBeVisible();
  await vault.getByLabel('Passphrase', { exact: true }).fill('correct horse battery');
  await vault.getByLabel('Repeat the passphrase').fill('correct horse batterx');
  await expect(vault.getByText('The two passphrases are not the same.')).toBeVisible();
  await expectAccessible(page, 'passphrase');
  await vault.getByLabel('Repeat the passphrase').fill('correct horse battery');
  await vault.getByRole('button', { name: 'Set passphrase' }).click();
  await expect(vault).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Set a passphrase…' })).toHaveCount(0);

  const again = await openConfiguration(page);
  await typeConfiguration(again, {
    ...{ host: '127.0.0.1', port: directory.port, security: 'None (plain text)' },
    ...{ bindDn: directory.serviceDn, password: directory.password, baseDn: directory.baseDn },
  });
  await again.getByRole('button', { name: 'Apply' }).click();
  await expect(again.getByText('Saved.', { exact: true })).toBeVisible();
  await expect(again.getByText('A password is stored. Leave this empty to keep it.')).toBeVisible();
  await again.getByRole('button', { name: 'Test login' }).click();
  await expect(again.getByText(/^Login test passed/)).toBeVisible();
  // It is kept, and never comes back to the page.
  expect(JSON.stringify(await call(page, 'directory', 'get', null))).not.toContain(directory.password);
  await expect(again.getByLabel('Password:')).toHaveValue('');
});
