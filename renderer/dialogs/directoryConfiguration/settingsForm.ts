import {
  directorySettings,
  type Certificate,
  type DirectoryAttributes,
  type DirectoryKind,
  type DirectoryServer,
  type DirectorySettings,
  type Security,
} from '../../../shared/contract/directory.contract.ts';
import { asMilliseconds } from '../../../shared/lib/durations.ts';
import { withCertificatePin } from '../../ui/certificatePins.ts';
import { filterProblem } from './filterProblem.ts';

/** A server while it is being typed: a port may be half a number. */
export interface ServerForm {
  readonly host: string;
  readonly port: string;
  readonly security: Security;
}

/** The settings while they are being typed. Numbers are text; names that may be several are separated by semicolons. */
export interface SettingsForm {
  readonly kind: DirectoryKind;
  readonly servers: readonly ServerForm[];
  readonly baseDn: string;
  readonly bindDn: string;
  readonly allowPlainText: boolean;
  readonly caPem: string;
  readonly pins: DirectorySettings['pins'];
  readonly pageSize: string;
  /** Seconds. */
  readonly timeouts: Readonly<Record<keyof DirectorySettings['timeouts'], string>>;
  readonly filters: DirectorySettings['filters'];
  readonly attributes: AttributesForm;
  readonly defaultCountry: string;
  readonly phoneRule: DirectorySettings['phoneRule'];
}

/** Attribute names; `containerName`, `username` and `member` may hold several, separated by semicolons. */
export type AttributesForm = Readonly<Record<Exclude<keyof DirectoryAttributes, 'uniqueIdType'>, string>> &
  Pick<DirectoryAttributes, 'uniqueIdType'>;

export const portOf: Readonly<Record<Security, number>> = { ldaps: 636, starttls: 389, none: 389 };
export const emptyServer: ServerForm = { host: '', port: String(portOf.ldaps), security: 'ldaps' };
const severalNames = ['containerName', 'username', 'member'] as const;

/** What the dialog starts from where nothing is configured: the defaults of a kind and one empty server. */
export function blankForm(defaults: DirectorySettings): SettingsForm {
  return { ...toForm(defaults), servers: [emptyServer], baseDn: '', bindDn: '', caPem: '', pins: [], allowPlainText: false };
}

export function toForm(settings: DirectorySettings): SettingsForm {
  const { connectMs, firstAnswerMs, idleMs, totalMs } = settings.timeouts;
  const seconds = (milliseconds: number) => String(milliseconds / 1000);
  const { containerName, username, member, ...attributes } = settings.attributes;
  return {
    kind: settings.kind,
    servers: settings.servers.map(({ host, port, security }) => ({ host, port: String(port), security })),
    baseDn: settings.baseDn,
    bindDn: settings.bindDn,
    allowPlainText: settings.allowPlainText,
    caPem: settings.caPem,
    pins: settings.pins,
    pageSize: String(settings.pageSize),
    timeouts: { connectMs: seconds(connectMs), firstAnswerMs: seconds(firstAnswerMs), idleMs: seconds(idleMs), totalMs: seconds(totalMs) },
    filters: settings.filters,
    attributes: { ...attributes, containerName: containerName.join('; '), username: username.join('; '), member: member.join('; ') },
    defaultCountry: settings.defaultCountry,
    phoneRule: settings.phoneRule,
  };
}

