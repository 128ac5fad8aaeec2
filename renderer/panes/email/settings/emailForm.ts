import { emailSettings, type EmailSettings } from '../../../../shared/contract/email.contract.ts';
import { isWebAddress } from '../../../../shared/email/links.ts';
import { parseMailbox, splitMailboxes } from '../../../../shared/email/mailbox.ts';
import { isWholePath } from '../../../../shared/lib/wholePath.ts';

/** The settings while they are being typed: numbers are text, and so are the addresses of the administrators, one on each line. */
export interface EmailForm extends Omit<EmailSettings, 'relay' | 'administrators' | Speed> {
  readonly relay: Omit<EmailSettings['relay'], 'port'> & { readonly port: string };
  readonly administrators: string;
  readonly ratePerSecond: string;
  readonly connections: string;
  readonly domainRatePerSecond: string;
  readonly domainConnections: string;
  /** Empty: no limit. */
  readonly recipientsPerDay: string;
}
type Speed = 'ratePerSecond' | 'connections' | 'domainRatePerSecond' | 'domainConnections' | 'recipientsPerDay';

export function toForm(settings: EmailSettings): EmailForm {
  const { relay, administrators, ratePerSecond, connections, domainRatePerSecond, domainConnections, recipientsPerDay } = settings;
  return {
    ...settings,
    relay: { ...relay, port: String(relay.port) },
    administrators: administrators.join('\n'),
    ratePerSecond: String(ratePerSecond),
    connections: String(connections),
    domainRatePerSecond: String(domainRatePerSecond),
    domainConnections: String(domainConnections),
    recipientsPerDay: recipientsPerDay === 0 ? '' : String(recipientsPerDay),
  };
}

const addressesIn = (text: string) => text.split(/\r?\n/).flatMap((line) => splitMailboxes(line).map((one) => one.text));

/** The settings that were typed. Only what `problemsOf` finds nothing wrong with satisfies the contract. */
export function toSettings(form: EmailForm): EmailSettings {
  const { relay } = form;
  const server = { host: relay.host.trim(), port: Number(relay.port) };
  return {
    ...form,
    relay: {
      ...relay,
      ...server,
      // Nobody signs in: a user who is kept would keep a password that is used by nobody.
      user: relay.auth === 'none' ? '' : relay.user.trim(),
      oauth: { tokenUrl: relay.oauth.tokenUrl.trim(), clientId: relay.oauth.clientId.trim(), scope: relay.oauth.scope.trim() },
      // A pin belongs to one server; that of a relay which is gone would be trusted unseen if it came back.
      pins: relay.pins.filter(({ host, port }) => host.toLowerCase() === server.host.toLowerCase() && port === server.port),
    },
    pickupFolder: form.pickupFolder.trim(),
    from: form.from.trim(),
    replyTo: form.replyTo.trim(),
    administrators: addressesIn(form.administrators),
    portalUrl: form.portalUrl.trim(),
    companyName: form.companyName.trim(),
    ratePerSecond: Number(form.ratePerSecond),
    connections: Number(form.connections),
    domainRatePerSecond: Number(form.domainRatePerSecond),
    domainConnections: Number(form.domainConnections),
    recipientsPerDay: Number(form.recipientsPerDay),
  };
}

const portOf: Readonly<Record<EmailSettings['relay']['security'], number>> = { none: 25, starttls: 587, tls: 465 };

/** Another security brings its port, as long as the port is a usual one of the old security. */
export function withSecurity(relay: EmailForm['relay'], security: EmailSettings['relay']['security']): EmailForm['relay'] {
  const port = Number(relay.port);
  const isUsual = relay.port.trim() === '' || port === portOf[relay.security] || (port === 25 && relay.security === 'starttls');
  return { ...relay, security, port: isUsual ? String(portOf[security]) : relay.port };
}

/** The stored password belongs to the relay and the user with whom it was saved; it is never sent elsewhere. */
export function keepsPassword({ relay }: EmailForm, saved: EmailForm): boolean {
  const binding = ({ host, port, security, user }: EmailForm['relay']) =>
    JSON.stringify([host.trim().toLowerCase(), Number(port), security, user.trim()]);
  return relay.auth === 'password' && relay.user.trim() !== '' && binding(relay) === binding(saved.relay);
}

/** The stored client secret belongs to the token endpoint and the client with which it was saved. */
export function keepsClientSecret({ relay: { oauth } }: EmailForm, { relay: { oauth: before } }: EmailForm): boolean {
  return oauth.tokenUrl.trim() === before.tokenUrl && oauth.clientId.trim() === before.clientId;
}

/** `theirs`, with everything that `mine` changed since `base` changed there too. */
export function rebasedForm(base: EmailForm, mine: EmailForm, theirs: EmailForm): EmailForm {
  return { ...theirs, ...changed(base, mine), relay: { ...theirs.relay, ...changed(base.relay, mine.relay) } };
}

/** Fields in which two forms differ, as `problemsOf` names them. */
export function differingFields(one: EmailForm, other: EmailForm): EmailField[] {
  return [
    ...Object.keys(changed(one.relay, other.relay)).map((name) => `relay.${name}`),
    ...Object.keys(changed(one, other)).filter((name) => name !== 'relay'),
  ];
}

