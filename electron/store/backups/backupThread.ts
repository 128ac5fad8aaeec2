import { Worker } from 'node:worker_threads';
import { createWorkerClient } from '../users/workerClient.ts';
import type { BackupFiles } from '../../services/backups/backupService.ts';
import { cancelBackup, newProgress, readProgress, type BackupProgress } from './backupProgress.ts';
import type { CheckedBackup } from './checkBackup.ts';
import { listCopies, prepareFolder, removeCopy } from './backupFolder.ts';
import type { BackupRequest } from './makeBackup.ts';

/** What the thread of backups is asked. */
export type BackupQuery =
  ({ readonly kind: 'make'; readonly progress: BackupProgress } & BackupRequest) | { readonly kind: 'check'; readonly file: string };

const lookEveryMs = 200;

/** Makes and checks backups of a data folder in a thread that starts with the first of them. */
export function createBackupFiles(workerFile: string | URL, dataFolder: string): BackupFiles & { close(): Promise<void> } {
  const client = createWorkerClient<BackupQuery>('makes backups', () => new Worker(workerFile, { name: 'backups' }));
  return {
    async make(request, { signal, onProgress } = {}) {
      const progress = newProgress();
      const timer = onProgress && setInterval(() => onProgress(readProgress(progress)), lookEveryMs).unref();
      const cancel = (): void => cancelBackup(progress);
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        return (await client.ask({ kind: 'make', dataFolder, progress, ...request })) as Awaited<ReturnType<BackupFiles['make']>>;
      } finally {
        clearInterval(timer);
        signal?.removeEventListener('abort', cancel);
      }
    },
    check: (file) => client.ask({ kind: 'check', file }) as Promise<CheckedBackup>,
    list: listCopies,
    prepareFolder,
    remove: removeCopy,
    close: () => client.close(),
  };
}
