import { z } from 'zod';
import { idsOfRows, instant, placedIds, placeRanges, placesOfRows, window } from './common.ts';
import { event, query } from './define.ts';
import { userFilter } from './userFilter.ts';

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
  'hasPin',
  'mustChangePin',
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
  hasPin: z.boolean(),
  mustChangePin: z.boolean(),
  enabled: z.boolean(),
  /** Everything that the method needs is there (reference §2.5). */
  complete: z.boolean(),
  /** What is missing when `complete` is false. */
  missing: z.array(z.enum(['phone', 'app', 'token', 'pin'])),
  createdAt: instant,
  updatedAt: instant,
});
export type UserRow = z.infer<typeof userRow>;

/** A rule of one user's own, or null: as Company Settings say. */
const own = <T extends z.ZodType>(rule: T) => rule.nullable();

/** Own PIN rules (reference §2.4). 0 days: a PIN never expires; 0 in `history`: old PINs may be used again. */
export const ownPinRules = z.object({
  canChange: own(z.boolean()),
  minLength: own(z.number().int().min(4).max(16)),
  preventWeak: own(z.boolean()),
  expirationDays: own(z.number().int().min(0).max(999)),
  history: own(z.number().int().min(0).max(10)),
});

export const userLanguages = z.object({
  call: z.string().max(16),
  text: z.string().max(16),
  app: z.string().max(16),
  oath: z.string().max(16),
});

/** What an administrator can set of one user, as the tabs General and Advanced show it. */
export const userSettings = z.object({
  username: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  userGroup: z.string(),
  description: z.string(),
  /** As stored: E.164, or text that is no number. On the way in also national, see `phoneCountry`. */
  phone: z.string(),
  extension: z.string(),
  backupPhone: z.string(),
  backupExtension: z.string(),
  globalServices: z.boolean(),
  method: z.enum(methods),
  mode: z.enum(modes),
  enabled: z.boolean(),
  mustChangePin: z.boolean(),
  administrator: z.boolean(),
  whenDisabled: own(z.enum(['succeed', 'fail'])),
  canChangePhone: own(z.boolean()),
  keepPhoneSynced: own(z.boolean()),
  /** Short codes such as `en`; empty: as Company Settings say. */
  languages: userLanguages,
  pinRules: ownPinRules,
  /** Ids of tags. */
  tags: z.array(z.number().int()).max(200),
});

export const userDetail = userRow.extend(userSettings.shape).extend({
  /** Goes up with every change of this user. */
  revision: z.number().int(),
  pin: z.object({
    setAt: instant.nullable(),
    /** An initial PIN waits, sealed, to be mailed. */
    isInitial: z.boolean(),
  }),
  /** Who enabled or disabled the user, and in which job. Null where nobody noted it yet; no account where a job alone says it. */
  enabledSince: z.object({ at: instant, account: z.string(), jobId: z.string() }).nullable(),
  devices: z.array(z.object({ id: z.number().int(), name: z.string(), type: z.string(), activatedAt: instant })),
  tokens: z.array(z.object({ id: z.number().int(), serial: z.string() })),
  /** Security questions that the user has answered. */
  answered: z.array(z.number().int()),
  origin: z.object({
    /** `import` when the user came from a directory. */
    kind: z.enum(['import', 'manual']),
    directoryId: z.string(),
    sid: z.string(),
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
  filter: userFilter.optional(),
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
  /** Ids of the users at these places of a list (`to` excluded), for commands on a selection. At most 200,000. */
  idsAt: query(
    'read',
    userSelection.extend({
      sort: z.object({ column: z.enum(userColumns), descending: z.boolean().default(false) }),
      ranges: placeRanges,
    }),
    idsOfRows,
  ),
  /** Where these users are in a list now, in the order of the ids; null for who is not in it. Lets a selection stay with its users. */
  placesOf: query(
    'read',
    userSelection.extend({
      sort: z.object({ column: z.enum(userColumns), descending: z.boolean().default(false) }),
      ids: placedIds,
    }),
    placesOfRows,
  ),
  /** By username in any letter case, or by id. */
  get: query('read', z.union([z.object({ id: z.number().int() }), z.object({ username: z.string().min(1).max(512) })]), userDetail),
  /** Users were added, changed or removed. What is shown should be read again. */
  changed: event('read', z.object({ jobId: z.string().optional() })),
};
