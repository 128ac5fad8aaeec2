import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ComposedFrom } from '../../services/email/mailPorts.ts';
import { base64Lines } from './base64Lines.ts';
import { controlCharacter } from '../../../shared/lib/controlCharacter.ts';

/**
 * Writes a mail with both parts, as RFC 5322 and RFC 2045 to 2047 want it. The same parts make the same bytes: boundaries come from the
 * Message-ID. Loads neither files nor addresses. Rejects with `invalid-input` when a header would carry a control character:
 * who can put a line break into a header can write mails of his own.
 */
export async function composeMail(parts: ComposedFrom): Promise<Uint8Array> {
  const { from, replyTo, to, cc = [], bcc = [], subject, text, html, attachments = [], language, messageId, date } = parts;
  const headers = { from, to, ...(replyTo && { replyTo }) };
  const addresses = [...Object.values(headers), ...cc, ...bcc].flatMap(({ name, address }) => [name, address]);
  for (const value of [...addresses, ...attachments.map(({ name }) => name), subject, messageId, language]) {
    if (controlCharacter.test(value)) throw new AppError('invalid-input', 'A header of a mail must not contain control characters.');
  }
  // Loaded with the first mail: a host that sends none need not wait for it when it starts.
  const [{ default: MailComposer }, { mimeBytes }] = await Promise.all([import('nodemailer/lib/mail-composer'), import('./mimeBytes.ts')]);
  const files = await Promise.all(
    attachments.map(async ({ name, content }) => ({
      name,
      content: Buffer.from(content.buffer, content.byteOffset, content.length),
      encoded: await base64Lines(content),
    })),
  );
  const composer = new MailComposer({
    ...headers,
    subject,
    text,
    ...(cc.length > 0 && { cc: [...cc] }),
    ...(bcc.length > 0 && { bcc: [...bcc] }),
    ...(html !== '' && { html }),
    attachments: files.map(({ name, content }) => ({
      filename: name,
      content,
      contentTransferEncoding: 'base64' as const,
      // A mail as an attachment must not be in base64 (RFC 2046 section 5.2.1), so it is a file like any other.
      ...(/\.(?:eml|mime|mht|mhtml)$/i.test(name) && { contentType: 'application/octet-stream' }),
    })),
    messageId,
    date: new Date(date),
    headers: {
      'Content-Language': language,
      // Neither out-of-office notes nor receipts are wanted: RFC 3834 section 5, and Exchange's own word for it.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
    encoding: 'quoted-printable',
    newline: 'win',
    baseBoundary: createHash('sha256').update(messageId).digest('hex').slice(0, 24),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const mail = composer.compile();
  mail.keepBcc = bcc.length > 0;
  return mimeBytes(mail, new Map(files.map(({ content, encoded }) => [content, encoded])));
}
