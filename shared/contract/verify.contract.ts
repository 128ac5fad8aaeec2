import { z } from 'zod';
import { bypass } from './bypasses.contract.ts';
import { instant, secretText } from './common.ts';
import { command, query } from './define.ts';
import { userRef } from './userRef.ts';

/** The part of the original's catalogue of results that a console without telephone and push service can come to (reference §6.4). */
export const verifyReasons = [
  // succeeded
  'oath-code',
  'bypassed',
  'disabled-succeeded',
  // denied
  'user-not-found',
  'user-disabled',
  'locked',
  'no-method',
  'pin-missing',
  'incorrect-pin',
  'pin-change-required',
  'pin-expired',
  'code-missing',
  'incorrect-code',
  'code-already-used',
  'token-expired',
  'token-not-started',
  // not verified
  'needs-phone-service',
  'needs-text-service',
  'needs-app-service',
] as const;
export type VerifyReason = (typeof verifyReasons)[number];

export const verifyStep = z.object({
  step: z.enum(['user', 'bypass', 'pin', 'code', 'call', 'text', 'app']),
  /** `not-possible`: a service that this step needs is not there. */
  state: z.enum(['passed', 'failed', 'not-possible']),
});
export type VerifyStep = z.infer<typeof verifyStep>;

export const verifyResult = z.object({
  /** `not-verified`: what could be checked was right, and the rest needs a service that is not there. */
  outcome: z.enum(['succeeded', 'denied', 'not-verified']),
  reason: z.enum(verifyReasons),
  /** What happened, as a sentence. */
  message: z.string(),
  /** In the order in which they were done. */
  steps: z.array(verifyStep),
  /** Wrong PINs and codes that are still allowed before the user is locked; null where nothing was counted. */
  attemptsLeft: z.number().int().nullable(),
  lockedUntil: instant.nullable(),
  /** Serial number of the OATH token that the verdict is about; empty otherwise. */
  tokenSerial: z.string(),
});
export type VerifyResult = z.infer<typeof verifyResult>;

/** Second factors, verified as a sign-in would (Test…). */
export const verifyContract = {
  /**
   * Verifies a user's second factor for real: a code that is accepted is used up, so is an open one-time bypass, and wrong PINs
   * and codes are counted. After 5 in a row the user is locked for 15 minutes, after every further 5 for twice as long, at most
   * a day. Fails only where nothing can be said: `keychain-unavailable`, `keychain-locked`, `store-busy` …
   */
  check: command('manage', z.object({ user: userRef, code: secretText.optional(), pin: secretText.optional() }), verifyResult),
  /** What `check` will meet. */
  state: query(
    'read',
    z.object({ user: userRef }),
    z.object({ failures: z.number().int(), lockedUntil: instant.nullable(), bypass: bypass.nullable() }),
  ),
  /** Forgets a user's wrong PINs and codes. */
  unlock: command('manage', z.object({ user: userRef }), z.null()),
};
