import { join } from 'node:path';
import MailComposer from 'nodemailer/lib/mail-composer';
import { expect, test } from 'vitest';
import { renderMail } from '../../../shared/email/renderMail.ts';
import { sampleValues } from '../../../shared/email/sampleValues.ts';
import { base64Lines } from './base64Lines.ts';
import { createShippedTemplates } from './mailTemplates.ts';
import { mimeBytes } from './mimeBytes.ts';

const templates = createShippedTemplates(join(import.meta.dirname, '..', '..', '..', 'assets', 'email'))();
const rendered = renderMail(templates['de']!['call-pin-new-user']!, sampleValues, 'de');
const date = new Date(Date.UTC(2026, 0, 5));

/** The root of a mail; the same twice, since writing the headers changes it. */
function compiled({ text, html }: { text: string; html: string }) {
  const from = { name: 'Jürgen, "MFA"', address: 'mfa@bücher.example' };
  const fixed = { encoding: 'quoted-printable', newline: 'win', baseBoundary: 'b', messageId: '<1@mfa.example>', date } as const;
  return new MailComposer({
    from,
    to: '山田 <y@corp.example>',
    subject: 'Grüße '.repeat(20),
    text,
    ...(html && { html }),
    ...fixed,
  }).compile();
}

test.each([
  ['a mail that ships', rendered],
  ['plain text alone', { text: rendered.text, html: '' }],
  ['no line break at the end', { text: 'a', html: '<p>a</p>' }],
  ['nothing in it', { text: '', html: '<p>a</p>' }],
  ['spaces and tabs before line breaks', { text: 'a \nb\t\n \n\n', html: '<p> \n</p> ' }],
  ['lone carriage returns and CRLF', { text: 'a\rb\r\nc\n\rd\r', html: 'x\r' }],
  [
    'lines that are long',
    { text: `${'ü'.repeat(2000)} ${'='.repeat(300)}`, html: `<p>${'x'.repeat(75)} \n${'y'.repeat(76)}\n${'z'.repeat(77)}</p>` },
  ],
  ['lines that begin with dots', { text: '.\n..\n.a\n', html: '.' }],
  ['characters beyond the first plane', { text: '😀'.repeat(60), html: '\u2028\u0085' }],
])('%s is written byte for byte as nodemailer writes it', async (_what, parts) => {
  const theirs = await compiled(parts).build();

  expect(Buffer.from(mimeBytes(compiled(parts))).toString('latin1')).toBe(theirs.toString('latin1'));
});

test('attachments too, whatever they are called', async () => {
  const contents = [Buffer.alloc(0), Buffer.from('a'), Buffer.alloc(57 * 3, 'ü'), Buffer.alloc(100_000, 'abc')];
  const compile = () =>
    new MailComposer({
      ...{ from: 'a@b.example', to: 'c@d.example', subject: 'S', text: 'Hello\n', html: '<p>Hello</p>' },
      ...{ encoding: 'quoted-printable', newline: 'win', baseBoundary: 'b', messageId: '<1@mfa.example>', date },
      attachments: contents.map((content, index) => ({
        content,
        filename: ['Grüße aus 山田.pdf', 'a.txt', 'page.html', 'no extension'][index],
        contentTransferEncoding: 'base64' as const,
      })),
    }).compile();
  const encoded = new Map<unknown, Uint8Array>();
  for (const content of contents) encoded.set(content, await base64Lines(content));

  const theirs = await compile().build();

  expect(Buffer.from(mimeBytes(compile(), encoded)).toString('latin1')).toBe(theirs.toString('latin1'));
});