/** The settings that were typed. Only what `problemsOf` finds nothing wrong with satisfies the contract. */
export function toSettings(form: SettingsForm): DirectorySettings {
  const milliseconds = (seconds: string) => asMilliseconds(Math.round(Number(seconds) * 1000));
  const names = (text: string) =>
    text
      .split(';')
      .map((name) => name.trim())
      .filter((name) => name !== '');
  const { containerName, username, member, ...attributes } = form.attributes;
  return {
    kind: form.kind,
    servers: form.servers.map(toServer),
    baseDn: form.baseDn.trim(),
    bindDn: form.bindDn.trim(),
    allowPlainText: form.allowPlainText && usesPlainText(form),
    caPem: form.caPem,
    // A pin belongs to one server; that of a server which is gone would be trusted unseen if it came back.
    pins: form.pins.filter((pin) => form.servers.some((server) => isSameServer(server, pin))),
    pageSize: Number(form.pageSize),
    timeouts: {
      connectMs: milliseconds(form.timeouts.connectMs),
      firstAnswerMs: milliseconds(form.timeouts.firstAnswerMs),
      idleMs: milliseconds(form.timeouts.idleMs),
      totalMs: milliseconds(form.timeouts.totalMs),
    },
    filters: { container: form.filters.container.trim(), group: form.filters.group.trim(), user: form.filters.user.trim() },
    attributes: { ...attributes, containerName: names(containerName), username: names(username), member: names(member) },
    defaultCountry: form.defaultCountry,
    phoneRule: form.phoneRule,
    // Whoever edits the sample directory has a directory of his own.
    sample: false,
  };
}

function toServer({ host, port, security }: ServerForm): DirectoryServer {
  return { host: host.trim(), port: Number(port), security };
}

function isSameServer(server: ServerForm, { host, port }: { host: string; port: number }): boolean {
  return server.host.trim().toLowerCase() === host.toLowerCase() && Number(server.port) === port;
}

export function usesPlainText({ servers }: Pick<SettingsForm, 'servers'>): boolean {
  return servers.some(({ security }) => security === 'none');
}

/** Another security brings its port, as long as the port is the usual one of the old security. */
export function withSecurity(server: ServerForm, security: Security): ServerForm {
  const isUntouched = server.port.trim() === '' || Number(server.port) === portOf[server.security];
  return { ...server, security, port: isUntouched ? String(portOf[security]) : server.port };
}

/** Moves an entry one place up (-1) or down (1); at the ends nothing happens. */
export function moveBy<T>(list: readonly T[], index: number, by: -1 | 1): readonly T[] {
  const other = index + by;
  if (other < 0 || other >= list.length) return list;
  const moved = [...list];
  [moved[index], moved[other]] = [list[other]!, list[index]!];
  return moved;
}

/** Trusts a certificate for one server; it replaces the one that was trusted there before. */
export function withPin(
  form: SettingsForm,
  server: Pick<DirectoryServer, 'host' | 'port'>,
  certificate: Pick<Certificate, 'sha256'>,
): SettingsForm {
  return { ...form, pins: withCertificatePin(form.pins, server, certificate) };
}

/** Filters, attributes and limits of a kind; where the directory is and who signs in stays. */
export function withDefaults(form: SettingsForm, defaults: DirectorySettings): SettingsForm {
  const { filters, attributes, pageSize, timeouts, phoneRule } = toForm(defaults);
  return { ...form, filters, attributes, pageSize, timeouts, phoneRule };
}

/** Another kind brings its own filters and attributes, unless somebody has changed those of the old kind. */
export function withKind(
  form: SettingsForm,
  kind: DirectoryKind,
  defaults: Readonly<Record<DirectoryKind, DirectorySettings>>,
): SettingsForm {
  const old = toForm(defaults[form.kind]);
  const isUntouched = isEqual(form.filters, old.filters) && isEqual(form.attributes, old.attributes);
  const { filters, attributes } = toForm(defaults[kind]);
  return isUntouched ? { ...form, kind, filters, attributes } : { ...form, kind };
}

/** The stored password belongs to the servers and the user with whom it was saved; it is never sent elsewhere. */
export function keepsPassword(form: SettingsForm, saved: SettingsForm | null): boolean {
  if (saved === null) return false;
  const targets = ({ servers }: SettingsForm) => servers.map(({ host, port }) => `${host.trim().toLowerCase()}:${Number(port)}`).toSorted();
  return form.bindDn.trim() === saved.bindDn.trim() && isEqual(targets(form), targets(saved));
}

