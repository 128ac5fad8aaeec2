import type { EmailSettings, MailPreview, RelayWay } from '../../shared/contract/email.contract.ts';
import type { MailCounts, MailOutcome, MailVerdict } from '../../shared/contract/sendEmail.ts';
import type { MailProblem } from '../../shared/contract/mailProblem.ts';
import type { MailReason, NoMailReason } from '../../shared/email/mailReasons.ts';
import { formatNumber } from './formatNumber.ts';

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
  'other-method': 'the template is for another method or mode than the one of the user',
};

const modes: Readonly<Record<EmailSettings['mode'], string>> = {
  hold: 'Mails are held: nothing leaves before it is released.',
  relay: 'Mails go to the relay.',
  pickup: 'Mails are written into the pickup folder.',
};

const signIns: Readonly<Record<EmailSettings['relay']['auth'], string>> = {
  none: 'none',
  password: 'user and password',
  oauth2: 'OAuth 2.0, client credentials',
};

interface StoredSecrets {
  readonly passwordStored: boolean;
  readonly clientSecretStored: boolean;
}

const kept = (isStored: boolean, what: string): string => (isStored ? `${what} stored` : `no ${what} stored`);

function missingSecret({ auth, user }: EmailSettings['relay'], { passwordStored, clientSecretStored }: StoredSecrets): string {
  if (auth === 'password' && user !== '' && !passwordStored)
    return ' No password is stored for this relay and user: give it with --password-stdin.';
  if (auth === 'oauth2' && !clientSecretStored)
    return ' No client secret is stored for this token endpoint and client: give it with --oauth-secret-stdin.';
  return '';
}

/** What the command line says about mails. */
export const emailText = {
  /** Lines about the ways in which the relay answers. */
  ways: (ways: readonly RelayWay[]): string[] =>
    ways.map(({ port, security }) => `         The relay answers at port ${port}: mfactl email set --port ${port} --security ${security}`),
  reason: (reason: MailReason | NoMailReason) => reasons[reason],
  problem({ where, language, severity, field, line, column, text }: MailProblem) {
    const place = language === '' || where === 'settings' ? where : `${where} (${language}), ${field}`;
    return `${severity.padEnd(7)} ${line === 0 ? place : `${place} ${line}:${column}`}: ${text}`;
  },
  noProblems: 'No problems found.',
  verdict: (template: string | null, to: string, reason: string) =>
    template === null ? `No mail: ${reason}.` : `${template} to ${to}: ${reason}.`,
  previewed: ({ template, to, reason }: MailVerdict) =>
    `Preview: nothing was written. ${template === null ? `No mail: ${reasons[reason]}.` : `${template} would go to ${to}: ${reasons[reason]}.`}`,
  outcome({ template, to, reason, state }: MailOutcome) {
    if (template === null) return `No mail: ${reasons[reason]}.`;
    if (state === 'held') return `Mail ${template} to ${to} held. Release it with: mfactl outbox release --all`;
    if (state === 'queued') return `Mail ${template} to ${to} put into the outbox.`;
    return `Mail ${template} to ${to} could not be made yet. The console or "mfactl serve" makes it when it runs.`;
  },
  /** What an action for many users does about mails. */
  planned: ({ mails, byTemplate, none }: MailCounts, isPreview: boolean) =>
    [
      `${isPreview ? 'Mails that would be sent' : 'Mails'}: ${formatNumber(mails)}`,
      ...byTemplate.map(({ template, count }) => `  ${formatNumber(count)}  ${template}`),
      ...none.map(({ reason, count }) => `  ${formatNumber(count)}  get none: ${reasons[reason]}`),
    ].join('\n'),
  made: ({ mails, waiting }: { mails: number; waiting: number }, without: number, items: readonly { item: string; text: string }[]) =>
    [
      `Mails in the outbox: ${formatNumber(mails)}`,
      ...(waiting > 0 ? [`Not made yet: ${formatNumber(waiting)}. The console or "mfactl serve" makes them when it runs.`] : []),
      ...(without > 0 ? [`Without a mail: ${formatNumber(without)}`, ...items.map(({ item, text }) => `  ${item}: ${text}`)] : []),
    ].join('\n'),
  left: (missing: readonly string[]) => `Lines left out, because there is no value for: ${missing.join(', ')}.`,
  written: (file: string) => `Written to ${file}.`,
  rate: '--rate takes mails a second, from 0 (no limit) to 1000, such as 10/s.',
  saved: ({ mode, relay }: EmailSettings, stored: StoredSecrets) => `Saved. ${modes[mode]}${missingSecret(relay, stored)}`,
  settings: ({ relay, ...settings }: EmailSettings, { passwordStored, clientSecretStored }: StoredSecrets): string[][] => [
    ['Send emails to users', settings.sendEmails ? 'on' : 'off'],
    ['Mode', settings.mode],
    ['Relay', relay.host === '' ? '' : `${relay.host}:${relay.port}, ${relay.security}`],
    ['Sign-in', signIns[relay.auth]],
    ['User', relay.user === '' || relay.auth !== 'password' ? relay.user : `${relay.user} (${kept(passwordStored, 'password')})`],
    ['Token endpoint', relay.oauth.tokenUrl],
    ['Client id', relay.oauth.clientId === '' ? '' : `${relay.oauth.clientId} (${kept(clientSecretStored, 'client secret')})`],
    ['Scope', relay.oauth.scope],
    ['Trusted certificate', relay.pins.map(({ sha256 }) => sha256).join(' ')],
    ['Certificate authority', relay.caPem === '' ? '' : 'an own one'],
    ['Pickup folder', settings.pickupFolder],
    ['From', settings.from],
    ['Reply to', settings.replyTo],
    ['Administrators', settings.administrators.join(', ')],
    ['User Portal URL', settings.portalUrl],
    ['Company', settings.companyName],
    ['Mails a second', settings.ratePerSecond === 0 ? 'no limit' : String(settings.ratePerSecond)],
    ['Connections', String(settings.connections)],
    ['Recipients in 24 hours', settings.recipientsPerDay === 0 ? 'no limit' : formatNumber(settings.recipientsPerDay)],
    ['Mails a second to a domain', settings.domainRatePerSecond === 0 ? 'no limit' : String(settings.domainRatePerSecond)],
    ['Connections for a domain', settings.domainConnections === 0 ? 'no limit' : String(settings.domainConnections)],
  ],
  head: ({ from, to, cc, bcc, subject, attachments }: MailPreview): string[] =>
    [
      `From: ${from}`,
      `To: ${to}`,
      cc && `Cc: ${cc}`,
      bcc && `Bcc: ${bcc}`,
      `Subject: ${subject}`,
      ...attachments.map(({ name, bytes }) => `Attachment: ${name} (${bytes.toLocaleString('en')} bytes)`),
    ].filter((line) => line !== ''),
  draftOfWhich: 'With --file, --template says which mail it is.',
  onePreview: 'Give --user NAME or --sample.',
};
