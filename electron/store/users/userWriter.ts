import { Worker } from 'node:worker_threads';
import type { UserWrites } from './userWrites.ts';
import { createWorkerClient } from './workerClient.ts';

export interface UserWriterOptions {
  /** workers/userWriteWorker.ts, or what the bundler made of it. */
  readonly workerFile: string | URL;
  /** Must exist and be migrated before the first write. */
  readonly storeFile: string;
}

/** One call on its way to the thread that does it. */
export interface UserWrite {
  readonly method: keyof UserWrites;
  readonly input: readonly unknown[];
}

const methods = [
  'add',
  'edit',
  'removeDevice',
  'previewSome',
  'editSome',
  'removeSome',
  'restoreSome',
  'forgetSome',
  'removed',
  'removedBefore',
  'tags',
  'addTag',
  'editTag',
  'removeTag',
  'mergeTags',
  'mailCampaigns',
  'countIntents',
  'mailIntents',
  'forgetIntents',
] as const satisfies readonly (keyof UserWrites)[];

/** Writes users and tags in a thread of its own: a commit waits for the disk, and for whoever else is writing. */
export function createUserWriter({ workerFile, storeFile }: UserWriterOptions): UserWrites & { close(): Promise<void> } {
  const client = createWorkerClient<UserWrite>(
    'writes users',
    () => new Worker(workerFile, { workerData: { storeFile }, name: 'users, writing' }),
  );
  const calls = methods.map((method) => [method, (...input: unknown[]) => client.ask({ method, input })]);
  return { ...(Object.fromEntries(calls) as UserWrites), close: () => client.close() };
}
