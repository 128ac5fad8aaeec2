import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { DeliveryTrouble, MailAttempt, MailState } from '../../../shared/contract/outbox.contract.ts';
import { recipientsOf } from '../../../shared/email/recipientsOf.ts';
import type { TemplateContent } from '../../../shared/email/templateContent.ts';
import type { MinuteCount, NewMail, Outcome, OutboxStore, OutcomeCount } from '../../services/email/outboxPorts.ts';
import { patientTransaction } from '../patientTransaction.ts';
import { transaction } from '../transaction.ts';
import { createOutboxActions } from './outboxActions.ts';
import { createOutboxList } from './outboxList.ts';
import { mailColumns, mailTable, toOutboxMail, toStoredMail } from './outboxRows.ts';

/**
 * Longer than a mail of this state is ever put off: what is due later than that was written while the clock was wrong, and is due now.
 */
const longestDelayMs = { queued: 0, deferred: 8 * 60 * 60 * 1000 } as const;
const hourMs = 60 * 60 * 1000;

/** The outbox in its own file. */
export function createOutboxRepository(database: DatabaseSync): OutboxStore {
  const addContent = database.prepare(
    `INSERT INTO mail_contents (hash, template, language, subject, body, format, from_mailbox, cc, bcc, attachments, recipients)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING`,
  );
  const contentId = database.prepare('SELECT id FROM mail_contents WHERE hash = ?');
  const addMail = database.prepare(`INSERT INTO mails
    (message_id, campaign, user_id, username, to_name, to_address, content_id, merge_values, pin, pin_record, state, created_at, updated_at, due_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (campaign, user_id) DO NOTHING`);
  // Each is one range of the index, so that it costs the same with a million waiting mails.
  const dueIn = (state: MailState, when: string) =>
    database.prepare(`SELECT ${mailColumns} FROM mails m INDEXED BY mails_due JOIN mail_contents c ON c.id = m.content_id
      WHERE m.state = '${state}' AND m.due_at ${when} AND m.released >= :released
      AND (:domains = '[]' OR lower(substr(m.to_address, instr(m.to_address, '@') + 1)) NOT IN (SELECT value FROM json_each(:domains)))
      ORDER BY m.due_at, m.id LIMIT :limit`);
  const due = (['deferred', 'queued'] as const).map((state) => ({
    now: dueIn(state, '<= :time'),
    tooLate: dueIn(state, '> :time'),
    longestDelayMs: longestDelayMs[state],
  }));
  const begin = database.prepare(
    `UPDATE mails SET state = 'sending', sender = ?, attempts = attempts + 1, updated_at = ? WHERE id = ? AND state IN ('queued', 'deferred')`,
  );
  // Nothing was handed over, so that it counts as no attempt.
  const giveBack = database.prepare(
    `UPDATE mails SET state = 'queued', attempts = attempts - 1, updated_at = ? WHERE id = ? AND sender = ? AND state = 'sending'`,
  );
  const finish = database.prepare(`UPDATE mails SET state = :state, due_at = :due, reply = :reply, updated_at = :now,
    pin = CASE :state WHEN 'sent' THEN NULL ELSE pin END WHERE id = :id AND sender = :sender AND state IN ('sending', 'unknown')`);
  // Whoever got no answer records it once more: that is one attempt still.
  const addAttempt = database.prepare(`INSERT INTO mail_attempts (mail_id, at, outcome, reply)
    SELECT :id, :now, :state, :reply WHERE :isNew = 1 OR (SELECT state FROM mails WHERE id = :id) IS NOT :state`);
  const history = database.prepare('SELECT at, outcome, reply FROM mail_attempts WHERE mail_id = ? ORDER BY rowid');
  const unheld = database.prepare(`SELECT 1 FROM mails WHERE state IN ('queued', 'deferred') AND released = 0 LIMIT 1`);
  const hold = database.prepare(`UPDATE mails SET state = 'held', updated_at = ? WHERE state IN ('queued', 'deferred') AND released = 0`);
  const byId = database.prepare(`SELECT ${mailColumns} FROM ${mailTable} WHERE m.id = ?`);
  const counts = database.prepare('SELECT state, sum(count) AS count FROM mail_blocks GROUP BY state HAVING sum(count) > 0');
  const countOf = database.prepare('SELECT count(*) AS count FROM mails WHERE campaign = ?');
  // Whole hours are counted already; only of the first one a part is.
  const sentSince = database.prepare(`SELECT
    (SELECT count(*) FROM mails INDEXED BY mails_sent WHERE state = 'sent' AND updated_at >= :time AND updated_at < :hour * ${hourMs})
    + (SELECT coalesce(sum(count), 0) FROM mail_hours WHERE hour >= :hour AND outcome = 'sent') AS count`);
  const minutes = database.prepare('SELECT minute, recipients FROM mail_minutes WHERE minute BETWEEN ? AND ? ORDER BY minute');
  const readTrouble = database.prepare('SELECT since, code, message, next_try_at AS nextTryAt FROM delivery_trouble');
  const writeTrouble = database.prepare(
    'INSERT OR REPLACE INTO delivery_trouble (id, since, code, message, next_try_at) VALUES (1, ?, ?, ?, ?)',
  );
  const clearTrouble = database.prepare('DELETE FROM delivery_trouble');

  const inTransaction = <T>(work: () => T): T => (database.isTransaction ? work() : transaction(database, 'BEGIN IMMEDIATE', work));

  /** `known`: what was found for mails of the same transaction; many mails share few contents. */
  function contentOf({ template, language, source }: NewMail, known: Map<TemplateContent, Map<string, number>>): number {
    const ids = known.get(source) ?? new Map<string, number>();
    const key = `${language} ${template}`;
    const id = ids.get(key) ?? storeContent(template, language, source);
    known.set(source, ids.set(key, id));
    return id;
  }
  function storeContent(template: string, language: string, source: TemplateContent): number {
    const hash = createHash('sha256')
      .update(JSON.stringify([template, language, source]))
      .digest('hex');
    const { subject, body, format, from, cc, bcc, attachments } = source;
    addContent.run(hash, template, language, subject, body, format, from, cc, bcc, JSON.stringify(attachments), recipientsOf(source));
    return Number(contentId.get(hash)!['id']);
  }

  const beginOne = (id: number, sender: string, now: number): boolean => Number(begin.run(sender, now, id).changes) === 1;
  function finishOne(id: number, sender: string, { state, dueAt, reply }: Outcome, now: number): void {
    const { changes } = finish.run({ id, sender, state, due: dueAt, reply, now });
    addAttempt.run({ id, now, state, reply, isNew: Number(changes) });
  }

  return {
    add: (mails, state, now) =>
      patientTransaction(database, () => {
        let added = 0;
        const contents = new Map<TemplateContent, Map<string, number>>();
        for (const mail of mails) {
          const { changes } = addMail.run(
            ...[mail.messageId, mail.campaign, mail.userId, mail.username, mail.toName, mail.toAddress, contentOf(mail, contents)],
            ...[JSON.stringify(mail.values), mail.pin?.sealed ?? null, mail.pin?.record ?? '', state, now, now, now],
          );
          added += Number(changes);
        }
        return added;
      }),

    due(limit, except, { releasedOnly, now, exceptDomains = [] }) {
      const options = { released: releasedOnly ? 1 : 0, limit: limit + except.size, domains: JSON.stringify(exceptDomains) };
      return due
        .flatMap((state) => [
          ...state.now.all({ time: now, ...options }),
          ...state.tooLate.all({ time: now + state.longestDelayMs, ...options }),
        ])
        .map(toStoredMail)
        .filter(({ id }) => !except.has(id))
        .slice(0, limit);
    },

    begin: beginOne,
    finish: (id, sender, outcome, now) => inTransaction(() => finishOne(id, sender, outcome, now)),
    carryOut: (steps) =>
      inTransaction(() =>
        steps.map((step) => {
          const { id, sender, at } = step;
          if (step.kind === 'begin') return beginOne(id, sender, at);
          if (step.kind === 'giveBack') return Number(giveBack.run(at, id, sender).changes) === 1;
          finishOne(id, sender, step.outcome, at);
          return true;
        }),
      ),

    markAbandoned: (sender, now) =>
      inTransaction(() => {
        const others = `state = 'sending' AND sender IS NOT ?`;
        database
          .prepare(`INSERT INTO mail_attempts (mail_id, at, outcome, reply) SELECT id, ?, 'unknown', '' FROM mails WHERE ${others}`)
          .run(now, sender);
        return Number(database.prepare(`UPDATE mails SET state = 'unknown', updated_at = ? WHERE ${others}`).run(now, sender).changes);
      }),

    // A statement that writes waits for whoever else writes, also where it changes nothing.
    holdAll: (now) => (unheld.get() === undefined ? 0 : Number(hold.run(now).changes)),

    ...createOutboxList(database),
    ...createOutboxActions(database),

    get(id) {
      const row = byId.get(id);
      return row ? { row: toOutboxMail(row), mail: toStoredMail(row), history: history.all(id) as unknown as MailAttempt[] } : null;
    },

    counts: () => counts.all().map((row) => ({ state: row['state'] as MailState, count: Number(row['count']) })),
    countOf: (campaign) => Number(countOf.get(campaign)!['count']),
    sentSince: (time) => Number(sentSince.get({ time, hour: Math.ceil(time / hourMs) })!['count']),
    outcomesSince: (hour) =>
      database.prepare('SELECT hour, outcome, count FROM mail_hours WHERE hour >= ?').all(hour) as unknown as OutcomeCount[],
    recipientsBetween: (first, last) => minutes.all(first, last) as unknown as MinuteCount[],
    trouble: () => (readTrouble.get() as DeliveryTrouble | undefined) ?? null,
    setTrouble(trouble) {
      if (trouble) writeTrouble.run(trouble.since, trouble.code, trouble.message, trouble.nextTryAt);
      else clearTrouble.run();
    },
  };
}
