import { describe, expect, it, test } from 'vitest';
import { decideMail, type MailedUser, type MailQuestion } from './decideMail.ts';

const anna: MailedUser = {
  username: 'anna@corp.example',
  email: 'anna.miller@corp.example',
  method: 'call',
  mode: 'pin',
  enabled: true,
  complete: true,
};
const signedIn = { enabled: true, complete: true };

function ask(changes: Partial<MailQuestion>, user: Partial<MailedUser> = {}) {
  const decision = decideMail({
    sendEmails: true,
    action: { sendEmail: true, scope: 'new-and-updated-users' },
    before: signedIn,
    mailedChange: true,
    canEnroll: true,
    ...changes,
    after: { ...anna, ...user },
  });
  return `${decision.template ?? 'none'}: ${decision.reason}`;
}

describe('which mail a user gets', () => {
  const newOnly = { sendEmail: true, scope: 'new-users' } as const;

  test.each<[string, Partial<MailQuestion>, Partial<MailedUser>, string]>([
    ['mails are switched off', { sendEmails: false }, {}, 'none: switched-off'],
    ['the action does not mail', { action: { ...newOnly, sendEmail: false } }, {}, 'none: not-wanted'],
    ['no address at all', {}, { email: '', username: 'anna' }, 'none: no-address'],
    ['an address that no relay takes', {}, { email: 'änna@corp.example' }, 'none: address-not-valid'],
    ['disabled', { before: null }, { enabled: false }, 'none: disabled'],
    ['new', { before: null }, {}, 'call-pin-new-user: can-sign-in-now'],
    ['enabled now', { before: { enabled: false, complete: true } }, {}, 'call-pin-new-user: can-sign-in-now'],
    ['completed now', { before: { enabled: true, complete: false } }, {}, 'call-pin-new-user: can-sign-in-now'],
    ['new, where only new ones are mailed', { before: null, action: newOnly }, {}, 'call-pin-new-user: can-sign-in-now'],
    ['new and incomplete', { before: null }, { complete: false }, 'call-pin-user-enrollment: must-enroll'],
    [
      'incomplete as before, where only new ones are mailed',
      { before: { enabled: true, complete: false }, action: newOnly },
      { complete: false },
      'none: updates-not-mailed',
    ],
    ['incomplete as before', { before: { enabled: true, complete: false } }, { complete: false }, 'call-pin-user-enrollment: must-enroll'],
    ['incomplete without a portal', { before: null, canEnroll: false }, { complete: false }, 'none: incomplete-without-portal'],
    ['incomplete and disabled', { before: null }, { complete: false, enabled: false }, 'none: disabled'],
    ['nothing changed that is mailed', { mailedChange: false }, {}, 'none: nothing-mailed-changed'],
    ['changed', {}, {}, 'call-pin-updated-user: data-changed'],
    ['changed, where only new ones are mailed', { action: newOnly }, {}, 'none: updates-not-mailed'],
    ['changed, by a method without such a mail', {}, { method: 'app', mode: 'standard' }, 'none: no-template'],
    ['two-way message', { before: null }, { method: 'text', mode: 'two-way-otp-pin' }, 'text-two-way-otp-pin-new-user: can-sign-in-now'],
    ['token', { before: null }, { method: 'oath', mode: 'token' }, 'oath-token-new-user: can-sign-in-now'],
  ])('%s', (_case, changes, user, expected) => {
    expect(ask(changes, user)).toBe(expected);
  });

  it('goes to the username where that is the only address', () => {
    const after = { ...anna, email: ' ' };

    expect(
      decideMail({
        sendEmails: true,
        action: newOnly,
        before: null,
        after,
        mailedChange: false,
        canEnroll: false,
      }),
    ).toMatchObject({ to: 'anna@corp.example' });
  });
});
