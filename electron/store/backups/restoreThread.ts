import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { createWorkerClient } from '../users/workerClient.ts';
import { newProgress, type BackupProgress } from './backupProgress.ts';
import { followProgress, type FollowOptions } from './backupThread.ts';
import type { RestoreOrder, RestoreResult } from './restoreBackup.ts';
import type { StageRequest } from './stageRestore.ts';

/** What the thread of a restore is asked, in this order. */
export type RestoreQuery =
  | { readonly kind: 'stage'; readonly request: StageRequest; readonly progress: BackupProgress; readonly bytes: number }
  | { readonly kind: 'apply'; readonly dataFolder: string; readonly order: RestoreOrder }
  | { readonly kind: 'abandon'; readonly dataFolder: string };

/** Restores backups in a data folder from a thread that outlives the console which has the store open. */
export interface RestoreThread {
  /** See stageRestore. Nobody else can restore from then on, until `apply` or `abandon`. */
  stage(request: Omit<StageRequest, 'dataFolder'>, options: FollowOptions): Promise<void>;
  /** See applyRestore. After an error it can be tried again. */
  apply(order: RestoreOrder): Promise<RestoreResult>;
  abandon(): Promise<void>;
  close(): Promise<void>;
}

export function createRestoreThread(workerFile: string | URL, dataFolder: string): RestoreThread {
  const client = createWorkerClient<RestoreQuery>('restores backups', () => new Worker(workerFile, { name: 'restore' }));
  return {
    async stage(request, options) {
      const progress = newProgress();
      const bytes = statSync(request.file, { throwIfNoEntry: false })?.size ?? 0;
      await followProgress(progress, options, () => client.ask({ kind: 'stage', request: { ...request, dataFolder }, progress, bytes }));
    },
    apply: async (order) => (await client.ask({ kind: 'apply', dataFolder, order })) as RestoreResult,
    abandon: async () => void (await client.ask({ kind: 'abandon', dataFolder })),
    close: () => client.close(),
  };
}
