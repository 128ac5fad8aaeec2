import { expect } from 'vitest';
import { DatabaseSync } from 'node:sqlite';
import { defaultEmailSettings, type EmailSettings } from '../../../shared/contract/email.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { MailState } from '../../../shared/contract/outbox.contract.ts';
import { startDispatcher, type Dispatcher } from '../../services/email/dispatcher.ts';
import type { Handover } from '../../services/email/mailPorts.ts';
import type { MailStep, NewMail } from '../../services/email/outboxPorts.ts';
import { contentOf } from '../../../shared/email/templateContent.ts';
import { mailTables } from '../migrations/0001_mail.ts';
import { mailTemplateTables } from '../migrations/0002_mail_templates.ts';
import { mailHours } from '../migrations/0003_mail_hours.ts';
import { mailLists } from '../migrations/0004_mail_lists.ts';
import { mailMinutes } from '../migrations/0005_mail_minutes.ts';
import { createOutboxRepository } from './outboxRepository.ts';

export const start = Date.UTC(2026, 0, 5);
export const accepted: Handover = { kind: 'accepted', reply: '250 2.0.0 Ok' };
export const refused = (reply: string, about: 'mail' | 'relay' = 'mail'): Handover => ({
  kind: 'refused',
  permanent: reply.startsWith('5'),
  about,
  reply,
});
export const lost = new AppError('connection-lost', 'The server closed the connection.');
const tooMany = new AppError('relay-refused', 'The relay refuses: 421 4.7.0 Too many connections', {
  details: { reply: '421 4.7.0 Too many connections' },
});

export function mailTo(number: number, changes: Partial<NewMail> = {}): NewMail {
  return {
    messageId: `<${number}@mfa.test>`,
    campaign: 'first',
    userId: number,
    username: `user${number}`,
    toName: '',
    toAddress: `user${number}@corp.example`,
    template: 'call-pin-new-user',
    language: 'en',
    source: contentOf({ subject: 'Hello', body: 'Hello\n\nPIN: <$pin$>' }),
    values: {},
    pin: null,
    ...changes,
  };
}

/** An outbox with a clock that is set by hand and a relay that answers as it is told. */
export function createOutbox(changes: Partial<EmailSettings> = {}) {
  const database = new DatabaseSync(':memory:');
  database.exec(mailTables);
  database.exec(mailTemplateTables);
  database.exec(mailHours);
  database.exec(mailLists);
  database.exec(mailMinutes);
  const store = createOutboxRepository(database);
  const state = {
    now: start,
    settings: {
      ...defaultEmailSettings,
      from: 'mfa@corp.example',
      mode: 'relay' as EmailSettings['mode'],
      ratePerSecond: 0,
      relay: { ...defaultEmailSettings.relay, host: 'relay.test' },
      ...changes,
    },
    answer: (_to: string): Handover => accepted,
    commit: (steps: readonly MailStep[]): boolean[] => store.carryOut(steps),
    mayDeliver: true,
    isDown: false,
    opened: 0,
    open: 0,
    mostOpen: Infinity,
    sent: [] as { to: string; text: string }[],
    mailed: [] as number[],
    logged: 0,
  };
  let dispatcher: Dispatcher | undefined;
  return {
    database,
    store,
    state,
    begin(sender = 'this process') {
      dispatcher = startDispatcher({
        store,
        steps: { commit: async (steps) => state.commit(steps) },
        settings: () => state.settings,
        mayDeliver: () => state.mayDeliver,
        compose: ({ text, messageId }) => Promise.resolve(Buffer.from(`${messageId} ${text}`)),
        pace: { book: () => 0 },
        sender,
        openRelay() {
          state.opened += 1;
          if (state.isDown) return Promise.reject(lost);
          if (state.open >= state.mostOpen) return Promise.reject(tooMany);
          state.open += 1;
          let offered = '';
          return Promise.resolve({
            offer({ to }, message) {
              if (offered !== '') throw new Error(`The mail to ${offered} has not ended.`);
              offered = to;
              return {
                async handOver() {
                  state.sent.push({ to, text: Buffer.from(message).toString() });
                  // Other connections are opened meanwhile.
                  await new Promise((resolve) => setImmediate(resolve));
                  offered = '';
                  return state.answer(to);
                },
              };
            },
            checkSender: () => Promise.resolve('250'),
            close: () => Promise.resolve(void (state.open -= 1)),
            destroy: () => void (state.open -= 1),
          });
        },
        files: { read: ({ name }) => Promise.reject(new AppError('attachment-missing', `The attachment "${name}" is not there.`)) },
        drop: (_folder, name) => Promise.resolve({ kind: 'accepted', reply: `Written to ${name}` }),
        openPin: ({ pin }) => Promise.resolve(Buffer.from(pin!.sealed).toString().replace('sealed ', '')),
        pinMailed: (userId) => Promise.resolve(void state.mailed.push(userId)),
        now: () => state.now,
        ticks: () => state.now,
        random: () => 0.5,
        wait: () => Promise.resolve(),
        changed: () => undefined,
        log: () => void (state.logged += 1),
      });
      return dispatcher;
    },
    wake: () => dispatcher?.wake(),
    stateOf: (id: number) => store.get(id)?.row.state,
    /** Waits until there are so many of a state; nudges the dispatcher as a change would. */
    async until(name: MailState, count: number) {
      const counted = () => (dispatcher?.wake(), store.counts().find((one) => one.state === name)?.count ?? 0);
      await expect.poll(counted, { timeout: 10_000 }).toBe(count);
    },
    async stop() {
      await dispatcher?.stop();
      database.close();
    },
  };
}
