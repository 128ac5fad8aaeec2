import { z } from 'zod';
import { isHost } from '../network/hostNames.ts';
import { rangeTables } from '../network/published.ts';
import { instant, secretText } from './common.ts';
import { command, event, query } from './define.ts';

/** `cloud` and `revocation` are published, `directory`, `relay`, `authority` and `time` are configured elsewhere, `own` are the administrator's. */
export const targetPurposes = ['cloud', 'revocation', 'migration', 'directory', 'relay', 'authority', 'time', 'own'] as const;

export const networkTarget = z.object({
  /** `host:port`, or `host:port/udp`, in lower case; an IPv6 address in brackets. */
  id: z.string(),
  host: z.string(),
  port: z.number().int(),
  protocol: z.enum(['tcp', 'udp']),
  purpose: z.enum(targetPurposes),
  /** What the administrator says about it; empty for targets that are not his own. */
  name: z.string(),
  /** TLS begins as soon as the connection stands. Otherwise the connection itself is tried. */
  tls: z.boolean(),
  /** A failure is only worth a warning. */
  optional: z.boolean(),
  /** Whether it is checked. */
  isEnabled: z.boolean(),
  /** Why it is not checked unless somebody switches it on; empty for the others. */
  note: z.string(),
});
export type NetworkTarget = z.infer<typeof networkTarget>;

export const targetCheck = networkTarget.pick({ id: true, host: true, port: true, protocol: true, purpose: true, optional: true }).extend({
  state: z.enum(['pass', 'warn', 'fail']),
  /** What was found, and for a warning or failure what to do. */
  reason: z.string(),
  /** All addresses that DNS answered. */
  addresses: z.array(z.string()),
  /** Time until the TCP connection stood, or until a time server answered; null: neither happened. */
  connectMs: z.number().nullable(),
  /** Of the TLS connection, where one was made. */
  tls: z
    .object({
      version: z.string(),
      issuer: z.string(),
      /** Names of all certificates from the server's own to the last that is known. */
      chain: z.array(z.string()),
      trusted: z.boolean(),
      /** ISO 8601 */
      notAfter: z.string(),
    })
    .nullable(),
  /** The proxy through which it was tried, `host:port`; null: there is none in between. */
  proxy: z.string().nullable(),
  /** The answer in plain HTTP, where there was one. */
  http: z.object({ status: z.number().int(), location: z.string() }).nullable(),
  /** By how much the clock over there is ahead of ours, to the second; for a time server to the millisecond. Null: it did not tell. */
  clockMs: z.number().nullable(),
});
export type TargetCheck = z.infer<typeof targetCheck>;

/** What a check found in the past. */
export const pastCheck = targetCheck.pick({ state: true, reason: true, connectMs: true }).extend({ at: instant });
export type PastCheck = z.infer<typeof pastCheck>;

export const ownTarget = z.object({
  name: z.string().trim().max(100).default(''),
  host: z.string().trim().toLowerCase().refine(isHost, 'A host name or an IP address, without https:// and without a path.'),
  port: z.number().int().min(1).max(65_535),
  tls: z.boolean().default(true),
  optional: z.boolean().default(false),
});

/** So many targets of his own an administrator may have. */
export const mostOwnTargets = 50;

/** `environment`: what HTTPS_PROXY and NO_PROXY say; `own`: the one that is set here. */
export const proxyModes = ['environment', 'none', 'own'] as const;

export const proxySettings = z.object({
  mode: z.enum(proxyModes).default('environment'),
  host: z.string().trim().toLowerCase().max(253).default(''),
  port: z.number().int().min(1).max(65_535).default(8080),
  /** Empty: the proxy wants no sign-in. */
  user: z.string().trim().max(256).default(''),
  /** What is reached without it, written as in NO_PROXY. */
  bypass: z.array(z.string().trim().min(1).max(260)).max(100).default([]),
});
export type ProxySettings = z.infer<typeof proxySettings>;

/** Which proxy is used. */
export const proxyState = z.object({
  settings: proxySettings,
  passwordStored: z.boolean(),
  /** `host:port` of the proxy in use; null: there is none. */
  inUse: z.string().nullable(),
  /** What the environment says: the proxy, what is reached without it, and why it cannot be used. */
  environment: z.object({ proxy: z.string().nullable(), bypass: z.array(z.string()), problem: z.string() }),
});
export type ProxyState = z.infer<typeof proxyState>;

