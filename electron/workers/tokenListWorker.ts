import { parentPort, workerData } from 'node:worker_threads';
import { createTokenList, openForTokenList, type TokenQuery } from '../store/tokens/tokenList.ts';
import { serveQueries } from '../store/users/serveQueries.ts';

/** Reads tokens for createTokenReader. */
const { storeFile } = workerData as { storeFile: string };
if (!parentPort) throw new Error('tokenListWorker runs as a worker thread only.');
const tokens = createTokenList(openForTokenList(storeFile));

serveQueries<TokenQuery>(parentPort, async (query) => {
  switch (query.kind) {
    case 'list':
      return tokens.list(query.window, query.now);
    case 'count':
      return tokens.count(query.selection, query.now);
    case 'idsAt':
      return tokens.idsAt(query.list, query.now);
    case 'placesOf':
      return tokens.placesOf(query.list, query.now);
    case 'losses':
      return tokens.losses(query.ids);
  }
});
