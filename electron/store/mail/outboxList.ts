import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MailSelection, MailState } from '../../../shared/contract/outbox.contract.ts';
import type { OutboxList } from '../../services/email/outboxPorts.ts';
import { createMailSearch } from './mailSearch.ts';
import { listColumns, mailTable, toOutboxMail } from './outboxRows.ts';

/** As the migration counts them. */
const blockSize = 2048;
/** Ids that are read in one turn. */
const idsAtOnce = 5_000;
const placesAtOnce = 32;

interface Block {
  readonly block: number;
  readonly count: number;
}

/** Lists of the outbox, the last created first. Nothing takes longer with more mails, but for a search. */
export function createOutboxList(database: DatabaseSync): OutboxList {
  const search = createMailSearch(database);
  const blocksOf = database.prepare('SELECT block, count FROM mail_blocks WHERE state = ? AND count > 0 ORDER BY block DESC');
  const allBlocks = database.prepare(
    'SELECT block, sum(count) AS count FROM mail_blocks GROUP BY block HAVING sum(count) > 0 ORDER BY block DESC',
  );
  const below = {
    all: database.prepare('SELECT id FROM mails INDEXED BY mails_named WHERE id < :below ORDER BY id DESC LIMIT :limit OFFSET :offset'),
    state: database.prepare(
      'SELECT id FROM mails INDEXED BY mails_listed WHERE state = :state AND id < :below ORDER BY id DESC LIMIT :limit OFFSET :offset',
    ),
  };
  const above = {
    all: database.prepare('SELECT count(*) AS n, min(id) AS first FROM mails INDEXED BY mails_named WHERE id >= :id AND id < :end'),
    state: database.prepare(
      'SELECT count(*) AS n, min(id) AS first FROM mails INDEXED BY mails_listed WHERE state = :state AND id >= :id AND id < :end',
    ),
  };
  const rows = database.prepare(
    `SELECT ${listColumns} FROM ${mailTable} WHERE m.id IN (SELECT value FROM json_each(?)) ORDER BY m.id DESC`,
  );

  const idOf = ({ id }: Readonly<Record<string, unknown>>): number => Number(id);
  const blocks = (state: MailState | undefined): Block[] =>
    (state === undefined ? allBlocks.all() : blocksOf.all(state)).map((row) => ({
      block: Number(row['block']),
      count: Number(row['count']),
    }));
  const totalOf = (counted: readonly Block[]): number => counted.reduce((sum, { count }) => sum + count, 0);

  function readBelow(state: MailState | undefined, window: { below: number; limit: number; offset: number }): number[] {
    return (state === undefined ? below.all.all(window) : below.state.all({ ...window, state })).map(idOf);
  }

  /** Ids from some place on: the blocks before it are passed over by their counts. */
  async function idsFrom(state: MailState | undefined, counted: readonly Block[], place: number, wanted: number): Promise<number[]> {
    let offset = place;
    const start = counted.find(({ count }) => {
      if (offset < count) return true;
      offset -= count;
      return false;
    });
    const ids: number[] = [];
    if (!start) return ids;
    let from = (start.block + 1) * blockSize;
    while (ids.length < wanted) {
      const some = readBelow(state, { below: from, limit: Math.min(idsAtOnce, wanted - ids.length), offset });
      ids.push(...some);
      if (some.length === 0 || ids.length >= wanted) break;
      [from, offset] = [some.at(-1)!, 0];
      await nextTurn();
    }
    return ids;
  }

  async function count({ state, search: text }: MailSelection): Promise<number> {
    return text === '' ? totalOf(blocks(state)) : (await search.find(text, state)).length;
  }

  async function placesInBlocks(state: MailState | undefined, ids: readonly number[]): Promise<Map<number, number>> {
    const before = new Map<number, number>();
    let sum = 0;
    for (const { block, count: inBlock } of blocks(state)) {
      before.set(block, sum);
      sum += inBlock;
    }
    const places = new Map<number, number>();
    for (const [index, id] of ids.entries()) {
      const block = Math.floor(id / blockSize);
      const start = before.get(block);
      if (start === undefined || places.has(id)) continue;
      const range = { id, end: (block + 1) * blockSize };
      const found = (state === undefined ? above.all.get(range) : above.state.get({ ...range, state }))!;
      // The mail itself is counted too, if it is in the list.
      if (Number(found['first']) === id) places.set(id, start + Number(found['n']) - 1);
      if (index % placesAtOnce === placesAtOnce - 1) await nextTurn();
    }
    return places;
  }

  return {
    async list({ offset, limit, state, search: text }) {
      const found = text === '' ? null : await search.find(text, state);
      const counted = found ? [] : blocks(state);
      const ids = found ? window(found, offset, limit) : await idsFrom(state, counted, offset, limit);
      return { mails: rows.all(JSON.stringify(ids)).map(toOutboxMail), total: found ? found.length : totalOf(counted) };
    },

    count,

    async idsAt({ state, search: text }, ranges, limit) {
      const found = text === '' ? null : await search.find(text, state);
      const counted = found ? [] : blocks(state);
      const ids: number[] = [];
      for (const { from, to } of ranges) {
        const wanted = Math.min(to - from, limit - ids.length);
        if (wanted <= 0) continue;
        const some = found ? window(found, from, wanted) : await idsFrom(state, counted, from, wanted);
        for (const id of some) ids.push(id);
      }
      return ids;
    },

    async placesOf({ state, search: text }, ids) {
      const places = text === '' ? await placesInBlocks(state, ids) : placesIn(await search.find(text, state), new Set(ids));
      return ids.map((id) => places.get(id) ?? null);
    },
  };
}

/** Some places of a list whose last id comes first. */
function window(ids: readonly number[], offset: number, limit: number): number[] {
  return ids.slice(Math.max(0, ids.length - offset - limit), Math.max(0, ids.length - offset)).toReversed();
}

function placesIn(ids: readonly number[], wanted: ReadonlySet<number>): Map<number, number> {
  const places = new Map<number, number>();
  for (const [index, id] of ids.entries()) if (wanted.has(id)) places.set(id, ids.length - 1 - index);
  return places;
}
