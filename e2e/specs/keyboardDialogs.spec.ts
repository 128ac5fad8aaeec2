import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { call, consoleIsReady, expectAccessible } from '../support/consolePage.ts';

const stored = (page: Page, username: string) => call(page, 'users', 'get', { username }) as Promise<Record<string, unknown>>;

/** Presses a key until something has the focus: so it can be reached without a pointer. */
async function pressUntilFocused(page: Page, key: string, name: string | RegExp): Promise<void> {
  const wanted = page
    .getByRole('dialog')
    .getByLabel(name)
    .or(page.getByRole('dialog').getByRole('button', { name, exact: true }));
  for (let count = 0; count < 40; count += 1) {
    if (await wanted.evaluateAll((elements) => elements.includes(document.activeElement as HTMLElement))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${String(name)} cannot be reached with ${key}.`);
}

test('a user is added with Tab, letters and Enter alone', async ({ page }) => {
  await consoleIsReady(page);
  await page.getByRole('group', { name: 'Commands' }).getByRole('button', { name: 'Add…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Add User' });
  await expect(dialog.getByLabel('Username:')).toBeFocused();
  await page.keyboard.type('dora@contoso.example');
  await pressUntilFocused(page, 'Tab', 'User group:');
  await page.keyboard.type('Lab');
  await pressUntilFocused(page, 'Tab', 'Phone:');
  await page.keyboard.type('425 555 0199');
  await pressUntilFocused(page, 'Tab', 'Phone call');
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: 'Text message' })).toBeChecked();
  await pressUntilFocused(page, 'Tab', 'Enabled');
  await page.keyboard.press('Space');
  await expectAccessible(page, 'add user, filled in');
  await pressUntilFocused(page, 'Tab', 'Add');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('dora@contoso.example was added.')).toBeVisible();
  await expect(dialog.getByLabel('Username:')).toBeFocused();
  await page.keyboard.press('Escape');

  await expect(dialog).toHaveCount(0);
  expect(await stored(page, 'dora@contoso.example')).toMatchObject({
    userGroup: 'Lab',
    phone: '+14255550199',
    method: 'text',
    enabled: false,
  });
});

test('every tab of Edit User is reached with the keyboard, and accessible; so is what two administrators changed', async ({ page }) => {
  await consoleIsReady(page);
  const { id } = (await call(page, 'users', 'add', { username: 'anna', userGroup: 'Sales' })) as { id: number };
  const grid = page.getByRole('grid', { name: 'Users' });
  await expect(grid.locator('[data-index="0"]')).toContainText('anna');
  await grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Edit User' });
  await expect(dialog.getByLabel('Username:')).toBeFocused();
  const tabs = ['General', 'Advanced', 'Tags', 'Administrator', 'Mobile App Devices', 'OATH Token', 'Security Questions', 'Info'];
  await expect(dialog.getByRole('tab')).toHaveCount(tabs.length);
  for (const name of tabs) {
    await expect(dialog.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true');
    await expect(dialog.getByRole('tabpanel', { name })).not.toBeEmpty();
    await expectAccessible(page, `edit user: ${name}`);
    await page.keyboard.press('Control+PageDown');
  }

  await pressUntilFocused(page, 'Tab', 'User group:');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Mine');
  await call(page, 'users', 'edit', { id, changes: { userGroup: 'Theirs' } });
  await expect(dialog.getByText('Somebody else has changed User group too.')).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(dialog.getByRole('heading', { name: /was changed meanwhile$/ })).toBeVisible();
  await pressUntilFocused(page, 'Tab', 'All theirs');
  await page.keyboard.press('Enter');
  await expectAccessible(page, 'conflict, decided');
  await pressUntilFocused(page, 'Tab', 'Apply');
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('User group:')).toHaveValue('Theirs');
  await expect(dialog.getByRole('button', { name: 'Apply' })).toBeFocused();
  expect((await stored(page, 'anna'))['userGroup']).toBe('Theirs');
});

test('columns are chosen, moved and given back with the keyboard alone', async ({ page }) => {
  await consoleIsReady(page);
  await call(page, 'users', 'add', { username: 'anna' });
  const grid = page.getByRole('grid', { name: 'Users' });
  await expect(grid.locator('[data-index="0"]')).toContainText('anna');
  await page.getByRole('button', { name: 'View', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Columns…' }).focus();
  await page.keyboard.press('Enter');
  const columns = page.getByRole('dialog', { name: 'Columns' });
  await expect(columns.locator(':focus')).toBeVisible();
  await pressUntilFocused(page, 'Tab', 'Move Email Address up');
  await page.keyboard.press('Enter');
  await pressUntilFocused(page, 'Tab', 'Created');
  await page.keyboard.press('Space');
  await expectAccessible(page, 'columns, changed');
  await pressUntilFocused(page, 'Tab', 'Apply');
  await page.keyboard.press('Enter');

  await expect(columns).toHaveCount(0);
  await expect(grid.getByRole('columnheader', { name: 'Created' })).toHaveCount(1);
  const headers = await grid.getByRole('columnheader').allTextContents();
  expect(headers.indexOf('Email Address')).toBeLessThan(headers.indexOf('Name'));
});

test('a tag is merged into another with the keyboard alone', async ({ page }) => {
  await consoleIsReady(page);
  const [vips] = [
    await call(page, 'tags', 'add', { name: 'vips', color: 'red' }),
    await call(page, 'tags', 'add', { name: 'vip', color: 'gold' }),
  ];
  await call(page, 'users', 'add', { username: 'anna', tags: [(vips as { id: number }).id] });
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Tags', exact: true }).press('Enter');
  const grid = page.getByRole('grid', { name: 'Tags' });
  await expect(grid.locator('[data-index="1"]')).toContainText('vips');
  await grid.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Merge…' }).focus();
  await page.keyboard.press('Enter');
  const merge = page.getByRole('dialog', { name: 'Merge tag' });
  await expect(merge.getByLabel('Merge into:')).toBeVisible();
  await pressUntilFocused(page, 'Tab', 'Merge');
  await page.keyboard.press('Enter');
  await expect(merge.getByRole('status')).toHaveText('vips is removed. 1 user has vip now.');
  await expect(merge.getByRole('status')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(grid).toBeFocused();
});
