import type { DatabaseSync } from 'node:sqlite';
import type { OrderBuilder } from './buildOrder.ts';
import { countMethods } from './countMethods.ts';
import type { Finder } from './finder.ts';
import { idsOfHits } from './hits.ts';
import type { KeptFiles } from './keptFiles.ts';
import { keepOrder, readKeptOrder } from './keptOrders.ts';
import { readIds } from './userConnection.ts';
import type { SlowAnswer, SlowQuery } from './userMessages.ts';
import { orderBy } from './userOrder.ts';
import { parseSearch, readVersion } from './userSearch.ts';

export interface SlowReader {
  readonly database: DatabaseSync;
  readonly finder: Finder;
  readonly orders: OrderBuilder;
  readonly files: KeptFiles;
}

/**
 * Answers one slow query from one committed state of the store. Calls `pause` between steps; where that rejects, the
 * work ends. One at a time per connection.
 */
export async function answerSlowly(
  { database, finder, orders, files }: SlowReader,
  query: SlowQuery,
  pause: () => Promise<void>,
): Promise<SlowAnswer> {
  if (query.kind === 'keep') return { kind: 'kept', isKept: keepOrder(files, query.column, query.version, query.order) };
  if (query.kind === 'found') return finder.find(query.selection, pause, (version, hits) => ({ kind: 'found', version, hits }), query.half);
  if (query.kind === 'top' && parseSearch(query.selection).key !== '') {
    const sql = `SELECT id FROM users WHERE id IN (SELECT value FROM json_each(?)) ORDER BY ${orderBy(query.sort)} LIMIT ? OFFSET ?`;
    return finder.find(query.selection, pause, (version, hits) => {
      const found = JSON.stringify(Array.from(idsOfHits(hits)));
      return { kind: 'top', version, ids: readIds(database, sql, found, query.limit, query.offset) };
    });
  }
  database.exec('BEGIN');
  try {
    const version = readVersion(database);
    if (query.kind === 'methods') return { kind: 'methods', version, methods: await countMethods(database, pause) };
    if (query.kind === 'order') {
      const kept = readKeptOrder(files, query.column, version);
      return { kind: 'order', version, isKept: kept !== null, ...(kept ?? (await orders.build(query.column, version, pause))) };
    }
    const sql = `SELECT id FROM users ORDER BY ${orderBy(query.sort)} LIMIT ? OFFSET ?`;
    return { kind: 'top', version, ids: readIds(database, sql, query.limit, query.offset) };
  } finally {
    database.exec('ROLLBACK');
  }
}
