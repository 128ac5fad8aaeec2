import type { BackupSummary } from '../../../shared/contract/backups.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { storeFiles } from '../storeFiles.ts';
import { readBackup, type BackupManifest } from './backupFile.ts';

export interface CheckedBackup {
  readonly summary: BackupSummary;
  readonly sealedKey: Uint8Array | null;
}

/**
 * Reads all of a backup; `take` gets what is in it (see readBackup).
 * Throws AppError `backup-not-valid`, `backup-damaged`, `backup-not-readable`; `store-newer` when this version cannot open it.
 */
export function checkBackup(path: string, take: (name: string, block: Uint8Array) => void = () => {}): CheckedBackup {
  const manifest = readBackup(path, take);
  const { bytes, createdAt, version, serverName, users, sealedKey } = manifest;
  refuseNewer(manifest);
  for (const needed of ['console.db', 'users.db', 'mail.db']) {
    if (!manifest.files.some(({ name }) => name === needed)) {
      throw new AppError('backup-damaged', 'The backup is damaged or not complete.', { details: { finding: `${needed} is missing.` } });
    }
  }
  return {
    summary: { bytes, createdAt, version, serverName, users, hasKey: sealedKey !== null },
    sealedKey: sealedKey === null ? null : new Uint8Array(Buffer.from(sealedKey, 'base64')),
  };
}

function refuseNewer({ schema, version }: BackupManifest): void {
  const known = storeFiles('');
  for (const name of ['console', 'users', 'mail', 'authority'] as const) {
    if ((schema[name] ?? 0) > known[name].migrations.length) {
      throw new AppError('store-newer', 'The backup was written by a newer version of the console.', { details: { version } });
    }
  }
}
