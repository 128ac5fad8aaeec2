import { describe, expect, it } from 'vitest';
import { defaultEmailSettings, emailSettings } from '../../../../shared/contract/email.contract.ts';
import { emailProblemText } from '../../../i18n/en/email.ts';
import {
  differingFields,
  keepsClientSecret,
  keepsPassword,
  problemsOf,
  rebasedForm,
  toForm,
  toSettings,
  withSecurity,
  type EmailForm,
} from './emailForm.ts';

const blank = toForm(defaultEmailSettings);
const relay = (change: Partial<EmailForm['relay']>): EmailForm => ({ ...blank, relay: { ...blank.relay, ...change } });
const oauth = { tokenUrl: 'https://login.corp.example/token', clientId: 'app-1', scope: '' };
const oauth2 = { user: 'mfa@corp.example', auth: 'oauth2', oauth } as const;
const pin = { host: 'smtp.corp.example', port: 25, sha256: 'ab'.repeat(32) };

describe('the form of the email settings', () => {
  it('says the same as the settings that it began with, and what it says satisfies the contract', () => {
    expect(toSettings(blank)).toEqual(defaultEmailSettings);
    expect(problemsOf(blank).size).toBe(0);
    expect(emailSettings.safeParse(toSettings(blank)).success).toBe(true);
  });

  it.each<[string, EmailForm]>([
    ['relay.host', { ...blank, mode: 'relay', from: 'a@corp.example' }],
    ['relay.host', relay({ host: 'smtp://corp.example' })],
    ['relay.port', relay({ port: '25.5' })],
    ['relay.port', relay({ port: '70000' })],
    ['relay.auth', relay({ user: 'anna', auth: 'password', security: 'none' })],
    ['relay.user', relay({ user: ' ', auth: 'password' })],
    ['relay.oauth.tokenUrl', relay({ ...oauth2, oauth: { ...oauth2.oauth, tokenUrl: '' } })],
    ['relay.oauth.tokenUrl', relay({ ...oauth2, oauth: { ...oauth2.oauth, tokenUrl: 'http://localhost/token' } })],
    ['relay.oauth.clientId', relay({ ...oauth2, oauth: { ...oauth2.oauth, clientId: '' } })],
    ['domainRatePerSecond', { ...blank, domainRatePerSecond: '-1' }],
    ['domainConnections', { ...blank, domainConnections: '21' }],
    ['domainConnections', { ...blank, domainConnections: '1.5' }],
    ['recipientsPerDay', { ...blank, recipientsPerDay: '1.5' }],
    ['recipientsPerDay', { ...blank, recipientsPerDay: 'many' }],
    ['recipientsPerDay', { ...blank, recipientsPerDay: '100000001' }],
    ['relay.caPem', relay({ caPem: 'no certificate' })],
    ['pickupFolder', { ...blank, mode: 'pickup', from: 'a@corp.example' }],
    ['pickupFolder', { ...blank, pickupFolder: 'mails' }],
    ['from', { ...blank, mode: 'pickup', pickupFolder: '/var/mail' }],
    ['from', { ...blank, from: 'nobody' }],
    ['from', { ...blank, from: 'MFA <mfa@corp.example>\r\nBcc: all@corp.example' }],
    ['replyTo', { ...blank, replyTo: 'corp.example' }],
    ['portalUrl', { ...blank, portalUrl: 'file:///etc/passwd' }],
    ['administrators', { ...blank, administrators: 'anna@corp.example\nbob' }],
    ['administrators', { ...blank, administrators: Array.from({ length: 51 }, (_none, at) => `a${at}@corp.example`).join('\n') }],
    ['companyName', { ...blank, companyName: 'x'.repeat(101) }],
    ['companyName', { ...blank, companyName: 'Con\u0000toso' }],
    ['ratePerSecond', { ...blank, ratePerSecond: 'fast' }],
    ['ratePerSecond', { ...blank, ratePerSecond: '1001' }],
    ['connections', { ...blank, connections: '0' }],
    ['connections', { ...blank, connections: '' }],
  ])('finds what is wrong with %s', (field, form) => {
    expect([...problemsOf(form).keys()]).toEqual([field]);
    expect(emailProblemText(problemsOf(form).get(field)!)).toMatch(/\.$/);
  });

  it('keeps no user where nobody signs in, and everything of OAuth 2.0 without the spaces around it', () => {
    expect(toSettings(relay({ user: 'anna', auth: 'none' })).relay).toMatchObject({ user: '', auth: 'none' });
    expect(toSettings(relay({ user: ' anna ', auth: 'password' })).relay).toMatchObject({ user: 'anna', auth: 'password' });
    const typed = relay({ ...oauth2, oauth: { ...oauth, tokenUrl: ` ${oauth.tokenUrl} `, clientId: ' app-1' } });
    expect(problemsOf(typed).size).toBe(0);
    expect(toSettings(typed).relay.oauth).toEqual(oauth);
  });

  it('puts what was changed here on top of what somebody else saved, field by field', () => {
    const mine = { ...relay({ host: 'smtp.corp.example' }), companyName: 'Contoso' };
    const theirs = { ...relay({ port: '587' }), companyName: 'Theirs', mode: 'relay' as const };
    const joined = rebasedForm(blank, mine, theirs);

    expect(joined).toMatchObject({ companyName: 'Contoso', mode: 'relay', relay: { host: 'smtp.corp.example', port: '587' } });
    expect(differingFields(joined, theirs)).toEqual(['relay.host', 'companyName']);
  });

  it.each<[string, Partial<typeof oauth>, boolean]>([
    ['the same', { scope: 'mail' }, true],
    ['another token address', { tokenUrl: 'https://evil.example/token' }, false],
    ['another client', { clientId: 'app-2' }, false],
  ])('knows whether the stored client secret still belongs there: %s', (_name, change, keeps) => {
    const saved = relay(oauth2);
    expect(keepsClientSecret(relay({ ...oauth2, oauth: { ...oauth, ...change } }), saved)).toBe(keeps);
  });

  it('needs a relay and a sender for a test, also while mails are held', () => {
    expect([...problemsOf(blank, { isTest: true }).keys()]).toEqual(['relay.host', 'from']);
  });

  it('names the address that is none', () => {
    expect(emailProblemText(problemsOf({ ...blank, administrators: 'a@corp.example, bob' }).get('administrators')!)).toContain('“bob”');
  });

  it('takes addresses of administrators on lines of their own or separated', () => {
    const { administrators } = toSettings({ ...blank, administrators: ' a@corp.example \n\n"Doe, B" <b@corp.example>; c@corp.example' });
    expect(administrators).toEqual(['a@corp.example', '"Doe, B" <b@corp.example>', 'c@corp.example']);
  });

  it('brings the usual port of another security, but keeps one that was chosen', () => {
    expect(withSecurity(blank.relay, 'tls').port).toBe('465');
    expect(withSecurity({ ...blank.relay, port: '2525' }, 'tls').port).toBe('2525');
  });

  it('does not trust a certificate for another relay than it was trusted for', () => {
    expect(toSettings(relay({ host: 'SMTP.corp.example', pins: [pin] })).relay.pins).toEqual([pin]);
    expect(toSettings(relay({ host: 'other.corp.example', pins: [pin] })).relay.pins).toEqual([]);
  });

  it.each<[string, Partial<EmailForm['relay']>, boolean]>([
    ['the same', {}, true],
    ['the same in capitals', { host: 'SMTP.CORP.EXAMPLE' }, true],
    ['another host', { host: 'evil.example' }, false],
    ['another port', { port: '26' }, false],
    ['another security', { security: 'tls' }, false],
    ['another user', { user: 'bob' }, false],
  ])('knows whether the stored password still belongs to the relay: %s', (_name, change, keeps) => {
    const saved = relay({ host: 'smtp.corp.example', user: 'anna', auth: 'password' });
    expect(keepsPassword({ ...saved, relay: { ...saved.relay, ...change } }, saved)).toBe(keeps);
  });
});
