import { Worker } from 'node:worker_threads';
import type { LogReader } from '../../services/logs/logService.ts';
import { createWorkerClient } from '../users/workerClient.ts';
import { findLogFiles } from './logFiles.ts';

/** What the thread that reads logs answers. */
export type LogQuery =
  ({ readonly kind: 'list' } & Parameters<LogReader['list']>[0]) | ({ readonly kind: 'follow' } & Parameters<LogReader['follow']>[0]);

/** Reads the log files of a folder in a thread that starts with the first question. */
export function createLogReader(workerFile: string | URL, folder: string): LogReader & { close(): Promise<void> } {
  const client = createWorkerClient<LogQuery>('reads logs', () => new Worker(workerFile, { workerData: { folder }, name: 'logs' }));
  return {
    list: (query, signal) => client.ask({ kind: 'list', ...query }, signal) as ReturnType<LogReader['list']>,
    follow: (query, signal) => client.ask({ kind: 'follow', ...query }, signal) as ReturnType<LogReader['follow']>,
    files: async () =>
      [...findLogFiles(folder).values()]
        .flat()
        .map(({ name, bytes, changedAt }) => ({ name, bytes, changedAt }))
        .sort((a, b) => b.changedAt - a.changedAt || a.name.localeCompare(b.name)),
    close: () => client.close(),
  };
}
