import { makeCertificate } from '../../electron/platform/directory/testing/certificates.ts';
import { expect, test } from '../fixtures.ts';
import { closedPort, startBabbling, startResetting, startSilent, type HostileServer } from '../servers/hostile.ts';
import { consoleIsReady, expectAccessible } from '../support/consolePage.ts';
import { contosoPassword } from '../support/contoso.ts';
import { openConfiguration, runTest, typeConfiguration, typedValues, type Typed } from '../support/configurationForm.ts';

const baseDn = 'DC=contoso,DC=example';
const account = { bindDn: `CN=MFA Service,OU=Service Accounts,${baseDn}`, password: contosoPassword, baseDn };
const here = { host: '127.0.0.1', ...account };

interface Fault {
  readonly typed: Typed;
  readonly button: 'Test connection' | 'Test login';
  /** The step that fails. */
  readonly step: string;
  readonly sentence: string;
}

test('a server that cannot be reached is told from one that does not answer', async ({ page, closeAfterwards }) => {
  const portOf = async (start: () => Promise<HostileServer>) => {
    const server = await start();
    closeAfterwards(server.stop);
    return server.port;
  };
  const button = 'Test connection';
  const faults: Record<string, Fault> = {
    'no such host': {
      typed: { ...here, host: 'no-such-host.invalid', security: 'LDAPS' },
      ...{ button, step: 'Find the host', sentence: 'There is no server with this name.' },
    },
    'a closed port': {
      typed: { ...here, port: await closedPort(), security: 'LDAPS' },
      ...{ button, step: 'Connect', sentence: 'The computer answers, but nothing listens on this port.' },
    },
    'a server that says nothing': {
      typed: { ...here, port: await portOf(startSilent), security: 'LDAPS', waitSeconds: 0.5 },
      ...{ button, step: 'Secure the connection', sentence: 'The server does not answer in time.' },
    },
    'a server that says nothing, without TLS': {
      typed: { ...here, port: await portOf(startSilent), security: 'None (plain text)', waitSeconds: 0.5 },
      ...{ button: 'Test login', step: 'Sign in', sentence: 'The server does not answer in time.' },
    },
    'a server that hangs up': {
      typed: { ...here, port: await portOf(startResetting), security: 'LDAPS' },
      ...{ button, step: 'Secure the connection', sentence: 'No secure connection could be agreed upon.' },
    },
    'a server of another kind': {
      typed: { ...here, port: await portOf(startBabbling), security: 'LDAPS' },
      ...{ button, step: 'Secure the connection', sentence: 'No secure connection could be agreed upon.' },
    },
  };
  await expectFaults(page, faults);
});

test('a directory that refuses the account says why', async ({ page, contoso }) => {
  const { port } = await contoso();
  const hardened = await contoso({ requireTlsForSimpleBind: true });
  const locked = await contoso({ bindVerdicts: { [account.bindDn]: 'locked-out' } });
  const plain = { ...here, security: 'None (plain text)' } as const;
  const button = 'Test login';
  await expectFaults(page, {
    'a wrong password': {
      typed: { ...plain, port, password: 'wrong' },
      ...{ button, step: 'Sign in', sentence: 'The server does not accept this user and password.' },
    },
    'an unknown account': {
      typed: { ...plain, port, bindDn: `CN=Nobody,${baseDn}` },
      ...{ button, step: 'Sign in', sentence: 'The server does not accept this user and password.' },
    },
    'a locked account': { typed: { ...plain, port: locked.port }, ...{ button, step: 'Sign in', sentence: 'The account is locked.' } },
    'a bind without encryption': {
      typed: { ...plain, port: hardened.port },
      ...{ button, step: 'Sign in', sentence: 'The server wants a secure connection before anybody signs in.' },
    },
    'a base DN that is not there': {
      typed: { ...plain, port, baseDn: `OU=Nowhere,${baseDn}` },
      ...{ button, step: 'Find the base DN', sentence: 'The directory has no such entry, or the account may not see it.' },
    },
  });
});

