import { z } from 'zod';
import { idsOfRows, instant, jobRef, placedIds, placeRanges, placesOfRows, window } from './common.ts';
import { command, event, query } from './define.ts';
import { deliveryModes } from './email.contract.ts';
import { mailCounts, mailVerdict } from './sendEmail.ts';
import { userTarget } from './userCommands.ts';

/**
 * `sending`: being handed over now. `sent`: the relay has taken it, or it lies in the pickup folder. `deferred`: refused for the moment,
 * tried again. `unknown`: the connection died after the whole mail was sent; nobody can tell whether the relay has it, so it is
 * not repeated without an administrator's word.
 */
export const mailStates = ['queued', 'sending', 'sent', 'deferred', 'failed', 'held', 'unknown', 'cancelled'] as const;
export type MailState = (typeof mailStates)[number];

export const outboxMail = z.object({
  id: z.number().int(),
  state: z.enum(mailStates),
  template: z.string(),
  language: z.string(),
  username: z.string(),
  to: z.string(),
  createdAt: instant,
  updatedAt: instant,
  /** When it is tried next; null where it is not. */
  dueAt: instant.nullable(),
  attempts: z.number().int(),
  /** What the relay said last, or why there is no answer. */
  reply: z.string(),
});
export type OutboxMail = z.infer<typeof outboxMail>;

export const mailAttempt = z.object({ at: instant, outcome: z.string(), reply: z.string() });
export type MailAttempt = z.infer<typeof mailAttempt>;

/** Why nothing goes out at the moment, for all mails. */
export const deliveryTrouble = z.object({ since: instant, code: z.string(), message: z.string(), nextTryAt: instant });
export type DeliveryTrouble = z.infer<typeof deliveryTrouble>;

/** How far the limit of recipients in 24 hours is used. */
const dayLimit = z.object({
  perDay: z.number().int(),
  /** To, Cc and Bcc of all mails that the relay has taken in the last 24 hours, and of those of which nobody knows. */
  recipients: z.number().int(),
  /** When the next of the mails that wait may go; null where none has to wait for the limit. */
  nextAt: instant.nullable(),
});
export type DayLimit = z.infer<typeof dayLimit>;

/** So many mails can be named at once. */
export const mostMails = 100_000;

/** Which mails are listed: all without a state. */
const mailSelection = z.object({ state: z.enum(mailStates).optional(), search: z.string().max(256).default('') });
export type MailSelection = z.output<typeof mailSelection>;

/** What can be done with mails that have not gone. */
export const mailActions = ['retry', 'cancel', 'release'] as const;
export type MailAction = (typeof mailActions)[number];

const attempts = z.number().int();
/** Attempts by what became of them. `from`: when the hour begins. */
const mailHour = z.object({ from: instant, sent: attempts, deferred: attempts, failed: attempts, unknown: attempts });
export type MailHour = z.infer<typeof mailHour>;

const target = z.union([z.object({ ids: z.array(z.number().int()).min(1).max(mostMails) }), z.object({ all: z.literal(true) })]);
const changed = z.object({ count: z.number().int() });

/** Whom to mail. Without `template` each gets the one that the rules of reference §3.4 give a user who was added now. */
const request = z.object({ target: userTarget, template: z.string().max(64).optional() });

export const outboxContract = {
  /** Who would get which mail, and who none and why. Writes and sends nothing. */
  plan: query(
    'manage',
    request,
    mailCounts.extend({
      /** The first of them. */
      sample: z.array(mailVerdict.extend({ username: z.string() })),
    }),
  ),
  /**
   * Puts mails into the outbox, as a job. A user who gets none is reported with the reason. `atMost`: how many were confirmed; if there would
   * be more by now, the job fails with `changed-meanwhile` and there are none.
   */
  send: command('manage', request.extend({ atMost: z.number().int().min(0).optional() }), jobRef),
  /** The mails of a job that changed users: how many it has put into the outbox, and how many users still wait for a decision. */
  ofJob: query('read', jobRef, z.object({ mails: z.number().int(), waiting: z.number().int() })),
  /** Last created first. */
  list: query('read', mailSelection.extend(window), z.object({ mails: z.array(outboxMail), total: z.number().int() })),
  count: query('read', mailSelection, z.object({ count: z.number().int() })),
  /** Ids of the mails at these places of a list (`to` excluded), for commands on a selection. At most 100,000; the rest is left out. */
  idsAt: query(
    'read',
    mailSelection.extend({
      ranges: placeRanges,
    }),
    idsOfRows,
  ),
  /** Where these mails are in a list now, in the order of the ids; null for those that are not in it. */
  placesOf: query('read', mailSelection.extend({ ids: placedIds }), placesOfRows),
  /** One mail as it was or will be sent, with its history. A PIN is never shown. */
  get: query(
    'read',
    z.object({ id: z.number().int() }),
    outboxMail.extend({
      subject: z.string(),
      text: z.string(),
      /** Empty where it is plain text only. */ html: z.string(),
      messageId: z.string(),
      history: z.array(mailAttempt),
    }),
  ),
  /** How many mails a command would change, and how many of those may have arrived already (`unknown`). */
  affected: query(
    'read',
    z.object({ action: z.enum(mailActions), target }),
    z.object({ count: z.number().int(), unknown: z.number().int() }),
  ),
  /** Tries failed and deferred mails again now. `unknown` ones only when they are named: they may arrive twice. */
  retry: command('manage', z.object({ target }), changed),
  /** Drops mails that have not gone, with the PINs in them. */
  cancel: command('manage', z.object({ target }), changed),
  /** Lets held mails go, also while the mode is `hold`. */
  release: command('manage', z.object({ target }), changed),
  stats: query(
    'read',
    z.null(),
    z.object({
      states: z.array(z.object({ state: z.enum(mailStates), count: z.number().int() })),
      sentLastDay: z.number().int(),
      trouble: deliveryTrouble.nullable(),
      /** Null where there is no limit. */
      dayLimit: dayLimit.nullable(),
      /** What happens to a mail that is made now. */
      mode: z.enum(deliveryModes),
    }),
  ),
  /** What became of the attempts of the last day, hour by hour, the oldest first; the present hour is the last. */
  lastDay: query('read', z.null(), z.object({ hours: z.array(mailHour) })),
  changed: event('read', z.object({})),
};
