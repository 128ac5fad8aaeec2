import type { DatabaseSync } from 'node:sqlite';
import { beforeOf, mailedFields, stateBefore, type MailCampaign } from '../../../shared/email/mailPlan.ts';
import type { MailIntentStore } from '../../services/email/mailIntents.ts';
import { columnOf } from './fieldColumns.ts';

/** What is compared to see whether a mail tells something new. A new PIN has another time. */
const compared = [...mailedFields.map((field) => columnOf[field]), 'pin_set_at'];

/** SQL over `users AS u`: how a user is, as a number of `stateBefore`. */
export const stateSql = `CASE WHEN u.enabled = 0 THEN ${stateBefore.disabled} WHEN u.complete = 0 THEN ${stateBefore.incomplete} ELSE ${stateBefore.ready} END`;

/**
 * Remembers how users are, in `temp.mail_before`, to be called before they are changed in the same transaction. `who` is SQL that
 * selects their ids.
 */
export function rememberBefore(database: DatabaseSync, who: string, ...parameters: (string | number)[]): void {
  database.exec(`CREATE TEMP TABLE IF NOT EXISTS mail_before (id INTEGER PRIMARY KEY, state INTEGER, ${compared.join(', ')});
    DELETE FROM temp.mail_before`);
  database
    .prepare(
      `INSERT INTO temp.mail_before SELECT u.id, ${stateSql}, ${compared.map((column) => `u.${column}`).join(', ')}
       FROM main.users u WHERE u.id IN (${who})`,
    )
    .run(...parameters);
}

/**
 * Notes who is to be mailed: to be called after the users whom `who` selects were written, in the same transaction, and after
 * `rememberBefore`. Who was not there then is new. Left out is whom the rules do not mail at all: those who are disabled, and updated
 * ones about whom there is nothing to tell.
 */
export function noteIntents(
  database: DatabaseSync,
  { campaign, mailsUpdates }: MailCampaign,
  now: number,
  who: string,
  ...parameters: (string | number)[]
): void {
  const isChanged = compared
    .filter((column) => column !== 'pin_set_at')
    .map((column) => `u.${column} IS NOT b.${column}`)
    .concat('(u.has_pin = 1 AND u.pin_set_at IS NOT b.pin_set_at)')
    .join(' OR ');
  database
    .prepare(
      `INSERT OR IGNORE INTO main.mail_intents (campaign, user_id, state_before, mailed_change, mails_updates, noted_at)
       SELECT ?, id, state_before, mailed_change, ?, ? FROM (
         SELECT u.id, u.complete, coalesce(b.state, ${stateBefore.absent}) AS state_before, (b.id IS NULL OR ${isChanged}) AS mailed_change
         FROM main.users u LEFT JOIN temp.mail_before b ON b.id = u.id WHERE u.id IN (${who}) AND u.enabled = 1)
       WHERE state_before < ${stateBefore.incomplete} OR (complete AND state_before = ${stateBefore.incomplete})
         OR (${Number(mailsUpdates)} AND (mailed_change OR NOT complete))`,
    )
    .run(campaign, Number(mailsUpdates), now, ...parameters);
  database.exec('DELETE FROM temp.mail_before');
}

/** Reads and forgets what was noted. `write` runs its work in a transaction. */
export function createMailIntents(database: DatabaseSync, write: <T>(work: () => T) => Promise<T>): MailIntentStore {
  return {
    mailCampaigns: async (notedBefore, notedAfter) =>
      database
        .prepare('SELECT DISTINCT campaign FROM mail_intents WHERE noted_at < ? OR noted_at > ?')
        .all(notedBefore, notedAfter)
        .map((row) => String(row['campaign'])),
    countIntents: async (campaign) =>
      Number(database.prepare('SELECT count(*) AS count FROM mail_intents WHERE campaign = ?').get(campaign)!['count']),
    mailIntents: async (campaign, afterUser, limit) =>
      database
        .prepare('SELECT * FROM mail_intents WHERE campaign = ? AND user_id > ? ORDER BY user_id LIMIT ?')
        .all(campaign, afterUser, limit)
        .map((row) => ({
          userId: Number(row['user_id']),
          before: beforeOf(Number(row['state_before'])),
          mailedChange: row['mailed_change'] === 1,
          mailsUpdates: row['mails_updates'] === 1,
        })),
    forgetIntents: (campaign, throughUser) =>
      write(() => void database.prepare('DELETE FROM mail_intents WHERE campaign = ? AND user_id <= ?').run(campaign, throughUser)),
  };
}
