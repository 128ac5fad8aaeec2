import type { SQLOutputValue } from 'node:sqlite';
import type { MailState, OutboxMail } from '../../../shared/contract/outbox.contract.ts';
import type { MailAttachment, MailFormat } from '../../../shared/email/templateContent.ts';
import type { MailValues } from '../../../shared/email/variables.ts';
import type { StoredMail } from '../../services/email/outboxPorts.ts';

type Row = Readonly<Record<string, SQLOutputValue>>;
const text = (row: Row, name: string) => String(row[name] ?? '');

export const mailColumns = `m.id, m.message_id, m.campaign, m.user_id, m.username, m.to_name, m.to_address, m.merge_values, m.pin, m.pin_record,
  m.state, m.created_at, m.updated_at, m.due_at, m.attempts, m.reply, c.template, c.language, c.subject, c.body,
  c.format, c.from_mailbox, c.cc, c.bcc, c.attachments, c.recipients`;
/** What a line of the list shows. */
export const listColumns = `m.id, m.state, c.template, c.language, m.username, m.to_address, m.created_at, m.updated_at, m.due_at, m.attempts, m.reply`;
export const mailTable = 'mails m JOIN mail_contents c ON c.id = m.content_id';

export function toStoredMail(row: Row): StoredMail {
  return {
    id: Number(row['id']),
    messageId: text(row, 'message_id'),
    campaign: text(row, 'campaign'),
    userId: Number(row['user_id']),
    username: text(row, 'username'),
    toName: text(row, 'to_name'),
    toAddress: text(row, 'to_address'),
    template: text(row, 'template'),
    language: text(row, 'language'),
    source: {
      subject: text(row, 'subject'),
      body: text(row, 'body'),
      format: text(row, 'format') as MailFormat,
      from: text(row, 'from_mailbox'),
      cc: text(row, 'cc'),
      bcc: text(row, 'bcc'),
      attachments: JSON.parse(text(row, 'attachments')) as MailAttachment[],
    },
    values: JSON.parse(text(row, 'merge_values')) as MailValues,
    pin: row['pin'] ? { sealed: row['pin'] as Uint8Array, record: text(row, 'pin_record') } : null,
    createdAt: Number(row['created_at']),
    attempts: Number(row['attempts']),
    recipients: Number(row['recipients']),
  };
}

export function toOutboxMail(row: Row): OutboxMail {
  const state = text(row, 'state') as MailState;
  return {
    id: Number(row['id']),
    state,
    template: text(row, 'template'),
    language: text(row, 'language'),
    username: text(row, 'username'),
    to: text(row, 'to_address'),
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
    dueAt: state === 'queued' || state === 'deferred' ? Number(row['due_at']) : null,
    attempts: Number(row['attempts']),
    reply: text(row, 'reply'),
  };
}
