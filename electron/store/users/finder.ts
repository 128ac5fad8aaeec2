import type { DatabaseSync } from 'node:sqlite';
import { findAll, findFew } from './findUsers.ts';
import type { FewLimits } from './findUsers.ts';
import { idsOfHalf } from './findInHalves.ts';
import { hitsFromIds, hitsOf } from './hits.ts';
import type { Hits } from './hits.ts';
import type { KeptFiles } from './keptFiles.ts';
import { createRest } from './rest.ts';
import type { SealedBytes } from './sealedBlocks.ts';
import { createSearchText, searchTextLimits } from './searchText.ts';
import type { SearchTextLimits } from './searchText.ts';
import { inSnapshot } from './snapshot.ts';
import { createTypedOn } from './typedOn.ts';
import { concatIds, readIds } from './userConnection.ts';
import { conditionBesideWords, parseSearch, readVersion } from './userSearch.ts';
import type { Search } from './userSearch.ts';
import type { StoredSelection } from './filterSql.ts';
import type { Half } from './userMessages.ts';

export interface Finder {
  /** Reads one part of the search text ahead, and takes over what changed. False when nothing is left to do. */
  prepare(): boolean;
  /** To be called when nothing is left to prepare: keeps the text for the next start, once the list has been at rest. */
  keepText(): void;
  /**
   * Gives everybody in a selection to `use`, inside the read transaction that saw them. Calls `pause` between steps;
   * where that rejects, the work ends. One at a time per connection. `half` is for selections that `isFoundInHalves`.
   */
  find<T>(selection: StoredSelection, pause: () => Promise<void>, use: (version: number, hits: Hits) => T, half?: Half): Promise<T>;
}

/** Where the text is kept for the next start. */
export interface FinderKeeping {
  readonly files: KeptFiles;
  now(): number;
}

interface KeptText {
  readonly file: SealedBytes;
  readonly version: number;
  /** Where the next part begins. */
  readonly at: number;
}

export interface FinderLimits {
  /** The text of fewer users is read at each start: that is quick. */
  readonly leastKept: number;
  readonly text: SearchTextLimits;
  /** While the text is still being read, so many hits are fetched from the search index instead. */
  readonly few: FewLimits;
}

export const finderLimits: FinderLimits = { leastKept: 20_000, text: searchTextLimits, few: { hits: 30_000, rows: 10_000 } };

/** The number goes up when the text of the same users comes out differently, or is written differently. */
const textName = 'text-1';
/** Rows that are looked at before the work may be cancelled. */
const rowStep = 20_000;
/** Parts of the text that are looked through before the work may be cancelled: some 10 ms. */
const partsAtOnce = 16;

/** Finds all users of a selection: in the text in memory, and through the search index where that is not there yet. */
export function createFinder(database: DatabaseSync, limits: FinderLimits, { files, now }: FinderKeeping): Finder {
  const text = createSearchText(database, limits.text);
  const typedOn = createTypedOn();
  let isRead = false;
  /** What is still being read of the kept text: undefined before that has begun, null when it has ended. */
  let kept: KeptText | null | undefined;
  const rest = createRest(now);

  /** One part out of the file, as long as there is one and nobody has changed a user. */
  function loadPart(version: number): boolean {
    if (kept === undefined) {
      const file = files.open(textName, version);
      kept = file && { file, version, at: 0 };
    }
    const at = kept?.version === version ? text.loadPart(kept.file, kept.at) : null;
    if (kept && at !== null) {
      kept = { ...kept, at };
      return true;
    }
    if (kept?.version === version && kept.at === kept.file.length) rest.kept(version);
    kept?.file.close();
    kept = null;
    return false;
  }

  function prepare(): boolean {
    const goesOn = inSnapshot(database, (version) => text.follow(version) && (loadPart(version) || text.readPart()));
    isRead = !goesOn;
    return goesOn;
  }

  async function findBits(search: Search, version: number, pause: () => Promise<void>): Promise<Uint32Array<ArrayBuffer>> {
    if (!text.follow(version)) return bitsOfParts(findAll(database, search), pause);
    // Those that others changed since prepare.
    while (text.readPart()) await pause();
    const parts = text.find(search, typedOn.within(search.words, version));
    for (let count = 1; ; count++) {
      const part = parts.next();
      if (part.done) {
        typedOn.keep(search.words, version, part.value);
        return part.value;
      }
      if (count % partsAtOnce === 0) await pause();
    }
  }

  return {
    prepare,

    keepText() {
      const version = inSnapshot(database, (present) => present);
      const isMany = ((database.prepare('SELECT max(id) AS id FROM users').get() as { id: number | null }).id ?? 0) >= limits.leastKept;
      if (!isMany || !rest.isDue(version)) return;
      // A part with changes is read again: what is kept is of one version.
      const saved = inSnapshot(database, (present) =>
        present === version && text.follow(version) && text.readChanged() ? text.save() : null,
      );
      rest.kept(saved && files.keep(textName, version, saved) ? version : -1);
    },

    async find(selection, pause, take, half) {
      const search = parseSearch(selection);
      const hasWords = search.words.length > 0;
      if (!isRead && hasWords) {
        const few = inSnapshot(database, (version) => {
          const ids = findFew(database, search, limits.few);
          return ids && { used: take(version, hitsFromIds(ids)) };
        });
        if (few) return few.used;
      }
      if (hasWords) {
        while (prepare()) await pause();
      }
      database.exec('BEGIN');
      try {
        const version = readVersion(database);
        const found = hasWords ? await findBits(search, version, pause) : undefined;
        if (found && search.importJobId === undefined && !search.filter) return take(version, hitsOf(found));
        const others = await bitsOfParts(besideWords(database, search, half), pause);
        return take(version, hitsOf(found ? found.map((word, index) => word & (others[index] ?? 0)) : others));
      } finally {
        database.exec('ROLLBACK');
      }
    },
  };
}

/** Whom an import touched and a filter finds, in parts. */
function* besideWords(database: DatabaseSync, search: Search, half: Half | undefined): Generator<Uint32Array<ArrayBuffer>, void> {
  const { sql, parameters } = conditionBesideWords(search);
  if (search.importJobId !== undefined) {
    yield readIds(database, `SELECT id FROM users WHERE ${sql}`, ...parameters);
    return;
  }
  const { id } = database.prepare('SELECT max(id) AS id FROM users').get() as { id: number | null };
  const { from: first, to: last } = idsOfHalf(id ?? 0, half);
  for (let from = first; from < last; from += rowStep) {
    const to = Math.min(last, from + rowStep);
    yield readIds(database, `SELECT id FROM users WHERE id > ? AND id <= ? AND ${sql}`, from, to, ...parameters);
  }
}

async function bitsOfParts(parts: Iterable<Uint32Array>, pause: () => Promise<void>): Promise<Uint32Array<ArrayBuffer>> {
  const all: Uint32Array[] = [];
  for (const part of parts) {
    all.push(part);
    await pause();
  }
  return hitsFromIds(concatIds(all)).bits;
}
