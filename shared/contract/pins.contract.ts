import { z } from 'zod';
import { pinProblems } from '../pins/pinRules.ts';
import { secretText } from './common.ts';
import { pinRules } from './companySettings.ts';
import { query } from './define.ts';
import { userRef } from './userRef.ts';

/** PIN rules (reference §2.4). PINs are set by `users.add`, `users.edit` and `users.editMany`. */
export const pinsContract = {
  /** What holds for a user, or, without one, for somebody who has no rules of his own. */
  rules: query('read', z.object({ user: userRef.optional() }), pinRules),
  /**
   * Tells whether a PIN could be set: by the rules, phones and earlier PINs of a user, or by the company's rules and the phones
   * that are given (national ones belong to the company's default country). Sets nothing.
   */
  check: query(
    'manage',
    z.object({ pin: secretText, user: userRef.optional(), phones: z.array(z.string().max(64)).max(8).default([]) }),
    z.object({
      accepted: z.boolean(),
      /** Every rule that the PIN breaks, in the order in which people should be told. */
      problems: z.array(z.object({ reason: z.enum(pinProblems), message: z.string() })),
    }),
  ),
  /** A random PIN that `check` accepts. It is not stored. */
  generate: query(
    'manage',
    z.object({ user: userRef.optional(), phones: z.array(z.string().max(64)).max(8).default([]) }),
    z.object({ pin: z.string() }),
  ),
};
