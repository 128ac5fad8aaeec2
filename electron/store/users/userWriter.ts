import { Worker } from 'node:worker_threads';
import type { UserWriter } from '../../services/users/userWriter.ts';
import type { UserWrite } from './userWrites.ts';
import { createWorkerClient } from './workerClient.ts';

export interface UserWriterOptions {
  /** workers/userWriteWorker.ts, or what the bundler made of it. */
  readonly workerFile: string | URL;
  /** Must exist and be migrated before the first write. */
  readonly storeFile: string;
}

/** Writes users in a thread of its own: a commit waits for the disk, and for whoever else is writing. */
export function createUserWriter({ workerFile, storeFile }: UserWriterOptions): UserWriter & { close(): Promise<void> } {
  const client = createWorkerClient<UserWrite>(
    'writes users',
    () => new Worker(workerFile, { workerData: { storeFile }, name: 'users, writing' }),
  );

  return {
    add: (user) => client.ask({ kind: 'add', user }) as Promise<number>,
    edit: (edit) => client.ask({ kind: 'edit', edit }) as Promise<'written' | 'outdated'>,
    close: () => client.close(),
  };
}
