import { z } from 'zod';
import { instant, window } from './common.ts';
import { command, event, query } from './define.ts';
import { userRef } from './userRef.ts';

/** Seconds (reference §2.8). */
export const bypassSeconds = { usual: 300, most: 1800 } as const;
export const bypassReasonLimit = 200;

export const bypass = z.object({
  id: z.number().int(),
  userId: z.number().int(),
  /** Empty when the user was removed for good. */
  username: z.string(),
  seconds: z.number().int(),
  reason: z.string(),
  startedBy: z.string(),
  startedAt: instant,
  expiresAt: instant,
  state: z.enum(['open', 'used', 'expired', 'revoked']),
  /** When it was used or revoked; null when nobody did. */
  endedAt: instant.nullable(),
  /** Who revoked it; empty otherwise. */
  revokedBy: z.string(),
});
export type Bypass = z.infer<typeof bypass>;

/** One-time bypass: lets one user skip the second factor once, within some seconds (reference §2.8). */
export const bypassesContract = {
  /** An open one of the same user is revoked: nobody has two. `not-found`, `invalid-input` without a reason. */
  start: command(
    'manage',
    z.object({
      user: userRef,
      seconds: z.number().int().min(1).max(bypassSeconds.most).default(bypassSeconds.usual),
      reason: z.string().max(8192),
    }),
    bypass,
  ),
  /** Newest first. `open`: only those that can still be used. */
  list: query(
    'read',
    z.object({ show: z.enum(['open', 'all']).default('open'), ...window }),
    z.object({ bypasses: z.array(bypass), total: z.number().int() }),
  ),
  /** Answers how many were open and are revoked now: one or none. */
  revoke: command('manage', z.object({ user: userRef }), z.object({ revoked: z.number().int() })),
  /** One was started, used or revoked by this process. What is shown should be read again. */
  changed: event('read', z.object({ userId: z.number().int() })),
};
