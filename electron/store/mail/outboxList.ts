import type { DatabaseSync } from 'node:sqlite';
import type { MailSelection } from '../../../shared/contract/outbox.contract.ts';
import type { OutboxList } from '../../services/email/outboxPorts.ts';
import { mailColumns, mailTable, toOutboxMail } from './outboxRows.ts';

interface Condition {
  /** SQL about `mails m`. */
  readonly where: string;
  readonly values: Readonly<Record<string, string>>;
}

function conditionOf({ state, search }: MailSelection): Condition {
  const conditions = [
    ...(state === undefined ? [] : ['m.state = :state']),
    ...(search === '' ? [] : ['(instr(lower(m.username), lower(:search)) > 0 OR instr(lower(m.to_address), lower(:search)) > 0)']),
  ];
  return {
    where: conditions.length === 0 ? 'TRUE' : conditions.join(' AND '),
    values: { ...(state !== undefined && { state }), ...(search !== '' && { search }) },
  };
}

/** Lists of the outbox, the last created first. */
export function createOutboxList(database: DatabaseSync): OutboxList {
  function count(selection: MailSelection): number {
    const { where, values } = conditionOf(selection);
    return Number(database.prepare(`SELECT count(*) AS n FROM mails m WHERE ${where}`).get(values)!['n']);
  }

  return {
    list({ offset, limit, ...selection }) {
      const { where, values } = conditionOf(selection);
      // Passes over the rows before the window without reading them.
      const ids = `SELECT m.id FROM mails m WHERE ${where} ORDER BY m.id DESC LIMIT :limit OFFSET :offset`;
      const rows = database.prepare(`SELECT ${mailColumns} FROM ${mailTable} WHERE m.id IN (${ids}) ORDER BY m.id DESC`);
      return { mails: rows.all({ ...values, limit, offset }).map(toOutboxMail), total: count(selection) };
    },

    count,

    idsAt(selection, ranges, limit) {
      const { where, values } = conditionOf(selection);
      const window = database.prepare(`SELECT m.id FROM mails m WHERE ${where} ORDER BY m.id DESC LIMIT :limit OFFSET :offset`);
      const ids: number[] = [];
      for (const { from, to } of ranges) {
        const wanted = Math.min(to - from, limit - ids.length);
        if (wanted > 0) for (const row of window.iterate({ ...values, limit: wanted, offset: from })) ids.push(Number(row['id']));
      }
      return ids;
    },

    placesOf(selection, ids) {
      const { where, values } = conditionOf(selection);
      const isListed = database.prepare(`SELECT 1 FROM mails m WHERE ${where} AND m.id = :id`);
      const between = database.prepare(`SELECT count(*) AS n FROM mails m WHERE ${where} AND m.id > :id AND m.id < :above`);
      const places = new Map<number, number>();
      let above = Number.MAX_SAFE_INTEGER;
      let place = 0;
      // From the top on, so that each stretch of the list is counted once.
      for (const id of ids.toSorted((a, b) => b - a)) {
        if (places.has(id) || !isListed.get({ ...values, id })) continue;
        place += Number(between.get({ ...values, id, above })!['n']);
        places.set(id, place);
        place += 1;
        above = id;
      }
      return ids.map((id) => places.get(id) ?? null);
    },
  };
}
