import type { DatabaseSync } from 'node:sqlite';
import { fold } from '../../../shared/lib/fold.ts';
import { filterIds } from './findUsers.ts';
import { addBit, noBits, removeBit } from './hits.ts';
import type { SealedBytes } from './sealedBlocks.ts';
import { parseIds, readIds } from './userConnection.ts';
import { unfoldedSearchTextSql } from './userSearch.ts';
import type { Search, SearchWord } from './userSearch.ts';

export interface SearchTextLimits {
  /** Users of one part, by id; reading a part is one step. A multiple of 32. */
  readonly partUsers: number;
  /** More changed users make reading their part again cheaper than looking at each. */
  readonly mostChanged: number;
  /** A list that is larger is not held. */
  readonly mostUsers: number;
  readonly mostBytes: number;
}

/** 15 to 30 ms for a part; a million users take about 115 MB and 4 seconds of reading, once. */
export const searchTextLimits: SearchTextLimits = { partUsers: 8192, mostChanged: 256, mostUsers: 4_000_000, mostBytes: 512 * 2 ** 20 };

/**
 * The search text of everybody in memory, for what the search index is slow at: words that many users have. Everything
 * is to be called inside a read transaction, after `follow`.
 */
export interface SearchText {
  /** Takes over what changed up to `version`, the one of the transaction. False when the list is too large to be held. */
  follow(version: number): boolean;
  /** Reads one part that is missing; false when none is. */
  readPart(): boolean;
  /**
   * Takes the next part out of what `save` wrote at the version of the last `follow`, whose parts begin at `at`, and answers where the one
   * after it begins; null when none is missing or the file has no such part.
   */
  loadPart(saved: SealedBytes, at: number): number | null;
  /** Reads the parts again in which users have changed. */
  readChanged(): boolean;
  /** All of it at the version of the last `follow`, in chunks for a file, or null while a part is missing or was changed. */
  save(): Iterable<Uint8Array> | null;
  /**
   * Users who have every word, as bits by id, part by part: complete when it ends. All parts must have been read. `within`: bits of the same
   * version among which all of them are.
   */
  find(search: Search, within: Uint32Array | null): Generator<void, Uint32Array<ArrayBuffer>>;
}

interface Part {
  /** UTF-8, a byte per character: half the size of other strings, and as fast to look through as there is. */
  readonly text: string;
  /** Where the text of each id begins, and the end. Ids without a user have no text. */
  readonly starts: Uint32Array<ArrayBuffer>;
  /** Ids whose text is no longer what is stored. */
  readonly changed: Set<number>;
}

const notAscii = /[\u0080-\u00ff]/g;

export function createSearchText(database: DatabaseSync, limits: SearchTextLimits): SearchText {
  const { partUsers } = limits;
  const readLastId = database.prepare('SELECT max(id) AS id FROM users');
  const readPart =
    database.prepare(`SELECT count(*) AS n, group_concat(id) AS ids, CAST(group_concat(text, '') AS BLOB) AS bytes, group_concat(octet_length(text)) AS lengths
    FROM (SELECT id, ${unfoldedSearchTextSql} AS text FROM users WHERE id >= ? AND id < ? ORDER BY id)`);
  let parts: (Part | undefined)[] = [];
  /** Version that the parts are of. */
  let held = -1;
  let lastId = 0;
  let bytes = 0;
  let isTooLarge = false;

  function drop(index: number): void {
    bytes -= parts[index]?.text.length ?? 0;
    parts[index] = undefined;
  }

  function keepPart(index: number): void {
    const part = read(index);
    parts[index] = part;
    bytes += part.text.length;
  }

  function markChanged(): void {
    const { first } = database.prepare('SELECT min(seq) AS first FROM users_unindexed').get() as { first: number | null };
    if (first === null || first > held + 1) {
      // The log does not reach back that far.
      for (const index of parts.keys()) drop(index);
      return;
    }
    for (const id of readIds(database, 'SELECT DISTINCT user_id AS id FROM users_unindexed WHERE seq > ?', held)) {
      const index = Math.floor(id / partUsers);
      const part = parts[index];
      part?.changed.add(id);
      if (part && part.changed.size > limits.mostChanged) drop(index);
    }
  }

  function read(index: number): Part {
    const base = index * partUsers;
    const row = readPart.get(base, base + partUsers) as { n: number; ids: string | null; bytes: Uint8Array | null; lengths: string | null };
    const ids = parseIds(row.ids, row.n);
    const lengths = parseIds(row.lengths, row.n);
    const stored = Buffer.from(row.bytes ?? []);
    const { text, folded } = foldAll(stored, lengths);
    const starts = new Uint32Array(partUsers + 1);
    let next = 0;
    let at = 0;
    ids.forEach((id, place) => {
      for (; next <= id - base; next++) starts[next] = at;
      at += folded[place] ?? 0;
    });
    starts.fill(at, next);
    return { text, starts, changed: new Set() };
  }

  return {
    follow(version) {
      if (version !== held) {
        lastId = (readLastId.get() as { id: number | null }).id ?? 0;
        markChanged();
        const count = Math.floor(lastId / partUsers) + 1;
        for (let index = count; index < parts.length; index++) drop(index);
        parts.length = count;
        held = version;
      }
      isTooLarge ||= bytes > limits.mostBytes;
      if (!isTooLarge && lastId <= limits.mostUsers) return true;
      parts = [];
      bytes = 0;
      held = -1;
      return false;
    },

    readPart() {
      const index = parts.findIndex((part) => part === undefined);
      if (index < 0) return false;
      keepPart(index);
      return true;
    },

    readChanged() {
      for (const [index, part] of parts.entries())
        if (part && part.changed.size > 0) {
          drop(index);
          keepPart(index);
        }
      return true;
    },

    loadPart(saved, at) {
      const index = parts.findIndex((part) => part === undefined);
      const loaded = index < 0 ? null : parsePart(saved, at, partUsers);
      if (!loaded) return null;
      parts[index] = loaded.part;
      bytes += loaded.part.text.length;
      return loaded.end;
    },

    save() {
      const whole = parts.filter((part) => part !== undefined && part.changed.size === 0) as Part[];
      return held < 0 || isTooLarge || whole.length < parts.length ? null : formatParts(whole);
    },

    *find({ words, importJobId }, within) {
      const all = noBits(parts.length * partUsers - 1);
      const changed: number[] = [];
      for (const [index, part] of parts.entries()) {
        if (!part) throw new Error('A part of the search text was not read.');
        const from = (index * partUsers) >>> 5;
        all.set(within ? findAmong(part, words, within.subarray(from, from + (partUsers >>> 5))) : findInPart(part, words), from);
        for (const id of part.changed) {
          removeBit(all, id);
          changed.push(id);
        }
        yield;
      }
      for (let at = 0; at < changed.length; at += limits.partUsers) {
        const search: Search = { words, importJobId, filter: undefined, key: '' };
        for (const id of filterIds(database, changed.slice(at, at + limits.partUsers), search)) addBit(all, id);
        yield;
      }
      return all;
    },
  };
}

