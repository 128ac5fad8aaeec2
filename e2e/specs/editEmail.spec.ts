import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { call, expectAccessible, watchPolicy } from '../support/consolePage.ts';
import { openEmailContent, setFrom } from '../support/emailPane.ts';

async function openEditor(page: Page) {
  await openEmailContent(page);
  await page.getByRole('treeitem', { name: 'New User' }).first().focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Edit Email' });
  await expect(dialog.getByLabel('Body:')).toBeVisible();
  return dialog;
}

test('a mail is written with the keyboard alone, checked and shown as it is typed', async ({ page }, testInfo) => {
  test.slow();
  const refused = await watchPolicy(page);
  await setFrom(page);
  const dialog = await openEditor(page);
  const preview = dialog.frameLocator('iframe');
  await expect(preview.locator('.card')).toBeVisible();
  await expectAccessible(page, 'default');
  await page.screenshot({ path: testInfo.outputPath('default.png') });

  await expect(dialog.getByLabel('Body:')).toBeFocused();
  await dialog.getByLabel('Subject:').fill('Welcome, <$first_name$>');
  await dialog.getByLabel('Body:').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Hello <$nme$>,\n\nyour phone is ');
  await expect(dialog.getByRole('button', { name: /^Body, line 1, column 7: / })).toBeVisible();
  await expect(dialog.getByText('One error has to be corrected.')).toBeVisible();
  await expectAccessible(page, 'with an error');
  await page.screenshot({ path: testInfo.outputPath('error.png') });

  // A problem leads to its place: what is typed replaces it.
  await dialog.getByRole('button', { name: /^Body, line 1, column 7: / }).press('Enter');
  await expect(dialog.getByLabel('Body:')).toBeFocused();
  await page.keyboard.type('<$name$>');
  await page.keyboard.press('ControlOrMeta+End');
  await dialog.getByRole('button', { name: 'Insert variable' }).press('Enter');
  await page.getByRole('menuitem', { name: '<$phone$>', exact: true }).press('Enter');
  await expect(dialog.getByLabel('Body:')).toBeFocused();
  await expect(dialog.getByLabel('Body:')).toHaveValue('Hello <$name$>,\n\nyour phone is <$phone$>');
  await expect(preview.getByText('your phone is +1 425-555-0100')).toBeVisible();
  await expect(dialog.getByRole('definition').filter({ hasText: 'Welcome, Anna' })).toBeVisible();

  await dialog.getByRole('button', { name: 'Apply' }).press('Enter');
  await expect(dialog.getByText('Changes applied.')).toBeVisible();
  await dialog.getByRole('tab', { name: 'Compare with default' }).click();
  await expect(dialog.getByRole('region', { name: 'Differences from the default' })).toContainText('+ your phone is <$phone$>');
  await expectAccessible(page, 'compared');
  await page.screenshot({ path: testInfo.outputPath('compare.png') });

  await dialog.getByRole('button', { name: 'Reset to default' }).click();
  await page.getByRole('alertdialog', { name: 'Reset to default?' }).getByRole('button', { name: 'Reset to default' }).click();
  await expect(dialog.getByText('The mail is what came with the console.')).toBeVisible();
  await dialog.getByRole('tab', { name: 'History' }).click();
  await dialog.getByRole('button', { name: 'Restore version 1' }).click();
  await expect(dialog.getByLabel('Subject:')).toHaveValue('Welcome, <$first_name$>');
  await expect(dialog.getByRole('list', { name: 'Versions' }).getByRole('listitem')).toHaveCount(3);
  await expectAccessible(page, 'history');
  expect(await refused()).toEqual([]);
});

