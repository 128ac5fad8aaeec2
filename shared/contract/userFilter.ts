import { z } from 'zod';

/**
 * Conditions on users: what Filter User List offers, what is saved by name, and what `--where` says. The text form is read
 * and written by shared/users/filterText.ts. Letter case and accents of text never matter.
 */
export const textFields = ['username', 'firstName', 'lastName', 'email', 'userGroup', 'description', 'phone', 'backupPhone', 'dn'] as const;
export const textTests = ['is', 'is-not', 'contains', 'contains-not', 'starts-with', 'starts-with-not', 'empty', 'not-empty'] as const;
export const flagFields = [
  'enabled',
  'complete',
  'hasPin',
  'mustChangePin',
  'pinExpired',
  'phoneValid',
  'administrator',
  'accountDisabled',
  'globalServices',
] as const;
export const timeFields = ['createdAt', 'updatedAt', 'importedAt', 'pinSetAt'] as const;
export const languageFields = ['languageCall', 'languageText', 'languageApp', 'languageOath'] as const;
/** `text` for any mode of the method, `text/two-way-otp` for one. The methods and modes of `users.contract.ts`. */
export const methodValues = [
  'call',
  'call/standard',
  'call/pin',
  'text',
  'text/one-way-otp',
  'text/one-way-otp-pin',
  'text/two-way-otp',
  'text/two-way-otp-pin',
  'app',
  'app/standard',
  'app/pin',
  'oath',
  'oath/token',
] as const;
export const missingValues = ['phone', 'app', 'token', 'pin'] as const;

const not = z.boolean().default(false);

const textCondition = z
  .object({
    kind: z.literal('text'),
    field: z.enum(textFields),
    test: z.enum(textTests),
    /**
     * One of them is enough; for the `-not` tests none may hold. None for `empty` and `not-empty`, at least one otherwise.
     * In the phone fields, what is written as a number also matches by its digits: `(425) 555` is in +14255550100.
     */
    values: z.array(z.string().max(512)).max(64).default([]),
  })
  .refine(({ test, values }) => (test === 'empty' || test === 'not-empty') === (values.length === 0), {
    path: ['values'],
    message: 'Values are needed, except for empty and not-empty.',
  });

const timeCondition = z
  .object({
    kind: z.literal('time'),
    field: z.enum(timeFields),
    not,
    /** From this instant on. */
    after: z.number().int().optional(),
    /** Earlier than this instant. */
    before: z.number().int().optional(),
    /** Within the last … times 24 hours. */
    days: z.number().int().min(1).max(36_500).optional(),
    /** It did not happen. Excludes the others. */
    never: z.literal(true).optional(),
  })
  .refine(({ after, before, days, never }) => [after ?? before, days, never].filter((each) => each !== undefined).length === 1, {
    message: 'Give after or before or both, or days, or never.',
  });

/** `not` turns a condition round: exactly those whom it does not hold for. */
export const userCondition = z.discriminatedUnion('kind', [
  textCondition,
  /**
   * `phoneValid` is about users with a phone: yes for a number that can be dialled, no for a text that cannot. `pinExpired`:
   * the days of the user's own rule, or else of the company's, have passed since the PIN was set.
   */
  z.object({ kind: z.literal('flag'), field: z.enum(flagFields), is: z.boolean() }),
  z.object({ kind: z.literal('method'), not, values: z.array(z.enum(methodValues)).min(1).max(16) }),
  /** What the user's method still needs; one of `values` is enough. */
  z.object({ kind: z.literal('missing'), not, values: z.array(z.enum(missingValues)).min(1).max(4) }),
  /** Names of tags; one is enough. No value: `not` means "has a tag", otherwise "has no tag". */
  z.object({ kind: z.literal('tag'), not, values: z.array(z.string().max(128)).max(64) }),
  /** Short codes such as `en`. An empty value is the default of the company. */
  z.object({
    kind: z.literal('language'),
    field: z.enum(languageFields),
    not,
    values: z.array(z.string().max(16)).min(1).max(64),
  }),
  z.object({ kind: z.literal('origin'), is: z.enum(['import', 'manual']) }),
  timeCondition,
]);
export type UserCondition = z.infer<typeof userCondition>;

export const userFilter = z.object({
  /** Whether every condition must hold, or one. Without conditions everybody is meant. */
  match: z.enum(['all', 'any']).default('all'),
  conditions: z.array(userCondition).max(32),
});
export type UserFilter = z.infer<typeof userFilter>;
