import type { Locator, Page } from '@playwright/test';
import type { UserDetail } from '../../shared/contract/users.contract.ts';
import { expect, test } from '../fixtures.ts';
import { call, consoleIsReady, expectAccessible } from '../support/consolePage.ts';

const people = ['anna', 'bob', 'carla'].map((name) => `${name}@contoso.example`);

test.beforeEach(async ({ page }) => {
  await consoleIsReady(page);
  for (const username of people) await call(page, 'users', 'add', { username, phone: '+1 425 555 0100' });
  await page.reload();
  await consoleIsReady(page);
  await expect(listed(page, 0)).toContainText('anna');
});

function listed(page: Page, index: number): Locator {
  return page.getByRole('grid', { name: 'Users' }).locator(`[data-index="${index}"]`);
}

async function openUser(page: Page, index: number): Promise<Locator> {
  await listed(page, index).dblclick();
  const dialog = page.getByRole('dialog', { name: 'Edit User' });
  await expect(dialog.getByLabel('Username:')).toHaveValue(people[index]!);
  return dialog;
}

const stored = async (page: Page, username: string) => (await call(page, 'users', 'get', { username })) as UserDetail;

test('users are added one after the other, and a username is taken in any letter case', async ({ page }) => {
  await page.getByRole('button', { name: 'Add…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add User' });
  await expect(dialog.getByRole('button', { name: 'Add', exact: true })).toBeDisabled();
  await expectAccessible(page, 'add user');

  await dialog.getByLabel('Username:').fill('dora@contoso.example');
  await dialog.getByLabel('First name:').fill('Dóra 👩🏽‍💻');
  await dialog.getByLabel('Last name:').fill('‏כהן');
  await dialog.getByLabel('Country code:').pressSequentially('germ');
  await dialog.getByLabel('Country code:').press('Enter');
  await expect(dialog.getByLabel('Country code:')).toHaveValue('Germany +49');
  await dialog.getByLabel('Phone:', { exact: true }).fill('030 / 90 18 20');
  await expect(dialog.getByText('Stored as +49 30 901820')).toBeVisible();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog.getByText('dora@contoso.example was added.')).toBeVisible();
  expect(await stored(page, 'dora@contoso.example')).toMatchObject({
    firstName: 'Dóra 👩🏽‍💻',
    lastName: '‏כהן',
    phone: '+4930901820',
    complete: true,
  });

  await expect(dialog.getByLabel('Username:')).toHaveValue('');
  await dialog.getByLabel('Username:').fill('ANNA@contoso.example');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog.getByText('Another user has this username.')).toBeVisible();
  await expect(dialog.getByLabel('Username:')).toHaveAttribute('aria-invalid', 'true');
});

test('a user is edited with the keyboard alone', async ({ page }) => {
  await listed(page, 0).click();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Edit User' });
  await expect(dialog.getByLabel('Username:')).toHaveValue(people[0]!);

  await expect(dialog.getByLabel('Username:')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type('Anna');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Berg');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Changes applied.')).toBeVisible();
  expect(await stored(page, people[0]!)).toMatchObject({ firstName: 'Anna', lastName: 'Berg' });

  await page.keyboard.press('Control+PageDown');
  await expect(dialog.getByRole('tab', { name: 'Advanced' })).toHaveAttribute('aria-selected', 'true');
  await dialog.getByLabel('Description:').focus();
  await page.keyboard.type('Owns the lab');
  await page.keyboard.press('Alt+a');
  await expect(dialog.getByText('Changes applied.')).toBeVisible();
  expect((await stored(page, people[0]!)).description).toBe('Owns the lab');
  await page.keyboard.press('Alt+n');
  await expect(dialog.getByText('2 of 3')).toBeVisible();
  await page.keyboard.press('Alt+p');
  await expect(dialog.getByText('1 of 3')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid', { name: 'Users' })).toBeFocused();
});

