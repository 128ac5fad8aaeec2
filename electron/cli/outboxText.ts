import type { DayLimit, DeliveryTrouble, MailAttempt, MailState, OutboxMail } from '../../shared/contract/outbox.contract.ts';
import type { NoMailReason } from '../../shared/email/mailReasons.ts';
import { emailText } from './emailText.ts';
import { formatNumber } from './formatNumber.ts';

const mails = (count: number): string => `${formatNumber(count)} ${count === 1 ? 'mail' : 'mails'}`;
const time = (at: number): string => new Date(at).toISOString().replace('T', ' ').slice(0, 19);

/** What the command line says about mails that wait, go and went. */
export const outboxText = {
  whom: 'Say whom to mail: --user NAME…, --where FILTER, or --everybody.',
  confirm: (count: number) => `These are ${mails(count)}, which cannot be taken back once they have gone. To go on, add --confirm ${count}`,
  noId: (word: string) => `"${word}" is not the id of a mail.`,
  plan: ({
    mails: count,
    byTemplate,
    none,
  }: {
    mails: number;
    byTemplate: readonly { template: string; count: number }[];
    none: readonly { reason: NoMailReason; count: number }[];
  }) =>
    [
      `Preview: nothing was sent. ${mails(count)} would be sent.`,
      ...byTemplate.map((one) => `  ${formatNumber(one.count)}  ${one.template}`),
      ...none.map((one) => `  ${formatNumber(one.count)}  get none: ${emailText.reason(one.reason)}`),
    ].join('\n'),
  queued: (count: number, without: number, items: readonly { item: string; text: string }[], mode: string) =>
    [
      mode === 'hold' ? `${mails(count)} held. Release them with: mfactl outbox release --all` : `${mails(count)} put into the outbox.`,
      ...(without > 0 ? [`${formatNumber(without)} without a mail:`, ...items.map(({ item, text }) => `  ${item}: ${text}`)] : []),
    ].join('\n'),
  shown: (shown: number, total: number) => `${formatNumber(shown)} of ${mails(total)}.`,
  mail: (mail: OutboxMail & { subject: string; text: string; messageId: string; history: readonly MailAttempt[] }) =>
    [
      `State: ${mail.state}${mail.dueAt === null ? '' : `, due ${time(mail.dueAt)} UTC`}`,
      `To: ${mail.to} (${mail.username})`,
      `Template: ${mail.template}, ${mail.language}`,
      `Message-ID: ${mail.messageId}`,
      ...mail.history.map(({ at, outcome, reply }) => `${time(at)}  ${outcome}  ${reply}`),
      '',
      `Subject: ${mail.subject}`,
      '',
      mail.text.trimEnd(),
    ].join('\n'),
  changed: (done: string, count: number) => `${done}: ${mails(count)}.`,
  stats: ({
    states,
    sentLastDay,
    trouble,
    dayLimit,
  }: {
    states: readonly { state: MailState; count: number }[];
    sentLastDay: number;
    trouble: DeliveryTrouble | null;
    dayLimit: DayLimit | null;
  }) =>
    [
      ...(trouble
        ? [`Nothing goes out since ${time(trouble.since)} UTC: ${trouble.message} Next try ${time(trouble.nextTryAt)} UTC.`]
        : []),
      ...(dayLimit && dayLimit.nextAt !== null
        ? [`Mails wait for the limit of recipients in 24 hours. The next goes ${time(dayLimit.nextAt)} UTC.`]
        : []),
      ...(states.length === 0 ? ['The outbox is empty.'] : states.map(({ state, count }) => `${state.padEnd(10)} ${formatNumber(count)}`)),
      `sent in the last 24 hours: ${formatNumber(sentLastDay)}`,
      ...(dayLimit ? [`recipients in the last 24 hours: ${formatNumber(dayLimit.recipients)} of ${formatNumber(dayLimit.perDay)}`] : []),
    ].join('\n'),
};
