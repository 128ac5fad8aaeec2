import type { Locator, Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { expect, test } from '../fixtures.ts';
import { encryptedPskc } from '../../electron/services/tokens/files/testing.ts';
import { call, consoleIsReady, expectAccessible } from '../support/consolePage.ts';

const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const codeIn = (milliseconds: number) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + milliseconds });

const fileOf = (name: string, content: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
const tokenFile = [
  'serial number,secret key,time interval,manufacturer,model',
  `C-1,${secret},30,Acme,K1`,
  `C-2,${secret},60,Acme,K1`,
  'C-3,NOT BASE 32 !,30,Acme,K1',
].join('\r\n');

test.beforeEach(async ({ page }) => {
  await consoleIsReady(page);
  await call(page, 'app', 'unlockVault', { passphrase: 'a passphrase for tests' });
  for (const username of ['anna', 'bob']) await call(page, 'users', 'add', { username, method: 'oath', mode: 'token' });
  await page.reload();
  await consoleIsReady(page);
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'OATH Tokens' }).click();
  await expect(page.getByRole('heading', { name: 'OATH Tokens', level: 1 })).toBeVisible();
});

function listed(page: Page, index: number): Locator {
  return page.getByRole('grid', { name: 'OATH tokens' }).locator(`[data-index="${index}"]`);
}

function addToken(page: Page, serial: string): Promise<unknown> {
  return call(page, 'tokens', 'add', { serial, secret, encoding: 'base32', kind: 'totp', algorithm: 'SHA1', digits: 6, interval: 30 });
}

/** A command of the pane for the token in the first row, with the keyboard alone. */
async function openForFirst(page: Page, command: string): Promise<void> {
  await listed(page, 0).click();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: command }).focus();
  await page.keyboard.press('Enter');
}

test('a token is added with the keyboard alone; typing errors are said beside their fields, and its secret never comes back', async ({
  page,
}, testInfo) => {
  await expect(page.getByRole('heading', { name: 'No OATH tokens yet' })).toBeVisible();
  await expectAccessible(page, 'no tokens');
  await page.getByRole('group', { name: 'Commands' }).getByRole('button', { name: 'Add…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Add OATH Token' });
  await expect(dialog.getByLabel('Serial number:')).toBeFocused();
  await page.keyboard.type('A-1');
  await page.keyboard.press('Tab');
  await expect(dialog.getByLabel('Secret key:')).toBeFocused();
  await page.keyboard.type('GEZDGNB1GY3TQOJQ');
  await page.keyboard.press('Tab');
  await expect(dialog.getByLabel('Secret key:')).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page, 'add: problem');
  await page.screenshot({ path: testInfo.outputPath('add.png') });
  await dialog.getByLabel('Secret key:').fill(secret);
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('A-1 is added.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(listed(page, 0)).toContainText('A-1');

  await listed(page, 0).click();
  await page.keyboard.press('Enter');
  const edit = page.getByRole('dialog', { name: 'Edit OATH Token' });
  await expect(edit.getByLabel('Serial number:')).toHaveValue('A-1');
  await expect(edit.getByLabel('Serial number:')).toBeFocused();
  await expect(edit.getByLabel('Secret key:')).toHaveValue('');
  await expectAccessible(page, 'edit');
  await edit.getByLabel('Model:').fill('K1');
  await page.keyboard.press('Enter');
  await expect(edit.getByText('Saved.')).toBeVisible();
  await page.keyboard.press('Escape');
  expect(await call(page, 'tokens', 'list', {})).toMatchObject({ rows: [{ serial: 'A-1', model: 'K1' }] });
  await expect(page.getByRole('grid', { name: 'OATH tokens' })).toBeFocused();
});

