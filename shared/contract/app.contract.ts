import { z } from 'zod';
import { restoreOutcome } from './backups.contract.ts';
import { secretText } from './common.ts';
import { command, event, ownCommand, query } from './define.ts';

export const hostKinds = ['desktop', 'headless', 'command line'] as const;

export const vaultState = z.object({
  /** `keychain`: the key lies in the keychain of the operating system. `passphrase`: sealed by a passphrase, open. `locked`: sealed, passphrase needed. `unavailable`: no keychain answers and no passphrase was set. */
  state: z.enum(['keychain', 'passphrase', 'locked', 'unavailable']),
  /** Which keychain it is, or why there is none. */
  backend: z.string(),
});
export type VaultState = z.infer<typeof vaultState>;

export const appContract = {
  status: query(
    'read',
    z.null(),
    z.object({
      version: z.string(),
      host: z.enum(hostKinds),
      serverName: z.string(),
      dataFolder: z.string(),
      access: z.array(z.enum(['read', 'manage'])),
      vault: vaultState,
      /** This process holds the lease and runs background work. */
      leaseHolder: z.boolean(),
      /** What the check after the start found wrong with the file of users. Absent while nothing is wrong or the check still runs. */
      storeDamage: z.string().optional(),
      /** Null: this store was never restored. */
      lastRestore: restoreOutcome.nullable(),
    }),
  ),
  /** Opens a sealed vault, or, where no keychain answers and none exists yet, creates one sealed by this passphrase. */
  unlockVault: command('manage', z.object({ passphrase: secretText }), vaultState),
  /** Somebody opened the vault, or made one. */
  vaultChanged: event('read', z.object({})),
  /** Columns, sizes, theme: kept per administrator. The value is JSON text. */
  preference: query('read', z.object({ key: z.string().max(64) }), z.object({ value: z.string().nullable() })),
  setPreference: ownCommand('read', z.object({ key: z.string().max(64), value: z.string().max(65_536) }), z.null()),
};