test('a certificate that is not right is shown and refused', async ({ page, contoso }) => {
  const authority = makeCertificate({ subject: 'Contoso CA', isAuthority: true });
  const dayMs = 86_400_000;
  const portWith = async (wish: Partial<Parameters<typeof makeCertificate>[0]>) => {
    const tls = makeCertificate({ subject: 'dc1.contoso.example', names: ['127.0.0.1'], issuer: authority, ...wish });
    return (await contoso({ protocol: 'ldaps', tls })).port;
  };
  const typed = { ...here, security: 'LDAPS', caPem: authority.certificatePem } as const;
  const [button, step] = ['Test connection', 'Secure the connection'] as const;
  const dialog = await expectFaults(page, {
    'an expired certificate': {
      typed: { ...typed, port: await portWith({ validFrom: new Date(Date.now() - 9 * dayMs), validTo: new Date(Date.now() - dayMs) }) },
      ...{ button, step, sentence: 'The certificate has expired or is not valid yet.' },
    },
    'a certificate for another name': {
      typed: { ...typed, port: await portWith({ names: ['dc2.contoso.example'] }) },
      ...{ button, step, sentence: 'The certificate is for another name than the one you typed.' },
    },
    'a certificate of an unknown issuer': {
      typed: { ...typed, port: await portWith({}), caPem: '' },
      ...{ button, step, sentence: 'The certificate was issued by somebody this computer does not know.' },
    },
  });

  const card = dialog.getByRole('region', { name: 'Certificate of the server' });
  await expect(card).toContainText('dc1.contoso.example');
  await expect(card).toContainText('Contoso CA');
  await expect(card).toContainText('IP Address:127.0.0.1');
  await expectAccessible(page);

  // With its authority the same certificate is fine.
  await typeConfiguration(dialog, { caPem: authority.certificatePem });
  await runTest(dialog, 'Test connection', 'passed');
});

test('a certificate can be trusted for one server, and another one in its place is refused', async ({ page, contoso }) => {
  const own = () => makeCertificate({ subject: 'dc1.contoso.example', names: ['dc1.contoso.example'] });
  const [trusted, other] = [own(), own()];
  const directory = await contoso({ protocol: 'ldaps', tls: trusted });
  const dialog = await open(page);
  await typeConfiguration(dialog, { ...here, port: directory.port, security: 'LDAPS' });
  await runTest(dialog, 'Test login', 'failed');

  await dialog.getByRole('button', { name: 'Trust this certificate for 127.0.0.1' }).click();
  await expect(dialog.getByText(/^Login test passed/)).toBeVisible();
  await expect(dialog.getByText('The certificate is the one that you chose to trust.')).toBeVisible();
  await expect(dialog.getByText(`Signed in as ${account.bindDn}.`)).toBeVisible();

  await directory.close();
  await contoso({ protocol: 'ldaps', tls: other, port: directory.port });
  for (const button of ['Test connection', 'Test login'] as const) {
    const steps = await runTest(dialog, button, 'failed');
    await expect(steps).toContainText('The server shows another certificate than the one you chose to trust.');
    // Nobody who may be in between has seen the password.
    await expect(steps).not.toContainText('Signed in as');
  }
});

test('a filter that cannot be read is marked where it breaks, and nothing is sent', async ({ page, contoso }) => {
  const directory = await contoso();
  const dialog = await open(page);
  await typeConfiguration(dialog, { ...here, port: directory.port, security: 'None (plain text)' });
  await dialog.getByRole('tab', { name: 'Filters' }).click();
  const user = dialog.getByLabel('User:');
  await user.fill('(&(cn=*)b)');
  await user.blur();
  await expect(dialog.getByText('This is not a valid LDAP filter: problem at character 9.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Apply' })).toBeDisabled();
  await expectAccessible(page);
  await dialog.getByRole('tab', { name: 'Settings' }).click();
  await dialog.getByRole('button', { name: 'Test login' }).click();
  await expect(dialog.getByText(/field needs your attention/)).toBeVisible();
  expect(directory.stats().connections).toBe(0);
});

async function open(page: Parameters<typeof openConfiguration>[0]) {
  await consoleIsReady(page);
  return openConfiguration(page);
}

/** Types each fault into one and the same dialog, as somebody who tries: each is explained, and nothing that was typed is lost. */
async function expectFaults(page: Parameters<typeof openConfiguration>[0], faults: Record<string, Fault>) {
  const dialog = await open(page);
  for (const [name, { typed, button, step, sentence }] of Object.entries(faults)) {
    await test.step(name, async () => {
      await typeConfiguration(dialog, { caPem: '', waitSeconds: 5, ...typed });
      const before = await typedValues(dialog);
      const steps = await runTest(dialog, button, 'failed');
      const failed = steps.getByRole('listitem').filter({ hasText: '– Failed' });
      await expect.soft(failed, name).toHaveCount(1);
      await expect.soft(failed, name).toContainText(`${step} – Failed`);
      await expect.soft(failed, name).toContainText(sentence);
      expect(await typedValues(dialog), name).toEqual(before);
    });
  }
  return dialog;
}
