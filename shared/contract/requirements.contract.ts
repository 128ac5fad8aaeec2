import { z } from 'zod';
import { isHost, isPort } from '../network/hostNames.ts';
import { command, event, query } from './define.ts';

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

export const requirementsContract = {
  /** Looks at this computer and at what it depends on; ten seconds at most. With a `runId` each result is told by `checked` as it comes. */
  check: query('manage', z.object({ runId: z.string().max(64).optional() }), z.array(requirement)),
  checked: event('manage', z.object({ runId: z.string(), requirement })),
  /** With which clock ours is compared. */
  settings: query('read', z.null(), z.object({ timeServer: z.string() })),
  set: command('manage', z.object({ timeServer }), z.null()),
};
