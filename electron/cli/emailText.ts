import type { MailProblem } from '../../shared/contract/email.contract.ts';
import type { MailReason, NoMailReason } from '../../shared/email/decideMail.ts';

const reasons: Readonly<Record<MailReason | NoMailReason, string>> = {
  'can-sign-in-now': 'the user is enabled and complete, and can sign in from now on',
  'must-enroll': 'the user is enabled but something is missing that he can set up in the User Portal',
  'data-changed': 'something changed that the mail tells',
  'switched-off': 'Send emails to users is off',
  'not-wanted': 'Send email is off for this action',
  'no-address': 'the user has no e-mail address, and the username is none',
  'address-not-valid': 'no mail can be sent to the address of the user',
  disabled: 'the user is disabled',
  'incomplete-without-portal': 'something is missing for sign-in, and there is no User Portal URL where the user could set it up',
  'nothing-mailed-changed': 'nothing changed that a mail tells',
  'updates-not-mailed': 'this action mails new users only',
  'no-template': 'there is no mail for this change',
};

/** What the command line says about mails. */
export const emailText = {
  reason: (reason: MailReason | NoMailReason) => reasons[reason],
  problem: ({ where, language, field, line, column, text }: MailProblem) =>
    line === 0 ? `${where}: ${text}` : `${where} (${language}), ${field} ${line}:${column}: ${text}`,
  noProblems: 'No problems found.',
  verdict: (template: string | null, to: string, reason: string) =>
    template === null ? `No mail: ${reason}.` : `${template} to ${to}: ${reason}.`,
  left: (missing: readonly string[]) => `Lines left out, because there is no value for: ${missing.join(', ')}.`,
  written: (file: string) => `Written to ${file}.`,
  onePreview: 'Give --user NAME or --sample.',
};
