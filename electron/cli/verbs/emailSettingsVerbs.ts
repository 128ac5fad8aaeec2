import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  deliveryModes,
  mailSecurities,
  relayAuths,
  type EmailSettings,
  type RelayTestStep,
} from '../../../shared/contract/email.contract.ts';
import { AppError, errorCodes } from '../../../shared/contract/errors.ts';
import { emailText } from '../emailText.ts';
import { readFingerprint } from '../fingerprint.ts';
import { readPassword } from '../password.ts';
import { printableLine } from '../printable.ts';
import { formatTable } from '../table.ts';
import { choiceOption, numberOption, textOption, textOptions, UsageError, type Verb, type VerbCall } from '../verb.ts';

/** Mails a second: `10`, `10/s`, `0.5/s`, or `0` for no limit. */
function readRate(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const rate = Number(text.replace(/\/s$/, ''));
  if (!/^\d+(\.\d+)?(\/s)?$/.test(text) || rate > 1000) throw new UsageError(emailText.rate);
  return rate;
}

/** Who names a token endpoint or a user wants to sign in that way. */
function impliedAuth(call: VerbCall, { auth }: EmailSettings['relay']): EmailSettings['relay']['auth'] {
  const named = (option: string): boolean => (textOption(call, option) ?? '') !== '';
  if (named('oauth-token-url') || named('oauth-client-id')) return 'oauth2';
  if (textOption(call, 'user') === '') return 'none';
  return named('user') && auth === 'none' ? 'password' : auth;
}

async function relayFrom(call: VerbCall, before: EmailSettings['relay']): Promise<EmailSettings['relay']> {
  const host = textOption(call, 'host') ?? before.host;
  const port = numberOption(call, 'port', { min: 1, max: 65_535 }) ?? before.port;
  const [pin, caFile] = [textOption(call, 'pin'), textOption(call, 'ca')];
  if (pin && caFile) throw new UsageError('Give either --ca or --pin.');
  const user = textOption(call, 'user') ?? before.user;
  const oauth = {
    tokenUrl: textOption(call, 'oauth-token-url') ?? before.oauth.tokenUrl,
    clientId: textOption(call, 'oauth-client-id') ?? before.oauth.clientId,
    scope: textOption(call, 'oauth-scope') ?? before.oauth.scope,
  };
  return {
    host,
    port,
    security: choiceOption(call, 'security', mailSecurities) ?? before.security,
    auth: choiceOption(call, 'auth', relayAuths) ?? impliedAuth(call, before),
    user,
    oauth,
    caPem: caFile ? await readFile(caFile, 'utf8') : pin ? '' : before.caPem,
    pins: pin ? [{ host, port, sha256: readFingerprint(pin) }] : caFile ? [] : before.pins,
  };
}

async function settingsFrom(call: VerbCall, before: EmailSettings): Promise<EmailSettings> {
  const send = choiceOption(call, 'send', ['on', 'off']);
  const administrators = textOptions(call, 'admin');
  const folder = textOption(call, 'pickup-folder');
  return {
    relay: await relayFrom(call, before.relay),
    sendEmails: send === undefined ? before.sendEmails : send === 'on',
    mode: choiceOption(call, 'mode', deliveryModes) ?? before.mode,
    // From where this command runs; the mails are written by a program that runs elsewhere.
    pickupFolder: folder ? resolve(folder) : (folder ?? before.pickupFolder),
    from: textOption(call, 'from') ?? before.from,
    replyTo: textOption(call, 'reply-to') ?? before.replyTo,
    administrators: administrators.length > 0 ? administrators.filter((address) => address !== '') : before.administrators,
    portalUrl: textOption(call, 'portal-url') ?? before.portalUrl,
    companyName: textOption(call, 'company') ?? before.companyName,
    ratePerSecond: readRate(textOption(call, 'rate')) ?? before.ratePerSecond,
    connections: numberOption(call, 'connections', { min: 1, max: 20 }) ?? before.connections,
    domainRatePerSecond: readRate(textOption(call, 'domain-rate')) ?? before.domainRatePerSecond,
    domainConnections: numberOption(call, 'domain-connections', { min: 0, max: 20 }) ?? before.domainConnections,
    recipientsPerDay: numberOption(call, 'per-day', { min: 0, max: 100_000_000 }) ?? before.recipientsPerDay,
  };
}

