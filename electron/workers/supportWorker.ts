import { parentPort } from 'node:worker_threads';
import { writeBundle, type WriteBundle } from '../store/support/writeBundle.ts';
import { serveQueries } from '../store/users/serveQueries.ts';

/** Writes support bundles for createBundleWriter. */
if (!parentPort) throw new Error('supportWorker runs as a worker thread only.');

serveQueries<WriteBundle>(parentPort, writeBundle);
