import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../shared/contract/errors.ts';
import { Secret } from '../../shared/lib/secret.ts';
import type { TokenFileQuery } from '../store/tokens/tokenFileThread.ts';
import { readTokenFile } from '../services/tokens/files/readTokenFile.ts';
import { createSealer } from '../services/vault/sealer.ts';
import { createTokenImport } from '../store/tokens/tokenImport.ts';
import { serveQueries } from '../store/users/serveQueries.ts';

/** Reads and imports one token file. Its secrets are gone with the thread. */
const { storeFile } = workerData as { storeFile: string };
if (!parentPort) throw new Error('tokenFileWorker runs as a worker thread only.');
const database = new DatabaseSync(storeFile, { timeout: 5_000 });
database.exec('PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;');
let current: ReturnType<typeof createTokenImport> | undefined;

function known(): ReturnType<typeof createTokenImport> {
  if (!current) throw new AppError('conflict', 'The token file was not read yet.');
  return current;
}

serveQueries<TokenFileQuery>(parentPort, async (query) => {
  switch (query.kind) {
    case 'read':
      current = createTokenImport(
        database,
        readTokenFile(query.bytes, query.password === null ? null : new Secret(query.password)),
        query.name,
      );
      return current.counts;
    case 'rows':
      return known().rows(query.window);
    case 'write':
      return known().write(query.jobId, query.from, createSealer(Buffer.from(query.key, 'base64')), Date.now());
  }
});
