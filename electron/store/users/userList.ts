import type { DatabaseSync } from 'node:sqlite';
import type { UserRow } from '../../../shared/contract/users.contract.ts';
import type { SortedSelection, UserReader, UserWindow } from '../../services/users/userReader.ts';
import { placesOf } from '../../../shared/lib/places.ts';
import { settled } from './filterSql.ts';
import type { StoredSelection } from './filterSql.ts';
import { findRare } from './findRare.ts';
import { hitsFromIds, idsOfHits } from './hits.ts';
import type { Hits } from './hits.ts';
import type { KeptFiles } from './keptFiles.ts';
import { withKeptOrder } from './keptOrders.ts';
import type { KeptOrder } from './keptOrders.ts';
import { createOrderKeeping } from './orderKeeping.ts';
import { createOrderAhead } from './orderAhead.ts';
import { shareCalls } from './shareCalls.ts';
import { inSnapshot } from './snapshot.ts';
import { concatIds, readIds } from './userConnection.ts';
import { createUserHits } from './userHits.ts';
import type { SlowAnswer, SlowQuery } from './userMessages.ts';
import { indexedParts, orderBy } from './userOrder.ts';
import type { UserSort } from './userOrder.ts';
import { createUserOrders } from './userOrders.ts';
import { createUserRows } from './userRows.ts';
import { parseSearch } from './userSearch.ts';
import type { Search } from './userSearch.ts';
import { fromIndex, walk } from './walk.ts';
import type { Walked } from './walk.ts';

export interface UserListPorts {
  /** A connection of openForReading. */
  readonly database: DatabaseSync;
  /** Where orders were kept at an earlier start; read through the same connection. */
  readonly files: KeptFiles;
  /** Asks other threads, see answerSlowly. */
  slow(query: SlowQuery, signal?: AbortSignal): Promise<SlowAnswer>;
  now(): number;
  /** Orders of fewer users are made at each start: that is quick. */
  readonly leastKept: number;
  /** Runs work that nobody waits for, some time after what is being answered now: whoever shows it needs the processor first. */
  later(work: () => void): void;
}

export interface UserList extends Pick<UserReader, 'list' | 'count' | 'idsAt' | 'placesOf' | 'ids'> {
  /**
   * To be called now and then: small changes are taken over while the log still has them, and orders that nobody has asked
   * for yet are made ahead, one at a time, once the list has been used and while it does not change.
   */
  refresh(): void;
}

/** For so many turns a walk goes on while others find all hits. */
const mostTurns = 6;
/** Up to here a window is found faster without an order. */
const topRows = 5_000;
/** So few hits are sorted by SQL where there is no order yet. */
const fewToSort = 2_500;
/** More than any list has. */
const everyone = 2 ** 31 - 1;

const byUsername: UserSort = { column: 'username', descending: false };

interface SelectionWindow extends Pick<UserWindow, 'sort' | 'offset' | 'limit'> {
  readonly selection: StoredSelection;
}

/** A window's ids, or what another thread must find first, and how far a walk has come that may be there sooner. */
type Found = { readonly ids: Uint32Array } | { readonly ask: SlowQuery; readonly walked?: Walked };

/**
 * Answers windows and counts from what is held in memory for the present version of the list, and from indexes where
 * that is quick; everything else comes from other threads and is kept. No turn takes more than some 20 ms.
 */
