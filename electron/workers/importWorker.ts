import { parentPort, workerData } from 'node:worker_threads';
import { AppError, isAppError } from '../../shared/contract/errors.ts';
import { isFileImport } from '../../shared/contract/imports.contract.ts';
import type { PeopleReading } from '../../shared/directory/entry.ts';
import { Secret } from '../../shared/lib/secret.ts';
import { createLdaptsDirectory } from '../platform/directory/ldaptsDirectory.ts';
import { createServerStates } from '../services/directory/serverStates.ts';
import { readPeople } from '../services/directory/scopeReader.ts';
import { cancelStates, type ImportThreadData, type ImportThreadMessage } from '../platform/node/importThreadProtocol.ts';
import { claimPreview, noteFailure, prepareReportFolder, removeStaging, returnPreview, stagingPath } from '../store/imports/reportFiles.ts';
import { toStoreError } from '../store/storeErrors.ts';
import { failedSummary, runImport } from './runImport.ts';

/** The thread of one preview or import. It ends with the import; the host hears of it by messages. */
const { run, target, file, usersFile, importsFolder, cancelCell } = workerData as ImportThreadData;
const cell = new Int32Array(cancelCell);
const reading = new AbortController();
const startedAt = Date.now();

function post(message: ImportThreadMessage): void {
  parentPort?.postMessage(message);
}

function throwIfCancelled(): void {
  if (Atomics.load(cell, 0) === cancelStates.cancelled) throw new AppError('cancelled', 'The import was cancelled.');
}

async function* readFromDirectory(attributes: readonly string[]): PeopleReading {
  if (target === null || isFileImport(run.request)) throw new AppError('internal', 'There is nothing to read with.');
  const { settings, password } = target;
  const { directory, of } = createServerStates(createLdaptsDirectory(), () => Date.now());
  const session = await directory
    .open({ settings, password: password === null ? null : new Secret(password) }, reading.signal)
    .finally(() => post({ kind: 'servers', states: of(settings.servers) }));
  try {
    return yield* readPeople(session, settings, { scope: run.request.scope, filter: run.request.filter, attributes }, reading.signal);
  } finally {
    await session.close();
  }
}

async function work(): Promise<void> {
  prepareReportFolder(importsFolder);
  if (run.previewId !== undefined) claimPreview(importsFolder, run.previewId, run.jobId);
  const summary = await runImport(
    {
      jobId: run.jobId,
      kind: run.kind,
      request: run.request,
      mail: run.mail,
      settings: target?.settings ?? null,
      userDefaults: target?.userDefaults,
      file,
      storeFile: usersFile,
      stagingFile: stagingPath(importsFolder, run.jobId),
    },
    {
      readPeople: readFromDirectory,
      onProgress: (progress) => post({ kind: 'progress', progress }),
      onReportLost: (error) => post({ kind: 'report-lost', stack: stackOf(error) }),
      throwIfCancelled,
      beginCommit() {
        Atomics.compareExchange(cell, 0, cancelStates.running, cancelStates.committing);
        throwIfCancelled();
      },
      now: () => Date.now(),
    },
  );
  post({ kind: 'done', summary });
}

/** Nothing was written to the store: the read goes back to its preview, or gives way to a note. */
function tidyUp(error: AppError): void {
  if (run.previewId !== undefined) returnPreview(importsFolder, run.previewId, run.jobId);
  else if (error.code === 'cancelled') removeStaging(importsFolder, run.jobId);
  else noteFailure(importsFolder, failedSummary(run, error, startedAt, Date.now()));
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

parentPort?.once('message', () => reading.abort(new AppError('cancelled', 'The import was cancelled.')));
try {
  await work();
} catch (error) {
  const known = isAppError(error) ? error : (toStoreError(error) ?? new AppError('internal', 'The import failed.', { cause: error }));
  try {
    tidyUp(known);
  } catch {
    // What remains is removed at the next start. The reason of the failure matters more than this one.
  }
  const { code, message, details } = known;
  post({ kind: 'failed', error: { code, message, details, stack: stackOf(error) } });
} finally {
  parentPort?.close();
}
