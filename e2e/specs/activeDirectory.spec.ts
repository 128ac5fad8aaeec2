import { expect, test } from '../fixtures.ts';
import { awkwardPeople, staffCount } from '../servers/sambaPeople.ts';
import { sharedServers } from '../servers/sharedServers.ts';
import { configureDirectory, consoleIsReady, expectAccessible } from '../support/consolePage.ts';
import { openImport } from '../support/importDialog.ts';
import { sambaTarget } from '../support/directoryReading.ts';

test('a real domain is previewed, imported and found', async ({ page }) => {
  const { samba } = sharedServers();
  test.skip(samba === null, 'Samba cannot run on this machine.');
  await consoleIsReady(page);
  await configureDirectory(page, sambaTarget(samba!).settings, samba!.password);

  const dialog = await openImport(page);
  await expectAccessible(page);

  await dialog.getByRole('button', { name: 'Preview…' }).click();
  const sentence = dialog.getByText(/^The import would add [\d,]+ users/);
  await expect(sentence).toBeVisible({ timeout: 30_000 });
  const added = Number(/add ([\d,]+) users/.exec((await sentence.textContent())!)![1]!.replaceAll(',', ''));
  expect(added).toBeGreaterThanOrEqual(staffCount + awkwardPeople.length);

  await dialog.getByRole('button', { name: /^Import [\d,]+ users$/ }).click();
  await expect(dialog.getByText(/users added/)).toBeVisible({ timeout: 30_000 });
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  const search = page.getByLabel('Search users');
  for (const { username, attributes } of awkwardPeople) {
    await search.fill(username);
    const row = page.getByRole('row').filter({ hasText: `${username}@` });
    await expect(row).toBeVisible();
    // As text: nothing of it has become markup.
    await expect(row).toContainText(attributes['sn']!);
  }
  await expectAccessible(page);
});
