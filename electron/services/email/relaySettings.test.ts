import { beforeEach, expect, it } from 'vitest';
import { defaultEmailSettings, emailContract } from '../../../shared/contract/email.contract.ts';
import type { Call } from '../../runtime/call.ts';
import { createRelaySettings, type RelaySettingsPorts } from './relaySettings.ts';

let saved: unknown;
beforeEach(() => (saved = undefined));

const by = (account: string): Call => ({
  caller: { id: account, account, access: new Set(['manage']) },
  signal: new AbortController().signal,
  ref: 'r',
  note: () => {},
});

/** The settings of one store. Nothing here goes to a relay. */
function settingsOfStore() {
  const ports: Pick<RelaySettingsPorts, 'read' | 'change' | 'now' | 'secrets'> = {
    read: () => saved,
    change: (next) => (saved = next(saved)),
    now: () => Date.UTC(2026, 0, 5),
    secrets: {
      put: () => Promise.resolve(),
      has: () => false,
      take: () => Promise.reject(new Error('There are no secrets here.')),
      forget: () => {},
    },
  };
  return createRelaySettings(ports as RelaySettingsPorts);
}

it('does not overwrite what another administrator saved, and says who it was', async () => {
  const email = settingsOfStore();
  const { revision } = await email.get(null, by('anna'));
  await email.set({ settings: { ...defaultEmailSettings, companyName: 'Contoso' }, revision }, by('anna'));

  const late = email.set({ settings: { ...defaultEmailSettings, from: 'mfa@corp.example' }, revision }, by('bob'));

  await expect(late).rejects.toMatchObject({ code: 'changed-meanwhile', details: { savedBy: 'anna' } });
  await expect(late).rejects.toThrow(/^anna saved other email settings in the meantime .*\. Nothing was saved/);
  const now = await email.get(null, by('bob'));
  expect(now).toMatchObject({ settings: { companyName: 'Contoso', from: '' }, savedBy: 'anna' });
  const again = { ...defaultEmailSettings, companyName: 'Contoso', from: 'mfa@corp.example' };
  expect(await email.set({ settings: again, revision: now.revision }, by('bob'))).toMatchObject({ settings: again, savedBy: 'bob' });
});

it('takes a pickup folder with its whole path only: which program writes the mails, and from where, is not known', async () => {
  const email = settingsOfStore();
  const relative = email.set({ settings: { ...defaultEmailSettings, pickupFolder: 'mails' }, revision: 0 }, by('anna'));

  await expect(relative).rejects.toMatchObject({ code: 'invalid-input', details: { field: 'pickupFolder' } });
  expect(saved).toBeUndefined();
  const whole = { ...defaultEmailSettings, pickupFolder: 'C:\\Pickup' };
  expect(await email.set({ settings: whole, revision: 0 }, by('anna'))).toMatchObject({ settings: whole });
});

it('takes no settings that do not say what they are based on', () => {
  const { input } = emailContract.set;

  expect(input.safeParse({ settings: defaultEmailSettings, revision: 0 }).success).toBe(true);
  expect(input.safeParse({ settings: defaultEmailSettings }).success).toBe(false);
});

it.each([
  ['From', { from: 'MFA\r\nBcc: x@evil.example <mfa@corp.example>' }],
  ['From, behind the address', { from: 'mfa@corp.example\nBcc: x@evil.example' }],
  ['Reply-To', { replyTo: 'Help\r <help@corp.example>' }],
  ['an administrator', { administrators: ['ops@corp.example', 'Ops\u0085 <ops@corp.example>'] }],
  ['the company', { companyName: 'Contoso\r\nBcc: x@evil.example' }],
  ['the address of the User Portal', { portalUrl: 'https://mfa.corp.example/\r\nBcc:x@evil.example' }],
  ['the relay', { relay: { ...defaultEmailSettings.relay, host: 'relay.example\r\nBcc: x' } }],
  ['the user of the relay', { relay: { ...defaultEmailSettings.relay, user: 'mfa\r\nMAIL FROM:<x@evil.example>' } }],
])('takes no line break in %s', (_field, change) => {
  expect(emailContract.set.input.safeParse({ settings: { ...defaultEmailSettings, ...change }, revision: 0 }).success).toBe(false);
});
