import { Worker } from 'node:worker_threads';
import type { UserWriter } from '../../services/users/userWriter.ts';
import { createWorkerClient } from './workerClient.ts';

export interface UserWriterOptions {
  /** workers/userWriteWorker.ts, or what the bundler made of it. */
  readonly workerFile: string | URL;
  /** Must exist and be migrated before the first write. */
  readonly storeFile: string;
}

/** One call of a UserWriter on its way to the thread that does it. */
export interface UserWrite {
  readonly method: keyof UserWriter;
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
] as const satisfies readonly (keyof UserWriter)[];

/** Writes users in a thread of its own: a commit waits for the disk, and for whoever else is writing. */
export function createUserWriter({ workerFile, storeFile }: UserWriterOptions): UserWriter & { close(): Promise<void> } {
  const client = createWorkerClient<UserWrite>(
    'writes users',
    () => new Worker(workerFile, { workerData: { storeFile }, name: 'users, writing' }),
  );
  const calls = methods.map((method) => [method, (...input: unknown[]) => client.ask({ method, input })]);
  return { ...(Object.fromEntries(calls) as UserWriter), close: () => client.close() };
}
