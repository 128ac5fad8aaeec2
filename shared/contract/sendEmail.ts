import { z } from 'zod';
import { mailReasons, noMailReasons } from '../email/mailReasons.ts';

/** “Send email” of an action for many users (reference §2.9). */
export const sendEmailChoices = ['none', 'new', 'new-and-updated'] as const;
export const sendEmail = z.enum(sendEmailChoices);
export type SendEmail = z.infer<typeof sendEmail>;

/** How many mails an action makes, of which template, and how many users get none, and why. */
export const mailCounts = z.object({
  mails: z.number().int(),
  byTemplate: z.array(z.object({ template: z.string(), count: z.number().int() })),
  none: z.array(z.object({ reason: z.enum(noMailReasons), count: z.number().int() })),
});
export type MailCounts = z.infer<typeof mailCounts>;

/** Which mail one user gets, and why or why not. `template` is null where there is none. */
export const mailVerdict = z.object({
  template: z.string().nullable(),
  to: z.string(),
  reason: z.enum([...mailReasons, ...noMailReasons]),
});
export type MailVerdict = z.infer<typeof mailVerdict>;

/**
 * The same after the user was written. `waiting`: the mail could not be made yet, because the keychain or the store did not answer;
 * the process that does the background work makes it. Null where there is no mail.
 */
export const mailOutcome = mailVerdict.extend({ state: z.enum(['queued', 'held', 'waiting']).nullable() });
export type MailOutcome = z.infer<typeof mailOutcome>;
