import { rmSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Exports } from '../../services/csv/csvPorts.ts';
import type { ExportThreadData, ExportThreadMessage } from './exportThreadProtocol.ts';
import { createHeldFiles } from './heldFiles.ts';
import { threadCause } from './threadCause.ts';

export interface ExportThreadPorts {
  /** `exportWorker.ts`, or the bundle made of it. */
  readonly workerFile: string | URL;
  readonly usersFile: string;
  readonly folder: string;
  now(): number;
}

/** Writes exports in threads of their own and hands them out in parts. A file goes when it is discarded, at the end of the process, or after an hour. */
export function createExports({ workerFile, usersFile, folder, now }: ExportThreadPorts): Exports & { close(): void } {
  const files = createHeldFiles<number>(folder, 'csv', now);

  return {
    async write(request, { signal, onProgress }) {
      signal.throwIfAborted();
      const path = files.pathFor(request.jobId);
      const cancelCell = new SharedArrayBuffer(4);
      const data: ExportThreadData = { request, usersFile, path, cancelCell };
      const worker = new Worker(workerFile, { workerData: data, name: 'export' });
      const cancel = (): void => void Atomics.store(new Int32Array(cancelCell), 0, 1);
      signal.addEventListener('abort', cancel);
      try {
        const users = await new Promise<number>((resolve, reject) => {
          worker.on('message', (message: ExportThreadMessage) => {
            if (message.kind === 'progress') return onProgress(message);
            if (message.kind === 'done') return resolve(message.users);
            if (message.error.code === 'cancelled' && signal.aborted) return reject(signal.reason as Error);
            const { code, message: text, details, stack } = message.error;
            reject(new AppError(code, text, { cause: threadCause(stack), details }));
          });
          worker.once('error', reject);
          worker.once('exit', () => reject(new AppError('internal', 'The thread of the export ended without a result.')));
        });
        files.hold(request.jobId, users);
      } catch (error) {
        rmSync(path, { force: true });
        throw error;
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    },
    async part(jobId, offset) {
      const { bytes, next, facts: users } = await files.part(jobId, offset);
      return { bytes, next, users };
    },
    discard: files.discard,
    close: files.close,
  };
}