/** For each part: how long its text is, where each user's begins, and the text, filled up to whole numbers. */
function* formatParts(parts: readonly Part[]): Generator<Uint8Array> {
  for (const { text, starts } of parts) {
    yield new Uint8Array(Uint32Array.of(text.length).buffer);
    yield new Uint8Array(starts.buffer, starts.byteOffset, starts.byteLength);
    yield Buffer.from(text.padEnd(Math.ceil(text.length / 4) * 4), 'latin1');
  }
}

function parsePart(saved: SealedBytes, at: number, partUsers: number): { readonly part: Part; readonly end: number } | null {
  const length = new Uint32Array(1);
  const starts = new Uint32Array(partUsers + 1);
  const textAt = at + length.byteLength + starts.byteLength;
  if (!saved.read(at, new Uint8Array(length.buffer)) || !saved.read(at + length.byteLength, new Uint8Array(starts.buffer))) return null;
  const end = textAt + Math.ceil((length[0] ?? 0) / 4) * 4;
  if (end > saved.length) return null;
  const text = Buffer.allocUnsafe(length[0] ?? 0);
  return saved.read(textAt, text) ? { part: { text: text.toString('latin1'), starts, changed: new Set() }, end } : null;
}

/** `stored` is what many users' texts look like before folding, without anything between them; `lengths` are their bytes. */
function foldAll(stored: Buffer, lengths: Uint32Array<ArrayBuffer>): { text: string; folded: Uint32Array<ArrayBuffer> } {
  const plain = stored.toString('latin1');
  const folded = lengths.slice();
  const pieces: string[] = [];
  let done = 0;
  let [row, rowStart] = [0, 0];
  // Plain ASCII, which is nearly everything, is folded at once; only the users with something else one by one.
  for (;;) {
    notAscii.lastIndex = done;
    const found = notAscii.exec(plain);
    if (!found) break;
    while (rowStart + (lengths[row] ?? 0) <= found.index) rowStart += lengths[row++] ?? 0;
    const rowEnd = rowStart + (lengths[row] ?? 0);
    const text = Buffer.from(fold(stored.toString('utf8', rowStart, rowEnd))).toString('latin1');
    pieces.push(plain.slice(done, rowStart).toLowerCase(), text);
    folded[row++] = text.length;
    done = rowStart = rowEnd;
  }
  return { text: pieces.join('') + plain.slice(done).toLowerCase(), folded };
}

function findInPart(part: Part, words: readonly SearchWord[]): Uint32Array<ArrayBuffer> {
  const size = part.starts.length - 2;
  let all: Uint32Array<ArrayBuffer> | undefined;
  for (const spellings of words) {
    const bits = noBits(size);
    for (const spelling of spellings) addHits(part, Buffer.from(spelling).toString('latin1'), bits);
    all = all?.map((word, index) => word & (bits[index] ?? 0)) ?? bits;
  }
  return all ?? noBits(size);
}

/** The same for few users: each text for itself. */
function findAmong({ text, starts }: Part, words: readonly SearchWord[], among: Uint32Array): Uint32Array<ArrayBuffer> {
  const needles = words.map((spellings) => spellings.map((spelling) => Buffer.from(spelling).toString('latin1')));
  const bits = noBits(starts.length - 2);
  for (const [word, set] of among.entries()) {
    for (let rest = set; rest !== 0; rest &= rest - 1) {
      const row = word * 32 + 31 - Math.clz32(rest & -rest);
      const own = text.slice(starts[row], starts[row + 1]);
      if (needles.every((spellings) => spellings.some((needle) => own.includes(needle)))) addBit(bits, row);
    }
  }
  return bits;
}

function addHits({ text, starts }: Part, needle: string, bits: Uint32Array): void {
  let row = 0;
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, starts[row])) {
    while ((starts[row + 1] ?? text.length) <= at) row++;
    addBit(bits, row);
    row++;
  }
}
