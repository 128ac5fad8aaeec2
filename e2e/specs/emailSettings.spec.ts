import { connect, createServer } from 'node:net';
import { pipeline } from 'node:stream';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { createAuthority } from '../servers/certificates.ts';
import { startMailReader } from '../servers/mailReader.ts';
import { canRunPostfix, startPostfix } from '../servers/startPostfix.ts';
import { temporaryFolder } from '../support/commands.ts';
import { call, consoleIsReady, expectAccessible } from '../support/consolePage.ts';
import { changeEmailSettings } from '../support/emailPane.ts';

const read = async (page: Page) => ((await call(page, 'email', 'get', null)) as { settings: Record<string, unknown> }).settings;
const paneButton = (page: Page, name: string) => page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name, exact: true });

async function openEmail(page: Page): Promise<void> {
  await consoleIsReady(page);
  await paneButton(page, 'Email').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Email', level: 1 })).toBeVisible();
  await expect(page.getByLabel('Send emails to users')).toBeVisible();
}

const summary = (page: Page) => page.getByRole('alert').filter({ hasText: '2 fields need your attention: ' });

async function type(page: Page, label: string, text: string): Promise<void> {
  // From its beginning: other names contain it, and a field that is needed has a mark after it.
  await page.getByLabel(new RegExp(`^${label}`)).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
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

test('mails are held until somebody chooses otherwise; settings are applied with the keyboard alone', async ({ page }, testInfo) => {
  test.slow();
  await openEmail(page);
  await expect(page.getByRole('radio', { name: /^Hold in the outbox/ })).toBeChecked();
  await expectAccessible(page, 'settings');
  await screenshots(page, (size, scheme) => testInfo.outputPath(`settings-${size}-${scheme}.png`));

  await page.getByRole('radio', { name: /^Hold in the outbox/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /^Send through the relay/ })).toBeChecked();
  await type(page, 'User Portal URL:', 'portal');
  await page.keyboard.press('Tab');
  await expect(page.getByText('This is not an address such as https://mfa.corp.example/portal.')).toBeVisible();
  await type(page, 'User Portal URL:', 'https://mfa.corp.example/portal');
  await page.keyboard.press('Control+s');
  await expect(summary(page)).toContainText('Host – Enter the name of the relay. From – Enter who sends: no mail goes without it.');
  await expectAccessible(page, 'settings: problems');
  await screenshots(page, (size, scheme) => testInfo.outputPath(`problems-${size}-${scheme}.png`));
  expect(await read(page)).toMatchObject({ mode: 'hold', portalUrl: '' });

  await type(page, 'Host:', 'smtp.corp.example');
  await type(page, 'From:', 'Contoso MFA <mfa@corp.example>');
  await page.getByLabel('Addresses:').focus();
  await page.keyboard.type('anna@corp.example');
  await page.keyboard.press('Enter');
  await page.keyboard.type('bob@corp.example');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Changes applied.')).toBeVisible();
  expect(await read(page)).toMatchObject({
    mode: 'relay',
    from: 'Contoso MFA <mfa@corp.example>',
    portalUrl: 'https://mfa.corp.example/portal',
    administrators: ['anna@corp.example', 'bob@corp.example'],
    relay: { host: 'smtp.corp.example', port: 25, security: 'starttls' },
  });

  // Two administrators at once: nothing of either is lost.
  await page.getByLabel('Authentication:').selectOption('OAuth 2.0 (client credentials)');
  await type(page, 'Token address:', 'https://login.corp.example/token');
  await type(page, 'Client ID:', 'app-1');
  await type(page, 'User:', 'mfa@corp.example');
  await type(page, 'Mails a second to a domain:', '2.5');
  await changeEmailSettings(page, (settings) => ({ ...settings, companyName: 'Theirs' }));
  await page.keyboard.press('Control+s');
  const conflict = page.getByRole('alert').filter({ hasText: 'has saved other email settings meanwhile' });
  await expect(conflict).toContainText('OAuth 2.0');
  await expectAccessible(page, 'settings: conflict');
  await screenshots(page, (size, scheme) => testInfo.outputPath(`conflict-${size}-${scheme}.png`));
  await conflict.getByRole('button', { name: 'Keep my changes' }).click();
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(page.getByText('Changes applied.')).toBeVisible();
  expect(await read(page)).toMatchObject({
    companyName: 'Theirs',
    domainRatePerSecond: 2.5,
    relay: { auth: 'oauth2', user: 'mfa@corp.example', oauth: { tokenUrl: 'https://login.corp.example/token', clientId: 'app-1' } },
  });
});

test('what is typed outlives a look at another tab, is asked about before the pane is left, and can be reset', async ({ page }) => {
  await openEmail(page);
  await type(page, 'Company name:', 'Contoso');
  await page.keyboard.press('Control+PageUp');
  await expect(page.getByRole('grid', { name: 'Mails' })).toBeVisible();
  await page.getByRole('tab', { name: 'Settings' }).click();
  await expect(page.getByLabel('Company name:')).toHaveValue('Contoso');
  await paneButton(page, 'Users').press('Enter');
  const question = page.getByRole('alertdialog', { name: 'Discard your changes?' });
  await expect(question).toContainText('What you changed in the email settings is not applied.');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Discard', exact: true }).click();
  await expect(page.getByLabel('Company name:')).toHaveValue('');
  await paneButton(page, 'Users').press('Enter');
  await expect(page.getByRole('heading', { name: 'Users', level: 1 })).toBeVisible();
});

