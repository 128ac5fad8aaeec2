// @vitest-environment jsdom
import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Certificate, TestStep } from '../../../shared/contract/directory.contract.ts';
import { ClientProvider, type ConsoleClient } from '../../app/client.tsx';
import { createFakeConsole, settings } from '../testing/fakeConsole.ts';
import { findButton } from '../testing/findButton.ts';
import { layOutElements } from '../testing/layout.ts';
import { DirectoryConfigurationDialog } from './DirectoryConfigurationDialog.tsx';

beforeAll(() => {
  configure({ asyncUtilTimeout: 20_000 });
  layOutElements();
});
afterEach(cleanup);

const certificate: Certificate = {
  subject: 'CN=dc1.contoso.com',
  issuer: 'CN=Contoso Root CA',
  names: ['dc1.contoso.com'],
  notBefore: '2025-01-01T00:00:00Z',
  notAfter: '2027-01-01T00:00:00Z',
  sha256: 'ab'.repeat(32),
};
const untrusted: TestStep = {
  step: 'tls',
  server: settings.servers[0]!,
  state: 'failed',
  text: 'The issuer is not trusted.',
  advice: 'Add the CA.',
  code: 'certificate-unknown',
  milliseconds: 12,
  certificate,
};

function show(fake = createFakeConsole()) {
  const onClose = vi.fn();
  render(
    <FluentProvider theme={webLightTheme}>
      <ClientProvider value={fake.client as ConsoleClient}>
        <DirectoryConfigurationDialog onClose={onClose} />
      </ClientProvider>
    </FluentProvider>,
  );
  return { user: userEvent.setup(), onClose, ...fake };
}

const type = (label: string | RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

it('trusts a certificate that was shown and runs the test again with it', async () => {
  const fake = createFakeConsole();
  const test = vi.fn<ConsoleClient['directory']['testLogin']>(async ({ settings: { pins } }) => ({
    passed: pins.length > 0,
    steps: pins.length > 0 ? [{ ...untrusted, state: 'passed' }] : [untrusted],
  }));
  fake.client.directory.testLogin = test;
  const { user, calls } = show(fake);

  await user.click(await findButton('Test login'));
  await screen.findByText('Login test failed.');
  expect(screen.getByText('CN=Contoso Root CA')).toBeTruthy();
  await user.click(await findButton('Trust this certificate for dc1.contoso.com'));
  await screen.findByText('Login test passed.');

  expect(test.mock.lastCall?.[0].settings.pins).toEqual([{ host: 'dc1.contoso.com', port: 636, sha256: certificate.sha256 }]);
  expect(calls).toEqual([]); // trusted for the test, not saved before Apply
}, 30_000);

it('lets nobody save plain text without an explicit yes', async () => {
  const { user, calls } = show();
  await screen.findByLabelText('Host of server 1');

  fireEvent.change(screen.getByLabelText('Security of server 1'), { target: { value: 'none' } });
  await user.click(await findButton('Apply'));
  await screen.findByText(/1 field needs your attention/);
  expect(calls).toEqual([]);

  await user.click(screen.getByRole('checkbox', { name: /without encryption/ }));
  await user.click(await findButton('Apply'));

  await waitFor(() => expect(calls).toMatchObject([{ input: { settings: { allowPlainText: true } } }]));
}, 30_000);

it('says that the stored password will be forgotten with the server it belongs to', async () => {
  show();
  await screen.findByText('A password is stored. Leave this empty to keep it.');

  type('Host of server 1', 'dc9.contoso.com');

  await screen.findByText(/The stored password belongs to other servers/);
}, 30_000);

it('shows where a filter goes wrong when the field is left, and counts it on the tab', async () => {
  const { user } = show();
  await user.click(await screen.findByRole('tab', { name: 'Filters' }));

  type('User:', '(objectClass=user');
  fireEvent.blur(screen.getByLabelText('User:'));

  await screen.findByText('This is not a valid LDAP filter: problem at character 1.');
  expect(screen.getByRole('tab', { name: 'Filters (1)' })).toBeTruthy();
  expect((await findButton('Apply')).hasAttribute('disabled')).toBe(true);
}, 30_000);

it('asks before it is closed only when something would be lost', async () => {
  const { user, onClose } = show();
  await screen.findByLabelText('Host of server 1');

  type(/^Base DN:/, 'DC=other');
  await user.click(await findButton('Close'));
  expect(onClose).not.toHaveBeenCalled();
  await user.click(await findButton('Discard'));

  expect(onClose).toHaveBeenCalledTimes(1);
}, 30_000);

it('shows what the mapping makes of real values, and what is not mapped', async () => {
  const fake = createFakeConsole();
  fake.client.directory.sampleMapping = async () => ({
    fields: [
      {
        field: 'mobile',
        attribute: 'mobile',
        present: 1,
        samples: [{ dn: 'CN=a', values: ['ask reception'], stored: 'ask reception', problem: 'phone-not-valid' }],
      },
    ],
    unmapped: [{ attribute: 'otherMobile', example: '+49 170 1' }],
    read: { entries: 20, complete: false, cutBy: 'display-limit', referrals: 0, milliseconds: 9 },
  });
  const { user } = show(fake);
  await user.click(await screen.findByRole('tab', { name: 'Attributes' }));

  await user.click(await findButton('Show samples'));

  await screen.findByText(/The value is not a valid phone number/);
  expect(screen.getByText(/otherMobile \(\+49 170 1\)/)).toBeTruthy();
}, 30_000);
