import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { call, consoleIsReady, expectAccessible, watchPolicy } from '../support/consolePage.ts';

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The request of a server without a connection becomes an answer file. */
async function answerRequest(page: Page, authority: Locator): Promise<void> {
  const { builtIn } = (await call(page, 'authority', 'state', null)) as { builtIn: { urls: string[] } };
  const { file } = (await call(page, 'activation', 'requestByFile', { authorityUrl: builtIn.urls[0] })) as { file: string };
  await authority.getByLabel('Request file').setInputFiles({ name: 'x.request', mimeType: 'text/plain', buffer: Buffer.from(file) });
  await expect(authority.getByText(/^A request of /)).toBeVisible();
  await expectAccessible(page, 'request');
  await page.screenshot({ path: test.info().outputPath('request.png') });
  const answer = page.waitForEvent('download');
  await authority.getByRole('button', { name: 'Save answer file…' }).press('Enter');
  expect(JSON.parse(await readFile(await (await answer).path(), 'utf8'))).toMatchObject({ kind: 'mfa-activation-answer' });
  await expect(authority.getByText('is activated as soon as it has the answer file.')).toBeVisible();
}

/** The console is both: the server without a connection, and the authority that its request is carried to. */
async function activateByFile(page: Page, dialog: Locator): Promise<void> {
  await call(page, 'authority', 'setBuiltIn', { port: await freePort() });
  const { builtIn } = (await call(page, 'authority', 'state', null)) as { builtIn: { urls: string[] } };
  await dialog.getByRole('radio', { name: 'This server has no connection' }).check();
  await dialog.getByLabel('Address').fill(builtIn.urls[0] ?? '');
  const request = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save request file…' }).press('Enter');
  const requestFile = await (await request).path();
  await expect(dialog.getByText('Take the request file to the authority')).toBeVisible();
  await expectAccessible(page, 'request file');

  // Another window may look at the authority meanwhile.
  const { file } = (await call(page, 'authority', 'signFile', {
    file: await readFile(requestFile, 'utf8'),
    group: { newGroup: 'Islands' },
  })) as { file: string };
  await dialog.getByLabel('Answer file').setInputFiles({ name: 'x.answer', mimeType: 'text/plain', buffer: Buffer.from('{}') });
  await expect(dialog.getByText('This is not the activation file that is needed here.')).toBeVisible();
  await dialog.getByLabel('Answer file').setInputFiles({ name: 'x.answer', mimeType: 'text/plain', buffer: Buffer.from(file) });
  await expect(dialog.getByText('This server is activated and in the group Islands.')).toBeVisible();
}

