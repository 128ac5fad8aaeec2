import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { describe, expect, it, test } from 'vitest';
import { checkTemplate } from '../../../shared/email/checkTemplate.ts';
import { renderMail } from '../../../shared/email/renderMail.ts';
import { samplePortalUrl, sampleValues } from '../../../shared/email/sampleValues.ts';
import { allowedVariables, mailTemplates } from '../../../shared/email/templates.ts';
import { composeMail } from './composeMail.ts';
import { createShippedTemplates } from './mailTemplates.ts';

const templates = createShippedTemplates(join(import.meta.dirname, '..', '..', '..', 'assets', 'email'));
const parts = {
  from: { name: 'MFA', address: 'mfa@corp.example' },
  replyTo: null,
  to: { name: 'Anna Miller', address: 'anna@corp.example' },
  subject: 'Hello',
  text: 'Hello\n',
  html: '<p>Hello</p>',
  language: 'en',
  messageId: '<1@mfa.example>',
  date: Date.UTC(2026, 0, 5),
};

describe('a composed mail', () => {
  it('arrives with both parts and the headers of a mail that no person wrote', async () => {
    const mail = await simpleParser(Buffer.from(await composeMail({ ...parts, replyTo: { name: '', address: 'help@corp.example' } })));

    expect(mail).toMatchObject({ subject: 'Hello', text: 'Hello\n', html: '<p>Hello</p>', messageId: '<1@mfa.example>' });
    expect(mail.date?.getTime()).toBe(parts.date);
    expect(mail.replyTo?.value).toEqual([{ name: '', address: 'help@corp.example' }]);
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.headers.get('content-language')).toBe('en');
  });

  it('is the same bytes each time', async () => {
    expect(await composeMail(parts)).toEqual(await composeMail(parts));
  });

  test.each(['Müller, "Jürgen" <x@evil.example>', '山田 太郎', 'a@b.example, c@d.example', 'Ö'.repeat(200), 'semi; colon: (comment) \\'])(
    'keeps the display name %j to the one address',
    async (name) => {
      const mail = await simpleParser(Buffer.from(await composeMail({ ...parts, to: { name, address: 'anna@corp.example' } })));

      expect([mail.to].flat().map((to) => to?.value)).toEqual([[{ name, address: 'anna@corp.example' }]]);
    },
  );

  test.each([
    ['a display name', { to: { name: 'Anna\r\nBcc: x@evil.example', address: 'anna@corp.example' } }],
    ['an address', { to: { name: '', address: 'anna@corp.example>\r\nBcc: <x@evil.example' } }],
    ['From', { from: { name: 'A\nB', address: 'mfa@corp.example' } }],
    ['Reply-To', { replyTo: { name: '', address: 'a@b.example\u0000' } }],
    ['Cc', { cc: [{ name: 'A\r\nX: y', address: 'a@b.example' }] }],
    ['Bcc', { bcc: [{ name: '', address: 'a@b.example\r\nX: y' }] }],
    ['the name of an attachment', { attachments: [{ name: 'a\r\nX: y.txt', content: new Uint8Array(1) }] }],
    ['a separator of lines that is none of ASCII', { to: { name: 'Anna\u2028Bcc: x@evil.example', address: 'anna@corp.example' } }],
    ['a subject', { subject: 'Hello\nBcc: x@evil.example' }],
    ['a Message-ID', { messageId: '<1@mfa>\r\nX: y' }],
    ['a language', { language: 'en\r\nX: y' }],
  ])('is refused when a line break in %s would make a header', async (_field, change) => {
    await expect(composeMail({ ...parts, ...change })).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('takes a mail along as a file: read as a mail of its own, it must not be in base64', async () => {
    const content = new TextEncoder().encode('Subject: Inner\r\n\r\nHi');
    const bytes = Buffer.from(await composeMail({ ...parts, attachments: [{ name: 'inner.eml', content }] }));

    expect(bytes.toString()).toMatch(/^Content-Type: application\/octet-stream; name=inner\.eml\r\nContent-Transfer-Encoding: base64\r$/m);
    expect((await simpleParser(bytes)).attachments[0]!.content.equals(content)).toBe(true);
  });

  it('has no line longer than SMTP allows, whatever it says', async () => {
    const long = 'ü'.repeat(5000);
    const bytes = Buffer.from(await composeMail({ ...parts, text: long, html: `<p>${long}</p>`, subject: long.slice(0, 200) }));

    expect(
      Math.max(
        ...bytes
          .toString('latin1')
          .split('\r\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(998);
    expect(bytes.every((byte) => byte < 128)).toBe(true);
  });
});

describe('shipped templates', () => {
  const library = templates();

  test.each(Object.keys(library))('%s: each is a template of the catalogue, can be filled in, and leaves no variable', (language) => {
    for (const [id, source] of Object.entries(library[language]!)) {
      const template = mailTemplates.find((known) => known.id === id);
      expect(template, id).toBeDefined();
      expect(checkTemplate(source, allowedVariables(template!)), id).toEqual([]);
      const mail = renderMail(source, { ...sampleValues, company_name: 'Contoso', user_portal_url: samplePortalUrl }, language);
      expect(`${mail.subject}${mail.text}`, id).not.toContain('<$');
      expect(mail.missing, id).toEqual([]);
    }
  });

  test.each(['en', 'de', 'fr', 'es'])('are complete in %s', (language) => {
    expect(Object.keys(library[language]!).toSorted()).toEqual(mailTemplates.map(({ id }) => id).toSorted());
  });

  test.each(Object.keys(library))('%s: say with the same variables what the English ones say', (language) => {
    const variables = (text: string) => [...text.matchAll(/<\$\w+\$>/g)].map(String);
    for (const [id, { subject, body }] of Object.entries(library[language]!)) {
      const english = library['en']![id]!;
      expect(variables(subject), id).toEqual(variables(english.subject));
      expect(variables(body), id).toEqual(variables(english.body));
    }
  });

  it('tell the PIN wherever there is one', () => {
    for (const template of mailTemplates.filter((known) => allowedVariables(known).includes('pin')))
      expect(library['en']![template.id]!.body, template.id).toContain('<$pin$>');
  });
});