function changed<Part extends object>(before: Part, after: Part): Partial<Part> {
  const isOther = (name: string) => JSON.stringify(before[name as keyof Part]) !== JSON.stringify(after[name as keyof Part]);
  return Object.fromEntries(Object.entries(after).filter(([name]) => isOther(name))) as Partial<Part>;
}

/** `relay.host`, `from` … as in the settings. */
export type EmailField = string;
export type EmailProblem =
  | 'host-needed'
  | 'host'
  | 'port'
  | 'plain-password'
  | 'user-needed'
  | 'token-url-needed'
  | 'token-url'
  | 'client-id-needed'
  | 'domain-connections'
  | 'not-a-certificate'
  | 'folder-needed'
  | 'whole-path'
  | 'from-needed'
  | 'mailbox'
  | 'portal-url'
  | 'rate'
  | 'connections'
  | 'per-day'
  | 'too-many'
  | 'not-accepted'
  | { readonly notAMailbox: string };

const hostName = /^[^\s/:;,]+$|^\[?[0-9A-Fa-f:]+(?:%\w+)?\]?$/;

/** Everything that keeps these settings from being saved, by field. `isTest`: a relay and a sender are needed whatever the mode. */
export function problemsOf(form: EmailForm, { isTest = false } = {}): ReadonlyMap<EmailField, EmailProblem> {
  const { relay, mode } = form;
  const problems = new Map<EmailField, EmailProblem>();
  if (relay.host.trim() === '') {
    if (isTest || mode === 'relay') problems.set('relay.host', 'host-needed');
  } else if (!hostName.test(relay.host.trim())) problems.set('relay.host', 'host');
  if (!isNumber(relay.port, 1, 65_535) || !Number.isInteger(Number(relay.port))) problems.set('relay.port', 'port');
  if (relay.auth !== 'none') {
    if (relay.user.trim() === '') problems.set('relay.user', 'user-needed');
    if (relay.security === 'none') problems.set('relay.auth', 'plain-password');
  }
  if (relay.auth === 'oauth2') {
    const tokenUrl = relay.oauth.tokenUrl.trim();
    if (tokenUrl === '') problems.set('relay.oauth.tokenUrl', 'token-url-needed');
    else if (!tokenUrl.startsWith('https://') || !isWebAddress(tokenUrl)) problems.set('relay.oauth.tokenUrl', 'token-url');
    if (relay.oauth.clientId.trim() === '') problems.set('relay.oauth.clientId', 'client-id-needed');
  }
  if (relay.caPem.trim() !== '' && !/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(relay.caPem))
    problems.set('relay.caPem', 'not-a-certificate');
  if (mode === 'pickup' && form.pickupFolder.trim() === '') problems.set('pickupFolder', 'folder-needed');
  else if (form.pickupFolder.trim() !== '' && !isWholePath(form.pickupFolder)) problems.set('pickupFolder', 'whole-path');
  if (form.from.trim() === '') {
    if (isTest || mode !== 'hold') problems.set('from', 'from-needed');
  } else if (!parseMailbox(form.from)) problems.set('from', 'mailbox');
  if (form.replyTo.trim() !== '' && !parseMailbox(form.replyTo)) problems.set('replyTo', 'mailbox');
  if (form.portalUrl.trim() !== '' && !isWebAddress(form.portalUrl.trim())) problems.set('portalUrl', 'portal-url');
  const addresses = addressesIn(form.administrators);
  const wrong = addresses.find((address) => !parseMailbox(address));
  if (wrong !== undefined) problems.set('administrators', { notAMailbox: wrong });
  else if (addresses.length > 50) problems.set('administrators', 'too-many');
  if (!isNumber(form.ratePerSecond, 0, 1000)) problems.set('ratePerSecond', 'rate');
  if (!isNumber(form.connections, 1, 20) || !Number.isInteger(Number(form.connections))) problems.set('connections', 'connections');
  if (!isNumber(form.domainRatePerSecond, 0, 1000)) problems.set('domainRatePerSecond', 'rate');
  if (!isNumber(form.domainConnections, 0, 20) || !Number.isInteger(Number(form.domainConnections)))
    problems.set('domainConnections', 'domain-connections');
  if (
    form.recipientsPerDay.trim() !== '' &&
    (!isNumber(form.recipientsPerDay, 0, 100_000_000) || !Number.isInteger(Number(form.recipientsPerDay)))
  )
    problems.set('recipientsPerDay', 'per-day');
  // Whatever the contract knows and the checks above do not.
  if (problems.size === 0) {
    for (const { path } of emailSettings.safeParse(toSettings(form)).error?.issues ?? [])
      problems.set(path[0] === 'relay' ? path.slice(0, 2).join('.') : String(path[0]), 'not-accepted');
  }
  return problems;
}

function isNumber(text: string, low: number, high: number): boolean {
  return /^\s*\d+(?:\.\d+)?\s*$/.test(text) && Number(text) >= low && Number(text) <= high;
}
