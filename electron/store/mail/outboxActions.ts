import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MailAction, MailState } from '../../../shared/contract/outbox.contract.ts';
import type { MailTarget, OutboxActions } from '../../services/email/outboxPorts.ts';
import { patientTransaction } from '../patientTransaction.ts';

/** The states that an action changes. Mails that may arrive twice must be named. */
const statesOf: Readonly<Record<MailAction, Readonly<Record<'named' | 'all', readonly MailState[]>>>> = {
  retry: { named: ['failed', 'deferred', 'unknown'], all: ['failed', 'deferred'] },
  cancel: { named: ['queued', 'deferred', 'held', 'failed', 'unknown'], all: ['queued', 'deferred', 'held'] },
  release: { named: ['held'], all: ['held'] },
};

const changes: Readonly<Record<MailAction, string>> = {
  retry: `state = 'queued', sender = NULL, due_at = :now, updated_at = :now`,
  cancel: `state = 'cancelled', sender = NULL, pin = NULL, updated_at = :now`,
  release: `state = 'queued', released = 1, due_at = :now, updated_at = :now`,
};

/** Mails that are changed in one transaction and one turn. */
const atOnce = 500;

/** What administrators do with mails that have not gone. Each mail is changed or not; of very many, some may be when the process ends. */
export function createOutboxActions(database: DatabaseSync): OutboxActions {
  const last = database.prepare('SELECT coalesce(max(id), 0) AS id FROM mails');
  const counted = database.prepare('SELECT coalesce(sum(count), 0) AS n FROM mail_blocks WHERE state = ?');
  const inState = database.prepare(
    'SELECT id FROM mails INDEXED BY mails_listed WHERE state = :state AND id > :after AND id <= :to ORDER BY id LIMIT :limit',
  );

  /** The ids in small parts. Of all mails: those that are there now, in one state after the other. */
  async function* partsOf(action: MailAction, target: MailTarget): AsyncGenerator<readonly number[]> {
    if ('ids' in target) {
      for (let at = 0; at < target.ids.length; at += atOnce) {
        yield target.ids.slice(at, at + atOnce);
        await nextTurn();
      }
      return;
    }
    const to = Number(last.get()!['id']);
    for (const state of statesOf[action].all) {
      for (let after = 0, isMore = true; isMore;) {
        const ids = inState.all({ state, after, to, limit: atOnce }).map(({ id }) => Number(id));
        if (ids.length > 0) yield ids;
        isMore = ids.length === atOnce;
        after = ids.at(-1) ?? to;
        await nextTurn();
      }
    }
  }

  const conditionOf = (action: MailAction, target: MailTarget): string => {
    const states = statesOf[action]['all' in target ? 'all' : 'named'].map((state) => `'${state}'`);
    return `state IN (${states.join(', ')}) AND id IN (SELECT value FROM json_each(:ids))`;
  };

  async function change(action: MailAction, target: MailTarget, now: number): Promise<number> {
    const update = database.prepare(`UPDATE mails SET ${changes[action]} WHERE ${conditionOf(action, target)}`);
    let count = 0;
    for await (const ids of partsOf(action, target))
      count += await patientTransaction(database, () => Number(update.run({ ids: JSON.stringify(ids), now }).changes));
    return count;
  }

  return {
    async affected(action, target) {
      const countIn = (state: MailState): number => Number(counted.get(state)!['n']);
      // Of all, none that may arrive twice.
      if ('all' in target) return { count: statesOf[action].all.reduce((sum, state) => sum + countIn(state), 0), unknown: 0 };
      const named = database.prepare(
        `SELECT count(*) AS n, total(state = 'unknown') AS unknown FROM mails WHERE ${conditionOf(action, target)}`,
      );
      let [count, unknown] = [0, 0];
      for await (const ids of partsOf(action, { ids: [...new Set(target.ids)] })) {
        const found = named.get({ ids: JSON.stringify(ids) })!;
        count += Number(found['n']);
        unknown += Number(found['unknown']);
      }
      return { count, unknown };
    },
    retry: (target, now) => change('retry', target, now),
    cancel: (target, now) => change('cancel', target, now),
    release: (target, now) => change('release', target, now),
  };
}
