import type {
  DeliveryTrouble,
  MailAction,
  MailAttempt,
  MailSelection,
  MailState,
  OutboxMail,
} from '../../../shared/contract/outbox.contract.ts';
import type { MailedUser } from '../../../shared/email/decideMail.ts';
import type { ValuedUser } from '../../../shared/email/mailValues.ts';
import type { TemplateContent } from '../../../shared/email/templateContent.ts';
import type { MailValues } from '../../../shared/email/variables.ts';
import type { UserDetail } from '../../../shared/contract/users.contract.ts';

/** A user as far as mails are concerned. */
export type MailReader = MailedUser & ValuedUser & Pick<UserDetail, 'id' | 'languages'> & { readonly hasInitialPin: boolean };

/** A mail on its way into the outbox. */
export interface NewMail {
  readonly messageId: string;
  readonly campaign: string;
  readonly userId: number;
  readonly username: string;
  readonly toName: string;
  readonly toAddress: string;
  readonly template: string;
  readonly language: string;
  readonly source: TemplateContent;
  /** Without the PIN. */
  readonly values: MailValues;
  readonly pin: { readonly sealed: Uint8Array; readonly record: string } | null;
}

/** A mail as it is handed over. */
export interface StoredMail extends NewMail {
  readonly id: number;
  readonly createdAt: number;
  readonly attempts: number;
  /** To, Cc and Bcc. */
  readonly recipients: number;
}

/** What became of an attempt, and what is next. */
export interface Outcome {
  readonly state: Extract<MailState, 'sent' | 'deferred' | 'failed' | 'unknown'>;
  readonly dueAt: number;
  readonly reply: string;
}

/** That `sender` begins with a mail, that it has not begun after all, or what became of it. Times are `at`. */
export type MailStep =
  | { readonly kind: 'begin'; readonly id: number; readonly sender: string; readonly at: number }
  | { readonly kind: 'giveBack'; readonly id: number; readonly sender: string; readonly at: number }
  | { readonly kind: 'finish'; readonly id: number; readonly sender: string; readonly outcome: Outcome; readonly at: number };

/** Commits steps of mails while this thread does something else: a commit waits for the disk. */
export interface MailCommits {
  /** Resolves after the commit of all of them, with whether each is so: a mail that somebody else has begun, or dropped, is not. */
  commit(steps: readonly MailStep[]): Promise<readonly boolean[]>;
}

export type MailTarget = { readonly ids: readonly number[] } | { readonly all: true };

/** Mails as they are listed: the last created first. Everything else has its turn while many are looked through. */
export interface OutboxList {
  list(window: MailSelection & { readonly offset: number; readonly limit: number }): Promise<{ mails: OutboxMail[]; total: number }>;
  count(selection: MailSelection): Promise<number>;
  /** Ids of the mails at these places (`to` excluded), at most `limit`. */
  idsAt(selection: MailSelection, ranges: readonly { readonly from: number; readonly to: number }[], limit: number): Promise<number[]>;
  /** Where these mails are, in the order of the ids; null for those that are not in the list. */
  placesOf(selection: MailSelection, ids: readonly number[]): Promise<(number | null)[]>;
}

/** What administrators do with mails that have not gone. Very many are changed in parts, with a turn for everything else in between. */
export interface OutboxActions {
  /** How many mails an action would change, and how many of those are `unknown`. */
  affected(action: MailAction, target: MailTarget): Promise<{ count: number; unknown: number }>;
  /** These answer how many mails were changed. */
  retry(target: MailTarget, now: number): Promise<number>;
  cancel(target: MailTarget, now: number): Promise<number>;
  release(target: MailTarget, now: number): Promise<number>;
}

/** What became of attempts in one hour. `hour` counts from 1970-01-01 UTC. */
export interface OutcomeCount {
  readonly hour: number;
  readonly outcome: string;
  readonly count: number;
}

/** Recipients for whom the relay has taken mails in one minute, or may have. `minute` counts from 1970-01-01 UTC. */
export interface MinuteCount {
  readonly minute: number;
  readonly recipients: number;
}

/** Mails on disk. Everything is committed before a method answers; all may throw what the store throws. */
export interface OutboxStore extends OutboxList, OutboxActions {
  /** Writes all or none; those that their campaign has mailed already are passed over. Answers how many were written. */
  add(mails: readonly NewMail[], state: 'queued' | 'held', now: number): Promise<number>;
  /** The next mails that are due, oldest first, without those of `except` and those to some domains. `releasedOnly`: mails are held. */
  due(
    limit: number,
    except: ReadonlySet<number>,
    options: { releasedOnly: boolean; now: number; exceptDomains?: readonly string[] },
  ): StoredMail[];
  /** True when `sender` may hand it over now; then nobody else may. */
  begin(id: number, sender: string, now: number): boolean;
  /** Records what became of it, by who has begun it. Erases the PIN of a sent mail. */
  finish(id: number, sender: string, outcome: Outcome, now: number): void;
  /** Carries out steps in one commit, as `MailCommits` does, in this thread. */
  carryOut(steps: readonly MailStep[]): boolean[];
  /** Mails that another process was handing over when it ended are `unknown` from now on. Answers how many. */
  markAbandoned(sender: string, now: number): number;
  /** Holds what waits and was not released. Answers how many. */
  holdAll(now: number): number;
  get(id: number): { readonly row: OutboxMail; readonly mail: StoredMail; readonly history: MailAttempt[] } | null;
  counts(): { readonly state: MailState; readonly count: number }[];
  /** How many mails a campaign has, whatever became of them. */
  countOf(campaign: string): number;
  sentSince(time: number): number;
  /** What became of attempts in this hour and those after it. */
  outcomesSince(hour: number): OutcomeCount[];
  /** Of the minutes in which there were some, the first first; `last` is among them. */
  recipientsBetween(first: number, last: number): MinuteCount[];
  trouble(): DeliveryTrouble | null;
  setTrouble(trouble: DeliveryTrouble | null): void;
}