test('what is not saved is not lost by Next, Esc or by another administrator', async ({ page }, testInfo) => {
  test.slow();
  await setFrom(page);
  const dialog = await openEditor(page);
  await dialog.getByLabel('Subject:').fill('Mine');

  await dialog.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Keep editing' }).click();
  await expect(dialog.getByLabel('Subject:')).toHaveValue('Mine');

  const ref = { template: 'call-standard-new-user', language: 'en' };
  const { content } = (await call(page, 'mailTemplates', 'get', ref)) as { content: object };
  await call(page, 'mailTemplates', 'save', { ...ref, base: 0, content: { ...content, subject: 'Theirs' } });
  await expect(dialog.getByText(/changed this mail meanwhile/)).toBeVisible();
  await expectAccessible(page, 'conflict');
  await page.screenshot({ path: testInfo.outputPath('conflict.png') });
  await dialog.getByRole('button', { name: 'Keep what I wrote' }).click();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog.getByText('Changes applied.')).toBeVisible();
  expect(await call(page, 'mailTemplates', 'get', ref)).toMatchObject({ revision: 2, content: { subject: 'Mine' } });

  await dialog.getByRole('button', { name: 'Next' }).click();
  await expect(dialog.getByText('Phone Call - Standard - Updated User')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Phone Call - Standard - Updated User' })).toBeVisible();
});

test('a file goes with the mail, unless it is too large', async ({ page }, testInfo) => {
  test.slow();
  await setFrom(page);
  const dialog = await openEditor(page);
  const choose = async (name: string, bytes: number) => {
    const file = testInfo.outputPath(name);
    writeFileSync(file, Buffer.alloc(bytes, 'x'));
    await dialog.locator('input[type="file"]').setInputFiles(file);
  };

  await choose('huge.pdf', 11 * 1024 * 1024);
  await expect(dialog.getByText(/“huge\.pdf” is larger than 10 MB/)).toBeVisible();
  await choose('guide.pdf', 2000);
  await expect(dialog.getByRole('button', { name: 'Remove guide.pdf' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog.getByText('Changes applied.')).toBeVisible();
  await expect(dialog.getByRole('definition').filter({ hasText: 'guide.pdf (2 KB)' })).toBeVisible();

  await dialog.getByRole('button', { name: 'Remove guide.pdf' }).click();
  await expect(dialog.getByRole('button', { name: 'Browse…' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog.getByRole('definition').filter({ hasText: 'guide.pdf' })).toHaveCount(0);
});

test('HTML that would load something shows nothing of it, says what it is, and asks no server', async ({
  page,
  closeAfterwards,
}, testInfo) => {
  let asked = 0;
  const server = createServer((socket) => ((asked += 1), socket.destroy())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closeAfterwards(() => new Promise((resolve) => server.close(() => resolve())));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const loading = [
    (at: string) => `<img alt="" src="http://${at}/img">`,
    (at: string) => `<img alt="" srcset="http://${at}/srcset 2x">`,
    (at: string) => `<table background="http://${at}/table"><tr><td style="background:url(http://${at}/cell)">a</td></tr></table>`,
    (at: string) =>
      `<style>@import "http://${at}/import"; @font-face { font-family: x; src: url(http://${at}/font) } p { font-family: x }</style>`,
    (at: string) => `<svg><image href="http://${at}/svg"/></svg><video src="http://${at}/video"></video>`,
    (at: string) => `<iframe src="http://${at}/iframe"></iframe><object data="http://${at}/object"></object>`,
    (at: string) => `<script src="http://${at}/script"></script><link rel="stylesheet" href="http://${at}/link">`,
    (at: string) => `<meta http-equiv="refresh" content="0;url=http://${at}/refresh">`,
    (at: string) => `<form action="http://${at}/form"><input type="image" src="http://${at}/input"></form>`,
  ];
  await setFrom(page);
  const dialog = await openEditor(page);
  await dialog.getByLabel('Format:').selectOption('own-html');
  await dialog.getByLabel('Body:').fill(`<p>Hello <$name$></p>${loading.map((write) => write(host)).join('\n')}<p>The end</p>`);

  await expect(dialog.frameLocator('iframe').getByText('The end')).toBeVisible();
  const blocked = dialog.getByText(/^Not loaded, because it comes from elsewhere: /);
  const places = 'img srcset table cell import font svg video iframe object script link refresh input';
  for (const place of places.split(' ')) await expect(blocked).toContainText(`http://${host}/${place}`);
  await page.screenshot({ path: testInfo.outputPath('blocked.png') });
  // Longer than the refresh would take.
  await page.waitForTimeout(1_000);
  expect(asked).toBe(0);
});
