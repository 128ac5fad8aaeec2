import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Method, Mode } from '../../../shared/contract/users.contract.ts';
import type { AlikeUsers } from '../../../shared/email/mailPlan.ts';
import { completeSql, type MeansColumn } from './userCompleteness.ts';

/** Whom a change is about and what becomes of them, as SQL. */
export interface MailedSql {
  /** What follows FROM, with its WHERE. */
  readonly from: string;
  /** What a column is going to be. */
  after(column: MeansColumn | 'enabled' | 'email' | 'username'): string;
  /** How the user is before, as a number of `stateBefore`. */
  readonly before: string;
  /** Whether something changes that a mail tells. */
  readonly mailedChange: string;
}

/** Counts users who are all the same to the rules of mails. The connection needs the function `address_kind`. */
export function alikeUsers(
  database: DatabaseSync,
  { from, after, before, mailedChange }: MailedSql,
  parameters: Record<string, SQLInputValue> = {},
): AlikeUsers[] {
  const statement = database.prepare(
    `SELECT ${after('method')} AS method, ${after('mode')} AS mode, ${after('enabled')} AS enabled, ${completeSql(after)} AS complete,
       ${before} AS state, (${mailedChange}) AS changed, address_kind(${after('email')}, ${after('username')}) AS address, count(*) AS count
     FROM ${from} GROUP BY 1, 2, 3, 4, 5, 6, 7`,
  );
  return statement.all(parameters).map((row) => ({
    method: row['method'] as Method,
    mode: row['mode'] as Mode,
    enabled: row['enabled'] === 1,
    complete: row['complete'] === 1,
    before: Number(row['state']),
    mailedChange: row['changed'] === 1,
    address: Number(row['address']),
    count: Number(row['count']),
  }));
}
