import { parentPort, workerData } from 'node:worker_threads';
import { serveQueries } from '../store/users/serveQueries.ts';
import { openForWriting, writeUsers, type UserWrite } from '../store/users/userWrites.ts';

/** Writes users for createUserWriter, one transaction after the other. */
const { storeFile } = workerData as { storeFile: string };
if (!parentPort) throw new Error('userWriteWorker runs as a worker thread only.');

const database = openForWriting(storeFile);
serveQueries<UserWrite>(parentPort, (write) => writeUsers(database, write, Date.now));
