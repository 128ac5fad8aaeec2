import type { DatabaseSync } from 'node:sqlite';
import { filterCondition, storedFold } from './filterSql.ts';
import type { SqlCondition, StoredFilter, StoredSelection } from './filterSql.ts';
import { digitsOf, foldedSql } from './userConnection.ts';

/** Phones in the directory's own spelling are also found by their digits. */
const spelledPhone = (column: string) => `CASE WHEN ${column} GLOB '*[^0-9+]*' THEN char(10) || digits(${column}) ELSE '' END`;

const fieldsSql = `(username || char(10) || last_name || iif(last_name > '' AND first_name > '', ', ', ' ') || first_name || char(10) || email || char(10) || user_group
    || char(10) || phone || char(10) || backup_phone)`;
const tailSql = ` || ${spelledPhone('phone')} || ${spelledPhone('backup_phone')} || char(10, 10)`;

/**
 * What is searched of a user: folded, one field per line. A search word has no white space in it, so it never matches
 * across two fields. The name stands as the list shows it ("Last, First"). After the two line ends at the end every
 * character begins a trigram.
 */
export const searchTextSql = foldedSql(fieldsSql) + tailSql;

/** The same before folding: `fold` of it is the search text. Folding many users in JavaScript is far faster than calling it from SQL. */
export const unfoldedSearchTextSql = fieldsSql + tailSql;

/** Spellings of one typed word; a user has the word when the text contains one of them. */
export type SearchWord = readonly string[];

export interface Search {
  /** All must be contained. */
  readonly words: readonly SearchWord[];
  readonly importJobId: string | undefined;
  /** Has conditions. */
  readonly filter: StoredFilter | undefined;
  /** Equal for searches with equal answers. Empty: everybody. */
  readonly key: string;
}

/** A typed text becomes the words that a user must have. Nothing in it is an operator; `(425) 555-0100` also means its digits. */
export function parseSearch({ search, importJobId, filter }: StoredSelection): Search {
  const words = [...new Set(storedFold(search).split(/\s+/u))].filter(Boolean).map(spellingsOf);
  const isEverybody = words.length === 0 && importJobId === undefined && filter === undefined;
  const key = isEverybody ? '' : JSON.stringify([words.map(([word]) => word).sort(), importJobId, filter]);
  return { words, importJobId, filter, key };
}

function spellingsOf(word: string): SearchWord {
  if (!/^[\d+()./-]*\d[\d+()./-]*$/.test(word)) return [word];
  const digits = digitsOf(word);
  return digits === word ? [word] : [word, digits];
}

/** Condition on a row of `users` that is right whatever the search index holds. Needs `addUserFunctions`. */
export function rowCondition(search: Search): SqlCondition {
  const { sql, parameters } = conditionBesideWords(search);
  const words = search.words.map((word) => `(${word.map(() => `instr(${searchTextSql}, ?)`).join(' OR ')})`);
  return { sql: [sql, ...words].join(' AND '), parameters: [...parameters, ...search.words.flat()] };
}

/** The part of it that is not about the words. */
export function conditionBesideWords({ importJobId, filter }: Pick<Search, 'importJobId' | 'filter'>): SqlCondition {
  const ofJob: SqlCondition =
    importJobId === undefined ? { sql: '1', parameters: [] } : { sql: 'users.import_job = ?', parameters: [importJobId] };
  if (!filter) return ofJob;
  const { sql, parameters } = filterCondition(filter);
  return { sql: `${ofJob.sql} AND ${sql}`, parameters: [...ofJob.parameters, ...parameters] };
}

/** A query that nothing answers. */
const nobody = '"aaa" NOT "aaa"';
const quoted = (phrase: string) => `"${phrase.replaceAll('"', '""')}"`;

/** A letter that occurs in so many trigrams is looked for in the rows themselves. */
const mostTrigrams = 150;

/**
 * What the index can say about a search: an FTS5 query, and whether the answer needs no second look at the rows.
 * Null when it can say nothing. A word of one or two characters stands for all trigrams that begin with it; finding out
 * which these are takes long where they are frequent.
 */
export function indexQuery(
  database: DatabaseSync,
  { words, importJobId, filter }: Search,
  { withShortWords }: { readonly withShortWords: boolean },
): { readonly match: string; readonly isExact: boolean } | null {
  const usable = words.map((word) => trigramsOf(database, word, withShortWords)).filter((phrases) => phrases !== null);
  if (usable.length === 0) return null;
  const match = usable.map((phrases) => `(${phrases.map(quoted).join(' OR ') || nobody})`).join(' AND ');
  return { match, isExact: usable.length === words.length && importJobId === undefined && !filter };
}

/** Phrases of which a user with this word has at least one; null when there are too many, for NUL, at which a query ends, and for a short word when not wanted. */
function trigramsOf(database: DatabaseSync, word: SearchWord, withShortWords: boolean): string[] | null {
  const phrases: string[] = [];
  for (const spelling of word) {
    if (spelling.includes('\0')) return null;
    const characters = [...spelling];
    if (characters.length >= 3) {
      phrases.push(spelling);
      continue;
    }
    if (!withShortWords) return null;
    // Terms are in the order of their bytes; U+10FFFF is the last character there is.
    const terms = database
      .prepare(`SELECT term FROM temp.users_search_terms WHERE term >= ? AND term < ? LIMIT ${mostTrigrams + 1}`)
      .all(spelling, `${spelling}\u{10ffff}`) as { term: string }[];
    const known = terms.map(({ term }) => term).filter((term) => !term.includes('\0'));
    if (known.length > mostTrigrams || known.length < terms.length) return null;
    phrases.push(...known);
  }
  return phrases;
}

/** At once, however many there are. */
export function hasUsers(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM users LIMIT 1').get() !== undefined;
}

/** Version of the list: grows with every committed change of users. */
export function readVersion(database: DatabaseSync): number {
  const row = database.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'users_unindexed'`).get() as { seq: number } | undefined;
  return row?.seq ?? 0;
}
