import { expect, test } from '../fixtures.ts';
import { call, consoleIsReady, configureDirectory, expectAccessible } from '../support/consolePage.ts';
import { importAll } from '../support/importDialog.ts';

/** Names that turn into code, markup or nonsense where somebody is careless, by the username of the sample directory. */
const hostileNames: Record<string, string> = {
  'script.tag': '<script>alert(1)</script>',
  'mallory.image': '<img src=x onerror=alert(1)>',
  'formula.cell': '=HYPERLINK("http://contoso.example","Open")',
  'robert.tables': "DROP TABLE users;--, Robert');",
  'rtl.override': 'Right\u202eToLeft',
  'percent.sign': '%n {0} ${name}',
};

test.beforeEach(async ({ page, contoso }) => {
  const directory = await contoso();
  await consoleIsReady(page);
  await configureDirectory(page, directory.settings(), directory.password);
  await importAll(page, directory.baseDn);
});

test('the list shows hostile names as text, finds them, and runs nothing of them', async ({ page }) => {
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const search = page.getByLabel('Search users');
  const people = page.getByRole('grid', { name: 'Users' }).locator('[data-index]');
  for (const [username, name] of Object.entries(hostileNames)) {
    await search.fill(username);
    await expect(people, username).toHaveCount(1);
    await expect.soft(people, username).toContainText(name);
  }
  // What is typed is text as well: these characters mean something in LDAP, in SQL, in patterns and in pages.
  for (const [text, username] of Object.entries({
    '<script>': 'script.tag',
    '(and) *': 'stars.brackets',
    '\\Slash': 'back.slash',
    "');": 'robert.tables',
  })) {
    await search.fill(text);
    await expect(people, text).toHaveCount(1);
    await expect.soft(people, text).toContainText(username);
  }

  await search.fill('mallory.image');
  await people.filter({ hasText: 'mallory.image' }).dblclick();
  const user = page.getByRole('dialog', { name: 'Edit User' });
  await expect(user.getByLabel('Last name:')).toHaveValue(/onerror=alert\(1\)>/);
  await user.getByRole('tab', { name: 'Info' }).click();
  await expect(user).toContainText('CN=Mallory \\<img src\\=x');
  await expectAccessible(page);
  expect(await page.locator('[onerror], img[src="x"], main script').count()).toBe(0);
  expect(dialogs).toEqual([]);
});

test('a search counts what it finds, says so where nobody is found, and can be taken back', async ({ page }) => {
  const status = page.getByRole('contentinfo');
  const search = page.getByLabel('Search users');
  const total = /(\d+) users/.exec((await status.getByText(/^[1-9]\d* users$/).textContent())!)![1]!;

  await search.pressSequentially('awkward', { delay: 20 });
  await search.fill('.smith');
  await search.fill('phone.');
  await expect(status.getByText(new RegExp(`^[1-9]\\d? of ${total} users$`))).toBeVisible();

  await search.fill('zzz-nobody');
  await expect(page.getByText('No user contains “zzz-nobody”.')).toBeVisible();
  await expect(status.getByText(`0 of ${total} users`)).toBeVisible();
  await page.getByRole('button', { name: 'Show all users' }).click();
  await expect(status.getByText(new RegExp(`^${total} users$`))).toBeVisible();
  await expect(search).toHaveValue('');
});

test('the list can be used with the keyboard alone', async ({ page }) => {
  const grid = page.getByRole('grid', { name: 'Users' });
  const active = grid.locator('[data-active]');
  const firstUser = grid.locator('[data-index="0"]');

  // The header: one stop, arrows walk along it, Enter sorts.
  await page.getByLabel('Search users').focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('search').getByRole('button', { name: 'Filter…' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(grid).toBeFocused();
  await page.keyboard.press('Tab');
  const header = (name: string) => grid.getByRole('columnheader', { name, exact: true });
  await expect(header('Username')).toBeFocused();
  const before = await firstUser.textContent();
  await page.keyboard.press('Enter');
  await expect(header('Username')).toHaveAttribute('aria-sort', 'descending');
  await expect(firstUser).not.toHaveText(before!);
  const descending = await firstUser.textContent();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(header('Name')).toHaveAttribute('aria-sort', 'ascending');
  // The order is shown at once; the rows that come later are a new list, in which nobody is selected.
  await expect(firstUser).not.toHaveText(descending!);
  await page.keyboard.press('Shift+Tab');
  await expect(grid).toBeFocused();

  // Rows.
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText(/^3 selected, \d+ users$/)).toBeVisible();
  await page.keyboard.press('End');
  await expect(active).toBeInViewport();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(grid).toBeFocused();

  // Edit, and on to the next person.
  await page.keyboard.press('Enter');
  const user = page.getByRole('dialog', { name: 'Edit User' });
  await expect(user.getByText(/^1 of \d+$/)).toBeVisible();
  const username = await user.getByLabel('Username:').inputValue();
  await user.getByRole('button', { name: 'Next' }).press('Enter');
  await expect(user.getByLabel('Username:')).not.toHaveValue(username);
  await page.keyboard.press('Escape');
  await expect(grid).toBeFocused();
  await expect(grid.locator('[data-index="1"]')).toHaveAttribute('aria-selected', 'true');

  // A letter searches for it.
  await page.keyboard.type('zoe');
  await expect(page.getByLabel('Search users')).toHaveValue('zoe');
  await expect(page.getByText(/^\d of \d+ users$/)).toBeVisible();
});

test('the context menu offers what can be done with a row, and columns can be chosen and resized for good', async ({ page }) => {
  const grid = page.getByRole('grid', { name: 'Users' });
  await grid.locator('[data-index="1"]').click({ button: 'right' });
  await expect(grid.locator('[data-index="1"]')).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('menuitem', { name: /^Edit…/ }).click();
  const user = page.getByRole('dialog', { name: 'Edit User' });
  await expect(user.locator(':focus')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(user).toHaveCount(0);

  await page.getByRole('button', { name: 'View', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Columns…' }).click();
  const columns = page.getByRole('dialog', { name: 'Columns' });
  await expect(columns.getByRole('checkbox', { name: 'Username' })).toBeDisabled();
  await columns.getByRole('checkbox', { name: 'User Group' }).uncheck();
  await columns.getByRole('checkbox', { name: 'Created' }).check();
  await columns.getByRole('button', { name: 'Apply' }).click();
  await expect(grid.getByRole('columnheader', { name: 'User Group' })).toHaveCount(0);
  await expect(grid.getByRole('columnheader', { name: 'Created' })).toHaveCount(1);

  const header = grid.getByRole('columnheader', { name: 'Username', exact: true });
  const width = async () => Math.round((await header.boundingBox())!.width);
  const before = await width();
  await grid.focus();
  await page.keyboard.press('Tab');
  await expect(header).toBeFocused();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(width).toBeGreaterThan(before);
  const byKeys = await width();
  const { x, y, height } = (await header.boundingBox())!;
  await page.mouse.move(x + byKeys - 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + byKeys + 38, y + height / 2, { steps: 4 });
  await page.mouse.up();
  await expect.poll(width).toBeGreaterThan(byKeys + 30);
  const wider = await width();
  // A column that is dragged is kept when it has come to rest.
  await expect.poll(async () => JSON.stringify(await call(page, 'app', 'preference', { key: 'users.columns' }))).toContain(`${wider}`);

  await page.reload();
  await expect(grid.getByRole('columnheader', { name: 'Created' })).toHaveCount(1);
  await expect(grid.getByRole('columnheader', { name: 'User Group' })).toHaveCount(0);
  await expect.poll(width).toBe(wider);
});
