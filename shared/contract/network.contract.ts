import { z } from 'zod';
import { query } from './define.ts';

export const networkTarget = z.object({
  host: z.string(),
  port: z.number().int(),
  purpose: z.enum(['cloud', 'revocation', 'directory', 'relay']),
  /** A failure is only worth a warning. */
  optional: z.boolean(),
});
export type NetworkTarget = z.infer<typeof networkTarget>;

export const targetCheck = networkTarget.extend({
  state: z.enum(['pass', 'warn', 'fail']),
  /** What was found, and for a warning or failure what to do. */
  reason: z.string(),
  /** All addresses that DNS answered. */
  addresses: z.array(z.string()),
  /** Time until the TCP connection stood; null: it did not. */
  connectMs: z.number().nullable(),
  /** Of the TLS connection, where one was made. */
  tls: z.object({ version: z.string(), issuer: z.string(), trusted: z.boolean() }).nullable(),
});
export type TargetCheck = z.infer<typeof targetCheck>;

export const networkContract = {
  /** What this server has to reach: published hosts, the configured directory and relay. */
  targets: query('read', z.null(), z.array(networkTarget)),
  /** Tries all targets at once; each takes at most about five seconds. */
  check: query('read', z.null(), z.array(targetCheck)),
};
