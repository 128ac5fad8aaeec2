import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { EmailSettings } from '../../../shared/contract/email.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { missingIn } from '../../../shared/email/blocks.ts';
import { decideMail, type MailDecision } from '../../../shared/email/decideMail.ts';
import type { NoMailReason } from '../../../shared/email/mailReasons.ts';
import { commonValues, userValues } from '../../../shared/email/mailValues.ts';
import { parseMailbox } from '../../../shared/email/mailbox.ts';
import { findSource, type TemplateLibrary } from '../../../shared/email/templateLibrary.ts';
import type { TemplateSource } from '../../../shared/email/templateContent.ts';
import { allowedVariables, findTemplate } from '../../../shared/email/templates.ts';
import type { MailVariable } from '../../../shared/email/variables.ts';
import type { Secret } from '../../../shared/lib/secret.ts';
import type { FailedItem } from '../../runtime/call.ts';
import type { MailReader, NewMail } from './outboxPorts.ts';

export interface MailMakerPorts {
  settings(): EmailSettings;
  company(): CompanySettings;
  readonly templates: () => TemplateLibrary;
  readonly serverName: string;
  /** The initial PIN that waits to be told to this user; null where none does. */
  takePin(userId: number): Promise<{ readonly pin: Secret; readonly record: string } | null>;
  sealer(): Promise<{ seal(context: string, secret: Secret): Uint8Array }>;
}

/** What a sealed PIN in the outbox is for. */
export const mailPinContext = (messageId: string): string => `mailed pin ${messageId}`;

const reasonText: Readonly<Record<NoMailReason, string>> = {
  'switched-off': 'Send emails to users is off.',
  'not-wanted': 'Send email is off for this action.',
  'no-address': 'There is no e-mail address, and the username is none.',
  'address-not-valid': 'No mail can be sent to this address.',
  disabled: 'The user is disabled.',
  'incomplete-without-portal': 'Something is missing for sign-in, and there is no User Portal URL.',
  'nothing-mailed-changed': 'Nothing changed that a mail tells.',
  'updates-not-mailed': 'Only new users are mailed.',
  'no-template': 'There is no mail for this change.',
  'other-method': 'The template is for another method or mode than the one of the user.',
};

/**
 * The left side of a Message-ID (RFC 5322 section 3.6.4): the same however often this is done, and without the campaign nobody can tell whose
 * mail it is. Users whose ids are neighbours get neighbouring ones: a store that keeps them in order writes few pages for many mails.
 */
export function mailId(campaign: string, userId: number): string {
  const hash = createHash('sha256').update(campaign).digest();
  const user = ((userId ^ hash.readUInt32BE(12)) >>> 0).toString(16).padStart(8, '0');
  return hash.toString('hex', 0, 12) + user;
}

/** Without values all are missing. */
const variablesOf = ({ subject, body }: TemplateSource): readonly MailVariable[] => missingIn(`${subject}\n${body}`, {});

/** Makes mails of users: which one, in which language, with which values. */
export function createMailMaker(ports: MailMakerPorts) {
  /** As for a user who was added now; a template that is named must fit his method. */
  function decide(user: MailReader, asked?: string): MailDecision {
    const settings = ports.settings();
    const decision = decideMail({
      sendEmails: settings.sendEmails,
      action: { sendEmail: true, scope: 'new-users' },
      before: null,
      after: user,
      mailedChange: false,
      canEnroll: settings.portalUrl !== '',
    });
    if (asked === undefined || decision.template === null) return decision;
    const template = findTemplate(asked);
    const fits = template?.audience === 'users' && template.method === user.method && template.mode === user.mode;
    return fits ? { ...decision, template: asked } : { template: null, reason: 'other-method' };
  }

  interface Shared {
    readonly campaign: string;
    readonly settings: EmailSettings;
    readonly library: TemplateLibrary;
  }

  async function mailFor(user: MailReader, decision: Extract<MailDecision, { to: string }>, shared: Shared): Promise<NewMail> {
    const { campaign, settings, library } = shared;
    const template = findTemplate(decision.template)!;
    const company = ports.company().userDefaults.languages[user.method];
    const { language, source } = findSource(library, template.id, user.languages[user.method], company);
    const { address } = parseMailbox(source.from || settings.from)!;
    const messageId = `<${mailId(campaign, user.id)}@${domainToASCII(address.slice(address.lastIndexOf('@') + 1))}>`;
    // What a mail takes along counts as told: one whose author left the PIN out leaves it for another.
    const tellsPin = user.hasInitialPin && allowedVariables(template).includes('pin') && variablesOf(source).includes('pin');
    const waiting = tellsPin ? await ports.takePin(user.id) : null;
    const values = { ...commonValues(settings, ports.serverName), ...userValues(user) };
    return {
      messageId,
      campaign,
      userId: user.id,
      username: user.username,
      toName: values.name ?? '',
      toAddress: decision.to,
      template: template.id,
      language,
      source,
      values,
      pin: waiting && { sealed: (await ports.sealer()).seal(mailPinContext(messageId), waiting.pin), record: waiting.record },
    };
  }

  return {
    decide,
    /** Throws `mail-not-ready` or `not-found` before any mail is made. */
    requireReady(settings: EmailSettings, template: string | undefined): void {
      if (parseMailbox(settings.from) === null) throw new AppError('mail-not-ready', 'From is not set: no mail can be sent.');
      if (template !== undefined && findTemplate(template)?.audience !== 'users')
        throw new AppError('not-found', `There is no mail to users called "${template}".`);
    },
    /** Mails for these users, as `decideFor` decides; `none` says who gets none and why. */
    async makeFor(
      users: readonly MailReader[],
      campaign: string,
      decideFor: (user: MailReader) => MailDecision,
    ): Promise<{ mails: NewMail[]; none: FailedItem[] }> {
      const shared = { campaign, settings: ports.settings(), library: ports.templates() };
      const mails: NewMail[] = [];
      const none: FailedItem[] = [];
      for (const user of users) {
        const decision = decideFor(user);
        if (decision.template === null) none.push({ item: user.username, code: decision.reason, text: reasonText[decision.reason] });
        else mails.push(await mailFor(user, decision, shared));
      }
      return { mails, none };
    },
  };
}
export type MailMaker = ReturnType<typeof createMailMaker>;
