import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MailState } from '../../../shared/contract/outbox.contract.ts';

/** Ids that are looked at in one turn: some milliseconds. */
const idsAtOnce = 2_048;
const checksAtOnce = 2_048;
/** Texts whose finds are kept. Few people search the outbox at the same time. */
const mostKept = 3;

interface Search {
  readonly ids: number[];
  /** The last id that was looked at. */
  upTo: number;
  /** The scan that goes on, if any. */
  scan: Promise<void> | null;
}

export interface MailSearch {
  /** Mails whose user or address contains a text, the last created last. Lets everything else have its turn while it looks. */
  find(text: string, state: MailState | undefined): Promise<readonly number[]>;
}

/**
 * Looks through the names of all mails once for each text and goes on from there the next time: names never change, and new mails come
 * at the end.
 */
export function createMailSearch(database: DatabaseSync): MailSearch {
  const last = database.prepare('SELECT coalesce(max(id), 0) AS id FROM mails');
  const among = database.prepare(
    `SELECT id FROM mails INDEXED BY mails_named WHERE id > :after AND id <= :to
      AND (instr(lower(username), :text) > 0 OR instr(lower(to_address), :text) > 0)`,
  );
  const ofState = database.prepare(
    `SELECT value AS id FROM json_each(:ids) WHERE EXISTS (SELECT 1 FROM mails INDEXED BY mails_listed WHERE state = :state AND id = value)`,
  );
  const kept = new Map<string, Search>();

  function searchFor(text: string): Search {
    const search = kept.get(text) ?? { ids: [], upTo: 0, scan: null };
    // The one that was asked for last is the last to go.
    kept.delete(text);
    kept.set(text, search);
    for (const [oldest] of kept) if (kept.size > mostKept) kept.delete(oldest);
    return search;
  }

  async function scan(search: Search, text: string): Promise<void> {
    const end = Number(last.get()!['id']);
    while (search.upTo < end) {
      const to = Math.min(search.upTo + idsAtOnce, end);
      for (const { id } of among.all({ after: search.upTo, to, text })) search.ids.push(Number(id));
      search.upTo = to;
      await nextTurn();
      // Nobody waits for a text that others have taken the place of, such as the beginning of a longer one.
      if (kept.get(text) !== search) return;
    }
  }

  return {
    async find(text, state) {
      const lower = database.prepare('SELECT lower(?) AS text').get(text)!['text'] as string;
      const search = searchFor(lower);
      search.scan ??= scan(search, lower).finally(() => (search.scan = null));
      await search.scan;
      const { ids } = search;
      if (state === undefined) return ids;
      const found: number[] = [];
      for (let at = 0; at < ids.length; at += checksAtOnce) {
        const some = JSON.stringify(ids.slice(at, at + checksAtOnce));
        for (const { id } of ofState.all({ ids: some, state })) found.push(Number(id));
        await nextTurn();
      }
      return found;
    },
  };
}
