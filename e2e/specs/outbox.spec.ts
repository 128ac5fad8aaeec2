import type { Locator, Page } from '@playwright/test';
import type { EmailSettings } from '../../shared/contract/email.contract.ts';
import { expect, test } from '../fixtures.ts';
import { startMailReader } from '../servers/mailReader.ts';
import { call, consoleIsReady, expectAccessible, watchPolicy } from '../support/consolePage.ts';
import { changeEmailSettings } from '../support/emailPane.ts';
import { freePort } from '../support/loopback.ts';

const longName = `${'sehr.langer.name.'.repeat(3)}müller-lüdenscheidt`;

async function setEmail(page: Page, change: Partial<EmailSettings>, relay: Partial<EmailSettings['relay']> = {}): Promise<void> {
  const known = { from: 'mfa@corp.example', portalUrl: 'https://mfa.corp.example/portal', ratePerSecond: 0, ...change };
  await changeEmailSettings(page, (settings) => ({ ...settings, ...known, relay: { ...settings.relay, ...relay } }));
}

/** Users of these names who can be mailed, and a mail to each. */
async function mail(page: Page, usernames: readonly string[]): Promise<void> {
  for (const username of usernames) {
    const email = `${username === longName ? 'long' : username}@corp.example`;
    await call(page, 'users', 'add', { username, email, method: 'oath', mode: 'token', enabled: true });
  }
  await call(page, 'outbox', 'send', { target: { where: {} } });
}

const mails = (page: Page) => page.getByRole('grid', { name: 'Mails' });
const listed = (page: Page, text: string): Locator => mails(page).locator('[data-index]').filter({ hasText: text });

async function openOutbox(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Email', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Send emails to users')).toBeVisible();
  await page.keyboard.press('Tab');
  await page.getByRole('tab', { name: 'Settings' }).focus();
  await page.keyboard.press('Control+PageUp');
  await expect(mails(page)).toBeVisible();
}

async function screenshots(page: Page, name: (size: string, scheme: string) => string): Promise<void> {
  for (const [width, height] of [
    [1024, 768],
    [1920, 1080],
  ] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: name(`${width}`, colorScheme) });
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
}

test('mails wait for the limit of a day in one sentence, also in Status, and go on when it is raised in Settings', async ({
  page,
  closeAfterwards,
}, testInfo) => {
  test.slow();
  const relay = await startMailReader();
  closeAfterwards(relay.stop);
  await consoleIsReady(page);
  await setEmail(page, { mode: 'relay', recipientsPerDay: 2 }, { host: '127.0.0.1', port: relay.port, security: 'none' });
  await openOutbox(page);
  await mail(page, ['anna', 'bob', 'carol', longName]);
  const banner = page.getByText('Mails went to 2 recipients in 24 hours; the limit is 2. The others stay queued, the next until');
  await expect(banner).toBeVisible({ timeout: 15_000 });
  await expect(mails(page).getByText('Queued', { exact: true })).toHaveCount(2);
  await expectAccessible(page, 'outbox at its limit');
  await screenshots(page, (size, scheme) => testInfo.outputPath(`limit-${size}-${scheme}.png`));
  expect(await call(page, 'status', 'overview', null)).toMatchObject({
    findings: expect.arrayContaining([expect.objectContaining({ kind: 'mails-limited', severity: 'info', count: 2 })]),
  });

  await page.getByRole('tab', { name: 'Settings' }).click();
  const field = page.getByLabel('Recipients in 24 hours:');
  await expect(field).toHaveValue('2');
  await field.fill('2.5');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Recipients in 24 hours – Enter a whole number up to 100 million, or nothing.')).toBeVisible();
  await screenshots(page, (size, scheme) => testInfo.outputPath(`limit-settings-${size}-${scheme}.png`));
  await field.fill('');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Changes applied.')).toBeVisible();
  await page.getByRole('tab', { name: 'Outbox' }).click();
  await expect(mails(page).getByText('Sent', { exact: true })).toHaveCount(4);
  await expect(banner).toHaveCount(0);
  expect(relay.received).toHaveLength(4);
});

