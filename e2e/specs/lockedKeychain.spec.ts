import { expect, test as base } from '../fixtures.ts';
import { startWebHost } from '../hosts/web.ts';
import { startKeychainSession, type KeychainSession } from '../servers/keychain.ts';
import { hasProgram } from '../servers/sharedServers.ts';
import { consoleIsReady, expectAccessible } from '../support/consolePage.ts';
import { chooseEverybody } from '../support/importDialog.ts';
import { connectWebClient } from '../support/webClient.ts';

const canRun = process.platform === 'linux' && hasProgram('dbus-daemon') && hasProgram('gnome-keyring-daemon');

const test = base.extend<{ keychain: KeychainSession }>({
  async keychain({}, use) {
    const keychain = await startKeychainSession();
    await use(keychain);
    await keychain.end();
  },
  /** The password of a directory was kept yesterday; today the keychain is locked. */
  async hostEnv({ keychain, contoso, folder }, use) {
    const directory = await contoso();
    const yesterday = await startWebHost(folder, keychain.env);
    const client = await connectWebClient(yesterday);
    await client.directory.set({ settings: directory.settings(), password: directory.password });
    client.close();
    await yesterday.stop();
    await keychain.lock();
    await use(keychain.env);
  },
});
test.skip(!canRun, 'Needs a Secret Service (gnome-keyring).');

test('a locked keychain is said where the directory would be; once it is unlocked, the import goes on', async ({ page, keychain }) => {
  await consoleIsReady(page);
  await page
    .getByRole('group', { name: 'Commands' })
    .getByRole('button', { name: /^Import from/ })
    .click();
  const dialog = page.getByRole('dialog', { name: /^Import from/ });
  await expect(dialog.getByText('The keychain of this computer does not answer, so no password can be kept.').first()).toBeVisible();
  await expectAccessible(page);

  await keychain.unlock();
  await dialog.getByText('Try again').first().click();
  await chooseEverybody(dialog);
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();

  await expect(dialog.getByText(/^[1-9]\d* users added/)).toBeVisible();
});
