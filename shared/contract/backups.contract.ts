import { z } from 'zod';
import { instant, secretText } from './common.ts';
import { command, query } from './define.ts';

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

export const backupsContract = {
  /**
   * Writes a consistent copy of the store and the settings into one new file while everything goes on. Secrets in it stay sealed by the
   * key of the vault, which is in the file only with a passphrase, sealed with that. Throws `conflict` when the file exists, `disk-full`,
   * `folder-not-writable`, `store-damaged`, and with a passphrase what the keychain says.
   */
  create: command('manage', z.object({ file: backupPath, passphrase: secretText.min(8).optional() }), backupSummary),
  /** Reads all of a backup. Throws `backup-not-valid`, `backup-damaged`, `store-newer`; with a passphrase `vault-passphrase-wrong`. */
  check: query('manage', z.object({ file: backupPath, passphrase: secretText.optional() }), backupSummary),
};
