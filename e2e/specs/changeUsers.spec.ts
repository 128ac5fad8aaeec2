import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { call, consoleIsReady, expectAccessible } from '../support/consolePage.ts';

const people = ['anna', 'bob', 'carla', 'dora'].map((name) => `${name}@contoso.example`);
const listed = (page: Page, index: number) => page.getByRole('grid', { name: 'Users' }).locator(`[data-index="${index}"]`);
const user = (page: Page, index: number) => call(page, 'users', 'get', { username: people[index] });

test.beforeEach(async ({ page }) => {
  await consoleIsReady(page);
  for (const username of people) await call(page, 'users', 'add', { username, method: 'app', mode: 'standard', enabled: true });
  await page.reload();
  await consoleIsReady(page);
  await expect(listed(page, 3)).toContainText('dora');
});

/** Marks the first two users and chooses a command of their menu, all with the keyboard. */
async function chooseForTwo(page: Page, command: string): Promise<void> {
  await listed(page, 0).click();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('2 selected, 4 users')).toBeVisible();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: command, exact: true })).toBeVisible();
  await page.getByRole('menuitem', { name: command, exact: true }).press('Enter');
}

test('users are disabled with the keyboard alone after a question, and one is enabled again without', async ({ page }) => {
  test.slow();
  await chooseForTwo(page, 'Disable…');
  const dialog = page.getByRole('dialog', { name: 'Disable users' });
  await expect(dialog.getByText('Disable 2 users?')).toBeVisible();
  await expect(dialog.getByRole('list', { name: 'Users to be changed' }).getByRole('listitem')).toHaveText([people[0]!, people[1]!]);
  await expectAccessible(page, 'question before users are disabled');

  // What has the focus disables nobody.
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  expect(await user(page, 0)).toMatchObject({ enabled: true });

  await chooseForTwo(page, 'Disable…');
  await dialog.getByRole('button', { name: 'Disable', exact: true }).press('Enter');
  await expect(dialog.getByText('2 users are disabled.')).toBeVisible();
  await expectAccessible(page, 'users were disabled');
  expect(await user(page, 1)).toMatchObject({ enabled: false });
  expect(await user(page, 2)).toMatchObject({ enabled: true });
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  await listed(page, 0).click();
  await expect(page.getByText('2 selected')).toHaveCount(0);
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Enable', exact: true }).press('Enter');
  await expect(page.getByRole('dialog', { name: 'Enable users' }).getByText('1 user is enabled.')).toBeVisible();
  expect(await user(page, 0)).toMatchObject({ enabled: true });
  expect(await user(page, 1)).toMatchObject({ enabled: false });
});

test('the method goes back to that of Company Settings, which the question names', async ({ page }) => {
  await call(page, 'users', 'edit', { id: ((await user(page, 0)) as { id: number }).id, changes: { method: 'call', mode: 'standard' } });

  await chooseForTwo(page, 'Reset method…');

  const dialog = page.getByRole('dialog', { name: 'Reset methods' });
  await expect(dialog.getByText('They get the method of Company Settings: Phone call.')).toBeVisible();
  await expect(dialog.getByText('1 of them has it already.')).toBeVisible();
  await expectAccessible(page, 'question before methods are reset');
  await dialog.getByRole('button', { name: 'Reset method' }).press('Enter');
  await expect(dialog.getByText('2 users have the method of Company Settings.')).toBeVisible();
  expect(await user(page, 1)).toMatchObject({ method: 'call', mode: 'standard' });
  expect(await user(page, 2)).toMatchObject({ method: 'app' });
});

test('everybody selected gets a new PIN that waits to be mailed', async ({ page }) => {
  const { vault } = (await call(page, 'app', 'status', null)) as { vault: { state: string } };
  if (vault.state !== 'keychain') await call(page, 'app', 'unlockVault', { passphrase: 'a passphrase for tests' });

  await chooseForTwo(page, 'Reset PIN…');

  const dialog = page.getByRole('dialog', { name: 'Reset PINs' });
  await expect(dialog.getByText('Reset the PIN of 2 users?')).toBeVisible();
  await expectAccessible(page, 'question before PINs are reset');
  await dialog.getByRole('button', { name: 'Reset PIN' }).press('Enter');
  await expect(dialog.getByText('2 users have a new PIN.')).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page, 'PINs were reset');
  expect(await user(page, 1)).toMatchObject({ hasPin: true, mustChangePin: true, pin: { isInitial: true } });
  expect(await user(page, 2)).toMatchObject({ hasPin: false });
});
