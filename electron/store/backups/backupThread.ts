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

export interface FollowOptions {
  readonly signal?: AbortSignal;
  onProgress?(progress: { done: number; total: number }): void;
}

/** Tells how far a thread is with work that it tells by `progress`, and has it end early where that is wanted. */
export async function followProgress<Result>(
  progress: BackupProgress,
  { signal, onProgress }: FollowOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const timer = onProgress && setInterval(() => onProgress(readProgress(progress)), lookEveryMs).unref();
  const cancel = (): void => cancelBackup(progress);
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await work();
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

/** Makes and checks backups of a data folder in a thread that starts with the first of them. */
export function createBackupFiles(workerFile: string | URL, dataFolder: string): BackupFiles & { close(): Promise<void> } {
  const client = createWorkerClient<BackupQuery>('makes backups', () => new Worker(workerFile, { name: 'backups' }));
  return {
    async make(request, options = {}) {
      const progress = newProgress();
      const made = await followProgress(progress, options, () => client.ask({ kind: 'make', dataFolder, progress, ...request }));
      return made as Awaited<ReturnType<BackupFiles['make']>>;
    },
    check: (file) => client.ask({ kind: 'check', file }) as Promise<CheckedBackup>,
    list: listCopies,
    prepareFolder,
    remove: removeCopy,
    close: () => client.close(),
  };
}
