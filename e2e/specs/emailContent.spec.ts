import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { mailTemplates } from '../../shared/email/templates.ts';
import { expect, test } from '../fixtures.ts';
import { call, expectAccessible, watchPolicy } from '../support/consolePage.ts';
import { openEmailContent, setFrom } from '../support/emailPane.ts';

const frameOf = (page: Page) => page.frameLocator('iframe');
const backgroundOf = (page: Page) =>
  frameOf(page)
    .locator('.card')
    .evaluate((card) => getComputedStyle(card).backgroundColor);

test('a mail is chosen and looked at from all sides with the keyboard alone', async ({ page }, testInfo) => {
  test.slow();
  const refused = await watchPolicy(page);
  await setFrom(page);
  await openEmailContent(page);
  await expect(frameOf(page).locator('.card')).toBeVisible();
  // The mail has its own styles, which the policy of the window would refuse.
  expect(await backgroundOf(page)).toBe('rgb(255, 255, 255)');
  await page.screenshot({ path: testInfo.outputPath('desktop.png') });
  await expectAccessible(page, 'desktop');

  await page.getByRole('tree', { name: 'Mails' }).getByRole('treeitem', { name: 'Phone Call', exact: true }).focus();
  for (let step = 0; step < 7; step += 1) await page.keyboard.press('ArrowDown');
  const mail = page.getByRole('region', { name: 'Phone Call - PIN - Updated User' });
  await expect(mail.getByRole('definition').filter({ hasText: 'MFA <mfa@corp.example>' })).toBeVisible();

  await mail.getByRole('tab', { name: 'Desktop' }).focus();
  const next = async (name: string) => {
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(mail.getByRole('tab', { name, selected: true })).toBeVisible();
    await expectAccessible(page, name);
    await page.screenshot({ path: testInfo.outputPath(`${name}.png`) });
  };
  await next('Phone');
  await expect(page.locator('iframe')).toHaveCSS('width', '375px');
  await next('Plain text');
  await expect(mail.getByRole('region', { name: 'Mail', exact: true }).locator('pre')).toContainText('Hello Anna Miller,');
  await next('Dark');
  await expect.poll(() => backgroundOf(page)).toBe('rgb(31, 31, 31)');
  await next('Source');
  await expect(mail.getByRole('region', { name: 'Source of the mail' })).toContainText('Content-Type: multipart/alternative');
  expect(await refused()).toEqual([]);
});

test('a mail is shown for a real user, with which mail that user would get and why', async ({ page, webHost }, testInfo) => {
  await setFrom(page);
  await call(page, 'users', 'add', {
    ...{ username: 'berta.stone@corp.example', firstName: 'Berta', lastName: 'Stone', email: 'berta.stone@corp.example' },
    ...{ enabled: true, method: 'call', mode: 'standard', phone: '+14255550123' },
  });
  const mail = await openEmailContent(page);

  await mail.getByLabel('Reader:').focus();
  await page.keyboard.type('berta');
  await expect(page.getByRole('option', { name: 'berta.stone@corp.example' })).toBeVisible();
  await page.keyboard.press('Enter');

  await expect(
    mail.getByText(/^If berta\.stone@corp\.example was added now, “Phone Call - Standard - New User” would be sent/),
  ).toBeVisible();
  await expect(mail.getByText('The user is enabled and complete, and can sign in from now on.')).toBeVisible();
  await expect(frameOf(page).getByText('Berta Stone').first()).toBeVisible();
  await mail.getByLabel('Language:').selectOption('de');
  await expect(frameOf(page).locator('html')).toHaveAttribute('lang', 'de');
  await page.screenshot({ path: testInfo.outputPath('user.png') });
  await expectAccessible(page, 'for a user');

  // Only a browser tells where its downloads are.
  if (!webHost) return;
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as .eml' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('call-standard-new-user.de.eml');
  expect(await readFile(await file.path(), 'utf8')).toMatch(/^To: .*berta\.stone@corp\.example/m);
});

