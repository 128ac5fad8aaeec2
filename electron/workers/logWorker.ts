import { parentPort, workerData } from 'node:worker_threads';
import { followLogs } from '../store/logs/followLogs.ts';
import { listLogs } from '../store/logs/listLogs.ts';
import { findLogFiles } from '../store/logs/logFiles.ts';
import type { LogQuery } from '../store/logs/logReader.ts';
import { serveQueries } from '../store/users/serveQueries.ts';

/** Reads log files for createLogReader. */
const { folder } = workerData as { folder: string };
if (!parentPort) throw new Error('logWorker runs as a worker thread only.');

serveQueries<LogQuery>(parentPort, async (query, signal) => {
  const files = findLogFiles(folder);
  return query.kind === 'list' ? listLogs(files, query, signal) : followLogs(files, query);
});
