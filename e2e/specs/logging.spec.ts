import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { call, consoleIsReady, expectAccessible, sendRaw } from '../support/consolePage.ts';

async function openLogging(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Logging' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Logging', level: 1 })).toBeVisible();
}

/** Has the console log that a call failed; resolves to its reference. */
async function fail(page: Page, id: number, username: string): Promise<string> {
  const reply = await sendRaw(page, { type: 'call', id, service: 'users', method: 'get', input: { username } });
  return reply.error!.ref;
}

test('what was logged is shown, limited and followed with the keyboard alone', async ({ page }, testInfo) => {
  await consoleIsReady(page);
  const ref = await fail(page, 900_001, 'nobody.one');
  await openLogging(page);
  const list = page.getByRole('grid', { name: 'Log lines' });
  await expect(list.getByText('There is no user nobody.one.')).toBeVisible();
  await expect(page.getByText(/\d+ lines?, .* looked through/)).toBeVisible();
  await expectAccessible(page, 'log');

  // New lines come by themselves.
  await fail(page, 900_002, 'nobody.two');
  await expect(list.locator('[data-index="0"]')).toContainText('nobody.two');

  await page.getByRole('textbox', { name: 'Reference' }).focus();
  await page.keyboard.type(ref);
  await expect(list.getByText('nobody.two')).toHaveCount(0);
  await expect(list.getByText('There is no user nobody.one.')).toBeVisible();
  await list.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Log Line' });
  await expect(dialog.getByRole('region', { name: 'Whole line' })).toContainText(`"ref": "${ref}"`);
  await expectAccessible(page, 'line');
  await page.screenshot({ path: testInfo.outputPath('line.png') });
  await page.keyboard.press('Escape');
  await expect(list).toBeFocused();

  await page.getByRole('searchbox', { name: 'Search the log' }).fill('no line holds this');
  await expect(page.getByRole('heading', { name: 'No line found' })).toBeVisible();
  await expectAccessible(page, 'nothing found');
  await page.getByRole('button', { name: 'Show all lines' }).press('Enter');
  await expect(list.getByText('nobody.two')).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('log.png') });
});

test('lines are limited by level, component and user', async ({ page }) => {
  await consoleIsReady(page);
  await fail(page, 900_003, 'nobody.three');
  await sendRaw(page, { type: 'call', id: 900_004, service: 'tokens', method: 'get', input: { serial: 'NONE-4' } });
  await openLogging(page);
  const list = page.getByRole('grid', { name: 'Log lines' });
  await expect(list.getByText('NONE-4')).toBeVisible();

  await page.getByRole('combobox', { name: 'Component' }).click();
  await page.getByRole('option', { name: 'tokens', exact: true }).click();
  await expect(list.getByText('nobody.three')).toHaveCount(0);
  await expect(list.getByText('NONE-4')).toBeVisible();
  await page.getByRole('combobox', { name: 'Component' }).click();
  await page.getByRole('option', { name: 'All components' }).click();
  await page.getByRole('textbox', { name: 'User' }).fill('NOBODY.three');
  await expect(list.getByText('NONE-4')).toHaveCount(0);
  await expect(list.getByText('nobody.three')).toBeVisible();
  await page.getByRole('combobox', { name: 'Level' }).click();
  await page.getByRole('option', { name: 'Errors', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'No line found' })).toBeVisible();
});

test('size and number of the files are set for the next start', async ({ page }) => {
  await consoleIsReady(page);
  await openLogging(page);
  await page.getByRole('group', { name: 'Commands' }).getByRole('button', { name: 'Log files…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Log Files' });
  await expect(dialog.getByRole('table', { name: 'Log Files' })).toContainText('.1.log');
  await dialog.getByLabel('Size of a file (MB):').fill('0');
  await expect(dialog.getByText('A whole number from 1 to 1,024.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Apply' })).toBeDisabled();
  await expectAccessible(page, 'a wrong size');
  await dialog.getByLabel('Size of a file (MB):').fill('20');
  await dialog.getByRole('button', { name: 'Apply' }).press('Enter');
  await expect(dialog.getByText('Saved.')).toBeVisible();
  expect(await call(page, 'logs', 'files', null)).toMatchObject({ settings: { fileMb: 20, files: 10 } });
});
