import { parentPort, workerData } from 'node:worker_threads';
import { serveQueries } from '../store/users/serveQueries.ts';
import type { UserWrite } from '../store/users/userWriter.ts';
import { createUserWrites, openForWriting } from '../store/users/userWrites.ts';

/** Writes users for createUserWriter, one transaction after the other. */
const { storeFile } = workerData as { storeFile: string };
if (!parentPort) throw new Error('userWriteWorker runs as a worker thread only.');

const writes = createUserWrites(openForWriting(storeFile), Date.now);
serveQueries<UserWrite>(parentPort, ({ method, input }) =>
  (writes[method] as (...input: readonly unknown[]) => Promise<unknown>)(...input),
);
