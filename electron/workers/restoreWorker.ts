import { parentPort } from 'node:worker_threads';
import { meterOf } from '../store/backups/backupProgress.ts';
import { abandonRestore, applyRestore, beginRestore } from '../store/backups/restoreBackup.ts';
import type { RestoreLock } from '../store/backups/restoreLock.ts';
import type { RestoreQuery } from '../store/backups/restoreThread.ts';
import { stageRestore, type StagedRestore } from '../store/backups/stageRestore.ts';
import { serveQueries } from '../store/users/serveQueries.ts';

/** Restores a backup for createRestoreThread. */
if (!parentPort) throw new Error('restoreWorker runs as a worker thread only.');

let begun: { readonly lock: RestoreLock; readonly staged: StagedRestore } | undefined;

function stage({ request, progress, bytes }: Extract<RestoreQuery, { kind: 'stage' }>): void {
  const meter = meterOf(progress, 'The restore was cancelled. Nothing was changed.');
  meter.expect(bytes);
  const lock = beginRestore(request.dataFolder);
  try {
    begun = { lock, staged: stageRestore(request, meter.advance) };
  } finally {
    if (!begun) lock.release();
  }
}

function end(): void {
  begun?.lock.release();
  begun = undefined;
}

serveQueries<RestoreQuery>(parentPort, async (query) => {
  if (query.kind === 'stage') return stage(query);
  if (query.kind === 'abandon') {
    if (begun) abandonRestore(query.dataFolder);
    return end();
  }
  if (!begun) throw new Error('Nothing was staged.');
  const result = applyRestore(query.dataFolder, begun.staged, query.order);
  end();
  return result;
});
