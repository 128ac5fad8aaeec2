import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { call, consoleIsReady, expectAccessible } from '../support/consolePage.ts';

async function openTags(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Tags', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Tags', level: 1 })).toBeVisible();
}

function listed(page: Page, index: number): Locator {
  return page.getByRole('grid', { name: 'Tags' }).locator(`[data-index="${index}"]`);
}

async function addUser(page: Page, username: string, tags: number[] = []): Promise<number> {
  return ((await call(page, 'users', 'add', { username, tags })) as { id: number }).id;
}

async function addTag(page: Page, name: string, color: string): Promise<number> {
  return ((await call(page, 'tags', 'add', { name, color })) as { id: number }).id;
}

test('tags are added, changed and removed with the keyboard alone', async ({ page }, testInfo) => {
  await consoleIsReady(page);
  await openTags(page);
  await expect(page.getByRole('heading', { name: 'No tags yet' })).toBeVisible();
  await expectAccessible(page, 'no tags');
  await page.getByRole('group', { name: 'Commands' }).getByRole('button', { name: 'Add…' }).focus();
  await page.keyboard.press('Enter');
  const add = page.getByRole('dialog', { name: 'Add Tag' });
  await expect(add.getByLabel('Name:')).toBeFocused();
  await page.keyboard.type('vip');
  await page.keyboard.press('Enter');
  await expect(add.getByText('vip is added.')).toBeVisible();
  await expect(add.getByLabel('Name:')).toBeFocused();
  await page.keyboard.type('VIP');
  await page.keyboard.press('Enter');
  await expect(add.getByText('There is already a tag “VIP”.')).toBeVisible();
  await expectAccessible(page, 'add: name is taken');
  await page.screenshot({ path: testInfo.outputPath('add.png') });
  await add.getByLabel('Name:').fill('pilot');
  await page.keyboard.press('Enter');
  await expect(add.getByText('pilot is added.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(listed(page, 0)).toContainText('pilot');

  await listed(page, 0).click();
  await page.keyboard.press('Enter');
  const edit = page.getByRole('dialog', { name: 'Edit Tag' });
  await expect(edit.getByLabel('Name:')).toHaveValue('pilot');
  await edit.getByRole('radio', { name: 'Teal' }).check();
  await edit.getByLabel('Description:').fill('Tries new methods first');
  await page.keyboard.press('Enter');
  await expect(edit.getByText('Saved.')).toBeVisible();
  await expectAccessible(page, 'edit');
  await page.keyboard.press('Escape');
  await expect(listed(page, 0)).toContainText('Tries new methods first');
  await expect(page.getByRole('grid', { name: 'Tags' })).toBeFocused();

  await page.keyboard.press('Delete');
  const remove = page.getByRole('dialog', { name: 'Remove tag' });
  await expect(remove.getByText('Remove the tag pilot?')).toBeVisible();
  await expect(remove.getByText('No user has it.')).toBeVisible();
  await expectAccessible(page, 'remove');
  // What has the focus removes nothing.
  await page.keyboard.press('Enter');
  await expect(remove).toHaveCount(0);
  await expect(page.getByRole('grid', { name: 'Tags' })).toBeFocused();
  await page.keyboard.press('Delete');
  await remove.getByRole('button', { name: 'Remove', exact: true }).press('Enter');
  await expect(remove.getByText('pilot is removed.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('1 tag', { exact: true })).toBeVisible();
});

test('a tag is merged into another, and everybody who had it has that one', async ({ page }, testInfo) => {
  await consoleIsReady(page);
  const [vip, vips] = [await addTag(page, 'vip', 'gold'), await addTag(page, 'vips', 'red')];
  for (const color of ['grey', 'blue', 'teal', 'green', 'orange', 'purple']) await addTag(page, `Tag in ${color}`, color);
  await addUser(page, 'anna', [vip, vips]);
  await addUser(page, 'bob', [vips]);
  await openTags(page);
  await page.getByLabel('Search tags').fill('VIP');
  await expect(listed(page, 1)).toContainText('vips');
  await listed(page, 1).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Merge…' }).click();
  const merge = page.getByRole('dialog', { name: 'Merge tag' });
  await merge.getByLabel('Merge into:').selectOption(String(vip));
  await expectAccessible(page, 'merge');
  await page.screenshot({ path: testInfo.outputPath('merge.png') });
  await merge.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(merge.getByText('vips is removed. 2 users have vip now.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(listed(page, 0)).toContainText('2');
  await page.getByLabel('Search tags').fill('');
  await expectAccessible(page, 'tags pane');
  await page.screenshot({ path: testInfo.outputPath('pane.png') });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: testInfo.outputPath('pane-dark.png') });

  await page.getByLabel('Search tags').fill('zzz');
  await expect(page.getByText('No tag contains “zzz”.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all tags' }).click();
  await expect(page.getByText('7 tags', { exact: true })).toBeVisible();
});

test('a user gets tags in Edit User', async ({ page }, testInfo) => {
  await consoleIsReady(page);
  const [vip, pilot] = [await addTag(page, 'vip', 'gold'), await addTag(page, 'pilot', 'blue')];
  const anna = await addUser(page, 'anna', [vip]);
  await page.reload();
  await consoleIsReady(page);
  await page.getByRole('grid', { name: 'Users' }).locator('[data-index="0"]').dblclick();
  const dialog = page.getByRole('dialog', { name: 'Edit User' });
  await dialog.getByRole('tab', { name: 'Tags' }).click();
  const tags = dialog.getByRole('group', { name: 'Tags of this user' });
  await expect(tags.getByRole('checkbox', { name: 'vip' })).toBeChecked();
  await expectAccessible(page, 'edit user: Tags');
  await tags.getByRole('checkbox', { name: 'vip' }).focus();
  await page.keyboard.press('Space');
  await tags.getByRole('checkbox', { name: 'pilot' }).check();
  await page.screenshot({ path: testInfo.outputPath('tab.png') });
  await page.keyboard.press('Control+s');
  await expect(dialog.getByText('Changes applied.')).toBeVisible();
  expect(await call(page, 'users', 'get', { id: anna })).toMatchObject({ tags: [pilot] });
});
