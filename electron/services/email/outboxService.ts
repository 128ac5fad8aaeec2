import type { Implementation } from '../../../shared/contract/define.ts';
import type { EmailSettings } from '../../../shared/contract/email.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { mostMails, type outboxContract } from '../../../shared/contract/outbox.contract.ts';
import type { UserTarget } from '../../../shared/contract/userCommands.ts';
import type { MailDecision } from '../../../shared/email/decideMail.ts';
import type { NoMailReason } from '../../../shared/email/mailReasons.ts';
import { renderMail } from '../../../shared/email/renderMail.ts';
import type { Call, JobStarter } from '../../runtime/call.ts';
import type { MailMaker } from './mailMaker.ts';
import { readDayLimit } from './dayLimit.ts';
import { lastDay } from './lastDay.ts';
import type { MailReader, OutboxStore } from './outboxPorts.ts';
import { writeBehind } from './writeBehind.ts';

export interface OutboxPorts {
  readonly store: OutboxStore;
  /** As the store does it; this thread does something else meanwhile. */
  readonly add: OutboxStore['add'];
  readonly maker: MailMaker;
  readonly jobs: JobStarter;
  settings(): EmailSettings;
  /** Whom a target means, each once. */
  idsOf(target: UserTarget, signal: AbortSignal): Promise<Uint32Array>;
  /** Some users; those who are no more are left out. */
  readUsers(ids: readonly number[]): MailReader[];
  /** Lets everything else have its turn. */
  pause(): Promise<void>;
  now(): number;
  /** Mails were added or changed: whoever sends should look. */
  changed(): void;
  /** How many users of a campaign wait for a decision. */
  countIntents(campaign: string): Promise<number>;
}

interface MailRequest {
  readonly target: UserTarget;
  readonly template?: string | undefined;
}

const atOnce = 250;
const dayMs = 24 * 60 * 60 * 1000;
const sampleSize = 20;
/** Shown in place of a PIN. */
const hidden = '••••';

/** Mails that wait, go and went. */
export function createOutboxService(ports: OutboxPorts): Implementation<typeof outboxContract, Call> {
  const { store, maker, now } = ports;

  async function* readers(target: UserTarget, signal: AbortSignal): AsyncGenerator<{ users: MailReader[]; done: number; total: number }> {
    const ids = await ports.idsOf(target, signal);
    for (let at = 0; at < ids.length; at += atOnce) {
      signal.throwIfAborted();
      const chunk = Array.from(ids.subarray(at, at + atOnce));
      yield { users: ports.readUsers(chunk), done: at + chunk.length, total: ids.length };
      await ports.pause();
    }
  }

  /** Counted before the first is made: all that were confirmed, or none. */
  async function requireAtMost(most: number, { target, template }: MailRequest, signal: AbortSignal): Promise<void> {
    let mails = 0;
    for await (const { users } of readers(target, signal))
      mails += users.filter((user) => maker.decide(user, template).template !== null).length;
    if (mails <= most) return;
    const message = `There would be ${mails.toLocaleString('en-US')} mails by now, and ${most.toLocaleString('en-US')} were confirmed. None was made; look at the preview again.`;
    throw new AppError('changed-meanwhile', message, { details: { mails, confirmed: most } });
  }

  async function changing(work: Promise<number>): Promise<{ count: number }> {
    const count = await work;
    if (count > 0) ports.changed();
    return { count };
  }

  return {
    async plan({ target, template }, { signal }) {
      const byTemplate = new Map<string, number>();
      const none = new Map<NoMailReason, number>();
      const sample: ({ username: string; to: string } & MailDecision)[] = [];
      let mails = 0;
      for await (const { users } of readers(target, signal)) {
        for (const user of users) {
          const decision = maker.decide(user, template);
          if (decision.template !== null) {
            mails += 1;
            byTemplate.set(decision.template, (byTemplate.get(decision.template) ?? 0) + 1);
          } else none.set(decision.reason, (none.get(decision.reason) ?? 0) + 1);
          if (sample.length < sampleSize) sample.push({ username: user.username, to: '', ...decision });
        }
      }
      return {
        mails,
        byTemplate: [...byTemplate].map(([id, count]) => ({ template: id, count })),
        none: [...none].map(([reason, count]) => ({ reason, count })),
        sample,
      };
    },

    async send({ target, template, atMost }, call) {
      const settings = ports.settings();
      maker.requireReady(settings, template);
      // Held from the first moment on where mails are held: nothing is between.
      const state = settings.mode === 'hold' ? 'held' : 'queued';
      const jobId = await ports.jobs.start(call, {
        kind: 'mails-queue',
        subject: template ?? '',
        async run(context) {
          const campaign = context.jobId;
          if (atMost !== undefined) await requireAtMost(atMost, { target, template }, context.signal);
          async function* parts() {
            for await (const { users, done, total } of readers(target, context.signal))
              yield { ...(await maker.makeFor(users, campaign, (user) => maker.decide(user, template))), done, total };
          }
          await writeBehind(parts(), async ({ mails, none, done, total }) => {
            await ports.add(mails, state, now());
            context.itemsNoted(none);
            context.progress({ phase: 'mails-queue', done, total });
            ports.changed();
          });
        },
      });
      return { jobId };
    },

    ofJob: async ({ jobId }) => ({ mails: store.countOf(jobId), waiting: await ports.countIntents(jobId) }),

    list: (window) => store.list(window),
    count: async (selection) => ({ count: await store.count(selection) }),
    idsAt: async ({ ranges, ...selection }) => ({ ids: await store.idsAt(selection, ranges, mostMails) }),
    placesOf: async ({ ids, ...selection }) => ({ places: await store.placesOf(selection, ids) }),

    async get({ id }) {
      const found = store.get(id);
      if (!found) throw new AppError('not-found', `There is no mail ${id}.`);
      const { row, mail, history } = found;
      const { subject, text, html } = renderMail(mail.source, { ...mail.values, ...(mail.pin && { pin: hidden }) }, mail.language);
      return { ...row, subject, text, html, messageId: mail.messageId, history };
    },

    retry: ({ target }) => changing(store.retry(target, now())),
    cancel: ({ target }) => changing(store.cancel(target, now())),
    async release({ target }) {
      const settings = ports.settings();
      maker.requireReady(settings, undefined);
      if (settings.relay.host === '' && settings.pickupFolder === '')
        throw new AppError('mail-not-ready', 'There is neither a relay nor a pickup folder to which a released mail could go.');
      return changing(store.release(target, now()));
    },

    affected: ({ action, target }) => store.affected(action, target),
    lastDay: () => Promise.resolve({ hours: lastDay(store, now()) }),

    async stats() {
      const settings = ports.settings();
      return {
        states: store.counts(),
        sentLastDay: store.sentSince(now() - dayMs),
        trouble: store.trouble(),
        dayLimit: readDayLimit(store, settings, now()),
        mode: settings.mode,
      };
    },
  };
}
