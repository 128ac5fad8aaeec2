import { Worker } from 'node:worker_threads';
import type { TokenImportCounts } from '../../../shared/contract/tokens.contract.ts';
import type { ImportRows, ImportRowWindow, TokenFileReader } from '../../services/tokens/importPorts.ts';
import { createWorkerClient } from '../users/workerClient.ts';

/** What the thread of a token file is asked. Crosses the border between threads, so secrets are in clear, in memory only. */
export type TokenFileQuery =
  | { readonly kind: 'read'; readonly name: string; readonly bytes: Uint8Array; readonly password: string | null }
  | { readonly kind: 'rows'; readonly window: ImportRowWindow }
  | { readonly kind: 'write'; readonly jobId: string; readonly from: number; readonly key: string };

/** Reads one token file in a thread of its own: a hundred thousand tokens must not keep the host from answering. */
export function openTokenFileReader(workerFile: string | URL, storeFile: string): TokenFileReader {
  const client = createWorkerClient<TokenFileQuery>(
    'a token file',
    () => new Worker(workerFile, { workerData: { storeFile }, name: 'token file' }),
  );
  return {
    read: ({ name, bytes, password }) =>
      client.ask({ kind: 'read', name, bytes, password: password?.reveal() ?? null }) as Promise<TokenImportCounts>,
    rows: (window) => client.ask({ kind: 'rows', window }) as Promise<ImportRows>,
    write: ({ jobId, from, key }) =>
      client.ask({ kind: 'write', jobId, from, key: key.reveal() }) as Promise<{ next: number; usersChanged: boolean }>,
    close: () => client.close(),
  };
}
