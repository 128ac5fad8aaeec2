import { describe, expect, it, test } from 'vitest';
import { defaultCompanySettings } from '../../../shared/contract/companySettings.ts';
import { defaultEmailSettings, type EmailSettings } from '../../../shared/contract/email.contract.ts';
import { contentOf } from '../../../shared/email/templateContent.ts';
import { mailTemplates } from '../../../shared/email/templates.ts';
import { contentProblems, languageProblems, settingsProblems } from './mailProblems.ts';

const good: EmailSettings = {
  ...defaultEmailSettings,
  ...{ from: 'mfa@corp.example', portalUrl: 'https://mfa.corp.example', administrators: ['ops@corp.example'] },
};

describe('what is wrong with the settings of mails', () => {
  it('is nothing where all is set', () => {
    expect(settingsProblems(good)).toEqual([]);
  });

  test.each<[change: Partial<EmailSettings>, severity: string, text: RegExp]>([
    [{ from: '' }, 'error', /^From is not set/],
    [{ mode: 'relay' }, 'error', /^The relay has no host/],
    [{ mode: 'pickup' }, 'error', /^The pickup folder is not set/],
    [{ portalUrl: '' }, 'warning', /^The User Portal URL is not set/],
    [{ portalUrl: 'http://mfa.corp.example' }, 'warning', /is not encrypted/],
    [{ administrators: [] }, 'warning', /^No administrator has an address/],
    [{ sendEmails: false }, 'warning', /^Send emails to users is off/],
  ])('is said of %j', (change, severity, text) => {
    expect(settingsProblems({ ...good, ...change })).toEqual([
      expect.objectContaining({ severity, text: expect.stringMatching(text) as string }),
    ]);
  });
});

describe('languages in which mails are lacking', () => {
  const { userDefaults } = defaultCompanySettings;
  const speaking = (call: string) => ({ ...userDefaults, languages: { ...userDefaults.languages, call } });
  const whole = Object.fromEntries(mailTemplates.map(({ id }) => [id, contentOf({ subject: 'S', body: 'B' })]));

  it('are said: the one of new users, and those of which some mails are written', () => {
    expect(languageProblems({ en: whole }, speaking('en'))).toEqual([]);
    expect(languageProblems({ en: whole, de: whole, 'de-AT': {} }, speaking('de-CH'))).toEqual([]);
    expect(languageProblems({ en: whole }, speaking('it')).map(({ language }) => language)).toEqual(['it']);
    expect(languageProblems({ en: whole, pl: { 'test-mail': whole['test-mail']! } }, speaking('en')).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^26 of 27 mails are not written in "pl"/),
    ]);
  });
});

test('a problem of a mail is said with its place, and an error is told from what is only doubtful', () => {
  const content = contentOf({ subject: 'Hello <$name$>', body: 'Hello\n <$pni$>\n\nwww.corp.example' });
  const problems = contentProblems({ template: 'call-pin-new-user', language: 'de' }, content, () => true);

  expect(problems.map(({ severity, field, line, column, text }) => `${severity} ${field} ${line}:${column} ${text.slice(0, 40)}`)).toEqual([
    'error body 2:2 There is no variable <$pni$>. Known here',
    'warning body 4:1 www.corp.example is no link that a mail ',
  ]);
});
