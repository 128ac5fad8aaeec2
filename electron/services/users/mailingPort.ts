import type { MailOutcome, MailVerdict, SendEmail } from '../../../shared/contract/sendEmail.ts';
import type { MailQuestion } from '../../../shared/email/decideMail.ts';
import type { MailCampaign, MailRules } from '../../../shared/email/mailPlan.ts';
import type { FailedItem } from '../../runtime/call.ts';

/** What a change of one user is to the rules of mails. */
export type MailChange = Pick<MailQuestion, 'before' | 'mailedChange'>;

/** Mails of what is done to users; a part of services/email (userMails.ts), which says what each promises. */
export interface UserMailing {
  rules(): MailRules;
  begin(choice: SendEmail): Pick<MailCampaign, 'mailsUpdates'> | null;
  verdict(user: MailQuestion['after'], change: MailChange, choice: SendEmail): MailVerdict;
  queueOne(campaign: string, userId: number, change: MailChange): Promise<MailOutcome>;
  queue(
    campaign: string,
    watcher: { progress(done: number, total: number): void; none(items: readonly FailedItem[]): void },
  ): Promise<number>;
}