test('a held mail is read, released and sent, and another one is cancelled, with the keyboard alone', async ({
  page,
  closeAfterwards,
}, testInfo) => {
  test.slow();
  const relay = await startMailReader();
  closeAfterwards(relay.stop);
  await consoleIsReady(page);
  const refused = await watchPolicy(page);
  await setEmail(page, { mode: 'hold' }, { host: '127.0.0.1', port: relay.port, security: 'none' });
  await openOutbox(page);
  await expect(page.getByRole('heading', { name: 'No mails yet' })).toBeVisible();
  await expectAccessible(page, 'empty outbox');
  await page.screenshot({ path: testInfo.outputPath('empty.png') });

  await mail(page, ['anna', 'bob', 'gone.carol', longName]);
  await expect(page.getByText('4 mails are held: nothing leaves before it is released.')).toBeVisible();
  await expect(listed(page, 'anna')).toContainText('Held');
  await expect(page.getByText('4 mails', { exact: true })).toBeVisible();
  await expectAccessible(page, 'held mails');
  await screenshots(page, (size, scheme) => testInfo.outputPath(`held-${size}-${scheme}.png`));

  await page.keyboard.press('Control+f');
  await page.keyboard.type('bob');
  await expect(page.getByText('1 of 4 mails')).toBeVisible();
  await page.keyboard.press('Tab');
  await mails(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const details = page.getByRole('dialog', { name: 'Mail', exact: true });
  await expect(details.getByText('bob@corp.example')).toBeVisible();
  await expect(details.getByText('it waits until it is released.')).toBeVisible();
  await expect(details.frameLocator('iframe').getByText('https://mfa.corp.example/portal').first()).toBeVisible();
  await expectAccessible(page, 'a mail in HTML');
  await page.screenshot({ path: testInfo.outputPath('mail-html.png') });
  await details.getByRole('tab', { name: 'Plain text' }).click();
  await expect(details.getByRole('region', { name: 'Text' })).toContainText('https://mfa.corp.example/portal');
  await expect(details.getByText('It was not handed over yet.')).toBeVisible();
  await expectAccessible(page, 'a mail');
  await screenshots(page, (size, scheme) => testInfo.outputPath(`mail-${size}-${scheme}.png`));
  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();
  await expect(mails(page)).toBeFocused();

  await page.keyboard.press('Delete');
  const cancel = page.getByRole('dialog', { name: 'Cancel mails' });
  await expect(cancel.getByText('Cancel 1 mail?')).toBeVisible();
  await expect(cancel.getByRole('button', { name: 'Go back' })).toBeFocused();
  await expect(cancel.getByRole('radio', { name: 'All that wait: 4 mails' })).toBeVisible();
  await expectAccessible(page, 'cancel');
  await page.screenshot({ path: testInfo.outputPath('cancel.png') });
  await cancel.getByRole('button', { name: 'Cancel mails' }).press('Enter');
  await expect(cancel.getByText('1 mail is cancelled.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(listed(page, 'bob')).toContainText('Cancelled');

  await page.getByRole('searchbox', { name: 'Search user or address' }).fill('');
  await page.getByRole('status').filter({ hasText: '3 mails are held' }).getByRole('button', { name: 'Release…' }).press('Enter');
  const release = page.getByRole('dialog', { name: 'Release mails' });
  await expect(release.getByText('Release 3 mails?')).toBeVisible();
  await release.getByRole('button', { name: 'Release', exact: true }).press('Enter');
  await expect(release.getByText('3 mails are released.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(listed(page, 'anna')).toContainText('Sent');
  await expect(listed(page, 'gone.carol')).toContainText('Failed');
  await expect(listed(page, 'gone.carol')).toContainText('5.1.1 No such user');
  expect(relay.received.map(({ to }) => to[0]).toSorted()).toEqual(['anna@corp.example', 'long@corp.example']);

  await page.getByLabel('Show:').selectOption('Failed (1)');
  await expect(page.getByText('1 of 4 mails')).toBeVisible();
  await listed(page, 'gone.carol').click();
  await page.getByRole('button', { name: 'Retry…' }).press('Enter');
  const retry = page.getByRole('dialog', { name: 'Try mails again' });
  await expect(retry.getByText('Try 1 mail again now?')).toBeVisible();
  await retry.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(retry.getByText('1 mail is queued again.')).toBeVisible();
  await page.keyboard.press('Escape');
  await listed(page, 'gone.carol').dblclick();
  await expect(details.getByRole('table', { name: 'Attempts' }).getByRole('row')).toHaveCount(3);
  await expectAccessible(page, 'a failed mail');
  await page.keyboard.press('Escape');
  await page.getByLabel('Show:').selectOption('All mails');

  const lastDay = page.getByRole('region', { name: 'Last 24 hours', exact: true });
  await expect(lastDay).toContainText('2 sent, 2 failed');
  await expect(lastDay.locator('svg rect').first()).toBeVisible();
  await expectAccessible(page, 'chart');
  await screenshots(page, (size, scheme) => testInfo.outputPath(`sent-${size}-${scheme}.png`));
  await lastDay.getByRole('button', { name: 'Show as table' }).press('Enter');
  await expect(lastDay.getByRole('table').getByRole('row')).toHaveCount(25);
  await expectAccessible(page, 'table of the last day');
  expect(await refused()).toEqual([]);
});

test('a relay that is down is one banner with the next try, and no error for each mail', async ({ page }, testInfo) => {
  test.slow();
  await consoleIsReady(page);
  await setEmail(page, { mode: 'relay' }, { host: '127.0.0.1', port: await freePort(), security: 'none' });
  await mail(page, ['anna', 'bob', 'carol']);
  await openOutbox(page);
  await expect(page.getByText(/^No mail goes out at the moment\. .*Next try: \d/)).toBeVisible();
  await expect(listed(page, 'Failed')).toHaveCount(0);
  await expectAccessible(page, 'relay down');
  await screenshots(page, (size, scheme) => testInfo.outputPath(`down-${size}-${scheme}.png`));
});
