import { z } from 'zod';

/**
 * Conditions on users: what Filter User List offers, what is saved by name, and what `--where` says. The text form is read
 * and written by shared/users/filterText.ts.
 */
export const textFields = ['username', 'firstName', 'lastName', 'email', 'userGroup', 'description', 'phone', 'backupPhone', 'dn'] as const;
export const textTests = ['is', 'is-not', 'contains', 'contains-not', 'starts-with', 'empty', 'not-empty'] as const;
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

export const userCondition = z.discriminatedUnion('kind', [
  /** Letter case and accents do not matter. One of `values` is enough; for the `-not` tests none may hold. */
  z.object({
    kind: z.literal('text'),
    field: z.enum(textFields),
    test: z.enum(textTests),
    values: z.array(z.string().max(512)).max(64).default([]),
  }),
  z.object({ kind: z.literal('flag'), field: z.enum(flagFields), is: z.boolean() }),
  /** `text` for any mode of the method, `text/two-way-otp` for one. */
  z.object({ kind: z.literal('method'), not: z.boolean().default(false), values: z.array(z.string().max(32)).min(1).max(16) }),
  z.object({ kind: z.literal('missing'), values: z.array(z.enum(['phone', 'app', 'token', 'pin'])).min(1) }),
  /** Names of tags. No value: `not` means "has a tag", otherwise "has no tag". */
  z.object({ kind: z.literal('tag'), not: z.boolean().default(false), values: z.array(z.string().max(128)).max(64) }),
  /** An empty value is the default of the company. */
  z.object({
    kind: z.literal('language'),
    field: z.enum(languageFields),
    not: z.boolean().default(false),
    values: z.array(z.string().max(16)).min(1).max(64),
  }),
  z.object({ kind: z.literal('origin'), is: z.enum(['import', 'manual']) }),
  /** `after` and `before` are instants; `days` means "within the last … days"; `never` means that it did not happen. */
  z.object({
    kind: z.literal('time'),
    field: z.enum(timeFields),
    after: z.number().int().optional(),
    before: z.number().int().optional(),
    days: z.number().int().min(1).max(36_500).optional(),
    never: z.boolean().optional(),
  }),
]);
export type UserCondition = z.infer<typeof userCondition>;

export const userFilter = z.object({
  /** Whether every condition must hold, or one. */
  match: z.enum(['all', 'any']).default('all'),
  conditions: z.array(userCondition).max(32),
});
export type UserFilter = z.infer<typeof userFilter>;
