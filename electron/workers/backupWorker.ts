import { parentPort } from 'node:worker_threads';
import type { BackupQuery } from '../store/backups/backupThread.ts';
import { meterOf } from '../store/backups/backupProgress.ts';
import { checkBackup } from '../store/backups/checkBackup.ts';
import { makeBackup } from '../store/backups/makeBackup.ts';
import { serveQueries } from '../store/users/serveQueries.ts';

/** Makes and checks backups for createBackupFiles. */
if (!parentPort) throw new Error('backupWorker runs as a worker thread only.');

serveQueries<BackupQuery>(parentPort, async (query) =>
  query.kind === 'make' ? makeBackup(query, meterOf(query.progress)) : checkBackup(query.file),
);
