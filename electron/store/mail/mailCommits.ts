import { Worker } from 'node:worker_threads';
import type { MailCommits, MailStep, OutboxStore } from '../../services/email/outboxPorts.ts';
import { createWorkerClient } from '../users/workerClient.ts';

/** What the thread is asked. */
export type MailWrite = { readonly steps: readonly MailStep[] } | { readonly add: Parameters<OutboxStore['add']> };

/** Adds mails and commits their steps in a thread that starts with the first of them. `mailFile`: the outbox, which is there already. */
export function createMailCommits(
  workerFile: string | URL,
  mailFile: string,
): MailCommits & Pick<OutboxStore, 'add'> & { close(): Promise<void> } {
  const client = createWorkerClient<MailWrite>(
    'records mails',
    () => new Worker(workerFile, { name: 'mail commits', workerData: { mailFile } }),
  );
  return {
    commit: (steps) => client.ask({ steps }) as Promise<boolean[]>,
    // Mails of one part share few contents, and are copied with those that they share.
    add: (...mails) => client.ask({ add: mails }) as Promise<number>,
    close: () => client.close(),
  };
}
