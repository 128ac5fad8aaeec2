import type { PinRules } from '../contract/companySettings.ts';
import type { ownPinRules } from '../contract/users.contract.ts';
import type { z } from 'zod';

export type OwnPinRules = z.infer<typeof ownPinRules>;

/** Why a PIN is refused. Each has a sentence of its own in renderer/i18n/en/pins.ts and in the message of `pin-refused`. */
export const pinProblems = ['not-digits', 'too-short', 'too-long', 'sequential', 'repeating', 'phone', 'history', 'mismatch'] as const;
export type PinProblem = (typeof pinProblems)[number];

/** The shortest minimum that a rule may ask for, and what *Generate* makes where nothing asks for more (reference §2.4). */
export const shortestPin = 4;

/** The largest minimum that a rule may ask for. Longer ones cannot be keyed in during a phone call before it times out. */
export const longestPin = 16;

/** The rules for one user: his own where he has some, else the company's. */
export function effectivePinRules(own: OwnPinRules, company: PinRules): PinRules {
  return {
    canChange: own.canChange ?? company.canChange,
    minLength: own.minLength ?? company.minLength,
    preventWeak: own.preventWeak ?? company.preventWeak,
    expirationDays: own.expirationDays ?? company.expirationDays,
    history: own.history ?? company.history,
  };
}

const dayMs = 86_400_000;

/** When a PIN that was set at `setAt` has to be changed, in milliseconds since 1970; null when it never has to. */
export function pinExpiresAt(setAt: number, { expirationDays }: Pick<PinRules, 'expirationDays'>): number | null {
  return expirationDays === 0 ? null : setAt + expirationDays * dayMs;
}
