import { z } from 'zod';
import { instant, jobRef, secretText } from './common.ts';
import { errorPayload } from './errors.ts';
import { command, query } from './define.ts';

/** Files of the store that a data folder can be without: before its first start, or for ever. */
export const optionalFiles = ['mail', 'authority'] as const;
export type OptionalFile = (typeof optionalFiles)[number];

/** An absolute path on the computer of the console. */
const backupPath = z.string().min(1).max(4_096);

/** What a backup says about itself. */
export const backupSummary = z.object({
  bytes: z.number().int(),
  createdAt: instant,
  /** Version of the console that wrote it. */
  version: z.string(),
  /** Computer on which it was written. */
  serverName: z.string(),
  users: z.number().int(),
  /** Whether the key of the vault is in it, sealed with a passphrase. */
  hasKey: z.boolean(),
});
export type BackupSummary = z.infer<typeof backupSummary>;

/** Hours between scheduled backups: those that make the same times every day, or whole days. */
export const backupHours = [1, 2, 3, 4, 6, 8, 12, 24, 48, 168] as const;

export const backupSchedule = z.object({
  everyHours: z.literal(backupHours),
  /** `02:30`, on the clock of the server. The others of a day follow from it. */
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  /** So many scheduled copies are kept; the oldest go. Others in the folder stay. */
  keep: z.number().int().min(1).max(1_000),
  folder: backupPath,
});
export type BackupSchedule = z.infer<typeof backupSchedule>;

/** A file with the ending of a backup. Whether it is one is known when it is checked. */
export const backupCopy = z.object({ file: z.string(), bytes: z.number().int(), changedAt: instant, isScheduled: z.boolean() });
export type BackupCopy = z.infer<typeof backupCopy>;

export const backupState = z.object({
  /** The last one that was made, by whomever. */
  last: z.object({ at: instant, file: z.string(), bytes: z.number().int() }).nullable(),
  /** Since the last one that was made, the last that failed. */
  failure: z.object({ at: instant, message: z.string(), file: z.string() }).nullable(),
});
export type BackupState = z.infer<typeof backupState>;

/** A backup on the computer of the console, or one that was uploaded (`csv.beginUpload`). */
const backupSource = z.union([z.object({ file: backupPath }), z.object({ uploadId: z.string().max(64) })]);

/** The last time that somebody restored a backup in the place of this store, or tried to since the console was started. */
export const restoreOutcome = z.object({
  at: instant,
  /** Its file, as it was named. */
  file: z.string(),
  /** Null: it failed, and all is as it was. */
  restored: z
    .object({
      /** When the backup was made, and on which computer. */
      createdAt: instant,
      serverName: z.string(),
      /** A backup of what was there before, or a folder with its files; null: there was nothing. */
      keptIn: z.string().nullable(),
      /** Mails that waited when it was made: they are not sent without an administrator's word. */
      mails: z.number().int(),
    })
    .nullable(),
  error: errorPayload.omit({ ref: true }).nullable(),
});
export type RestoreOutcome = z.infer<typeof restoreOutcome>;

export const backupsContract = {
  /**
   * Writes a consistent copy of the store and the settings into one new file while everything goes on. Secrets in it stay sealed by the
   * key of the vault, which is in the file only with a passphrase, sealed with that. Throws `conflict` when the file exists, `disk-full`,
   * `folder-not-writable`, `store-damaged`, and with a passphrase what the keychain says.
   */
  create: command('manage', z.object({ file: backupPath, passphrase: secretText.min(8).optional() }), backupSummary),
  /** As `create`, as a job with progress in kilobytes: reading, writing and checking count each. */
  start: command('manage', z.object({ file: backupPath, passphrase: secretText.min(8).optional() }), jobRef),
  overview: query(
    'manage',
    z.null(),
    backupState.extend({
      schedule: backupSchedule.nullable(),
      nextAt: instant.nullable(),
      /** That of the schedule, or the one that is taken when nobody chooses. */
      folder: z.string(),
      /** Those in the folder, the newest first. */
      copies: z.array(backupCopy),
      /** A file there that does not exist yet. */
      suggestedFile: z.string(),
    }),
  ),
  /** The holder of the background work makes them. Null: no more. Throws `folder-not-writable`, `invalid-input` for a path that is not whole. */
  setSchedule: command('manage', z.object({ schedule: backupSchedule.nullable() }), z.null()),
  /** Reads all of a backup. Throws `backup-not-readable`, `backup-not-valid`, `backup-damaged`, `store-newer`; with a passphrase `vault-passphrase-wrong`. */
  check: query('manage', z.object({ from: backupSource, passphrase: secretText.optional() }), backupSummary),
  /**
   * Restores a backup in the place of the store, as a job that unpacks and checks it while everything goes on. When that has ended, the console
   * stops what runs, makes a backup of what is there, and starts again on what was restored: clients lose their connection, and `app.status` says
   * how it went. `createdAt`: that of the backup that was checked. Throws `conflict` in a host that cannot start again, `store-in-use` where another
   * host on this data folder does the background work; the job fails with what `check` throws, `backup-changed`, `disk-full`.
   */
  restore: command('manage', z.object({ from: backupSource, createdAt: instant }), jobRef),
};
