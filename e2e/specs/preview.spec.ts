import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures.ts';
import { configureDirectory, consoleIsReady, expectAccessible } from '../support/consolePage.ts';
import { counter, importAll, openImport, reportRows } from '../support/importDialog.ts';

const baseDn = 'DC=contoso,DC=example';

/** A person whom the sample company does not know. The same number is the same person, whatever else changes. */
function person(number: number, surname: string, username = `new.person${number}`): string {
  const guid = Buffer.alloc(16, number).toString('base64');
  return `dn: CN=New Person ${number},OU=Sales,${baseDn}
objectClass: top
objectClass: person
objectClass: organizationalPerson
objectClass: user
objectCategory: CN=Person,CN=Schema,CN=Configuration,${baseDn}
objectGUID:: ${guid}
cn: New Person ${number}
sAMAccountName: ${username}
userPrincipalName: ${username}@contoso.example
givenName: New
sn: ${surname}
mail: ${username}@contoso.example
userAccountControl: 512
`;
}

test('a preview shows who changes from what to what, who is left out and why, and can be saved', async ({ page, contoso, host }) => {
  const directory = await contoso({ extraLdif: [person(201, 'Before'), person(202, 'Stays')].join('\n') });
  await consoleIsReady(page);
  await configureDirectory(page, directory.settings(), directory.password);
  await importAll(page, baseDn);
  directory.put(person(201, 'After'));
  directory.put(person(203, 'Comes'));
  // Another person who wants a username that somebody has already.
  directory.put(person(204, 'Rival', 'new.person202'));

  const dialog = await openImport(page);
  await dialog.getByLabel('Update existing users').check();
  await dialog.getByLabel('Import phone:').selectOption('Mobile');
  await dialog.getByRole('button', { name: 'Preview…' }).click();
  await expect(dialog.getByText('The import would add 1 user and update 1 user. Nothing is written yet.')).toBeVisible({ timeout: 20_000 });

  await counter(dialog, 'Update').click();
  const updated = reportRows(dialog).filter({ hasText: 'new.person201' });
  await expect(updated).toContainText('Last name:');
  await expect(updated.locator('del')).toHaveText('Before');
  await expect(updated.locator('ins')).toHaveText('After');
  await updated.click();
  const details = dialog.getByRole('region', { name: 'Details of new.person201@contoso.example' });
  await expect(details).toContainText('was Before → becomes After');
  await expectAccessible(page);

  await counter(dialog, 'Update').click();
  await counter(dialog, 'Skipped').click();
  await expect(reportRows(dialog).filter({ hasText: 'The entry has no username.' })).not.toHaveCount(0);
  await expect(reportRows(dialog).filter({ hasText: /new\.person202.*(has this username|Nothing was overwritten)/ })).toHaveCount(1);
  await expectAccessible(page);

  // Downloads are the browser's own matter; the double has none.
  if (host === 'web') {
    const downloading = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Export…' }).click();
    const file = await downloading;
    expect(file.suggestedFilename()).toMatch(/^import-\d{4}-\d\d-\d\d\.csv$/);
    const text = await readFile(await file.path(), 'utf8');
    const lines = text.split('\r\n');
    expect(lines[0]).toBe('\uFEFFoutcome,username,name,dn,reason,taken by,changes,warnings');
    expect(lines.filter((line) => line.startsWith('update,'))).toEqual([expect.stringContaining('Before → ')]);
    expect(lines.filter((line) => line.startsWith('add,'))).toEqual([expect.stringContaining('new.person203')]);
    expect(lines.length).toBeGreaterThan(250);
  }

  await dialog.getByRole('button', { name: 'Import 2 users' }).click();
  await expect(dialog.getByText('1 user added, 1 user updated.')).toBeVisible({ timeout: 20_000 });
  await dialog.getByRole('button', { name: 'Show imported users' }).click();

  // The list now shows this import only, until its chip is taken away.
  await expect(page.getByText(/^2 of \d+ users$/)).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'After, New' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: /^Import of / }).click();
  await expect(page.getByText(/^[1-9]\d+ users$/)).toBeVisible();
});
