import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Page } from '@playwright/test';
import { makeCertificate } from '../../electron/platform/directory/testing/certificates.ts';
import { expect, test } from '../fixtures.ts';
import { call, consoleIsReady, expectAccessible } from '../support/consolePage.ts';

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function openFirewall(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Firewall' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Firewall', level: 1 })).toBeVisible();
}

const command = (page: Page, name: string) => page.getByRole('group', { name: 'Commands' }).getByRole('button', { name, exact: true });

test('targets are added, checked, switched off and removed with the keyboard alone', async ({ page, closeAfterwards }, testInfo) => {
  const open = createServer();
  const port = await listen(open);
  closeAfterwards(async () => void open.close());
  await consoleIsReady(page);
  await openFirewall(page);
  const list = page.getByRole('grid', { name: 'Targets' });
  await expect(list.getByText('pfd.phonefactor.net')).toBeVisible();
  await expect(list.getByText(/switched off on 30 September 2024/).first()).toBeVisible();

  await expect(command(page, 'Windows rules…')).toHaveCount(process.platform === 'win32' ? 1 : 0);
  await command(page, 'Add…').focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Add Target' });
  await expect(dialog.getByLabel('Host:')).toBeFocused();
  await page.keyboard.type('https://127.0.0.1/');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('A host name or an IP address, without https:// and without a path.')).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('add.png') });
  await dialog.getByLabel('Host:').fill('127.0.0.1');
  await dialog.getByLabel('Port:').fill(String(port));
  await dialog.getByLabel('Name:').fill('Web proxy');
  await dialog.getByLabel('It speaks TLS').uncheck();
  await dialog.getByLabel('Name:').press('Enter');
  await expect(dialog).toHaveCount(0);
  const row = list.getByRole('row', { name: /Web proxy/ });
  await expect(row).toContainText('Passed');
  await expect(page.getByText(/\d+ passed, \d+ warnings?, \d+ failed\. Checked /)).toBeVisible();

  await list.focus();
  await page.keyboard.press('End');
  const details = page.getByRole('region', { name: `127.0.0.1:${port}` });
  await expect(details.getByText('Passed', { exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(details.getByRole('list', { name: 'Earlier checks' })).toContainText(/: Passed.*: Passed/);

  // Its server ends, and the next check says so.
  open.close();
  await page.keyboard.press('Enter');
  await expect(details.getByText(`127.0.0.1 refuses connections on port ${port}.`, { exact: false })).toBeVisible();
  await expect(row).toContainText('Failed');
  await expect(details.getByRole('list', { name: 'Earlier checks' })).toContainText(/: Failed.*: Passed, \d+ ms/);
  await expectAccessible(page, 'failed');
  await page.screenshot({ path: testInfo.outputPath('failed.png') });

  await command(page, 'History…').press('Enter');
  const past = page.getByRole('dialog', { name: `History of 127.0.0.1:${port}` });
  await expect(past.getByRole('row', { name: /Failed .*refuses connections/ })).toBeVisible();
  await expect(past.getByRole('row', { name: /Passed/ })).toHaveCount(2);
  await expect(past.getByRole('region', { name: /^Round trip over time/ })).toBeVisible();
  await expectAccessible(page, 'history');
  await page.screenshot({ path: testInfo.outputPath('history.png') });
  await page.keyboard.press('Escape');
  await expect(past).toHaveCount(0);

  await command(page, 'Switch off').press('Enter');
  await expect(row).toContainText('Off');
  await list.focus();
  await page.keyboard.press('Delete');
  await expect(row).toHaveCount(0);
  expect(await call(page, 'network', 'targets', null)).not.toContainEqual(expect.objectContaining({ purpose: 'own' }));
});

test('an intercepting proxy is named, an address is looked up, and rules are exported', async ({
  page,
  host,
  closeAfterwards,
}, testInfo) => {
  const issuer = makeCertificate({ subject: 'Contoso Inspection CA', isAuthority: true });
  const { certificatePem: cert, privateKeyPem: key } = makeCertificate({ subject: 'localhost', issuer });
  const proxy = createTlsServer({ cert, key });
  const port = await listen(proxy);
  closeAfterwards(async () => void proxy.close());
  await consoleIsReady(page);
  await call(page, 'network', 'addTarget', { host: '127.0.0.1', port, name: 'Inspected' });
  await openFirewall(page);
  const list = page.getByRole('grid', { name: 'Targets' });
  await list.getByRole('row', { name: /Inspected/ }).click();
  const details = page.getByRole('region', { name: `127.0.0.1:${port}` });
  await expect(details.getByText(/comes from “Contoso Inspection CA”/)).toBeVisible();
  await expect(details.getByText('TLSv1.3, Contoso Inspection CA')).toBeVisible();

  const address = page.getByRole('textbox', { name: 'Is this address in the list?' });
  await address.fill('134.170.116.75');
  await expect(page.getByText('Yes: in 134.170.116.0/25, and in 134.170.116.72/29 of the reduced table.')).toBeVisible();
  await address.fill('2001:db8::1');
  await expect(page.getByText('No: it is in none of the published ranges.')).toBeVisible();
  await address.fill('pfd.phonefactor.net');
  await expect(page.getByText('This is no IP address.')).toBeVisible();

  await command(page, 'Export…').press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Export Firewall Rules' });
  const preview = dialog.getByRole('region', { name: 'What is exported' });
  await expect(preview).toContainText('New-NetFirewallRule');
  await dialog.getByRole('radio', { name: /CSV/ }).check();
  await expect(dialog.getByRole('radio', { name: 'Automatic' })).toBeChecked();
  await dialog.getByRole('checkbox', { name: 'Event Confirmation is in use' }).check();
  await expect(dialog.getByText('Event Confirmation is in use: the full table applies.')).toBeVisible();
  await expect(preview).toContainText('134.170.116.0/25');
  await page.screenshot({ path: testInfo.outputPath('automatic.png') });
  await dialog.getByRole('radio', { name: 'Reduced table' }).check();
  await expect(preview).toContainText('134.170.116.72/29');
  await expectAccessible(page, 'export');
  await page.screenshot({ path: testInfo.outputPath('export.png') });
  if (host === 'web') {
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save…' }).press('Enter');
    expect(readFileSync(await (await download).path(), 'utf8')).toContain('134.170.116.72/29');
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('HTTPS leaves through the proxy that is set here, once it is signed in to', async ({ page, closeAfterwards }, testInfo) => {
  const { certificatePem: cert, privateKeyPem: key } = makeCertificate({
    subject: 'mfa.corp.example',
    issuer: makeCertificate({ subject: 'Contoso Root', isAuthority: true }),
  });
  const target = createTlsServer({ cert, key });
  const port = await listen(target);
  const proxy = createHttpServer().on('connect', ({ headers }, socket) => {
    socket.on('error', () => {});
    if (headers['proxy-authorization'] !== `Basic ${Buffer.from('svc:open sesame').toString('base64')}`) {
      return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="corp"\r\n\r\n');
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    const through = connect(port, '127.0.0.1').on('error', () => socket.destroy());
    return socket.pipe(through).pipe(socket);
  });
  const proxyPort = await listen(proxy);
  closeAfterwards(async () => void [target.close(), proxy.close()]);
  await consoleIsReady(page);
  await call(page, 'app', 'unlockVault', { passphrase: 'a passphrase for tests' });
  // Nobody's DNS knows it: only the proxy does.
  await call(page, 'network', 'addTarget', { host: 'mfa.corp.example', port: 443, name: 'Beyond' });
  await openFirewall(page);
  await page
    .getByRole('grid', { name: 'Targets' })
    .getByRole('row', { name: /Beyond/ })
    .click();
  const details = page.getByRole('region', { name: 'mfa.corp.example:443' });

  const dialog = page.getByRole('dialog', { name: 'Proxy' });
  await command(page, 'Proxy…').press('Enter');
  await expect(dialog.getByRole('radio', { name: /^As the environment says/ })).toBeFocused();
  await dialog.getByRole('radio', { name: 'Through this proxy:' }).check();
  await dialog.getByLabel('Host:').fill('http://127.0.0.1');
  await dialog.getByLabel('Host:').press('Enter');
  await expect(dialog.getByText('A host name or an IP address, without https:// and without a path.')).toBeVisible();
  await dialog.getByLabel('Host:').fill('127.0.0.1');
  await dialog.getByLabel('Port:').fill(String(proxyPort));
  await expectAccessible(page, 'proxy');
  await page.screenshot({ path: testInfo.outputPath('proxy.png') });
  await dialog.getByLabel('Port:').press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(details.getByText(/407/)).toBeVisible();

  await command(page, 'Proxy…').press('Enter');
  await dialog.getByLabel('User:').fill('svc');
  await dialog.getByLabel('Password:').fill('open sesame');
  await dialog.getByLabel('Password:').press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(details.getByText('TLSv1.3, Contoso Root')).toBeVisible();
  await expect(details.getByText(`127.0.0.1:${proxyPort}`, { exact: true })).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('through.png') });

  await command(page, 'Proxy…').press('Enter');
  await expect(dialog.getByText('Kept in the keychain. Type another to replace it.')).toBeVisible();
  expect(JSON.stringify(await call(page, 'network', 'proxy', null))).not.toContain('sesame');
});

test('commands that a small window has no room for are in a menu at the end of their row', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await consoleIsReady(page);
  await openFirewall(page);
  await expect(command(page, 'Check all')).toBeVisible();
  await expect(command(page, 'Export…')).toBeHidden();

  await command(page, 'More commands').focus();
  await page.keyboard.press('Enter');
  await expectAccessible(page, 'more commands');
  await page.getByRole('menuitem', { name: 'Export…' }).press('Enter');
  await expect(page.getByRole('dialog').locator(':focus')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.setViewportSize({ width: 1600, height: 900 });
  await expect(command(page, 'Export…')).toBeVisible();
  await expect(command(page, 'More commands')).toHaveCount(0);
});
