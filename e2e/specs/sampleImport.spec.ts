import { expect, test } from '../fixtures.ts';
import { expectAccessible, importSample, openSampleImport } from '../support/consolePage.ts';
import { openImport } from '../support/importDialog.ts';

const usersTable = 'Users';

test('a newcomer sees what an import would change, imports, and finds the people', async ({ page }) => {
  const dialog = await openSampleImport(page);
  await expectAccessible(page);

  await dialog.getByRole('button', { name: 'Preview…' }).click();
  await expect(dialog.getByRole('heading', { name: 'Preview' })).toBeVisible();
  const sentence = dialog.getByText(/^The import would add \d+ users/);
  await expect(sentence).toBeVisible({ timeout: 20_000 });
  const added = Number(/add (\d+) users/.exec((await sentence.textContent()) ?? '')![1]);
  expect(added).toBeGreaterThan(200);
  await expectAccessible(page);

  await dialog.getByRole('button', { name: `Import ${added} users` }).click();
  await expect(dialog.getByText(new RegExp(`^${added} users added`))).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Show imported users' }).click();

  await expect(dialog).toBeHidden();
  await expect(page.getByText(new RegExp(`${added} (of ${added} )?users`))).toBeVisible();
  await expectAccessible(page);
});

test('the list searches as one types, in every kind of name', async ({ page }) => {
  await importSample(page);
  const search = page.getByLabel('Search users');
  const rows = page.getByRole('grid', { name: usersTable }).getByRole('row');
  await expect(rows.nth(2)).toBeVisible();

  await search.fill('zzzz-nobody');
  await expect(page.getByRole('heading', { name: 'Nobody found' })).toBeVisible();
  await expectAccessible(page);
  for (const text of ['*', '(', ')', '\\', '%', '_', '"', "' OR 1=1 --", '\u0000', '\u202E']) {
    await search.fill(text);
    await expect(page.getByText(/could not be read/)).toHaveCount(0);
  }
  await search.fill('');
  await expect(rows.nth(2)).toBeVisible();
});

test('what was imported is still there after the page was loaded again', async ({ page }) => {
  await importSample(page);
  const total = /(\d+) users/.exec((await page.getByText(/^[1-9]\d* users$/).textContent())!)![1]!;

  await page.reload();

  await expect(page.getByText(new RegExp(`^${total} users$`))).toBeVisible();
});

test('importing the same people again would change nothing', async ({ page }) => {
  await importSample(page);
  const dialog = await openImport(page);
  await dialog.getByRole('button', { name: 'Preview…' }).click();
  await expect(dialog.getByText('The import would change nothing.')).toBeVisible({ timeout: 20_000 });
});
