import { z } from 'zod';
import { companySettings } from './companySettings.ts';
import { query } from './define.ts';
import { errorPayload } from './errors.ts';

/** Which user a name of a sign-in means, and why (reference §5.2). */
export const usernameResolution = z.object({
  /** `not-in-list`: the name is known, but none of our users is that person. `ambiguous`: more than one account has the name. */
  outcome: z.enum(['found', 'not-in-list', 'not-in-directory', 'no-identifier', 'ambiguous']),
  user: z.object({ id: z.number().int(), username: z.string() }).nullable(),
  /** How Company Settings say that users are matched. */
  kind: companySettings.shape.usernameResolution.shape.kind,
  /** What was looked for, in this order: the name as it is, then without its domain. */
  tried: z.array(z.string()),
  /** The account that the directory has under the name; null where it was not asked or has none. */
  account: z.object({ dn: z.string(), matched: z.string(), identifier: z.string() }).nullable(),
  /** Why the directory could not be asked. Then the name was looked for in the list of users itself. */
  directoryError: errorPayload.pick({ code: true, message: true }).nullable(),
});
export type UsernameResolution = z.infer<typeof usernameResolution>;

export const usernamesContract = {
  /** The user whom a name means that somebody enters when he signs in. Changes nothing. */
  resolve: query('read', z.object({ name: z.string().trim().min(1).max(512) }), usernameResolution),
};