export function createUserList({ database, files, slow, now, leastKept, later }: UserListPorts): UserList {
  const rows = createUserRows(database);
  const orders = createUserOrders(database);
  const found = createUserHits(database);
  const shared = shareCalls(slow);
  const ahead = createOrderAhead({
    has: (column) => orders.has({ column, descending: false }),
    build: async (column, signal) => {
      await ask({ kind: 'order', column }, signal);
    },
  });

  const keeping = createOrderKeeping({
    now,
    held(column, version) {
      const [ascending, descending] = [
        orders.held({ column, descending: false }, version),
        orders.held({ column, descending: true }, version),
      ];
      return ascending && descending && ascending.length >= leastKept ? { ascending, descending } : null;
    },
    async keep(column, version, order) {
      const answer = await slow({ kind: 'keep', column, version, order });
      return answer.kind === 'kept' && answer.isKept;
    },
  });

  async function ask(query: SlowQuery, signal?: AbortSignal): Promise<SlowAnswer> {
    const answer = await shared(query, signal);
    if (query.kind === 'order' && answer.kind === 'order') {
      orders.keep({ column: query.column, descending: false }, answer.version, answer.ascending);
      orders.keep({ column: query.column, descending: true }, answer.version, answer.descending);
      if (answer.isKept) keeping.isKept(query.column, answer.version);
    }
    if (query.kind === 'found' && answer.kind === 'found') found.keep(parseSearch(query.selection), answer.version, answer.hits);
    return answer;
  }

  function refresh(): void {
    // One order a turn: others are answered in between.
    const { version, isBehind } = inSnapshot(database, (present) => ({ version: present, isBehind: orders.bringOne(present) }));
    if (isBehind) {
      setImmediate(refresh);
      return;
    }
    ahead.goOn(version);
    keeping.goOn(version);
  }

  function everybody(window: SelectionWindow, version: number): Found {
    const { sort, offset, limit } = window;
    const order = orders.at(sort, version);
    if (order) return { ids: order.subarray(offset, offset + limit) };
    const kept = withKeptOrder(files, sort, version, (file) => file?.slice(offset, offset + limit));
    const parts = indexedParts(sort);
    if (!kept && !parts && offset + limit > topRows) return { ask: { kind: 'order', column: sort.column } };
    later(() => ahead.want(sort.column));
    if (kept) return { ids: kept };
    return parts ? { ids: fromIndex(database, parts, offset, limit) } : { ask: { kind: 'top', ...window } };
  }

  function searched(window: SelectionWindow, search: Search, version: number): Found {
    const { selection, sort, offset, limit } = window;
    const end = offset + limit;
    const hits = hitsAt(search, version);
    const order = orders.at(sort, version);
    if (hits && order) return { ids: found.sorted(search, version, sort, order)?.window(offset, limit) ?? new Uint32Array(0) };
    if (hits && hits.count <= fewToSort) return { ids: sortFew(database, idsOfHits(hits), sort).subarray(offset, end) };
    const query: SlowQuery = hits ? { kind: 'order', column: sort.column } : { kind: 'found', selection };
    if (!order) later(() => ahead.want(sort.column));
    // Others are asked only afterwards: looking at everybody takes the processors from the walk, which mostly is there first.
    const walked: Walked = { version, found: [], count: 0, from: 0 };
    const first = walkOn(walked, window, search, hits);
    if (first) return { ids: first };
    return hits ? { ask: query } : { ask: query, walked };
  }

  /** Whom a search finds, where that is known or can be told at once. Inside a read transaction at this version. */
  function hitsAt(search: Search, version: number): Hits | null {
    const known = found.at(search, version);
    if (known) return known;
    const rare = findRare(database, search);
    if (rare) found.keep(search, version, hitsFromIds(rare));
    return rare && found.at(search, version);
  }

  /** Goes on with a walk for a while. Answers the window, or null when that needs longer. Inside a read transaction at its version. */
  function walkOn(walked: Walked, { sort, offset, limit }: SelectionWindow, search: Search, hits: Hits | null): Uint32Array | null {
    const end = offset + limit;
    const order = orders.at(sort, walked.version);
    const isDone = order
      ? walk(database, now, walked, { search, sort, end, hits }, inMemory(order))
      : withKeptOrder(files, sort, walked.version, (kept) => walk(database, now, walked, { search, sort, end, hits }, kept));
    return isDone ? concatIds(walked.found).subarray(offset, end) : null;
  }

  /** Goes on with a walk, a turn at a time, until it is there, the list changes, or `answer` is. Null: `answer` is to be taken. */
  async function walkMeanwhile(
    walked: Walked,
    window: SelectionWindow,
    search: Search,
    answer: Promise<unknown>,
  ): Promise<UserRow[] | null> {
    let isAnswered = false;
    const note = () => (isAnswered = true);
    answer.then(note, note);
    for (let turn = 1; turn < mostTurns; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isAnswered) return null;
      const first = inSnapshot(database, (version) => {
        const ids = version === walked.version ? walkOn(walked, window, search, null) : null;
        return ids && rows.byIds(ids);
      });
      if (first) return first;
    }
    return null;
  }

  /** Everybody in the selection, at the version of the present read transaction. */
  function allIds(selection: StoredSelection, search: Search, sort: UserSort, version: number): Uint32Array | SlowQuery {
    if (search.key === '') return orders.at(sort, version) ?? { kind: 'order', column: sort.column };
    const hits = hitsAt(search, version);
    if (!hits) return { kind: 'found', selection };
    if (hits.count <= fewToSort) return sortFew(database, idsOfHits(hits), sort);
    const order = orders.at(sort, version);
    if (!order) return { kind: 'order', column: sort.column };
    return found.sorted(search, version, sort, order)?.window(0, hits.count) ?? new Uint32Array(0);
  }

  /** The users of a list as they follow each other; at least the first `end`. */
  async function inOrder({ sort, ...asked }: SortedSelection, end: number, signal: AbortSignal | undefined): Promise<Uint32Array> {
    const selection = settled(database, asked);
    const search = parseSearch(selection);
    for (let round = 0; ; round++) {
      const ids = inSnapshot(database, (version) => allIds(selection, search, sort, version));
      if (ids instanceof Uint32Array) return ids;
      const answer = await ask(round < 3 ? ids : { kind: 'top', selection, sort, offset: 0, limit: end }, signal);
      if (answer.kind === 'top') return answer.ids;
    }
  }

  return {
    async list(asked, signal) {
      const { sort, offset, limit } = asked;
      const selection = settled(database, asked);
      const window: SelectionWindow = { selection, sort, offset, limit };
      const search = parseSearch(selection);
      for (let round = 0; ; round++) {
        const step = inSnapshot(database, (version) => {
          const part = search.key === '' ? everybody(window, version) : searched(window, search, version);
          return 'ids' in part ? { rows: rows.byIds(part.ids) } : part;
        });
        if ('rows' in step) return step.rows;
        // A list that changes faster than it can be looked through: one state of it is found and sorted in one go.
        const query: SlowQuery = round < 3 ? step.ask : { kind: 'top', ...window };
        if (query.kind === 'order') ahead.giveWay(query.column);
        const asking = ask(query, signal);
        const first = round === 0 && step.walked ? await walkMeanwhile(step.walked, window, search, asking) : null;
        if (first) return first;
        const answer = await asking;
        if (answer.kind === 'top') return rows.byIds(answer.ids);
      }
    },

    async count(asked, signal) {
      const selection = settled(database, asked);
      const search = parseSearch(selection);
      const count = inSnapshot(database, (version) =>
        search.key === ''
          ? (orders.at(byUsername, version)?.length ?? withKeptOrder(files, byUsername, version, (kept) => kept?.length))
          : hitsAt(search, version)?.count,
      );
      if (count !== undefined) return count;
      const query: SlowQuery = search.key === '' ? { kind: 'order', column: byUsername.column } : { kind: 'found', selection };
      const answer = await ask(query, signal);
      if (answer.kind === 'order') return answer.ascending.length;
      return answer.kind === 'found' ? answer.hits.count : 0;
    },

    async idsAt(asked, ranges, signal) {
      const end = ranges.reduce((most, { to }) => Math.max(most, to), 0);
      const ids = await inOrder(asked, end, signal);
      return concatIds(ranges.map(({ from, to }) => ids.subarray(from, Math.max(from, to))));
    },

    placesOf: async (asked, ids, signal) => placesOf(ids, await inOrder(asked, everyone, signal)),

    async ids(asked, signal) {
      const selection = settled(database, asked);
      const search = parseSearch(selection);
      const known = inSnapshot(database, (version) => (search.key === '' ? orders.at(byUsername, version) : hitsAt(search, version)));
      if (known) return idsOfHits('bits' in known ? known : hitsFromIds(known));
      const answer = await ask(search.key === '' ? { kind: 'order', column: byUsername.column } : { kind: 'found', selection }, signal);
      if (answer.kind === 'found') return idsOfHits(answer.hits);
      return answer.kind === 'order' ? idsOfHits(hitsFromIds(answer.ascending)) : new Uint32Array(0);
    },

    refresh,
  };
}

function inMemory(ids: Uint32Array): KeptOrder {
  return { length: ids.length, slice: (from, to) => ids.subarray(from, to) };
}

function sortFew(database: DatabaseSync, ids: Uint32Array, sort: UserSort): Uint32Array {
  return readIds(
    database,
    `SELECT id FROM users WHERE id IN (SELECT value FROM json_each(?)) ORDER BY ${orderBy(sort)}`,
    JSON.stringify(Array.from(ids)),
  );
}
