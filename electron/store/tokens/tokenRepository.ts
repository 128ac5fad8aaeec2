import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { AppError } from '../../../shared/contract/errors.ts';
import type { TokenRow } from '../../../shared/contract/tokens.contract.ts';
import { usernameKey } from '../../../shared/lib/fold.ts';
import type { Spent, StoredFacts, TokenStore } from '../../services/tokens/tokenPorts.ts';
import { transaction } from '../transaction.ts';
import { keepHolders } from './holders.ts';
import { keyColumns, rowColumns, rowJoins, toTokenKey, toTokenRow } from './tokenRows.ts';

/** Two serial numbers with one key are the same: letter case does not count. */
export const serialKey = usernameKey;

const columnOf: Readonly<Record<keyof StoredFacts, string>> = {
  serial: 'serial',
  manufacturer: 'manufacturer',
  model: 'model',
  kind: 'kind',
  algorithm: 'algorithm',
  digits: 'digits',
  interval: 'period',
  startsAt: 'starts_at',
  expiresAt: 'expires_at',
};

/** Tokens in the users' file, on a connection that may write. */
export function createTokenRepository(database: DatabaseSync, now: () => number): TokenStore {
  const inTransaction = <T>(work: () => T): T => transaction(database, 'BEGIN IMMEDIATE', work);

  function holderOf(id: number): number | null {
    const row = database.prepare('SELECT user_id FROM oath_tokens WHERE id = ?').get(id);
    if (!row) throw noToken(id);
    return row['user_id'] as number | null;
  }

  function ensureUser(userId: number): void {
    if (database.prepare('SELECT 1 FROM users WHERE id = ?').get(userId)) return;
    throw new AppError('not-found', 'This user no longer exists.', { details: { userId } });
  }

  function ensureFree(serial: string, except: number): void {
    const taken = database.prepare('SELECT serial FROM oath_tokens WHERE serial_key = ? AND id <> ?').get(serialKey(serial), except);
    if (taken)
      throw new AppError('serial-taken', `There is a token with the serial number ${String(taken['serial'])} already.`, {
        details: { serial: String(taken['serial']) },
      });
  }

  function usernameOf(userId: number): string {
    const row =
      database.prepare('SELECT username FROM users WHERE id = ?').get(userId) ??
      database.prepare('SELECT username FROM removed_users WHERE id = ?').get(userId);
    return String(row?.['username'] ?? userId);
  }

  /** Unless the code, or a later one, was used by somebody else meanwhile, or the secret was replaced. */
  function move({ key, after }: Spent, mayGoBack: boolean): boolean {
    const { changes } = database
      .prepare(
        `UPDATE oath_tokens SET counter = :counter, drift = :drift WHERE id = :id AND secret = :secret AND kind = :kind
          AND ${mayGoBack ? 'counter = :before' : 'counter < :counter'}`,
      )
      .run({
        id: key.id,
        secret: key.sealed,
        kind: key.kind,
        counter: after.counter,
        drift: after.drift,
        ...(mayGoBack && { before: key.counter }),
      });
    return changes === 1;
  }

  function get(key: Parameters<TokenStore['get']>[0]): TokenRow | null {
    const [where, value]: [string, SQLInputValue] = 'id' in key ? ['t.id', key.id] : ['t.serial_key', serialKey(key.serial.trim())];
    const row = database.prepare(`SELECT ${rowColumns} FROM oath_tokens t ${rowJoins} WHERE ${where} = :value`).get({ value, now: now() });
    return row ? toTokenRow(row) : null;
  }

  return {
    get,

    key(id) {
      const row = database.prepare(`SELECT ${keyColumns} FROM oath_tokens WHERE id = ?`).get(id);
      return row ? toTokenKey(row) : null;
    },

    keysOfUser(userId) {
      return database.prepare(`SELECT ${keyColumns} FROM oath_tokens WHERE user_id = ? ORDER BY id`).all(userId).map(toTokenKey);
    },

    add(facts, secret, userId) {
      return inTransaction(() => {
        ensureFree(facts.serial, 0);
        if (userId !== null) ensureUser(userId);
        const at = now();
        const id = nextTokenId(database);
        insertToken(database)(id, facts, { sealed: secret.seal(id), counter: secret.counter }, userId, at);
        if (userId !== null) keepHolders(database, [userId], at);
        return id;
      });
    },

    edit(id, decide, secret) {
      inTransaction(() => {
        const current = get({ id });
        if (!current) throw noToken(id);
        const facts = decide(current);
        if (facts.serial !== undefined) ensureFree(facts.serial, id);
        const set = Object.entries(facts).filter(([, value]) => value !== undefined) as [keyof StoredFacts, SQLInputValue][];
        const values: [string, SQLInputValue][] = set.map(([name, value]) => [columnOf[name], value]);
        if (facts.serial !== undefined) values.push(['serial_key', serialKey(facts.serial)]);
        if (secret) values.push(['secret', secret.seal(id)]);
        if (values.length === 0) return;
        // Another secret, kind or interval counts anew.
        if (secret || facts.kind !== undefined || facts.interval !== undefined)
          values.push(['counter', secret?.counter ?? 0], ['drift', 0]);
        values.push(['updated_at', now()]);
        database
          .prepare(`UPDATE oath_tokens SET ${values.map(([column]) => `${column} = ?`).join(', ')} WHERE id = ?`)
          .run(...values.map(([, value]) => value), id);
      });
    },

    remove(ids) {
      return inTransaction(() => {
        const list = JSON.stringify(ids);
        const removed = database
          .prepare('DELETE FROM oath_tokens WHERE id IN (SELECT value FROM json_each(?)) RETURNING user_id')
          .all(list)
          .map((row) => row['user_id'] as number | null);
        const holders = removed.filter((userId) => userId !== null);
        keepHolders(database, holders, now());
        return { removed: removed.length, unassigned: holders.length };
      });
    },

    assign(id, userId, spent) {
      inTransaction(() => {
        const holder = holderOf(id);
        ensureUser(userId);
        if (holder !== null && holder !== userId) {
          const username = usernameOf(holder);
          throw new AppError('token-assigned', `The token belongs to ${username}. Unassign it there first.`, { details: { username } });
        }
        if (spent && !move(spent, true)) throw new AppError('code-already-used', 'This code was used already.');
        if (holder === userId) return;
        const at = now();
        database.prepare('UPDATE oath_tokens SET user_id = ?, updated_at = ? WHERE id = ?').run(userId, at, id);
        keepHolders(database, [userId], at);
      });
    },

    unassign(id) {
      inTransaction(() => {
        const holder = holderOf(id);
        if (holder === null) return;
        const at = now();
        database.prepare('UPDATE oath_tokens SET user_id = NULL, updated_at = ? WHERE id = ?').run(at, id);
        keepHolders(database, [holder], at);
      });
    },

    spend: (spent) => move(spent, false),
    reset: (spent) => move(spent, true),
  };
}

function noToken(id: number): AppError {
  return new AppError('not-found', 'This token no longer exists.', { details: { id } });
}

/** The id that the next token gets. An id is never given twice. To be asked for in the transaction that inserts. */
export function nextTokenId(database: DatabaseSync): number {
  const row = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'oath_tokens'").get();
  return Number(row?.['seq'] ?? 0) + 1;
}

/** Inserts tokens with ids that `nextTokenId` gave. */
export function insertToken(database: DatabaseSync) {
  const statement = database.prepare(`INSERT INTO oath_tokens
    (id, serial, serial_key, manufacturer, model, kind, algorithm, digits, period, secret, counter, starts_at, expires_at, user_id, added_at, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  return (id: number, facts: StoredFacts, secret: { sealed: Uint8Array; counter: number }, userId: number | null, at: number): void => {
    statement.run(
      id,
      facts.serial,
      serialKey(facts.serial),
      facts.manufacturer,
      facts.model,
      facts.kind,
      facts.algorithm,
      facts.digits,
      facts.interval,
      secret.sealed,
      secret.counter,
      facts.startsAt,
      facts.expiresAt,
      userId,
      at,
      at,
    );
  };
}
