import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { EmailSettings } from '../../shared/contract/email.contract.ts';
import { expect, test } from '../fixtures.ts';
import { call, consoleIsReady, expectAccessible } from '../support/consolePage.ts';
import { changeEmailSettings } from '../support/emailPane.ts';

const listed = (page: Page, index: number) => page.getByRole('grid', { name: 'Users' }).locator(`[data-index="${index}"]`);

const change = (page: Page, more: Partial<EmailSettings>): Promise<void> =>
  changeEmailSettings(page, (settings) => ({ ...settings, ...more }));

/** What lies in the outbox: `anna call-standard-new-user held`. */
async function outbox(page: Page): Promise<string[]> {
  const { mails } = (await call(page, 'outbox', 'list', {})) as { mails: { username: string; template: string; state: string }[] };
  return mails.map(({ username, template, state }) => `${username} ${template} ${state}`).sort();
}

test.beforeEach(async ({ page }) => {
  await consoleIsReady(page);
  await change(page, { from: 'mfa@contoso.example' });
  await call(page, 'users', 'add', { username: 'anna', email: 'anna@contoso.example', phone: '+1 425 555 0100' });
  await call(page, 'users', 'add', { username: 'bob', phone: '+1 425 555 0101' });
  await call(page, 'users', 'add', { username: 'carla', email: 'carla@contoso.example', phone: '+1 425 555 0102', enabled: false });
  await page.reload();
  await consoleIsReady(page);
  await expect(listed(page, 2)).toContainText('carla');
});

test('mails are sent to everybody in the list with the keyboard alone, after a plan of who gets what and who nothing', async ({
  page,
}, testInfo) => {
  test.slow();
  await listed(page, 0).click();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Send Emails…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Send emails to users' });
  await expect(dialog.getByRole('button', { name: 'Send 1 mail' })).toBeEnabled();
  // What has the focus mails nobody.
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();

  await dialog.getByRole('radio', { name: 'The selected user' }).focus();
  await page.keyboard.press('ArrowDown');
  const plan = dialog.getByRole('group', { name: 'Mails' });
  await expect(plan.getByRole('listitem')).toHaveText([
    '1 × Phone Call - Standard - New User',
    '1 user without a mail: no email address, and the username is none',
    '1 user without a mail: disabled',
  ]);
  await expect(dialog.getByRole('table', { name: 'Who gets what, the first of them' }).getByRole('row')).toHaveCount(4);
  await expectAccessible(page, 'send emails');
  await page.screenshot({ path: testInfo.outputPath('plan.png') });
  expect(await outbox(page)).toEqual([]);

  await dialog.getByRole('button', { name: 'Send 1 mail' }).press('Enter');
  await expect(dialog.getByText('1 mail is in the outbox, held until they are released. 2 users without a mail.')).toBeVisible();
  expect(await outbox(page)).toEqual(['anna call-standard-new-user held']);
  await dialog.getByRole('button', { name: 'Report…' }).press('Enter');
  const report = page.getByRole('dialog', { name: /Send emails/ });
  await expect(report.getByText('The user is disabled.')).toBeVisible();
  await expectAccessible(page, 'report of mails');
});

