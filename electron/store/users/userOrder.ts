import type { UserColumn } from '../../../shared/contract/users.contract.ts';
import { foldedSql } from './userConnection.ts';

export interface UserSort {
  readonly column: UserColumn;
  readonly descending: boolean;
}

type Expression = (alias: string) => string;

/** `filled`: what a cell with a value looks like, where the column can be empty. */
const keys: Record<UserColumn, { readonly key: Expression; readonly filled?: Expression }> = {
  username: { key: (u) => `${u}.username_key` },
  name: { key: (u) => `${u}.name_key`, filled: (u) => `${u}.name_key > ''` },
  email: { key: (u) => foldedSql(`${u}.email`), filled: (u) => `${u}.email > ''` },
  userGroup: { key: (u) => foldedSql(`${u}.user_group`), filled: (u) => `${u}.user_group > ''` },
  phone: { key: (u) => `${u}.phone`, filled: (u) => `${u}.phone > ''` },
  backupPhone: { key: (u) => `${u}.backup_phone`, filled: (u) => `${u}.backup_phone > ''` },
  method: { key: (u) => `${u}.method` },
  hasPin: { key: (u) => `${u}.has_pin` },
  mustChangePin: { key: (u) => `${u}.must_change_pin` },
  enabled: { key: (u) => `${u}.enabled` },
  complete: { key: (u) => `${u}.complete` },
  createdAt: { key: (u) => `${u}.created_at` },
  updatedAt: { key: (u) => `${u}.updated_at` },
};

/**
 * ORDER BY terms for table `users`. Empty cells come last in both directions, because nobody looks for them at the top;
 * people with equal cells are listed by username, A to Z, in both directions. Usernames are unique, so no two rows are equal.
 */
export function orderBy({ column, descending }: UserSort): string {
  const { key, filled } = keys[column];
  const direction = descending ? ' DESC' : '';
  if (column === 'username') return `users.username_key${direction}`;
  return `${filled ? `${filled('users')} DESC, ` : ''}${key('users')}${direction}, users.username_key`;
}

/**
 * SQL over table `users` for what a column is sorted by, as text whose bytes are in the right order, and for the users
 * that have it.
 */
export function sortKey(column: UserColumn): { readonly key: string; readonly filled: string } {
  const { key, filled } = keys[column];
  const isTime = column === 'createdAt' || column === 'updatedAt';
  return { key: isTime ? `format('%016d', ${key('users')})` : key('users'), filled: filled?.('users') ?? '1' };
}

/**
 * The parts of the list that an index serves in order, first part first; null where there is no index.
 * SQLite stops after the window, so that small offsets cost nothing.
 */
export function indexedParts({ column, descending }: UserSort): readonly string[] | null {
  const direction = descending ? ' DESC' : '';
  if (column === 'username') return [`ORDER BY username_key${direction}`];
  if (column === 'name')
    return [`WHERE name_key > '' ORDER BY name_key${direction}, username_key`, `WHERE name_key = '' ORDER BY username_key`];
  return null;
}

/** A condition on users `a` and `b`: `a` is listed before `b`. */
export function isBefore({ column, descending }: UserSort): string {
  const { key, filled } = keys[column];
  const compare = `CASE WHEN ${key('a')} <> ${key('b')} THEN ${key('a')} ${descending ? '>' : '<'} ${key('b')} ELSE a.username_key < b.username_key END`;
  if (!filled) return compare;
  return `CASE WHEN (${filled('a')}) <> (${filled('b')}) THEN (${filled('a')}) ELSE ${compare} END`;
}
