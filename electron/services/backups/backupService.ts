import type { BackupSummary, backupsContract } from '../../../shared/contract/backups.contract.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { Call } from '../../runtime/call.ts';

/** Makes and reads backups without blocking the caller's thread. What they throw: see the contract. */
export interface BackupFiles {
  make(request: {
    readonly file: string;
    readonly version: string;
    readonly serverName: string;
    readonly now: number;
    /** Base64. */
    readonly sealedKey: string | null;
  }): Promise<BackupSummary>;
  check(file: string): Promise<{ readonly summary: BackupSummary; readonly sealedKey: Uint8Array | null }>;
}

export interface BackupPorts {
  readonly files: BackupFiles;
  readonly version: string;
  readonly serverName: string;
  /** The key of the vault, sealed with this passphrase. Throws what the keychain says. */
  sealKey(passphrase: Secret): Promise<Uint8Array>;
  /** Throws `vault-passphrase-wrong`. */
  checkPassphrase(passphrase: Secret, sealedKey: Uint8Array): Promise<unknown>;
  isAbsolute(file: string): boolean;
  now(): number;
}

export function createBackupService(ports: BackupPorts): Implementation<typeof backupsContract, Call> {
  const { files, version, serverName } = ports;

  function refuseRelative(file: string): void {
    if (!ports.isAbsolute(file)) {
      throw new AppError('invalid-input', 'The file of a backup needs its whole path, from the drive or root on.', { details: { file } });
    }
  }

  return {
    async create({ file, passphrase }) {
      refuseRelative(file);
      const key = passphrase === undefined ? null : await ports.sealKey(new Secret(passphrase));
      const sealedKey = key && Buffer.from(key).toString('base64');
      return files.make({ file, version, serverName, now: ports.now(), sealedKey });
    },
    async check({ file, passphrase }) {
      refuseRelative(file);
      const { summary, sealedKey } = await files.check(file);
      if (passphrase !== undefined && sealedKey) await ports.checkPassphrase(new Secret(passphrase), sealedKey);
      return summary;
    },
  };
}
