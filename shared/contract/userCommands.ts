import { z } from 'zod';
import { instant, jobRef, secretText, window } from './common.ts';
import { command, query } from './define.ts';
import { mailCounts, mailOutcome, mailVerdict, sendEmail } from './sendEmail.ts';
import { methods, modes, ownPinRules, userDetail, userLanguages, userSelection, userSettings } from './users.contract.ts';

/** Text as it is typed; the service trims it and says which limit it breaks (`shared/directory/mappingText.ts`). */
const typed = z.string().max(8192);

const typedSettings = userSettings.extend({
  username: typed,
  firstName: typed,
  lastName: typed,
  email: typed,
  userGroup: typed,
  description: typed,
  phone: typed,
  extension: typed,
  backupPhone: typed,
  backupExtension: typed,
});

/** Changes of one user. What is absent stays. */
export const userChanges = typedSettings.partial().extend({
  /** ISO 3166-1 alpha-2 for a `phone` or `backupPhone` without country code. Absent: the default country of the company. */
  phoneCountry: z.string().length(2).optional(),
  backupPhoneCountry: z.string().length(2).optional(),
  languages: userLanguages.partial().optional(),
  pinRules: ownPinRules.partial().optional(),
  /** A new PIN; it must keep the rules. */
  pin: secretText.optional(),
});
export type UserChanges = z.infer<typeof userChanges>;

/** What somebody saw who edits a user: any of the settings, as `get` answered them. */
export const userBase = userSettings.partial();
export type UserBase = z.infer<typeof userBase>;

/** Whom a command is about: chosen users, or everybody whom a list shows. */
export const userTarget = z.union([z.object({ ids: z.array(z.number().int()).min(1).max(200_000) }), z.object({ where: userSelection })]);
export type UserTarget = z.infer<typeof userTarget>;

/** The same change for many users. What is absent stays. */
export const manyChanges = typedSettings
  .pick({
    userGroup: true,
    globalServices: true,
    enabled: true,
    mustChangePin: true,
    administrator: true,
    whenDisabled: true,
    canChangePhone: true,
    keepPhoneSynced: true,
  })
  .partial()
  .extend({
    /** Both or neither. `company`: as Company Settings give it to new users. */
    method: z.union([z.literal('company'), z.object({ method: z.enum(methods), mode: z.enum(modes) })]).optional(),
    languages: userLanguages.partial().optional(),
    pinRules: ownPinRules.partial().optional(),
    addTags: z.array(z.number().int()).max(200).optional(),
    removeTags: z.array(z.number().int()).max(200).optional(),
    /** `initial`: everybody gets a new random PIN, to be mailed and changed. `none`: takes the PIN away. */
    pin: z.enum(['initial', 'none']).optional(),
  });
export type ManyChanges = z.infer<typeof manyChanges>;

export const removedUser = z.object({
  id: z.number().int(),
  username: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  removedAt: instant,
  removedBy: z.string(),
  /** When the user is forgotten for good. */
  forgottenAt: instant,
});
export type RemovedUser = z.infer<typeof removedUser>;

/** What administrators do to one user. Part of `users` in the contract. */
export const userCommands = {
  /**
   * Adds one user; what is absent is as Company Settings say. With `sendEmail` the rules of reference §3.4 decide which mail goes into the
   * outbox, `mail` in the answer says which; a PIN given along is then told by it. `mail-not-ready` before anything is written. `username-taken`, `invalid-input`,
   * `phone-not-valid`, `pin-refused`.
   */
  add: command(
    'manage',
    userChanges.extend({ username: typed, sendEmail: z.boolean().optional() }),
    z.object({ id: z.number().int(), mail: mailOutcome.optional() }),
  ),
  /**
   * Changes one user. `base` is what the fields were when somebody began to edit: a field that is as it was then stays as it
   * is now, and where somebody else has meanwhile changed one of the same fields to something else nothing is written
   * (`changed-meanwhile`, `details.fields`). Without `base` the changes win. Otherwise as `add`.
   */
  edit: command(
    'manage',
    z.object({
      id: z.number().int(),
      base: userBase.optional().meta({ audited: false }),
      changes: userChanges,
      sendEmail: z.boolean().optional(),
    }),
    userDetail.extend({ mail: mailOutcome.optional() }),
  ),
  /** Which mail `add` (`id` null) or `edit` would make, with `sendEmail`. `newPin` stands for a PIN. Writes nothing; throws as they do. */
  previewMail: query(
    'manage',
    z.object({ id: z.number().int().nullable(), changes: userChanges.omit({ pin: true }), newPin: z.boolean().default(false) }),
    mailVerdict,
  ),
};

/** What administrators do to many users. */
export const manyUserCommands = {
  /** How many users a change is about, how many it would change, and which mails it would make. Writes nothing. */
  previewMany: query(
    'manage',
    z.object({ target: userTarget, changes: manyChanges, sendEmail: sendEmail.optional() }),
    z.object({ matched: z.number().int(), changing: z.number().int(), mails: mailCounts.optional() }),
  ),
  /**
   * Changes many users as a job; each is changed as a whole or not at all. What others change meanwhile in other fields stays. Who was
   * changed is mailed as `sendEmail` says, also when the job is cancelled then; `mail-not-ready` before anything is written.
   */
  editMany: command('manage', z.object({ target: userTarget, changes: manyChanges, sendEmail: sendEmail.optional() }), jobRef),
  /** Puts users into the recycle bin, from where they can be restored for 30 days. A job. */
  remove: command('manage', z.object({ target: userTarget }), jobRef),
  /** Who is in the recycle bin, last removed first. */
  removed: query(
    'read',
    z.object({ search: z.string().max(256).default(''), ...window }),
    z.object({ users: z.array(removedUser), total: z.number().int() }),
  ),
  /** Brings users back as they were; who is in the list already stays as he is. Each whose username or directory id somebody has meanwhile is reported and stays. A job. */
  restore: command('manage', z.object({ ids: z.array(z.number().int()).min(1).max(200_000) }), jobRef),
  /** Takes users out of the recycle bin for good, with all that belonged to them; their OATH tokens become free. A job. */
  forget: command('manage', z.object({ ids: z.array(z.number().int()).min(1).max(200_000) }), jobRef),
  /** The mobile app on this device is no longer accepted. */
  removeDevice: command('manage', z.object({ id: z.number().int(), deviceId: z.number().int() }), z.null()),
};