test('a chosen mail is sent again, and only to whom it fits', async ({ page }) => {
  await listed(page, 0).click();
  await page.getByRole('button', { name: 'Send Emails…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send emails to users' });

  await dialog.getByLabel('Mail', { exact: true }).selectOption('text-one-way-otp-new-user');
  await expect(dialog.getByRole('group', { name: 'Mails' })).toContainText('the template is for another method or mode');
  await expect(dialog.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
  await dialog.getByLabel('Mail', { exact: true }).selectOption('call-standard-updated-user');
  await dialog.getByRole('button', { name: 'Send 1 mail' }).click();

  await expect(dialog.getByText('1 mail is in the outbox')).toBeVisible();
  expect(await outbox(page)).toEqual(['anna call-standard-updated-user held']);
});

test('Add User and Edit User say which mail there will be, and what became of it', async ({ page }, testInfo) => {
  test.slow();
  await page.getByRole('button', { name: 'Add…' }).click();
  const add = page.getByRole('dialog', { name: 'Add User' });
  await add.getByRole('checkbox', { name: 'Send email' }).check();
  await add.getByLabel('Username:').fill('dora@contoso.example');
  await expect(add.getByText('No mail: something is missing for sign-in, and there is no User Portal URL.')).toBeVisible();
  await add.getByLabel('Phone:', { exact: true }).fill('+1 425 555 0103');
  await expect(add.getByText('dora@contoso.example gets the mail Phone Call - Standard - New User.')).toBeVisible();
  await expectAccessible(page, 'add user with a mail');
  await page.screenshot({ path: testInfo.outputPath('add.png') });
  await add.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(add.getByText('The mail Phone Call - Standard - New User to dora@contoso.example is held in the outbox.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(add).toHaveCount(0);

  await listed(page, 0).dblclick();
  const edit = page.getByRole('dialog', { name: 'Edit User' });
  await expect(edit.getByLabel('Username:')).toHaveValue('anna');
  await edit.getByRole('checkbox', { name: 'Send email' }).check();
  await edit.getByLabel('User group:').fill('Sales');
  await expect(edit.getByText('No mail: nothing changes that a mail tells.')).toBeVisible();
  await edit.getByLabel('Phone:', { exact: true }).fill('+1 425 555 0109');
  await expect(edit.getByText('anna@contoso.example gets the mail Phone Call - Standard - Updated User.')).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('edit.png') });
  await edit.getByRole('button', { name: 'Apply' }).click();
  await expect(
    edit.getByText('The mail Phone Call - Standard - Updated User to anna@contoso.example is held in the outbox.'),
  ).toBeVisible();
  expect(await outbox(page)).toEqual(['anna call-standard-updated-user held', 'dora@contoso.example call-standard-new-user held']);
});

test('users who are enabled or changed together are mailed, counted before', async ({ page }, testInfo) => {
  test.slow();
  await listed(page, 1).click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Enable', exact: true }).press('Enter');
  const enable = page.getByRole('dialog', { name: 'Enable users' });
  await enable.getByRole('checkbox', { name: 'Send email' }).check();
  await expect(enable.getByRole('listitem').filter({ hasText: '1 × Phone Call - Standard - New User' })).toBeVisible();
  await expectAccessible(page, 'enable users with mails');
  await page.screenshot({ path: testInfo.outputPath('enable.png') });
  await enable.getByRole('button', { name: 'Enable', exact: true }).click();
  await expect(enable.getByText('1 mail is in the outbox')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(enable).toHaveCount(0);

  await expect(page.getByRole('grid', { name: 'Users' })).toBeFocused();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Edit Users…' }).press('Enter');
  const edit = page.getByRole('dialog', { name: 'Edit Users' });
  await edit.getByRole('checkbox', { name: 'Change Method', exact: true }).check();
  await edit.getByLabel('Method', { exact: true }).selectOption('text/two-way-otp');
  await edit.getByRole('checkbox', { name: 'Send email' }).check();
  await edit.getByLabel('Send email to').selectOption('new-and-updated');
  const plan = edit.getByRole('group', { name: 'Mails' });
  await expect(plan).toContainText('1 × Text Message - Two-Way - OTP - Updated User');
  await expectAccessible(page, 'edit users with mails');
  await plan.scrollIntoViewIfNeeded();
  await page.screenshot({ path: testInfo.outputPath('many.png') });
  await edit.getByRole('button', { name: 'Apply' }).click();
  await expect(edit.getByText('1 mail is in the outbox')).toBeVisible();
  expect(await outbox(page)).toEqual(['carla call-standard-new-user held', 'carla text-two-way-otp-updated-user held']);
});

test('an import says in its preview how many mails there will be, and nothing can be chosen while mails are not set up', async ({
  page,
}, testInfo) => {
  test.slow();
  const file = Buffer.from('username,email,phone\nemil,emil@contoso.example,+14255550110\nfrida,,+14255550111\n');
  async function openFile() {
    await page.getByRole('button', { name: 'File', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Import users from a file…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import users from a file' });
    await dialog.getByLabel('File:').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: file });
    return dialog;
  }
  const dialog = await openFile();
  await dialog.getByRole('checkbox', { name: 'Send email' }).check();
  await page.screenshot({ path: testInfo.outputPath('csv.png') });
  // Leads to the preview: mails cannot be taken back.
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog.getByRole('group', { name: 'Mails' }).getByRole('listitem')).toHaveText([
    '1 × Phone Call - Standard - New User',
    '1 user without a mail: no email address, and the username is none',
  ]);
  await expectAccessible(page, 'preview with mails');
  await page.screenshot({ path: testInfo.outputPath('preview.png') });
  await dialog.getByRole('button', { name: /^Import 2/ }).click();
  await expect(dialog.getByText('1 mail is in the outbox')).toBeVisible();
  expect(await outbox(page)).toEqual(['emil call-standard-new-user held']);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  await change(page, { from: '' });
  const again = await openFile();
  await expect(again.getByText('From is not set in Email, Settings.')).toBeVisible();
  await expect(again.getByRole('checkbox', { name: 'Send email' })).toBeDisabled();
});

test('many mails go only after their number was typed, into the outbox and out of it', async ({ page, folder }, testInfo) => {
  test.slow();
  for (let number = 0; number < 100; number += 1)
    await call(page, 'users', 'add', { username: `user${number}@contoso.example`, phone: '+1 425 555 0100' });
  await change(page, { pickupFolder: join(folder, 'pickup') });
  await listed(page, 0).click();
  await page.getByRole('button', { name: 'Send Emails…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send emails to users' });
  await dialog.getByRole('radio', { name: 'Everybody in the list (103 users)' }).check();
  const send = dialog.getByRole('button', { name: 'Send 101 mails' });
  await expect(send).toBeDisabled();
  const number = dialog.getByLabel('To confirm, type the number of mails: 101');
  await number.fill('100');
  await expect(send).toBeDisabled();
  await number.fill('101');
  await expect(send).toBeEnabled();
  await expectAccessible(page, 'many mails');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [width, height] of [
      [1024, 768],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: testInfo.outputPath(`many-${width}-${colorScheme}.png`) });
    }
  }
  await send.press('Enter');
  await expect(dialog.getByText('101 mails are in the outbox')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Email', exact: true }).click();
  await page.getByRole('tab', { name: 'Outbox' }).click();
  await page.getByRole('status').filter({ hasText: '101 mails are held' }).getByRole('button', { name: 'Release…' }).click();
  const release = page.getByRole('dialog', { name: 'Release mails' });
  await expect(release.getByRole('button', { name: 'Release', exact: true })).toBeDisabled();
  await release.getByLabel('To confirm, type the number of mails: 101').fill('101');
  await page.screenshot({ path: testInfo.outputPath('release.png') });
  await release.getByRole('button', { name: 'Release', exact: true }).click();
  await expect(release.getByText('101 mails are released.')).toBeVisible();
});
