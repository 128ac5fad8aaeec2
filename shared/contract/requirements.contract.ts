import { z } from 'zod';
import { isHost, isPort } from '../network/hostNames.ts';
import { command, event, query } from './define.ts';
import { pastCheck } from './network.contract.ts';

/** In the order in which they are shown. */
export const requirementKinds = [
  'disk',
  'memory',
  'processor',
  'system',
  'program',
  'data-folder',
  'store',
  'keychain',
  'clock',
  'directory',
  'directory-certificate',
  'relay',
  'relay-certificate',
  'activation-certificate',
] as const;
export type RequirementKind = (typeof requirementKinds)[number];

export const requirement = z.object({
  kind: z.enum(requirementKinds),
  state: z.enum(['pass', 'warn', 'fail']),
  /** What was found, in a sentence. */
  reason: z.string(),
  /** What to do about a warning or failure; empty where nothing is to be done. */
  fix: z.string(),
});
export type Requirement = z.infer<typeof requirement>;

export const defaultTimeServer = 'time.windows.com';

/** `host` or `host:port`; without a port it is that of NTP, 123. Empty: the clock is not compared. */
export const timeServer = z
  .string()
  .trim()
  .toLowerCase()
  .max(260)
  .refine((text) => text === '' || parseTimeServer(text) !== null, 'is no host name or IP address, with or without :port');

/** Null: it is neither a host nor a host and a port. */
export function parseTimeServer(text: string): { readonly host: string; readonly port: number } | null {
  if (isHost(text)) return { host: text, port: 123 };
  const [, host = '', port = ''] = /^\[?(.+?)\]?:(\d{1,5})$/.exec(text) ?? [];
  return isHost(host) && isPort(port) ? { host, port: Number(port) } : null;
}

export const requirementSettings = z.object({
  /** With which clock ours is compared. */
  timeServer: timeServer.default(defaultTimeServer),
  /** Hours between two checks that the console makes by itself; 0: it makes none. */
  everyHours: z.number().int().min(0).max(168).default(24),
});
export type RequirementSettings = z.infer<typeof requirementSettings>;

export const requirementsContract = {
  /** Looks at this computer and at what it depends on; ten seconds at most. With a `runId` each result is told by `checked` as it comes. */
  check: query('manage', z.object({ runId: z.string().max(64).optional() }), z.array(requirement)),
  checked: event('manage', z.object({ runId: z.string(), requirement })),
  /** What the checks of a requirement found, the newest first; of each the newest 200 are kept. */
  history: query(
    'manage',
    z.object({ kind: z.enum(requirementKinds), limit: z.number().int().min(1).max(200).default(200) }),
    z.array(pastCheck),
  ),
  settings: query('read', z.null(), requirementSettings),
  /** How often the console checks by itself while it, or `mfactl serve`, runs. */
  setSchedule: command('manage', requirementSettings.pick({ everyHours: true }), z.null()),
  set: command('manage', z.object({ timeServer }), z.null()),
};
