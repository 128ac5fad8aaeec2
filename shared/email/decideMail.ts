import type { Method, Mode } from '../contract/users.contract.ts';
import { isDeliverable } from './mailbox.ts';
import type { MailReason, NoMailReason } from './mailReasons.ts';
import { templateFor, type MailEvent } from './templates.ts';

/** What the decision needs to know of a user after the change. */
export interface MailedUser {
  readonly username: string;
  readonly email: string;
  readonly method: Method;
  readonly mode: Mode;
  readonly enabled: boolean;
  readonly complete: boolean;
}

export interface MailAction {
  /** “Send email” of the dialog or the import. */
  readonly sendEmail: boolean;
  /** Whom the action mails: those who can sign in from now on, or also those whose data changed. */
  readonly scope: 'new-users' | 'new-and-updated-users';
}

export interface MailQuestion {
  /** The master switch “Send emails to users”. */
  readonly sendEmails: boolean;
  readonly action: MailAction;
  /** Null for a user who was not there before. */
  readonly before: Pick<MailedUser, 'enabled' | 'complete'> | null;
  readonly after: MailedUser;
  /** Something changed that a mail tells: a phone, the backup phone, method or mode, the PIN. */
  readonly mailedChange: boolean;
  /** There is a User Portal where the user can complete what is missing. */
  readonly canEnroll: boolean;
}

export type MailDecision =
  | { readonly template: string; readonly to: string; readonly reason: MailReason }
  | { readonly template: null; readonly reason: NoMailReason };

/** The e-mail address, else a username that is one (reference §3.4, rule 2); empty where there is none. */
export function addressOf({ email, username }: Pick<MailedUser, 'email' | 'username'>): string {
  const own = email.trim();
  if (own !== '') return own;
  return username.includes('@') && isDeliverable(username) ? username : '';
}

/** Which mail a user gets after a change, and why (reference §3.4; the numbers are those of the rules there). */
export function decideMail({ sendEmails, action, before, after, mailedChange, canEnroll }: MailQuestion): MailDecision {
  const none = (reason: NoMailReason): MailDecision => ({ template: null, reason });
  if (!sendEmails) return none('switched-off'); // 1
  if (!action.sendEmail) return none('not-wanted'); // 1
  const to = addressOf(after);
  if (to === '') return none('no-address'); // 2
  if (!isDeliverable(to)) return none('address-not-valid'); // 2
  if (!after.enabled) return none('disabled'); // 3

  const mail = (event: MailEvent, reason: MailReason): MailDecision => {
    const template = templateFor(after.method, after.mode, event);
    return template ? { template: template.id, to, reason } : none('no-template');
  };
  // Who was asked to enroll before is not asked again by each action for new users.
  if (!after.complete && before?.enabled && action.scope === 'new-users') return none('updates-not-mailed');
  if (!after.complete) return canEnroll ? mail('user-enrollment', 'must-enroll') : none('incomplete-without-portal'); // 5
  if (!before?.enabled || !before.complete) return mail('new-user', 'can-sign-in-now'); // 4
  if (!mailedChange) return none('nothing-mailed-changed'); // 6
  return action.scope === 'new-and-updated-users' ? mail('updated-user', 'data-changed') : none('updates-not-mailed'); // 6
}
