import { describe, expect, test } from 'vitest';
import { defaultCompanySettings } from '../../../shared/contract/companySettings.ts';
import { defaultEmailSettings } from '../../../shared/contract/email.contract.ts';
import { contentOf } from '../../../shared/email/templateContent.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import { createMailMaker, mailId } from './mailMaker.ts';
import type { MailReader } from './outboxPorts.ts';

const anna: MailReader = {
  ...{
    id: 7,
    username: 'anna',
    firstName: 'Anna',
    lastName: '',
    email: 'anna@corp.example',
    enabled: true,
    complete: true,
    hasInitialPin: true,
  },
  ...{ method: 'call', mode: 'pin', phone: '+1 425-555-0100', extension: '', backupPhone: '', backupExtension: '' },
  languages: { call: '', text: '', app: '', oath: '' },
};

/** Makes the mail of one user; `written`: the body by language, `company`: the language of those who have none. */
async function madeFor(user: MailReader, written: Record<string, string>, company = 'en', template = 'call-pin-new-user') {
  const asked: number[] = [];
  const { userDefaults } = defaultCompanySettings;
  const maker = createMailMaker({
    settings: () => ({ ...defaultEmailSettings, from: 'MFA <mfa@bücher.example>' }),
    company: () => ({
      ...defaultCompanySettings,
      userDefaults: { ...userDefaults, languages: { ...userDefaults.languages, call: company } },
    }),
    templates: () =>
      Object.fromEntries(Object.entries(written).map(([language, body]) => [language, { [template]: contentOf({ subject: 'S', body }) }])),
    serverName: 'mfa-1',
    takePin: (userId) => (asked.push(userId), Promise.resolve({ pin: new Secret('48312'), record: 'r' })),
    sealer: () => Promise.resolve({ seal: (context, secret) => Buffer.from(`${context}: ${secret.reveal().length} digits`) }),
  });
  const { mails } = await maker.makeFor([user], 'roll-out', () => ({ template, to: user.email, reason: 'can-sign-in-now' }));
  return { mail: mails[0]!, asked };
}

describe('a mail that is made', () => {
  const all = { en: 'Hello <$pin$>', de: 'Hallo <$pin$>', fr: 'Bonjour <$pin$>' };
  test.each([
    ['fr', 'de', 'fr'],
    ['de-AT', 'fr', 'de'],
    ['', 'de', 'de'],
    ['it', 'de', 'de'],
    ['it', 'it', 'en'],
  ])('for a user who speaks “%s” in a company that speaks %s is in %s', async (own, company, language) => {
    const { mail } = await madeFor({ ...anna, languages: { ...anna.languages, call: own } }, all, company);

    expect(mail).toMatchObject({ language, source: { body: all[language as 'en'] } });
  });

  test('is called the same however often it is made, by the domain of its From', async () => {
    const id = `<${mailId('roll-out', 7)}@xn--bcher-kva.example>`;

    expect([(await madeFor(anna, all)).mail.messageId, (await madeFor(anna, all)).mail.messageId]).toEqual([id, id]);
  });

  test('takes the PIN along sealed, for this mail alone, and nowhere else', async () => {
    const { mail } = await madeFor(anna, all);

    expect(Buffer.from(mail.pin!.sealed).toString()).toBe(`mailed pin ${mail.messageId}: 5 digits`);
    expect(JSON.stringify({ ...mail, pin: null })).not.toContain('48312');
  });

  test.each([
    ['does not tell it', anna, { en: 'Hello <$name$>' }, 'call-pin-new-user'],
    ['may not tell it', anna, { en: 'Hello' }, 'call-pin-user-enrollment'],
    ['is for somebody who has none', { ...anna, hasInitialPin: false }, { en: 'Hello <$pin$>' }, 'call-pin-new-user'],
  ])('leaves the PIN where it is when it %s: it would count as told', async (_what, user, written, template) => {
    const { mail, asked } = await madeFor(user, written, 'en', template);

    expect(mail.pin).toBeNull();
    expect(asked).toEqual([]);
  });
});

describe('the id of a mail', () => {
  test('is the same again for the same user of the same campaign, and another one for every other', () => {
    const ids = ['first', 'second'].flatMap((campaign) => Array.from({ length: 1_000 }, (_none, user) => mailId(campaign, user + 1)));

    expect(mailId('first', 7)).toBe(ids[6]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(mailId('first', 0xffff_ffff)).toMatch(/^[0-9a-f]{32}$/);
  });

  test('does not tell the user', () => {
    expect(mailId('first', 0x1234).endsWith('1234')).toBe(false);
  });

  test('is near that of the next user, so that a store in order writes few pages for many mails', () => {
    const beginnings = new Set(Array.from({ length: 256 }, (_none, user) => mailId('first', 0x4200 + user).slice(0, -2)));

    expect(beginnings.size).toBe(1);
  });
});