test('a relay is tested with settings that are not applied, and a real mail arrives', async ({ page, closeAfterwards }, testInfo) => {
  const relay = await startMailReader();
  closeAfterwards(relay.stop);
  await openEmail(page);
  await page.getByRole('button', { name: 'Test…' }).click();
  await expect(summary(page)).toContainText('Host – ');
  await type(page, 'Host:', '127.0.0.1');
  await page.getByLabel('Security:').selectOption('None (plain text)');
  await type(page, 'Port:', String(relay.port));
  await type(page, 'From:', 'mfa@corp.example');
  await page.getByRole('button', { name: 'Test…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Test the mail relay' });
  await expect(dialog.getByLabel('Send a test mail to:')).toBeFocused();
  await page.keyboard.type('nobody');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('This is not an address to which a mail can be sent.')).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('gone@corp.example');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('The test failed.')).toBeVisible();
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Send a test mail – Failed' })).toContainText('5.1.1 No such user');
  await expectAccessible(page, 'test: failed');
  await screenshots(page, (size, scheme) => testInfo.outputPath(`test-${size}-${scheme}.png`));
  await page.keyboard.press('Control+a');
  await page.keyboard.type('anna@corp.example');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/^The test passed, and the relay has taken the test mail, with 1 warning\.$/)).toBeVisible();
  expect(relay.received.map(({ to }) => to)).toEqual([['anna@corp.example']]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Test…' })).toBeFocused();
  expect(await read(page)).toMatchObject({ from: '', relay: { host: '' } });
});

test('a relay that does not answer at a port is found at another one', async ({ page, closeAfterwards }, testInfo) => {
  const relay = await startMailReader();
  closeAfterwards(relay.stop);
  const host = '127.0.0.25';
  const usual = createServer((socket) => void pipeline(socket, connect(relay.port, '127.0.0.1'), socket, () => undefined));
  closeAfterwards(async () => void usual.close());
  const isListening = await new Promise((resolve) => {
    usual.once('error', () => resolve(false)).listen(25, host, () => resolve(true));
  });
  test.skip(!isListening, 'Port 25 cannot be listened at here.');
  await openEmail(page);
  await type(page, 'Host:', host);
  await page.getByLabel('Security:').selectOption('TLS');
  await type(page, 'From:', 'mfa@corp.example');
  await page.getByRole('button', { name: 'Test…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Test the mail relay' });
  await expect(dialog.getByLabel('Send a test mail to:')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('The test failed.')).toBeVisible();
  await expectAccessible(page, 'another port');
  await screenshots(page, (size, scheme) => testInfo.outputPath(`ways-${size}-${scheme}.png`));

  await dialog.getByRole('button', { name: 'Port 25, None (plain text)' }).press('Enter');

  await expect(dialog.getByText('The test passed, with 1 warning.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('Port:')).toHaveValue('25');
  await expect(page.getByLabel('Security:')).toHaveValue('none');
});

test('the certificate of a relay is looked at and trusted, and its password never comes back', async ({
  page,
  closeAfterwards,
}, testInfo) => {
  test.slow();
  test.skip(!canRunPostfix(), 'Postfix cannot run here.');
  const { folder, remove } = temporaryFolder('relay');
  closeAfterwards(async () => remove());
  const postfix = await startPostfix(await (await createAuthority(folder)).issue(['localhost']));
  closeAfterwards(postfix.stop);
  await consoleIsReady(page);
  const { vault } = (await call(page, 'app', 'status', null)) as { vault: { state: string } };
  if (vault.state !== 'keychain') await call(page, 'app', 'unlockVault', { passphrase: 'a passphrase for tests' });
  await openEmail(page);
  await type(page, 'Host:', 'localhost');
  await type(page, 'Port:', String(postfix.port));
  await page.getByLabel('Authentication:').selectOption('User and password');
  await type(page, 'User:', postfix.user);
  await type(page, 'Password:', postfix.password);
  await type(page, 'From:', 'mfa@corp.example');
  await page.getByRole('button', { name: 'Test…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Test the mail relay' });
  await expect(dialog.getByLabel('Send a test mail to:')).toBeFocused();
  await page.keyboard.type('anna@corp.example');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('The test failed.')).toBeVisible();
  await expect(dialog.getByRole('region', { name: 'Certificate of the server' })).toBeVisible();
  await expectAccessible(page, 'test: certificate');
  await screenshots(page, (size, scheme) => testInfo.outputPath(`certificate-${size}-${scheme}.png`));
  await dialog.getByRole('button', { name: 'Trust this certificate for localhost' }).press('Enter');
  await expect(dialog.getByText('The test passed, and the relay has taken the test mail.')).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('trusted.png') });
  await expect.poll(async () => (await postfix.received()).length, { timeout: 20_000 }).toBe(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('list', { name: 'Trusted certificates' })).toContainText(`localhost:${postfix.port}`);
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Changes applied.')).toBeVisible();
  await expect(page.getByLabel('Password:')).toHaveValue('');
  await expect(page.getByText('A password is stored. Leave this empty to keep it.')).toBeVisible();
  expect(JSON.stringify(await call(page, 'email', 'get', null))).not.toContain(postfix.password);

  await page.reload();
  await openEmail(page);
  await type(page, 'Host:', 'other.corp.example');
  await expect(page.getByText(/The stored password belongs to another relay or user and will be forgotten/)).toBeVisible();
});