test('all mails are checked with a way to each finding, and leave and come back as files', async ({ page, webHost }, testInfo) => {
  test.slow();
  await setFrom(page);
  const ref = { template: 'call-pin-new-user', language: 'en' };
  const { content } = (await call(page, 'mailTemplates', 'get', ref)) as { content: object };
  const written = { ...content, body: 'Hello <$name$>,\n\n<b>welcome' };
  await call(page, 'mailTemplates', 'save', { ...ref, base: 0, content: written });
  await openEmailContent(page);

  await page.getByRole('button', { name: 'Check…' }).click();
  const check = page.getByRole('dialog', { name: 'Check Emails' });
  const way = check.getByRole('button', { name: /^Go there: Phone Call - PIN - New User, Body, line 3, column 1: / });
  await expect(way).toBeVisible();
  await expectAccessible(page, 'check');
  await page.screenshot({ path: testInfo.outputPath('check.png') });
  await way.press('Enter');
  const edit = page.getByRole('dialog', { name: 'Edit Email' });
  await expect(edit.getByLabel('Body:')).toBeFocused();
  // What is wrong is selected: what is typed takes its place.
  await page.keyboard.type('You are ');
  await expect(edit.getByLabel('Body:')).toHaveValue('Hello <$name$>,\n\nYou are welcome');
  await edit.getByRole('button', { name: 'Apply' }).click();
  await expect(edit.getByText('Changes applied.')).toBeVisible();
  await edit.getByRole('button', { name: 'Close' }).first().click();
  await expect(check.getByText('Nothing is wrong with the settings and the mails.')).toBeVisible();

  // A language that most mails lack leads to the first of them.
  const italian = { ...ref, language: 'it' };
  await call(page, 'mailTemplates', 'save', { ...italian, base: 0, content });
  const lacking = check.getByRole('button', { name: `Go there: Settings, ${mailTemplates.length - 1} of ${mailTemplates.length} mails` });
  await lacking.press('Enter');
  await expect(edit.getByText('This mail is not written in this language.')).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('lacking.png') });
  await edit.getByRole('button', { name: 'Close' }).first().click();
  await expect(lacking).toBeVisible();
  await call(page, 'mailTemplates', 'reset', { ...italian, base: 1 });
  await expect(check.getByText('Nothing is wrong with the settings and the mails.')).toBeVisible();
  await check.getByRole('button', { name: 'Close' }).first().click();
  await expect(check).toHaveCount(0);

  const file = testInfo.outputPath('mails.zip');
  writeFileSync(file, zipSync({ 'en/call-pin-new-user.txt': strToU8('Subject: From a file\n\nHello <$name$>,') }));
  await page.getByRole('button', { name: 'Import…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import Emails' });
  await dialog.getByLabel('File:').setInputFiles(file);
  await expect(dialog.getByText(/^One mail takes the place of a text that somebody wrote here/)).toBeVisible();
  await expect(dialog.getByRole('table').getByRole('row', { name: /Changed Phone Call - PIN - New User/ })).toBeVisible();
  await expectAccessible(page, 'import');
  await page.screenshot({ path: testInfo.outputPath('import.png') });
  await dialog.getByRole('button', { name: 'Import 1 mail' }).click();
  await expect(dialog.getByText('1 mail imported. It holds from now on.')).toBeVisible();
  expect(await call(page, 'mailTemplates', 'get', ref)).toMatchObject({ revision: 3, content: { subject: 'From a file' } });
  await dialog.getByRole('button', { name: 'Close' }).first().click();
  await expect(dialog).toHaveCount(0);

  // Only a browser tells where its downloads are.
  if (!webHost) return;
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const archive = unzipSync(await readFile(await (await download).path()));
  expect(strFromU8(archive['en/call-pin-new-user.txt']!)).toContain('Subject: From a file');
  await expect(page.getByText(`${4 * mailTemplates.length} mails exported to mails-`)).toBeVisible();
});

