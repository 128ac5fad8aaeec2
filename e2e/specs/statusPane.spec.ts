import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { call, consoleIsReady, expectAccessible, importSample, watchPolicy } from '../support/consolePage.ts';
import { changeEmailSettings } from '../support/emailPane.ts';

async function openStatus(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Status', exact: true }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Status', level: 1 })).toBeVisible();
}

test('an empty console says what it needs, and leads there', async ({ page }) => {
  await consoleIsReady(page);
  await openStatus(page);
  const attention = page.getByRole('list', { name: 'Needs attention' });
  await expect(attention.getByText('No directory is configured.')).toBeVisible();
  await expect(page.getByText('There are no users yet.').or(page.getByText('Users are being counted…'))).toBeVisible();
  await expect(page.getByText('No mail was sent in the last 24 hours.')).toBeVisible();
  await expect(
    page.getByText('The log has no warning and no error.').or(page.getByRole('table', { name: 'Warnings and errors in the log' })),
  ).toBeVisible();
  await expectAccessible(page, 'an empty console');

  await attention.getByRole('button', { name: 'Configure…' }).press('Enter');
  await expect(page.getByRole('dialog', { name: 'Edit LDAP Configuration' }).locator(':focus')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('users are counted by method, and what happened can be read', async ({ page }, testInfo) => {
  await consoleIsReady(page);
  const refused = await watchPolicy(page);
  await importSample(page);
  await openStatus(page);
  const users = page.getByRole('region', { name: 'Users by method' });
  await expect(users.getByText(/^Counted/)).toBeVisible({ timeout: 30_000 });
  await users.getByRole('button', { name: 'Show as a table' }).press('Enter');
  const table = users.getByRole('table', { name: 'Users by method' });
  const row = table.getByRole('row', { name: /^Phone call/ });
  await expect(row.getByRole('cell').last()).toHaveText(/^2\d\d$/, { timeout: 30_000 });
  await expectAccessible(page, 'as a table');
  await users.getByRole('button', { name: 'Show as a chart' }).press('Enter');
  await expect(users.getByText('Incomplete')).toBeVisible();
  await expectAccessible(page, 'as a chart');
  await page.screenshot({ path: testInfo.outputPath('status.png') });

  await expect(page.getByRole('progressbar', { name: 'Read from the directory' })).toHaveAttribute('aria-valuenow', '0');
  await expect(page.getByRole('table', { name: 'What happened lately' })).toContainText('Import from the directory');
  const work = page.getByRole('table', { name: 'Work' });
  await work.getByRole('button', { name: /^Import: / }).press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');

  // What failed where nobody looked.
  await call(page, 'users', 'get', { id: 999_999 }).catch(() => undefined);
  await page.keyboard.press('F5');
  await expect(page.getByRole('table', { name: 'Warnings and errors in the log' })).toContainText('A call failed.');

  // Whoever changes a setting elsewhere is seen here.
  const company = (await call(page, 'company', 'get', null)) as { settings: Record<string, unknown>; revision: number };
  await call(page, 'company', 'save', { settings: { ...company.settings, whenDisabled: 'succeed' }, revision: company.revision });
  await page.keyboard.press('F5');
  await expect(page.getByText('Disabled users may authenticate without a second factor.')).toBeVisible();
  await page.getByRole('button', { name: 'Open Company Settings' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Company Settings', level: 1 })).toBeVisible();
  // The pane itself is marked as well.
  const panes = page.getByRole('navigation', { name: 'Panes' });
  await expect(panes.getByRole('button', { name: 'Company Settings' })).toHaveAccessibleDescription(/: Disabled users may authenticate/);
  await expect(panes.getByRole('button', { name: 'Logging' })).toHaveAccessibleDescription('Logging');
  expect(await refused()).toEqual([]);
});

test('what was found leads to the very users and mails that it is about', async ({ page }) => {
  await consoleIsReady(page);
  for (const [username, method, mode] of [
    ['able', 'oath', 'token'],
    ['unable', 'call', 'standard'],
  ] as const) {
    await call(page, 'users', 'add', { username, email: `${username}@corp.example`, method, mode, enabled: true, phone: '' });
  }
  await call(page, 'users', 'add', { username: 'asleep', email: '', method: 'call', mode: 'standard', enabled: false, phone: '' });
  await openStatus(page);
  const found = page.getByRole('list', { name: 'Needs attention' }).getByRole('listitem');
  const incomplete = found.filter({ hasText: 'enabled but cannot use a second factor yet' });
  await incomplete.getByRole('button', { name: 'Open Users' }).press('Enter', { timeout: 30_000 });
  const list = page.getByRole('grid', { name: 'Users' });
  await expect(list.locator('[data-index]').filter({ hasText: 'unable' })).toBeVisible();
  await expect(list.locator('[data-index]').filter({ hasText: 'asleep' })).toHaveCount(0);
  // Whoever comes to the pane by its icon finds everybody, as before.
  await openStatus(page);
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Users', exact: true }).press('Enter');
  await expect(list.locator('[data-index]').filter({ hasText: 'asleep' })).toBeVisible();

  await changeEmailSettings(page, (settings) => ({ ...settings, from: 'mfa@corp.example', portalUrl: 'https://mfa.corp.example/portal' }));
  await call(page, 'outbox', 'send', { target: { where: {} } });
  await openStatus(page);
  await found
    .filter({ hasText: /held and wait/ })
    .getByRole('button', { name: 'Open Email' })
    .press('Enter', { timeout: 30_000 });
  await expect(page.getByRole('grid', { name: 'Mails' })).toBeVisible();
});
