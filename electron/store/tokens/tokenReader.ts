import { Worker } from 'node:worker_threads';
import type { TokenRow } from '../../../shared/contract/tokens.contract.ts';
import type { TokenLosses, TokenReader } from '../../services/tokens/tokenPorts.ts';
import { createWorkerClient } from '../users/workerClient.ts';
import type { TokenQuery } from './tokenList.ts';

export interface TokenReaderOptions {
  /** workers/tokenListWorker.ts, or what the bundler made of it. */
  readonly workerFile: string | URL;
  /** Opened read-only. Must exist and be migrated before the first question. */
  readonly storeFile: string;
  now(): number;
}

/** Reads the list of tokens in a thread that starts with the first question. */
export function createTokenReader({ workerFile, storeFile, now }: TokenReaderOptions): TokenReader & { close(): Promise<void> } {
  const client = createWorkerClient<TokenQuery>('tokens', () => new Worker(workerFile, { workerData: { storeFile }, name: 'tokens' }));

  return {
    list: (window, signal) => client.ask({ kind: 'list', window, now: now() }, signal) as Promise<TokenRow[]>,
    count: (selection, signal) => client.ask({ kind: 'count', selection, now: now() }, signal) as Promise<number>,
    idsAt: (list, signal) => client.ask({ kind: 'idsAt', list, now: now() }, signal) as Promise<number[]>,
    placesOf: (list, signal) => client.ask({ kind: 'placesOf', list, now: now() }, signal) as Promise<(number | null)[]>,
    losses: (ids, signal) => client.ask({ kind: 'losses', ids }, signal) as Promise<TokenLosses>,
    close: () => client.close(),
  };
}
