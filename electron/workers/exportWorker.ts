import { parentPort, workerData } from 'node:worker_threads';
import { AppError, isAppError } from '../../shared/contract/errors.ts';
import type { ExportThreadData, ExportThreadMessage } from '../platform/node/exportThreadProtocol.ts';
import { writeExport } from '../store/csv/writeExport.ts';
import { toStoreError } from '../store/storeErrors.ts';
import { idsOfTarget } from '../store/users/targetIds.ts';
import { openForReading } from '../store/users/userConnection.ts';

/** The thread of one export: one read transaction from the first to the last user. */
const { request, usersFile, path, cancelCell } = workerData as ExportThreadData;
const cell = new Int32Array(cancelCell);

function post(message: ExportThreadMessage): void {
  parentPort?.postMessage(message);
}

function throwIfCancelled(): void {
  if (Atomics.load(cell, 0) !== 0) throw new AppError('cancelled', 'The export was cancelled.');
}

try {
  const database = openForReading(usersFile);
  try {
    database.exec('BEGIN');
    const ids = idsOfTarget(database, request.target, throwIfCancelled);
    post({ kind: 'progress', done: 0, total: ids.length });
    writeExport(database, path, ids, request, (done) => {
      post({ kind: 'progress', done, total: ids.length });
      throwIfCancelled();
    });
    post({ kind: 'done', users: ids.length });
  } finally {
    database.close();
  }
} catch (error) {
  const known = isAppError(error) ? error : (toStoreError(error) ?? new AppError('internal', 'The export failed.', { cause: error }));
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  post({ kind: 'failed', error: { code: known.code, message: known.message, details: known.details, stack } });
} finally {
  parentPort?.close();
}
