import { Worker } from 'node:worker_threads';
import { createWorkerClient } from '../users/workerClient.ts';
import type { BackupFiles } from '../../services/backups/backupService.ts';
import type { CheckedBackup } from './checkBackup.ts';
import type { BackupRequest } from './makeBackup.ts';

/** What the thread of backups is asked. */
export type BackupQuery = ({ readonly kind: 'make' } & BackupRequest) | { readonly kind: 'check'; readonly file: string };

/** Makes and checks backups of a data folder in a thread that starts with the first of them. */
export function createBackupFiles(workerFile: string | URL, dataFolder: string): BackupFiles & { close(): Promise<void> } {
  const client = createWorkerClient<BackupQuery>('makes backups', () => new Worker(workerFile, { name: 'backups' }));
  return {
    make: (request) => client.ask({ kind: 'make', dataFolder, ...request }) as ReturnType<BackupFiles['make']>,
    check: (file) => client.ask({ kind: 'check', file }) as Promise<CheckedBackup>,
    close: () => client.close(),
  };
}
