import { Worker } from 'node:worker_threads';
import type { MailCommits, MailStep } from '../../services/email/outboxPorts.ts';
import { createWorkerClient } from '../users/workerClient.ts';

/** Commits steps of mails in a thread that starts with the first of them. `mailFile`: the outbox, which is there already. */
export function createMailCommits(workerFile: string | URL, mailFile: string): MailCommits & { close(): Promise<void> } {
  const client = createWorkerClient<readonly MailStep[]>(
    'records mails',
    () => new Worker(workerFile, { name: 'mail commits', workerData: { mailFile } }),
  );
  return {
    commit: (steps) => client.ask(steps) as Promise<boolean[]>,
    close: () => client.close(),
  };
}