async function openActivation(page: Page) {
  await page.getByRole('button', { name: 'Activate…', exact: true }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Activation', exact: true });
  await expect(dialog.getByRole('radio', { name: 'This server is its own authority' })).toBeFocused();
  return dialog;
}

/** Signs in to the web page of the authority with the keyboard and generates credentials there. */
async function useWebPage(window: Page): Promise<void> {
  const { urls } = (await call(window, 'authority', 'openPage', null)) as { urls: string[] };
  const link = urls.find((url) => url.startsWith('https://127.0.0.1:')) ?? '';
  // As somebody goes on who compared the fingerprint.
  const context = await window.context().browser()!.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.goto(link);
  await expect(page.getByLabel('Sign-in code')).toBeFocused();
  await expectAccessible(page, 'sign-in');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Activation Authority' })).toBeVisible();
  await page.getByRole('button', { name: 'Generate Activation Credentials' }).press('Enter');
  await expect(page.getByRole('status')).toContainText('@activation');
  await expect(page.getByRole('table', { name: 'Servers' })).toContainText('Master');
  await expectAccessible(page, 'web page');
  await page.getByRole('link', { name: /^Revoke / }).press('Enter');
  await expect(page.getByText('From now on this authority refuses its calls')).toBeVisible();
  await page.getByRole('link', { name: 'Keep' }).press('Enter');
  await page.getByRole('button', { name: 'Sign out' }).press('Enter');
  await expect(page.getByLabel('Sign-in code')).toHaveValue('');
  await context.close();
}

test('a single server activates itself, serves credentials to others, and says when it was revoked', async ({ page, host }, testInfo) => {
  await consoleIsReady(page);
  const refused = await watchPolicy(page);
  await call(page, 'app', 'unlockVault', { passphrase: 'correct horse battery' });
  await expect(page.getByText('This server is not activated.').first()).toBeVisible();
  const dialog = await openActivation(page);
  await expectAccessible(page, 'credentials');

  await page.keyboard.press('Tab');
  await expect(dialog.getByLabel('Port')).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(String(await freePort()));
  await page.keyboard.press('Tab');
  await expect(dialog.getByRole('button', { name: 'Generate Activation Credentials' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('The credentials are entered.')).toBeVisible({ timeout: 30_000 });
  await expect(dialog.getByLabel('Email')).toHaveValue(/@activation$/);
  await page.screenshot({ path: testInfo.outputPath('credentials.png') });
  await dialog.getByRole('button', { name: 'Activate', exact: true }).press('Enter');

  await expect(dialog.getByLabel('Name of the group')).toHaveValue('Default', { timeout: 30_000 });
  await expectAccessible(page, 'group');
  await dialog.getByLabel('Name of the group').press('Enter');
  await expect(dialog.getByText('This server is activated and in the group Default.')).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page, 'joined');
  await page.screenshot({ path: testInfo.outputPath('joined.png') });
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('This server is not activated.')).toHaveCount(0);

  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Status', exact: true }).press('Enter');
  const row = page.getByRole('table', { name: 'Server group' }).getByRole('row').nth(1);
  await expect(row).toContainText('Master');
  await expect(row).toContainText('Online');
  await page.getByRole('button', { name: 'Activation Authority…' }).press('Enter');
  const authority = page.getByRole('dialog', { name: 'Activation Authority' });
  await authority.getByLabel('Company').fill('Contoso Ltd');
  await authority.getByRole('button', { name: 'Rename' }).press('Enter');
  await expect(authority.getByRole('button', { name: 'Rename' })).toBeDisabled();
  await authority.getByRole('button', { name: 'Generate Activation Credentials' }).press('Enter');
  await expect(authority.getByText('For one server, until')).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page, 'authority');
  await page.screenshot({ path: testInfo.outputPath('authority.png') });
  await authority.getByRole('button', { name: 'Web Page…' }).press('Enter');
  await expect(authority.getByText('For one sign-in as you, until')).toBeVisible();
  // The desktop's double has neither a browser beside it nor downloads.
  if (host === 'web') {
    await useWebPage(page);
    await answerRequest(page, authority);
  }
  await authority
    .getByRole('button', { name: /^Revoke / })
    .first()
    .press('Enter');
  await authority.getByRole('button', { name: 'Revoke', exact: true }).press('Enter');
  await expect(authority.getByRole('status').filter({ hasText: / is revoked\.$/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(authority).toHaveCount(0);

  await page.getByRole('button', { name: 'Activation…', exact: true }).first().press('Enter');
  await dialog.getByRole('button', { name: 'Check now' }).press('Enter');
  await expect(dialog.getByText('The activation of this server was revoked.')).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(/was revoked on .* It changes no users, verifies nobody and sends no mail/)).toBeVisible();
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Users', exact: true }).press('Enter');
  const add = page.getByRole('button', { name: 'Add…' });
  await expect(add).toHaveAccessibleDescription('Not before this server is activated again.');
  await expect(add).toBeDisabled();
  await expectAccessible(page, 'read-only');
  await page.screenshot({ path: testInfo.outputPath('read-only.png') });
  await page.getByRole('button', { name: 'File', exact: true }).press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Import users from a file…' })).toBeDisabled();
  await expect(page.getByRole('menuitem', { name: /^Export users/ })).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(call(page, 'imports', 'start', { previewId: 'none' })).rejects.toThrow(/was revoked/);
  expect(await refused()).toEqual([]);
});

test('what keeps a server from being activated is said in words, and nothing typed is lost', async ({ page, host, closeAfterwards }) => {
  test.slow();
  await consoleIsReady(page);
  const banner = page.getByText('This computer has no keychain that answers, so passwords cannot be kept.');
  await expect(banner).toBeVisible();
  await call(page, 'app', 'unlockVault', { passphrase: 'correct horse battery' });
  // Somebody else may have opened it: each window learns it.
  await expect(banner).toHaveCount(0);
  const dialog = await openActivation(page);
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: 'Another server' })).toBeChecked();
  await dialog.getByLabel('Address').fill(`https://127.0.0.1:${await freePort()}`);
  await dialog.getByLabel('Email').fill('k7q2m9xp@activation');
  await dialog.getByLabel('Password').fill('abcd-efgh-jkmn-pqrs');
  await dialog.getByLabel('Password').press('Enter');

  const alert = dialog.getByRole('alert').filter({ hasText: 'This server was not activated.' });
  await expect(alert).toContainText('E-mail or password was mistyped');
  await expectAccessible(page, 'refused');
  await expect(dialog.getByLabel('Email')).toHaveValue('k7q2m9xp@activation');

  // Made of zeros alone, its check digits are right.
  await dialog.getByLabel('Email').fill('00000000@activation');
  await dialog.getByLabel('Password').fill('0000-0000-0000-0000');
  await dialog.getByLabel('Password').press('Enter');
  await expect(alert).toContainText('nothing listens on this port');
  await expect(alert).toContainText('Check the port in the address, and that the authority runs there.');

  const portal = createServer((socket) => socket.on('error', () => {}).on('data', () => socket.end('HTTP/1.1 302 Found\r\n\r\n')));
  const silent = createServer(() => {});
  for (const [server, sentence, advice] of [
    [portal, 'it is no activation authority', 'a proxy or a sign-in page of the network is in the way'],
    [silent, 'did not answer in time', 'Where HTTPS leaves through a proxy, set that (Firewall, Proxy…).'],
  ] as const) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closeAfterwards(async () => void server.close());
    await dialog.getByLabel('Address').fill(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await dialog.getByLabel('Password').press('Enter');
    await expect(alert).toContainText(sentence, { timeout: 30_000 });
    await expect(alert).toContainText(advice);
  }
  if (host === 'web') await activateByFile(page, dialog);
});