test('a token is assigned, found again by two codes, taken away and removed', async ({ page }, testInfo) => {
  await addToken(page, 'A-1');
  await expect(listed(page, 0)).toContainText('A-1');

  await openForFirst(page, 'Assign…');
  const assign = page.getByRole('dialog', { name: 'Assign token A-1' });
  await assign.getByLabel('User:').focus();
  await page.keyboard.type('ann');
  await expect(page.getByRole('option', { name: 'anna' })).toBeVisible();
  await expectAccessible(page, 'assign');
  await page.keyboard.press('Enter');
  await expect(assign.getByLabel('User:')).toHaveValue('anna');
  await page.screenshot({ path: testInfo.outputPath('assign.png') });
  await assign.getByRole('button', { name: 'Assign', exact: true }).press('Enter');
  await expect(assign.getByText('A-1 belongs to anna.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(listed(page, 0)).toContainText('anna');

  await openForFirst(page, 'Resynchronize…');
  const resync = page.getByRole('dialog', { name: 'Resynchronize token A-1' });
  await resync.getByLabel('First code:').fill('000000');
  await resync.getByLabel('Next code:').fill('000001');
  await page.keyboard.press('Enter');
  await expect(resync.getByText('Not found.')).toBeVisible();
  await expect(resync.getByLabel('First code:')).toBeFocused();
  await expectAccessible(page, 'resync: not found');
  const ahead = 5 * 3600_000;
  await resync.getByLabel('First code:').fill(codeIn(ahead));
  await resync.getByLabel('Next code:').fill(codeIn(ahead + 30_000));
  await page.keyboard.press('Enter');
  await expect(resync.getByText(/^Found\. The clock of the token is 1[78],\d{3} s ahead\.$/)).toBeVisible();
  await expectAccessible(page, 'resync: found');
  await page.screenshot({ path: testInfo.outputPath('resync.png') });
  await page.keyboard.press('Escape');

  await openForFirst(page, 'Unassign…');
  const unassign = page.getByRole('dialog', { name: 'Unassign token' });
  await expect(unassign.getByText('Take token A-1 from anna?')).toBeVisible();
  await expect(unassign.getByText(/^anna has no other token/)).toBeVisible();
  await expectAccessible(page, 'unassign');
  await unassign.getByRole('button', { name: 'Unassign', exact: true }).press('Enter');
  await expect(unassign.getByText('A-1 belongs to nobody now.')).toBeVisible();
  await page.keyboard.press('Escape');

  await listed(page, 0).click();
  await page.keyboard.press('Delete');
  const remove = page.getByRole('dialog', { name: 'Remove tokens' });
  await expect(remove.getByText('Remove token A-1?')).toBeVisible();
  await expectAccessible(page, 'remove');
  // What has the focus removes nothing.
  await page.keyboard.press('Enter');
  await expect(remove).toHaveCount(0);
  await expect(page.getByRole('grid', { name: 'OATH tokens' })).toBeFocused();
  await page.keyboard.press('Delete');
  await remove.getByRole('button', { name: 'Remove', exact: true }).press('Enter');
  await expect(remove.getByText('1 token is removed.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'No OATH tokens yet' })).toBeVisible();
});

test('two administrators who edit one token see what the other one changed before anything is written', async ({ page }, testInfo) => {
  const { id } = (await addToken(page, 'A-1')) as { id: number };
  await expect(listed(page, 0)).toContainText('A-1');
  await listed(page, 0).click();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Edit OATH Token' });
  await dialog.getByLabel('Model:').fill('Mine');

  // The other window.
  await call(page, 'tokens', 'edit', { id, changes: { manufacturer: 'Acme' } });
  await expect(dialog.getByText('Somebody else has changed Manufacturer meanwhile. The new values are shown.')).toBeVisible();
  await expect(dialog.getByLabel('Manufacturer:')).toHaveValue('Acme');
  await call(page, 'tokens', 'edit', { id, changes: { model: 'Theirs' } });
  await expect(dialog.getByText('Somebody else has changed Model too.')).toBeVisible();
  await dialog.getByLabel('Model:').press('Enter');
  await expect(dialog.getByRole('heading', { name: 'A-1 was changed meanwhile' })).toBeVisible();
  await expectAccessible(page, 'conflict');
  await page.screenshot({ path: testInfo.outputPath('conflict.png') });
  expect(await call(page, 'tokens', 'get', { id })).toMatchObject({ model: 'Theirs' });

  await expect(dialog.getByRole('button', { name: 'Apply' })).toBeDisabled();
  await dialog.getByRole('radio', { name: 'Yours: Mine' }).focus();
  await page.keyboard.press('Space');
  await dialog.getByRole('button', { name: 'Apply' }).press('Enter');
  await expect(dialog.getByText('Saved.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Apply' })).toBeFocused();
  expect(await call(page, 'tokens', 'get', { id })).toMatchObject({ manufacturer: 'Acme', model: 'Mine' });
});

test('who is left without a token is said before tokens are removed', async ({ page }) => {
  const [first] = [await addToken(page, 'A-1'), await addToken(page, 'A-2'), await addToken(page, 'A-3')] as { id: number }[];
  const anna = (await call(page, 'users', 'get', { username: 'anna' })) as { id: number };
  await call(page, 'tokens', 'assign', { id: first!.id, userId: anna.id });
  await expect(listed(page, 0)).toContainText('anna');

  await listed(page, 0).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');

  const remove = page.getByRole('dialog', { name: 'Remove tokens' });
  await expect(remove.getByText('Remove 3 tokens?')).toBeVisible();
  await expect(remove.getByText(/^1 of them belongs to a user\. 1 user is left without a token/)).toBeVisible();
  await expect(remove.getByRole('list', { name: 'Tokens that belong to users' })).toContainText('anna, who has no other token');
});

test('a file is imported after a preview that shows what is wrong in which row, and its log stays', async ({ page }, testInfo) => {
  await page.getByRole('group', { name: 'Commands' }).getByRole('button', { name: 'Import…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Import OATH tokens' });
  await expectAccessible(page, 'import: file');
  await dialog.getByLabel('File:').setInputFiles(fileOf('tokens.csv', tokenFile));
  await expect(dialog.getByText(/2 tokens would be added, 1 skipped\./)).toBeVisible();
  await expect(dialog.getByRole('grid').filter({ hasText: 'C-3' })).toBeVisible();
  await expectAccessible(page, 'import: preview');
  await page.screenshot({ path: testInfo.outputPath('preview.png') });
  await dialog.getByRole('button', { name: 'Import 2 tokens' }).click();
  await expect(dialog.getByText(/2 tokens added, 1 skipped\./)).toBeVisible();
  await expectAccessible(page, 'import: log');
  await page.screenshot({ path: testInfo.outputPath('log.png') });
  await page.keyboard.press('Escape');
  await expect(page.getByText('2 tokens', { exact: true })).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('pane.png') });
  await expectAccessible(page, 'tokens pane');

  // The state of a token and a search limit the list.
  await page.getByLabel('Search tokens').fill('c-2');
  await expect(page.getByText('1 of 2 tokens')).toBeVisible();
  await page.getByLabel('Search tokens').fill('');
  await page.getByLabel('Show:').selectOption('Assigned');
  await expect(page.getByText('No token is in this state.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all tokens' }).click();
  await expect(listed(page, 1)).toContainText('C-2');
});

test('an encrypted file asks for its password until it is right, and a file that is none says why', async ({ page }) => {
  await page.getByRole('group', { name: 'Commands' }).getByRole('button', { name: 'Import…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import OATH tokens' });
  await dialog.getByLabel('File:').setInputFiles(fileOf('broken.csv', 'serial number,model\r\nC-1,K1\r\n'));
  await expect(dialog.getByRole('alert')).toContainText('The header row names no column for: secret key.');
  await dialog.getByLabel('File:').setInputFiles(fileOf('bomb.xml', '<!DOCTYPE x [<!ENTITY a "aaaa">]><KeyContainer>&a;</KeyContainer>'));
  await expect(dialog.getByRole('alert')).toContainText('The token file cannot be read.');

  await dialog.getByLabel('File:').setInputFiles(fileOf('tokens.xml', encryptedPskc));
  const password = dialog.getByLabel('Password or key:');
  await expect(password).toBeFocused();
  await expectAccessible(page, 'import: password');
  await page.keyboard.type('qwertz');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('The password or key does not open the token file.');
  await expect(password).toHaveValue('');
  await password.fill('qwerty');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Import 1 token' }).press('Enter');
  await expect(dialog.getByText(/1 token added, 0 skipped\./)).toBeVisible();
  expect(await call(page, 'tokens', 'list', {})).toMatchObject({ rows: [{ serial: '987654321', kind: 'hotp', digits: 8 }] });
});
