import { join } from 'node:path';
import { expect, noKeychain, test as base } from '../fixtures.ts';
import { configureDirectory, consoleIsReady, expectAccessible } from '../support/consolePage.ts';
import { importAll, openImport, storedUsers } from '../support/importDialog.ts';
import { canMount, createSmallDisk, type SmallDisk } from '../support/smallDisk.ts';

const isPossible = canMount();

const test = base.extend<{ disk: SmallDisk }>({
  async disk({}, use) {
    const disk = createSmallDisk(32)!;
    await use(disk);
    disk.remove();
  },
  hostEnv: ({ disk }, use) => use({ ...noKeychain, MFA_DATA_DIR: join(disk.folder, 'data') }),
});
test.skip(!isPossible, 'Needs an account that may mount a file system.');

test('an import onto a full disk changes nobody and says why; with more room it goes through', async ({ page, contoso, disk }) => {
  const directory = await contoso();
  await consoleIsReady(page);
  await configureDirectory(page, directory.settings(), directory.password);
  await importAll(page, `OU=Sales,${directory.baseDn}`);
  const before = await storedUsers(page);
  const dialog = await openImport(page);
  // When the import has begun and asks for the people.
  directory.misbehave((next) => ({
    ...next,
    openSession(peer) {
      disk.fill();
      return next.openSession(peer);
    },
  }));

  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  const alert = dialog.getByRole('alert').filter({ hasText: 'No user was changed.' });
  await expect(alert).toContainText('The disk with the data folder is full. Free some space and try again.');
  await expectAccessible(page);
  expect(await storedUsers(page)).toBe(before);

  disk.free();
  directory.misbehave(null);
  await dialog.getByRole('button', { name: 'Back' }).click();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog.getByText(/^[1-9]\d* users added/)).toBeVisible();
  expect(await storedUsers(page)).not.toBe(before);
});
