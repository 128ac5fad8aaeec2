import { createHash } from 'node:crypto';
import type { TokenAlgorithm, TokenKind, TokenRow, TokenState } from '../../../shared/contract/tokens.contract.ts';
import type { TokenKey } from '../../services/tokens/tokenPorts.ts';

/** SQL for the state of token `t` at the moment `:now`. */
export const stateSql = `CASE WHEN t.expires_at <= :now THEN 'expired' WHEN t.starts_at > :now THEN 'not-started'
  WHEN t.user_id IS NULL THEN 'free' ELSE 'assigned' END`;

/** SQL for the key by which token `t` is sorted and searched by username; a removed user still has his token. */
export const usernameKeySql = `coalesce((SELECT username_key FROM users WHERE id = t.user_id),
  (SELECT username_key FROM removed_users WHERE id = t.user_id), '')`;

/** What `toTokenRow` reads, from `oath_tokens t` and a join of users. */
export const rowColumns = `t.id, t.serial, t.manufacturer, t.model, t.kind, t.algorithm, t.digits, t.period, t.drift, t.starts_at, t.expires_at,
  t.secret, t.added_at, t.updated_at, ${stateSql} AS state, t.user_id, coalesce(u.username, r.username, '') AS username, u.id IS NULL AS removed`;
export const rowJoins = 'LEFT JOIN users u ON u.id = t.user_id LEFT JOIN removed_users r ON r.id = t.user_id';

type Row = Record<string, unknown>;

export function toTokenRow(row: Row): TokenRow {
  const kind = row['kind'] as TokenKind;
  const period = row['period'] as number;
  const userId = row['user_id'] as number | null;
  return {
    id: row['id'] as number,
    serial: row['serial'] as string,
    manufacturer: row['manufacturer'] as string,
    model: row['model'] as string,
    kind,
    algorithm: row['algorithm'] as TokenAlgorithm,
    digits: row['digits'] as number,
    interval: kind === 'totp' ? period : 0,
    startsAt: row['starts_at'] as number | null,
    expiresAt: row['expires_at'] as number | null,
    state: row['state'] as TokenState,
    user: userId === null ? null : { id: userId, username: row['username'] as string, removed: row['removed'] === 1 },
    driftSeconds: kind === 'totp' ? (row['drift'] as number) * period : 0,
    secretMark: markOf(row['secret'] as Uint8Array),
    addedAt: row['added_at'] as number,
    updatedAt: row['updated_at'] as number,
  };
}

/** Of the secret as it is sealed, which is another text each time. */
const markOf = (sealed: Uint8Array) => createHash('sha256').update(sealed).digest('hex').slice(0, 16);

export const keyColumns = 'id, serial, kind, algorithm, digits, period, secret, counter, drift, starts_at, expires_at';

export function toTokenKey(row: Row): TokenKey {
  const kind = row['kind'] as TokenKind;
  return {
    id: row['id'] as number,
    serial: row['serial'] as string,
    kind,
    algorithm: row['algorithm'] as TokenAlgorithm,
    digits: row['digits'] as number,
    interval: kind === 'totp' ? (row['period'] as number) : 0,
    sealed: row['secret'] as Uint8Array,
    counter: row['counter'] as number,
    drift: row['drift'] as number,
    startsAt: row['starts_at'] as number | null,
    expiresAt: row['expires_at'] as number | null,
  };
}