export const networkSettings = z.object({
  own: z.array(ownTarget).max(mostOwnTargets),
  /** Targets that were switched on or off by hand, by id. */
  switched: z.record(z.string(), z.boolean()),
  /** Hours between two checks that the console makes by itself; 0: it makes none. */
  everyHours: z.number().int().min(0).max(168).default(24),
  proxy: proxySettings.default(() => proxySettings.parse({})),
  /** Event Confirmation is in use: what the console itself cannot know. */
  eventConfirmation: z.boolean().default(false),
});
export type NetworkSettings = z.infer<typeof networkSettings>;

/** The table of published ranges that applies, and why. */
const automaticTable = z.object({ table: z.enum(rangeTables), reason: z.string() });
export type AutomaticTable = z.infer<typeof automaticTable>;

/** What the rules of Windows Firewall that are in force make of the way to a target. */
const ruleVerdict = z.object({
  /** Of the target. */
  id: z.string(),
  /** `unknown`: its addresses are not known, or a rule goes by what only Windows knows. */
  verdict: z.enum(['allowed', 'allowed-by-default', 'unknown', 'blocked-by-default', 'blocked']),
  /** The rule that decides; null: none does. */
  rule: z.string().nullable(),
  reason: z.string(),
});
export type RuleVerdict = z.infer<typeof ruleVerdict>;

const targetId = z.string().trim().toLowerCase().min(1).max(300);

export const networkContract = {
  /**
   * What this server has to reach: published hosts, the configured directory, relay, activation authority and time server, and the
   * administrator's own.
   */
  targets: query('read', z.null(), z.array(networkTarget)),
  /**
   * Tries the enabled targets, or those that are named, all at once; that takes as long as the slowest, five seconds at most. With a
   * `runId` each result is told by `checked` as soon as it is there.
   */
  check: query(
    'read',
    z.object({ ids: z.array(targetId).min(1).max(200).optional(), runId: z.string().max(64).optional() }),
    z.array(targetCheck),
  ),
  checked: event('read', z.object({ runId: z.string(), check: targetCheck })),
  /** Fails with `invalid-input` where the same host and port are a target already. */
  addTarget: command('manage', ownTarget, z.object({ id: z.string() })),
  /** Only the administrator's own targets can be removed; all can be switched off. */
  removeTarget: command('manage', z.object({ id: targetId }), z.null()),
  setEnabled: command('manage', z.object({ id: targetId, isEnabled: z.boolean() }), z.null()),
  /** What the checks of a target found, the newest first; of each target the newest 200 are kept. */
  history: query('read', z.object({ id: targetId, limit: z.number().int().min(1).max(200).default(200) }), z.array(pastCheck)),
  schedule: query('read', z.null(), networkSettings.pick({ everyHours: true })),
  /** How often the console checks by itself while it, or `mfactl serve`, runs. */
  setSchedule: command('manage', networkSettings.pick({ everyHours: true }), z.null()),
  /** Which table of published ranges applies by what is known of the users. */
  rangeTable: query('read', z.null(), automaticTable.extend({ eventConfirmation: z.boolean() })),
  setEventConfirmation: command('manage', z.object({ isUsed: z.boolean() }), z.null()),
  /** Whether this server runs on Windows, so that there are rules to compare with. */
  windowsFirewall: query('read', z.null(), z.object({ isHere: z.boolean() })),
  /**
   * Holds the enabled targets against the outbound rules of Windows Firewall that are in force, half a minute at most. Null where this server does not
   * run on Windows. Fails with `windows-firewall-unreadable`.
   */
  compareRules: query('manage', z.null(), z.array(ruleVerdict).nullable()),
  /** Through which proxy HTTPS and the lists of revoked certificates are reached. */
  proxy: query('read', z.null(), proxyState),
  /** Without a password the one that is kept for this proxy and user stays. */
  setProxy: command(
    'manage',
    proxySettings.extend({ password: secretText.optional() }).refine(({ mode, host }) => mode !== 'own' || isHost(host), {
      path: ['host'],
      message: 'A host name or an IP address, without https:// and without a path.',
    }),
    z.null(),
  ),
  /** Targets were added, removed or switched, or how they are reached was changed. */
  changed: event('read', z.object({})),
};
