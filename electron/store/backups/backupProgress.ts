import { AppError } from '../../../shared/contract/errors.ts';
import type { BackupMeter } from './makeBackup.ts';

/** How far a backup is, in memory that two threads share: its thread has no time for messages. */
export type BackupProgress = SharedArrayBuffer;

const done = 0;
const total = 1;
const isCancelled = 2;

export const newProgress = (): BackupProgress => new SharedArrayBuffer(3 * BigInt64Array.BYTES_PER_ELEMENT);

export function readProgress(shared: BackupProgress): { done: number; total: number } {
  const cells = new BigInt64Array(shared);
  return { done: Number(Atomics.load(cells, done)), total: Number(Atomics.load(cells, total)) };
}

export function cancelBackup(shared: BackupProgress): void {
  Atomics.store(new BigInt64Array(shared), isCancelled, 1n);
}

/** The side of the thread that works. Ends the work with AppError `cancelled` and this sentence. */
export function meterOf(shared: BackupProgress, cancelled = 'The backup was cancelled. It was not written.'): BackupMeter {
  const cells = new BigInt64Array(shared);
  return {
    expect: (bytes) => void Atomics.store(cells, total, BigInt(bytes)),
    advance(bytes) {
      Atomics.add(cells, done, BigInt(bytes));
      if (Atomics.load(cells, isCancelled) !== 0n) throw new AppError('cancelled', cancelled);
    },
  };
}
