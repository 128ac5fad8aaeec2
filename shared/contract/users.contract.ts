import { z } from 'zod';
import { instant, window } from './common.ts';
import { event, query } from './define.ts';

export const methods = ['call', 'text', 'app', 'oath'] as const;
/** Which modes belong to which method; the first is the default. Words of the original product (reference §2.3). */
export const modesOf = {
  call: ['standard', 'pin'],
  text: ['one-way-otp', 'one-way-otp-pin', 'two-way-otp', 'two-way-otp-pin'],
  app: ['standard', 'pin'],
  oath: ['token'],
} as const;
export const modes = ['standard', 'pin', 'one-way-otp', 'one-way-otp-pin', 'two-way-otp', 'two-way-otp-pin', 'token'] as const;
export type Method = (typeof methods)[number];
export type Mode = (typeof modes)[number];

/** Columns by which the list can be sorted. `name` is last name, then first name. */
export const userColumns = [
  'username',
  'name',
  'email',
  'userGroup',
  'phone',
  'backupPhone',
  'method',
  'enabled',
  'complete',
  'createdAt',
  'updatedAt',
] as const;
export type UserColumn = (typeof userColumns)[number];

export const userRow = z.object({
  id: z.number().int(),
  username: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  userGroup: z.string(),
  /** E.164, or the directory's own text where `phoneValid` is false. Empty when there is none. */
  phone: z.string(),
  phoneValid: z.boolean(),
  extension: z.string(),
  backupPhone: z.string(),
  backupPhoneValid: z.boolean(),
  method: z.enum(methods),
  mode: z.enum(modes),
  enabled: z.boolean(),
  /** Everything that the method needs is there (reference §2.5). */
  complete: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
});
export type UserRow = z.infer<typeof userRow>;

export const userDetail = userRow.extend({
  backupExtension: z.string(),
  /** What is missing when `complete` is false. */
  missing: z.array(z.enum(['phone', 'app', 'token', 'pin'])),
  mustChangePin: z.boolean(),
  languages: z.object({ call: z.string(), text: z.string(), app: z.string(), oath: z.string() }),
  description: z.string(),
  origin: z.object({
    /** `import` when the user came from a directory. */
    kind: z.enum(['import', 'manual']),
    directoryId: z.string(),
    dn: z.string(),
    /** The job that last added or updated this user. */
    jobId: z.string(),
    importedAt: instant.nullable(),
    /** State of the account in the directory at that time. */
    accountDisabled: z.boolean(),
  }),
});
export type UserDetail = z.infer<typeof userDetail>;

/** Which users a list or a count is about. Everything given must hold. */
export const userSelection = z.object({
  /** Contained in username, names, e-mail address, group or phone; case and accents do not matter. */
  search: z.string().max(256).default(''),
  /** Only users that this import added or updated. */
  importJobId: z.string().max(64).optional(),
});

export const usersContract = {
  /** One window of the list, sorted and filtered in the store. Never asks the directory. */
  list: query(
    'read',
    userSelection.extend({
      sort: z
        .object({ column: z.enum(userColumns), descending: z.boolean().default(false) })
        .default({ column: 'username', descending: false }),
      ...window,
    }),
    z.object({ rows: z.array(userRow), offset: z.number().int() }),
  ),
  /** Exact number of users in the selection; a call of its own so that no window waits for it. */
  count: query('read', userSelection, z.object({ count: z.number().int() })),
  /** By username in any letter case, or by id. */
  get: query('read', z.union([z.object({ id: z.number().int() }), z.object({ username: z.string().min(1).max(512) })]), userDetail),
  /** Users were added, changed or removed. What is shown should be read again. */
  changed: event('read', z.object({ jobId: z.string().optional() })),
};
