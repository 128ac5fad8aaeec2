import type { MailQuestion } from '../../../shared/email/decideMail.ts';

/** A user who is to be mailed, and what the rules ask about the change. */
export interface MailIntent extends Pick<MailQuestion, 'before' | 'mailedChange'> {
  readonly userId: number;
  readonly mailsUpdates: boolean;
}

/** Users who are to be mailed, beside the users themselves. Does not block the caller's thread. */
export interface MailIntentStore {
  /** Campaigns with users noted before the one instant, or after the other: that was written while the clock was ahead. */
  mailCampaigns(notedBefore: number, notedAfter: number): Promise<string[]>;
  countIntents(campaign: string): Promise<number>;
  /** The next ones by user id. */
  mailIntents(campaign: string, afterUser: number, limit: number): Promise<MailIntent[]>;
  /** Their mails are in the outbox, or they get none. */
  forgetIntents(campaign: string, throughUser: number): Promise<void>;
}
