import { DatabaseSync } from 'node:sqlite';
import type { TokenColumn, TokenRow, TokenSelection } from '../../../shared/contract/tokens.contract.ts';
import { usernameKey } from '../../../shared/lib/fold.ts';
import { placesOf } from '../../../shared/lib/places.ts';
import type { TokenLosses, TokenReader, TokenWindow } from '../../services/tokens/tokenPorts.ts';
import { rowColumns, rowJoins, stateSql, toTokenRow, usernameKeySql } from './tokenRows.ts';

/** What the thread that lists tokens answers. */
export type TokenQuery =
  | { readonly kind: 'list'; readonly window: TokenWindow; readonly now: number }
  | { readonly kind: 'count'; readonly selection: TokenSelection; readonly now: number }
  | { readonly kind: 'idsAt'; readonly list: Parameters<TokenReader['idsAt']>[0]; readonly now: number }
  | { readonly kind: 'placesOf'; readonly list: Parameters<TokenReader['placesOf']>[0]; readonly now: number }
  | { readonly kind: 'losses'; readonly ids: readonly number[] };

const namedLosses = 20;

/** Tokens without a date or a user come last, whichever way the list is sorted. */
const orderSql: Readonly<Record<TokenColumn, readonly [emptyLast: string, key: string]>> = {
  serial: ['0', 't.serial_key'],
  username: ['t.user_id IS NULL', usernameKeySql],
  manufacturer: ["t.manufacturer = ''", 'lower(t.manufacturer)'],
  model: ["t.model = ''", 'lower(t.model)'],
  kind: ['0', 't.kind'],
  algorithm: ['0', 't.algorithm'],
  digits: ['0', 't.digits'],
  interval: ['0', 't.period'],
  startsAt: ['t.starts_at IS NULL', 't.starts_at'],
  expiresAt: ['t.expires_at IS NULL', 't.expires_at'],
  state: ['0', stateSql],
};

/** Lists tokens in SQL. Runs in a thread of its own: by username, 100,000 tokens take a moment to sort. */
export function createTokenList(database: DatabaseSync) {
  database.function('username_key', { deterministic: true }, (text) => usernameKey(String(text)));

  function whereOf({ search, state, userId }: TokenSelection): { sql: string; parameters: Record<string, string | number> } {
    const conditions: string[] = [];
    const parameters: Record<string, string | number> = {};
    const text = usernameKey(search.trim());
    if (text !== '') {
      conditions.push(`(instr(t.serial_key, :text) OR instr(username_key(t.manufacturer), :text) OR instr(username_key(t.model), :text)
        OR (t.user_id IS NOT NULL AND instr(${usernameKeySql}, :text)))`);
      parameters['text'] = text;
    }
    if (state !== undefined) {
      conditions.push(`${stateSql} = :state`);
      parameters['state'] = state;
    }
    if (userId !== undefined) {
      conditions.push('t.user_id = :userId');
      parameters['userId'] = userId;
    }
    return { sql: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, parameters };
  }

  /** The ids first: only the rows of the window are joined with their users. */
  function idsSql({ sort, ...selection }: Omit<TokenWindow, 'offset' | 'limit'>) {
    const { sql, parameters } = whereOf(selection);
    const [emptyLast, key] = orderSql[sort.column];
    const direction = sort.descending ? 'DESC' : 'ASC';
    const empty = emptyLast === '0' ? '' : `${emptyLast}, `;
    const tie = sort.column === 'serial' ? '' : ', t.serial_key';
    // The few that are found are sorted faster than all are walked in the order of an index.
    const order = sql === '' || sort.column !== 'serial' ? key : `+${key}`;
    return { sql: `SELECT t.id FROM oath_tokens t ${sql} ORDER BY ${empty}${order} ${direction}${tie}`, parameters };
  }

  /** A statement takes no parameter that it does not name. */
  const withNow = (sql: string, parameters: Record<string, string | number>, now: number) =>
    sql.includes(':now') ? { ...parameters, now } : parameters;

  function inOrder(list: Omit<TokenWindow, 'offset' | 'limit'>, now: number): number[] {
    const { sql, parameters } = idsSql(list);
    return database
      .prepare(sql)
      .all(withNow(sql, parameters, now))
      .map((row) => row['id'] as number);
  }

  return {
    list({ offset, limit, ...list }: TokenWindow, now: number): TokenRow[] {
      const { sql, parameters } = idsSql(list);
      const statement = `WITH page AS MATERIALIZED (${sql} LIMIT :limit OFFSET :offset), numbered AS (SELECT id, row_number() OVER () AS place FROM page)
        SELECT ${rowColumns} FROM numbered JOIN oath_tokens t ON t.id = numbered.id ${rowJoins} ORDER BY place`;
      return database
        .prepare(statement)
        .all({ ...parameters, limit, offset, now })
        .map(toTokenRow);
    },

    count(selection: TokenSelection, now: number): number {
      const { sql, parameters } = whereOf(selection);
      const statement = `SELECT count(*) AS n FROM oath_tokens t ${sql}`;
      return Number(database.prepare(statement).get(withNow(statement, parameters, now))?.['n'] ?? 0);
    },

    idsAt({ ranges, ...list }: Parameters<TokenReader['idsAt']>[0], now: number): number[] {
      const ids = inOrder(list, now);
      return ranges.flatMap(({ from, to }) => ids.slice(from, to));
    },

    placesOf: ({ ids, ...list }: Parameters<TokenReader['placesOf']>[0], now: number) => placesOf(ids, inOrder(list, now)),

    losses(ids: readonly number[]): TokenLosses {
      // Whoever has none beside these loses his last.
      const held = `WITH gone AS MATERIALIZED (SELECT DISTINCT value AS id FROM json_each(:ids)),
        held AS MATERIALIZED (SELECT t.id, t.serial, t.serial_key, t.user_id FROM gone JOIN oath_tokens t ON t.id = gone.id WHERE t.user_id IS NOT NULL),
        losing AS MATERIALIZED (SELECT user_id, count(*) = (SELECT count(*) FROM oath_tokens o WHERE o.user_id = held.user_id) AS isLast FROM held GROUP BY user_id)`;
      const list = JSON.stringify(ids);
      const counts = database
        .prepare(`${held} SELECT (SELECT count(*) FROM held) AS assigned, (SELECT count(*) FROM losing WHERE isLast) AS usersWithout`)
        .get({ ids: list });
      const first = database
        .prepare(
          `${held} SELECT t.serial, coalesce(u.username, r.username, '') AS username, losing.isLast FROM held t JOIN losing ON losing.user_id = t.user_id
           ${rowJoins} ORDER BY losing.isLast DESC, t.serial_key LIMIT ${namedLosses}`,
        )
        .all({ ids: list });
      return {
        assigned: Number(counts?.['assigned'] ?? 0),
        usersWithout: Number(counts?.['usersWithout'] ?? 0),
        first: first.map((row) => ({ serial: String(row['serial']), username: String(row['username']), isLast: row['isLast'] === 1 })),
      };
    },
  };
}

export function openForTokenList(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  // In order of the serial numbers, rows lie anywhere in the file: 100,000 tokens have to fit.
  database.exec('PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;');
  return database;
}