test('what is wrong is said beside its field when it is left, and Apply waits for it', async ({ page }) => {
  const dialog = await openUser(page, 0);
  const apply = dialog.getByRole('button', { name: 'Apply' });
  await expect(apply).toBeDisabled();

  await dialog.getByLabel('Email address:').fill('nobody');
  await expect(dialog.getByText('An address looks like name@example.com.')).toBeHidden();
  await dialog.getByLabel('Phone:', { exact: true }).fill('555-01');
  await dialog.getByLabel('Extension:', { exact: true }).fill('12 b');
  await dialog.getByLabel('User group:').focus();
  await expect(dialog.getByText('An address looks like name@example.com.')).toBeVisible();
  await expect(dialog.getByText(/^This is not a phone number of this country/)).toBeVisible();
  await expect(dialog.getByText('Digits, commas (a pause of one second), * and # only.')).toBeVisible();
  await expect(dialog.getByText('Not complete: a phone number is missing.')).toBeVisible();
  await expect(dialog.getByRole('tab', { name: 'General (3)' })).toBeVisible();
  await expect(apply).toBeDisabled();
  await expectAccessible(page, 'problems in edit user');

  await dialog.getByLabel('First name:').fill('x'.repeat(300));
  await dialog.getByLabel('Last name:').focus();
  await expect(dialog.getByText('At most 256 characters.')).toBeVisible();
});

test('a PIN can be typed or generated in PIN modes only, and each rule says whether it is kept', async ({ page }) => {
  const dialog = await openUser(page, 0);
  const pin = dialog.getByLabel('PIN:', { exact: true });
  await expect(pin).toBeDisabled();
  await expect(dialog.getByRole('button', { name: 'Generate' })).toBeDisabled();

  await dialog.getByLabel('Mode of Phone call').selectOption('PIN');
  await pin.fill('1235');
  const rules = dialog.getByRole('list', { name: 'PIN rules' });
  await expect(rules.getByRole('listitem').filter({ hasText: 'No three digits in a row' }).getByLabel('not kept')).toBeVisible();
  await expect(rules.getByRole('listitem').filter({ hasText: 'At least 4 digits' }).getByLabel('kept', { exact: true })).toBeVisible();

  await dialog.getByRole('button', { name: 'Generate' }).click();
  await expect(pin).not.toHaveValue('1235');
  await expect(pin).toHaveValue(/^\d{4}$/);
  await expect(dialog.getByLabel('Confirm PIN:')).toHaveValue(await pin.inputValue());
  await expect(rules.getByLabel('not kept')).toHaveCount(0);
});

test('Previous, Next and Esc ask before something is lost', async ({ page }) => {
  const dialog = await openUser(page, 1);
  await dialog.getByRole('button', { name: 'Next' }).click();
  await expect(dialog.getByLabel('Username:')).toHaveValue(people[2]!);
  await expect(dialog.getByRole('button', { name: 'Next' })).toBeDisabled();

  await dialog.getByLabel('User group:').fill('Sales');
  await dialog.getByRole('button', { name: 'Previous' }).click();
  const question = page.getByRole('alertdialog', { name: 'Discard your changes?' });
  await question.getByRole('button', { name: 'Keep editing' }).click();
  await expect(dialog.getByLabel('User group:')).toHaveValue('Sales');
  await page.keyboard.press('Escape');
  await question.getByRole('button', { name: 'Keep editing' }).click();
  await dialog.getByRole('button', { name: 'Previous' }).click();
  await question.getByRole('button', { name: 'Discard' }).click();
  await expect(dialog.getByLabel('Username:')).toHaveValue(people[1]!);
  expect((await stored(page, people[2]!)).userGroup).toBe('');
});

test('two administrators who edit one user overwrite nothing unseen', async ({ page }) => {
  const dialog = await openUser(page, 0);
  const { id } = await stored(page, people[0]!);
  await dialog.getByLabel('User group:').fill('Mine');

  // The other window.
  await call(page, 'users', 'edit', { id, changes: { firstName: 'Anne' } });
  await expect(dialog.getByText('Somebody else has changed First name meanwhile.')).toBeVisible();
  await expect(dialog.getByLabel('First name:')).toHaveValue('Anne');
  await expect(dialog.getByLabel('User group:')).toHaveValue('Mine');

  await call(page, 'users', 'edit', { id, changes: { userGroup: 'Theirs' } });
  await expect(dialog.getByText('Somebody else has changed User group too.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog.getByRole('heading', { name: /was changed meanwhile$/ })).toBeVisible();
  await expectAccessible(page, 'conflict');
  expect((await stored(page, people[0]!)).userGroup).toBe('Theirs');

  await expect(dialog.getByRole('button', { name: 'Apply' })).toBeDisabled();
  await dialog.getByRole('radio', { name: 'Yours: Mine' }).check();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog.getByText('Changes applied.')).toBeVisible();
  expect(await stored(page, people[0]!)).toMatchObject({ firstName: 'Anne', userGroup: 'Mine' });
});
