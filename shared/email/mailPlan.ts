import type { MailCounts, SendEmail } from '../contract/sendEmail.ts';
import type { UserField } from '../users/userFields.ts';
import { addressOf, decideMail, type MailAction, type MailedUser, type MailQuestion } from './decideMail.ts';
import type { NoMailReason } from './mailReasons.ts';
import { isDeliverable } from './mailbox.ts';

/** Fields that a mail tells (reference §3.4, rule 6); the PIN is the other thing. */
export const mailedFields = [
  'phone',
  'phoneValid',
  'extension',
  'backupPhone',
  'backupPhoneValid',
  'backupExtension',
  'method',
  'mode',
] as const satisfies readonly UserField[];

/** How a user was before a change, as one number: the rules ask no more. */
export const stateBefore = { absent: 0, disabled: 1, incomplete: 2, ready: 3 } as const;

/** What `decideMail` asks about the time before. */
export function beforeOf(state: number): MailQuestion['before'] {
  return state === stateBefore.absent ? null : { enabled: state !== stateBefore.disabled, complete: state === stateBefore.ready };
}

/** An action whose users are to be mailed. Whoever writes the users notes them in the same transaction. */
export interface MailCampaign {
  /** Each user is mailed once in it. */
  readonly campaign: string;
  /** Also users whose data changed are mailed, not only those who can sign in from now on. */
  readonly mailsUpdates: boolean;
}

export function actionOf(choice: SendEmail): MailAction {
  return { sendEmail: choice !== 'none', scope: choice === 'new-and-updated' ? 'new-and-updated-users' : 'new-users' };
}

/** Whether a user has an address that a mail can be sent to: 0 none, 1 one that no relay takes, 2 yes. */
export function addressKind(email: string, username: string): number {
  const address = addressOf({ email, username });
  return address === '' ? 0 : isDeliverable(address) ? 2 : 1;
}

/** Users who are all the same to the rules. */
export interface AlikeUsers extends Pick<MailedUser, 'method' | 'mode' | 'enabled' | 'complete'> {
  /** See `stateBefore`. */
  readonly before: number;
  readonly mailedChange: boolean;
  /** See `addressKind`. */
  readonly address: number;
  readonly count: number;
}

/** What the rules depend on besides users and the action. */
export type MailRules = Pick<MailQuestion, 'sendEmails' | 'canEnroll'>;

const addresses = ['', 'no address', 'somebody@corp.example'] as const;

/** Counts the mails for many users, asking the rules once for all who are alike. */
export function countMails(groups: readonly AlikeUsers[], choice: SendEmail, rules: MailRules): MailCounts {
  const byTemplate = new Map<string, number>();
  const none = new Map<NoMailReason, number>();
  for (const { before, mailedChange, address, count, ...user } of groups) {
    const decision = decideMail({
      ...rules,
      action: actionOf(choice),
      before: beforeOf(before),
      after: { ...user, username: '', email: addresses[address] ?? '' },
      mailedChange,
    });
    if (decision.template === null) none.set(decision.reason, (none.get(decision.reason) ?? 0) + count);
    else byTemplate.set(decision.template, (byTemplate.get(decision.template) ?? 0) + count);
  }
  return countsOf(byTemplate, none);
}

/** Most frequent first. */
export function countsOf(byTemplate: ReadonlyMap<string, number>, none: ReadonlyMap<NoMailReason, number>): MailCounts {
  const sorted = <Key>(counts: ReadonlyMap<Key, number>) => [...counts].sort(([, one], [, other]) => other - one);
  return {
    mails: [...byTemplate.values()].reduce((sum, count) => sum + count, 0),
    byTemplate: sorted(byTemplate).map(([template, count]) => ({ template, count })),
    none: sorted(none).map(([reason, count]) => ({ reason, count })),
  };
}

/** The counts of several parts of the users as one. */
export function addCounts(parts: readonly MailCounts[]): MailCounts {
  const byTemplate = new Map<string, number>();
  const none = new Map<NoMailReason, number>();
  for (const part of parts) {
    for (const { template, count } of part.byTemplate) byTemplate.set(template, (byTemplate.get(template) ?? 0) + count);
    for (const { reason, count } of part.none) none.set(reason, (none.get(reason) ?? 0) + count);
  }
  return countsOf(byTemplate, none);
}
