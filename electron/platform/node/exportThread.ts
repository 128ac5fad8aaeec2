import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Exports } from '../../services/csv/csvPorts.ts';
import type { ExportThreadData, ExportThreadMessage } from './exportThreadProtocol.ts';

export interface ExportThreadPorts {
  /** `exportWorker.ts`, or the bundle made of it. */
  readonly workerFile: string | URL;
  readonly usersFile: string;
  readonly folder: string;
  now(): number;
}

const partBytes = 512 * 1024;
const lifeMs = 60 * 60 * 1000;

/** Writes exports in threads of their own and hands them out in parts. A file goes when it is discarded, at the end of the process, or after an hour. */
export function createExports({ workerFile, usersFile, folder, now }: ExportThreadPorts): Exports & { close(): void } {
  const finished = new Map<string, { path: string; users: number }>();

  function removeOld(): void {
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      if (now() - written < lifeMs) continue;
      finished.delete(name.replace(/\.csv$/, ''));
      rmSync(path, { force: true });
    }
  }

  function known(jobId: string) {
    const found = finished.get(jobId);
    if (!found) throw new AppError('not-found', 'There is no such export, or its file has been removed. Start it again.');
    return found;
  }

  function discard(jobId: string): void {
    rmSync(known(jobId).path, { force: true });
    finished.delete(jobId);
  }

  return {
    async write(request, { signal, onProgress }) {
      signal.throwIfAborted();
      removeOld();
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, `${request.jobId}.csv`);
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
            reject(new AppError(code, text, { cause: stack, details }));
          });
          worker.once('error', reject);
          worker.once('exit', () => reject(new AppError('internal', 'The thread of the export ended without a result.')));
        });
        finished.set(request.jobId, { path, users });
      } catch (error) {
        rmSync(path, { force: true });
        throw error;
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    },
    async part(jobId, offset) {
      const { path, users } = known(jobId);
      const handle = await open(path, 'r');
      try {
        const buffer = new Uint8Array(partBytes);
        const { bytesRead } = await handle.read(buffer, 0, partBytes, offset);
        const { size } = await handle.stat();
        const end = offset + bytesRead;
        return { bytes: buffer.subarray(0, bytesRead), next: bytesRead > 0 && end < size ? end : null, users };
      } finally {
        await handle.close();
      }
    },
    discard,
    close() {
      for (const jobId of [...finished.keys()]) discard(jobId);
    },
  };
}