test('all mails are seen side by side, and one is sent again to a chosen user', async ({ page }, testInfo) => {
  test.slow();
  await setFrom(page);
  const user = { email: 'berta@corp.example', enabled: true, method: 'call', mode: 'standard', phone: '+14255550123' };
  await call(page, 'users', 'add', { ...user, username: 'berta' });
  await openEmailContent(page);

  await page.getByRole('button', { name: 'View All…' }).click();
  const all = page.getByRole('dialog', { name: 'All Emails' });
  const first = all.getByRole('article', { name: 'Phone Call - Standard - New User' });
  await expect(first.frameLocator('iframe').locator('.card')).toBeVisible();
  // What is far below is not there before somebody goes there.
  const last = all.getByRole('article', { name: 'Administrators - Test mail' });
  await expect(last.locator('iframe')).toHaveCount(0);
  await page.screenshot({ path: testInfo.outputPath('all.png') });
  await expectAccessible(page, 'all mails');
  await expect(async () => {
    // The mails above grow as they come, and push it away.
    await last.getByRole('button').scrollIntoViewIfNeeded();
    await expect(last.frameLocator('iframe').locator('.card')).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expect(first.locator('iframe')).toHaveCount(0);

  await all.getByLabel('Language:').selectOption('de');
  await all.getByRole('tab', { name: 'Phone' }).click();
  await expect(async () => {
    await last.getByRole('button').scrollIntoViewIfNeeded();
    await expect(last.frameLocator('iframe').locator('html')).toHaveAttribute('lang', 'de', { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expect(last.locator('iframe')).toHaveCSS('width', '375px');
  await page.screenshot({ path: testInfo.outputPath('phone.png') });
  await first.getByRole('button', { name: 'Edit Phone Call - Standard - New User' }).press('Enter');
  const edit = page.getByRole('dialog', { name: 'Edit Email' });
  await expect(edit.getByLabel('Language:')).toHaveValue('de');
  await edit.getByRole('button', { name: 'Close' }).first().click();
  await expect(all.getByRole('tab', { name: 'Phone', selected: true })).toBeVisible();
  await all.getByRole('button', { name: 'Close' }).first().click();
  await expect(all).toHaveCount(0);

  await page.getByRole('button', { name: 'Resend…' }).click();
  const send = page.getByRole('dialog', { name: 'Send emails to users' });
  await expect(send.getByLabel('Mail', { exact: true })).toHaveValue('call-standard-new-user');
  await send.getByLabel('Add a user').focus();
  await page.keyboard.type('bert');
  await expect(page.getByRole('option', { name: /berta/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(send.getByRole('button', { name: 'Send 1 mail' })).toBeEnabled();
  await expectAccessible(page, 'resend');
  await page.screenshot({ path: testInfo.outputPath('resend.png') });
  await send.getByRole('button', { name: 'Send 1 mail' }).click();
  await expect(send.getByText('1 mail is in the outbox')).toBeVisible();
});

test('no mail is wider than a phone or asks anything of the network', async ({ page }) => {
  test.slow();
  const asked: string[] = [];
  await setFrom(page);
  await openEmailContent(page);
  const frame = frameOf(page);
  await expect(frame.locator('.card')).toBeVisible();
  // The window itself fetches its other panes while nobody does anything.
  const ofTheWindow = await page.evaluate(() => `${location.origin}/assets/`);
  page.on('request', (request) => {
    if (!request.url().startsWith(ofTheWindow) || request.frame() !== page.mainFrame()) asked.push(request.url());
  });

  const html = async (template: string, language: string) =>
    ((await call(page, 'email', 'preview', { template, language })) as { html: string }).html;
  for (const { id } of mailTemplates) {
    for (const language of ['en', 'de', 'fr', 'es']) {
      const source = await html(id, language);
      for (const width of [320, 600, 1200]) {
        const overflow = await page.locator('iframe').evaluate(
          (element: HTMLIFrameElement, { source: mail, width: wide }) => {
            element.style.width = `${wide}px`;
            const root = element.contentDocument!.documentElement;
            root.innerHTML = mail;
            return root.scrollWidth - root.clientWidth;
          },
          { source, width },
        );
        expect.soft(overflow, `${id} ${language} at ${width}`).toBe(0);
      }
    }
  }
  expect(asked).toEqual([]);
});
