import { Worker } from 'node:worker_threads';
import type { UserDetail, UserRow } from '../../../shared/contract/users.contract.ts';
import type { UserReader } from '../../services/users/userReader.ts';
import type { UserQuery } from './userMessages.ts';
import { createWorkerClient } from './workerClient.ts';

export interface UserReaderOptions {
  /** workers/listWorker.ts, or what the bundler made of it. */
  readonly workerFile: string | URL;
  /** Opened read-only. Must exist and be migrated before the first question. */
  readonly storeFile: string;
}

/** Reads users in threads of its own. `start` may be called early, so that the first question finds the thread running. */
export function createUserReader({ workerFile, storeFile }: UserReaderOptions): UserReader & { start(): void; close(): Promise<void> } {
  const client = createWorkerClient<UserQuery>(
    'reads users',
    () => new Worker(workerFile, { workerData: { storeFile, lane: 'quick' }, name: 'users' }),
  );

  return {
    start: client.start,
    list: (window, signal) => client.ask({ kind: 'list', window }, signal) as Promise<UserRow[]>,
    count: (selection, signal) => client.ask({ kind: 'count', selection }, signal) as Promise<number>,
    idsAt: (selection, ranges, signal) => client.ask({ kind: 'idsAt', selection, ranges }, signal) as Promise<Uint32Array>,
    placesOf: (selection, ids, signal) => client.ask({ kind: 'placesOf', selection, ids }, signal) as Promise<(number | null)[]>,
    ids: (selection, signal) => client.ask({ kind: 'ids', selection }, signal) as Promise<Uint32Array>,
    methods: (signal) => client.ask({ kind: 'methods' }, signal) as ReturnType<UserReader['methods']>,
    get: (key, signal) => client.ask({ kind: 'get', key }, signal) as Promise<UserDetail | null>,
    close: () => client.close(),
  };
}
