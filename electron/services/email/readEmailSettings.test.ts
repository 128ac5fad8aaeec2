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
