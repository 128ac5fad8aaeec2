import { Worker } from 'node:worker_threads';
import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { DirectorySettings, ServerState } from '../../../shared/contract/directory.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Secret } from '../../../shared/lib/secret.ts';
import type { ImportRunner } from '../../services/imports/importPorts.ts';
import { isFileImport } from '../../../shared/contract/imports.contract.ts';
import { threadCause } from './threadCause.ts';
import { cancelStates, type FileSource, type ImportThreadData, type ImportThreadMessage } from './importThreadProtocol.ts';

export interface ImportThreadPorts {
  /** `importWorker.ts`, or the bundle made of it. */
  readonly workerFile: string | URL;
  /** The store's file of users. */
  readonly usersFile: string;
  readonly importsFolder: string;
  /** The configured directory. Rejects with `directory-not-configured` or what the keychain says. */
  target(): Promise<{ readonly settings: DirectorySettings; readonly password: Secret | null }>;
  /** An uploaded file; absent where only directories are read. Throws AppError `not-found` when it is gone. */
  file?(uploadId: string): FileSource;
  /** What new users of a directory get; absent: what a new company starts with. */
  userDefaults?(): CompanySettings['userDefaults'];
  /** How the directory's servers answered; absent: nobody asks. */
  serversSeen?(states: readonly ServerState[]): void;
  /** The report of a committed import could not be written. */
  log(error: Error): void;
}

/**
 * V8 would let short-lived objects fill 200 MB before it looks for those that are still needed, and would keep the memory afterwards.
 * A page of people is a few megabytes: with so much of it the thread is as fast.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 48 };

/** A cancelled thread that has not ended by itself after so long is ended; SQLite then undoes what was not committed. */
const patienceMs = 5_000;

/** Runs each import in a thread of its own: reading and writing a million people must not keep the host from answering. */
export function createImportRunner(ports: ImportThreadPorts): ImportRunner {
  return {
    async run(run, { signal, onProgress }) {
      signal.throwIfAborted();
      const cancelCell = new SharedArrayBuffer(4);
      const isNew = run.previewId === undefined;
      const file = isNew && isFileImport(run.request) ? (ports.file?.(run.request.uploadId) ?? null) : null;
      const found = isNew && file === null ? await ports.target() : null;
      signal.throwIfAborted();
      const data: ImportThreadData = {
        run,
        target: found && {
          settings: found.settings,
          password: found.password?.reveal() ?? null,
          userDefaults: ports.userDefaults?.(),
        },
        file,
        usersFile: ports.usersFile,
        importsFolder: ports.importsFolder,
        cancelCell,
      };
      const worker = new Worker(ports.workerFile, { workerData: data, name: 'import', resourceLimits });
      const stop = cancelOnAbort(worker, new Int32Array(cancelCell), signal);
      try {
        return await new Promise((resolve, reject) => {
          worker.on('message', (message: ImportThreadMessage) => {
            switch (message.kind) {
              case 'progress':
                return onProgress(message.progress);
              case 'servers':
                return ports.serversSeen?.(message.states);
              case 'report-lost':
                return ports.log(new Error('The report of an import could not be written.', { cause: threadCause(message.stack) }));
              case 'done':
                return resolve(message.summary);
              case 'failed': {
                if (message.error.code === 'cancelled' && signal.aborted) return reject(signal.reason as Error);
                const { code, message: text, details, stack } = message.error;
                return reject(new AppError(code, text, { cause: threadCause(stack), details }));
              }
            }
          });
          worker.once('error', reject);
          worker.once('exit', () => {
            reject(
              signal.aborted ? (signal.reason as Error) : new AppError('internal', 'The thread of the import ended without a result.'),
            );
          });
        });
      } finally {
        stop();
        await ended(worker);
      }
    },
  };
}

/** Asks first, then insists. Once the import has begun to commit there is nothing left to cancel. Answers how to stop listening. */
function cancelOnAbort(worker: Worker, cell: Int32Array, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined;
  const cancel = (): void => {
    if (Atomics.compareExchange(cell, 0, cancelStates.running, cancelStates.cancelled) === cancelStates.committing) return;
    worker.postMessage('cancel');
    timer = setTimeout(() => void worker.terminate(), patienceMs);
  };
  signal.addEventListener('abort', cancel);
  return () => {
    signal.removeEventListener('abort', cancel);
    clearTimeout(timer);
  };
}

/** Its files are closed when it has ended, not before. */
function ended(worker: Worker): Promise<void> {
  return worker.threadId === -1 ? Promise.resolve() : new Promise((resolve) => worker.once('exit', () => resolve()));
}
