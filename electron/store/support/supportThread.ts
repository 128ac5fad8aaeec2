import { Worker } from 'node:worker_threads';
import type { SupportEntry } from '../../../shared/contract/support.contract.ts';
import { createWorkerClient } from '../users/workerClient.ts';
import type { WriteBundle } from './writeBundle.ts';

/** Writes support bundles in a thread that starts with the first of them. */
export function createBundleWriter(workerFile: string | URL) {
  const client = createWorkerClient<WriteBundle>('writes support bundles', () => new Worker(workerFile, { name: 'support bundles' }));
  return {
    write: (request: WriteBundle, signal: AbortSignal) => client.ask(request, signal) as Promise<SupportEntry[]>,
    close: () => client.close(),
  };
}