const emailSet: Verb = {
  name: 'email set',
  usage:
    '[--host HOST] [--port N] [--security none|starttls|tls] [--auth none|password|oauth2] [--user USER --password-stdin] [--oauth-token-url URL --oauth-client-id ID --oauth-scope SCOPE --oauth-secret-stdin] [--ca FILE | --pin SHA256] [--from ADDRESS] [--reply-to ADDRESS] [--admin ADDRESS…] [--portal-url URL] [--company NAME] [--mode hold|relay|pickup] [--pickup-folder FOLDER] [--rate N/s] [--connections N] [--per-day N] [--domain-rate N/s] [--domain-connections N] [--send on|off]',
  summary: 'Saves how mails go out. What is not named stays as it is.',
  details: `Modes: hold keeps every mail until it is released, relay hands it to the relay, pickup writes it as a file.
--send off is the master switch: no mail to users is made at all. --rate 0 sends as fast as the relay takes mails.
--connections N is the most that are open to the relay at once; it begins with two and opens more while that is faster.
--per-day limits the recipients (To, Cc and Bcc) in any 24 hours, such as 10000 for Exchange Online; what is more stays queued. 0: no limit.
--domain-rate and --domain-connections limit the mails to each recipient domain; 0 means no limit of its own.
OAuth 2.0 (client credentials): --user is the mailbox that sends. For Exchange Online the token URL is
https://login.microsoftonline.com/TENANT/oauth2/v2.0/token and the scope https://outlook.office365.com/.default.
The client secret is read from standard input or from MFA_RELAY_CLIENT_SECRET, the password from MFA_RELAY_PASSWORD.`,
  example: 'mfactl email set --host smtp.corp.example --port 587 --security starttls --from "MFA <mfa@corp.example>" --mode relay',
  options: {
    host: { type: 'string' },
    port: { type: 'string' },
    security: { type: 'string' },
    auth: { type: 'string' },
    user: { type: 'string' },
    'oauth-token-url': { type: 'string' },
    'oauth-client-id': { type: 'string' },
    'oauth-scope': { type: 'string' },
    'oauth-secret-stdin': { type: 'boolean' },
    'password-stdin': { type: 'boolean' },
    ca: { type: 'string' },
    pin: { type: 'string' },
    from: { type: 'string' },
    'reply-to': { type: 'string' },
    admin: { type: 'string', multiple: true },
    'portal-url': { type: 'string' },
    company: { type: 'string' },
    mode: { type: 'string' },
    'pickup-folder': { type: 'string' },
    rate: { type: 'string' },
    connections: { type: 'string' },
    'per-day': { type: 'string' },
    'domain-rate': { type: 'string' },
    'domain-connections': { type: 'string' },
    send: { type: 'string' },
  },
  positionals: { min: 0, max: 0 },
  async run(call) {
    if (call.options['password-stdin'] && call.options['oauth-secret-stdin'])
      throw new UsageError('Give either --password-stdin or --oauth-secret-stdin.');
    const password = await readPassword(call, 'MFA_RELAY_PASSWORD');
    const clientSecret = await readPassword(call, 'MFA_RELAY_CLIENT_SECRET', 'oauth-secret-stdin');
    // What is read here is changed and saved at once; who saves in between is not overwritten.
    const { settings: before, revision } = await call.client.email.get(null);
    const settings = await settingsFrom(call, before);
    const saved = await call.client.email.set({ settings, revision, password: password?.reveal(), clientSecret: clientSecret?.reveal() });
    return { json: saved, text: emailText.saved(settings, saved) };
  },
};

const emailShow: Verb = {
  name: 'email show',
  usage: '',
  summary: 'Shows how mails go out.',
  example: 'mfactl email show',
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ client }) {
    const answer = await client.email.get(null);
    return { json: answer, text: formatTable(['Setting', 'Value'], emailText.settings(answer.settings, answer)) };
  },
};

const marks: Record<RelayTestStep['state'], string> = { running: '…', passed: 'ok', warning: 'warning', failed: 'FAILED' };

const emailTest: Verb = {
  name: 'email test',
  usage: '[--to ADDRESS]',
  summary: 'Goes to the relay with the saved settings, step by step; with --to it sends a real mail.',
  details: `The test goes to the relay whatever the mode is, and past the outbox. Where no connection comes about, the usual ports 587, 465
and 25 are tried as well, and those that answer are named.`,
  example: 'mfactl email test --to admin@corp.example',
  options: { to: { type: 'string' } },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const { settings } = await call.client.email.get(null);
    const result = await call.client.email.test({ settings, to: textOption(call, 'to'), runId: 'mfactl', findWays: true });
    const lines = result.steps.map(({ step, state, text: said, advice }) => {
      const line = printableLine(`${marks[state].padEnd(8)} ${step.padEnd(8)} ${said}`);
      return advice ? `${line}\n${' '.repeat(18)}${advice}` : line;
    });
    const failed = result.steps.find(({ state }) => state === 'failed');
    if (failed) {
      const code = errorCodes.find((known) => known === failed.code) ?? 'internal';
      throw new AppError(code, [...lines, ...emailText.ways(result.ways)].join('\n'), {
        details: { step: failed.step, ...(failed.certificate && { sha256: failed.certificate.sha256 }) },
      });
    }
    return { json: result, text: lines.join('\n') };
  },
};

export const emailSettingsVerbs: readonly Verb[] = [emailSet, emailShow, emailTest];
