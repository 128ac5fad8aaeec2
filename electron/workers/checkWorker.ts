/** Checks one file of the store from end to end, beside the work. Answers null when it is sound, else what was found. */
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { isAppError } from '../../shared/contract/errors.ts';
import { check } from '../store/database.ts';
import { toStoreError } from '../store/storeErrors.ts';

const { file } = workerData as { file: string };

function finding(): string | null {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    check(database, file);
    return null;
  } catch (error) {
    const known = isAppError(error) ? error : toStoreError(error);
    return String(known?.details?.['finding'] ?? known?.message ?? error);
  } finally {
    database.close();
  }
}

parentPort?.postMessage(finding());