export function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** `servers.1.port`, `baseDn`, `filters.user`, `attributes.username`, `timeouts.idleMs` … */
export type FieldPath = string;
export type Problem =
  | 'required'
  | 'host'
  | 'port'
  | 'page-size'
  | 'timeout'
  | 'country'
  | 'plain-text'
  | 'attribute-name'
  | 'too-many-names'
  | 'not-a-certificate'
  | 'too-long'
  | { readonly filterPosition: number | null };

const hostName = /^[^\s/:;,]+$|^\[?[0-9A-Fa-f:]+(?:%\w+)?\]?$/;
const attributeName = /^[A-Za-z][A-Za-z0-9-]*(?:;[A-Za-z0-9-]+)*$|^\d+(?:\.\d+)+$/;
const requiredAttributes = ['uniqueId', 'groupName', 'username', 'member'] as const;

/** Everything that keeps these settings from being saved, by field. */
export function problemsOf(form: SettingsForm): ReadonlyMap<FieldPath, Problem> {
  const problems = new Map<FieldPath, Problem>();
  form.servers.forEach(({ host, port }, index) => {
    if (host.trim() === '') problems.set(`servers.${index}.host`, 'required');
    else if (!hostName.test(host.trim())) problems.set(`servers.${index}.host`, 'host');
    if (!isInteger(port, 1, 65_535)) problems.set(`servers.${index}.port`, 'port');
  });
  if (form.baseDn.trim() === '') problems.set('baseDn', 'required');
  if (usesPlainText(form) && !form.allowPlainText) problems.set('allowPlainText', 'plain-text');
  if (!isInteger(form.pageSize, 10, 20_000)) problems.set('pageSize', 'page-size');
  for (const name of Object.keys(timeoutLimits) as (keyof typeof timeoutLimits)[]) {
    const seconds = form.timeouts[name].trim() === '' ? Number.NaN : Number(form.timeouts[name]);
    const [low, high] = timeoutLimits[name];
    if (!(seconds >= low && seconds <= high)) problems.set(`timeouts.${name}`, 'timeout');
  }
  if (!/^[A-Z]{2}$/.test(form.defaultCountry)) problems.set('defaultCountry', 'country');
  if (form.caPem.trim() !== '' && !/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(form.caPem))
    problems.set('caPem', 'not-a-certificate');
  for (const [name, filter] of Object.entries(form.filters)) {
    const problem = filterProblem(filter);
    if (problem) problems.set(`filters.${name}`, { filterPosition: problem.position });
  }
  attributeProblems(form.attributes, problems);
  // Whatever the contract knows and the checks above do not.
  if (problems.size === 0) {
    for (const { path } of directorySettings.safeParse(toSettings(form)).error?.issues ?? []) problems.set(path.join('.'), 'too-long');
  }
  return problems;
}

/** Seconds, as in the contract. */
const timeoutLimits: Readonly<Record<keyof DirectorySettings['timeouts'], readonly [number, number]>> = {
  connectMs: [0.1, 600],
  firstAnswerMs: [0.1, 3_600],
  idleMs: [0.1, 3_600],
  totalMs: [1, 86_400],
};

function attributeProblems({ uniqueIdType: _type, ...attributes }: AttributesForm, problems: Map<FieldPath, Problem>): void {
  for (const [name, text] of Object.entries(attributes)) {
    const isSeveral = severalNames.some((several) => several === name);
    const names = isSeveral
      ? text
          .split(';')
          .map((one) => one.trim())
          .filter(Boolean)
      : [text.trim()].filter(Boolean);
    if (names.length === 0 && requiredAttributes.some((required) => required === name)) problems.set(`attributes.${name}`, 'required');
    else if (names.some((one) => !attributeName.test(one))) problems.set(`attributes.${name}`, 'attribute-name');
    else if (names.length > (name === 'containerName' ? 8 : 4)) problems.set(`attributes.${name}`, 'too-many-names');
  }
}

function isInteger(text: string, low: number, high: number): boolean {
  return /^\s*\d+\s*$/.test(text) && Number(text) >= low && Number(text) <= high;
}
