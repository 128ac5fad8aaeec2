import { expect, test } from 'vitest';
import { defaultEmailSettings } from '../../../shared/contract/email.contract.ts';
import { readEmailSettings } from './readEmailSettings.ts';

test.each([
  ['relay@corp.example', 'password'],
  ['', 'none'],
])('settings of an earlier version, with the user “%s”, sign in as before: %s', (user, auth) => {
  const { auth: _auth, oauth: _oauth, ...earlier } = { ...defaultEmailSettings.relay, user };

  expect(readEmailSettings({ ...defaultEmailSettings, relay: earlier }).relay).toEqual({ ...defaultEmailSettings.relay, user, auth });
});

test('what an earlier version took and nobody can use is empty now, and the rest is as it was saved', () => {
  const relay = { ...defaultEmailSettings.relay, host: 'relay\r\nX', user: 'mfa\u0000', port: 587 };
  const earlier = {
    ...{ ...defaultEmailSettings, from: 'mfa@exa_mple.example', replyTo: 'Help <help@corp.example/x>', companyName: 'Contoso', relay },
    administrators: ['ops@corp.example', 'ops@exa_mple.example'],
  };

  expect(readEmailSettings(earlier)).toEqual({
    ...{ ...defaultEmailSettings, companyName: 'Contoso', administrators: ['ops@corp.example'] },
    relay: { ...defaultEmailSettings.relay, port: 587 },
  });
  expect(() => readEmailSettings({ ...earlier, mode: 'everywhere' })).toThrow('cannot be read');
});
