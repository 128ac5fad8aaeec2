import type { DatabaseSync } from 'node:sqlite';
import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { FileImportRequest } from '../../../shared/contract/fileImport.ts';
import type { SkipReason } from '../../../shared/contract/imports.contract.ts';
import { doubtful } from '../../../shared/csv/rowReading.ts';
import { collectRenames, skipLaterClaims, skipTakenUsernames } from './classify.ts';
import { fileColumns, shownValue, type FileColumn } from './fileColumns.ts';
import { outcomeNumber } from './outcomes.ts';

/** What an import of a file depends on besides its rows. */
export interface FileImportRules {
  readonly request: FileImportRequest;
  /** Columns of `users` that were staged. */
  readonly staged: ReadonlySet<string>;
  readonly userDefaults: CompanySettings['userDefaults'];
}

const add = outcomeNumber('add');
const update = outcomeNumber('update');
const unchanged = outcomeNumber('unchanged');
const skipped = outcomeNumber('skipped');
const failed = outcomeNumber('error');
const reason = (name: SkipReason): string => `'${name}'`;

/** Keys of a user's tags in one text, as the staging file holds those of a row. */
const storedTags = `coalesce((SELECT group_concat(name_key, char(31)) FROM
  (SELECT t.name_key FROM main.user_tags ut JOIN main.tags t ON t.id = ut.tag_id WHERE ut.user_id = u.id ORDER BY t.name_key)), '')`;
const shownTags = `coalesce((SELECT group_concat(name, '; ') FROM
  (SELECT t.name FROM main.user_tags ut JOIN main.tags t ON t.id = ut.tag_id WHERE ut.user_id = u.id ORDER BY t.name_key)), '')`;
const rowTags = `coalesce((SELECT group_concat(name, '; ') FROM (SELECT name FROM staging.row_tags rt WHERE rt.seq = p.seq ORDER BY name_key)), '')`;
const rowSerials = `coalesce((SELECT group_concat(serial, '; ') FROM (SELECT serial FROM staging.row_serials rs WHERE rs.seq = p.seq ORDER BY serial_key)), '')`;
const shownSerials = `coalesce((SELECT group_concat(serial, '; ') FROM (SELECT serial FROM main.oath_tokens WHERE user_id = u.id ORDER BY serial_key)), '')`;
const lacksSerial = `(p.has_serials AND EXISTS (SELECT 1 FROM staging.row_serials rs LEFT JOIN main.oath_tokens t ON t.serial_key = rs.serial_key
  WHERE rs.seq = p.seq AND t.user_id IS NOT u.id))`;

/**
 * Decides about every row of a file and writes it to `staging.verdicts`, replacing what was decided before; set-based, as
 * `classify` does for people of a directory. A row belongs to the user with its directory id, else to the one with its
 * username in any letter case.
 */
export function classifyFile(database: DatabaseSync, rules: FileImportRules): void {
  database.exec(`
    DROP TABLE IF EXISTS temp.renames;
    DROP TABLE IF EXISTS temp.contested;
    DELETE FROM staging.verdicts;
  `);
  const columns = fileColumns(rules.staged, rules.request, rules.userDefaults).filter(({ column, next }) => next !== `u.${column}`);
  match(database, rules, columns);
  refuseTokens(database);
  const { repeats } = database.prepare('SELECT count(*) AS repeats FROM staging.repeats').get() as { repeats: number };
  if (repeats > 0) {
    refuseRepeats(database, 'p.directory_id', 'directory-id-twice-in-read');
    refuseRepeats(database, 'p.username_key', 'username-twice-in-read');
  }
  if (hasIds(rules)) {
    // One row may name a user by his id, another by his username.
    database.exec(`
      CREATE TEMP TABLE claims AS SELECT v.seq, v.user_id AS key, p.line AS name FROM staging.verdicts v JOIN staging.people p USING (seq)
      WHERE v.user_id IN (SELECT user_id FROM staging.verdicts WHERE outcome <> ${failed} GROUP BY user_id HAVING count(*) > 1) AND v.outcome <> ${failed};
    `);
    skipLaterClaims(database, 'user-twice-in-read', 'error');
    collectRenames(database);
    skipTakenUsernames(database);
  }
  if (rules.request.updateExisting) describeChanges(database, columns);
}

export const hasIds = ({ request }: FileImportRules): boolean => request.columns.some(({ field }) => field === 'directoryId');

function match(database: DatabaseSync, rules: FileImportRules, columns: readonly FileColumn[]): void {
  const { addNew, updateExisting } = rules.request;
  const users = hasIds(rules)
    ? `LEFT JOIN main.users a ON a.directory_id = p.directory_id AND p.skip IS NULL
       LEFT JOIN main.users b ON a.id IS NULL AND b.username_key = p.username_key AND p.skip IS NULL
       LEFT JOIN main.users u ON u.id = coalesce(a.id, b.id)`
    : 'LEFT JOIN main.users u ON u.username_key = p.username_key AND p.skip IS NULL';
  const same = columns.map(({ column, next }) => `u.${column} IS ${next}`);
  if (hasIds(rules)) same.push('(p.directory_id IS NULL OR u.directory_id IS p.directory_id)', `u.username IS ${nextUsername}`);
  const isSame = [...same, `(p.tags IS NULL OR p.tags = ${storedTags})`, `NOT ${lacksSerial}`].join(' AND ');
  database.exec(`
    INSERT INTO staging.verdicts (seq, outcome, user_id, reason)
    SELECT p.seq,
      CASE WHEN p.skip IS NOT NULL THEN ${failed}
           WHEN u.id IS NULL AND p.username = '' THEN ${failed}
           WHEN u.directory_id <> p.directory_id THEN ${failed}
           WHEN p.doubts <> 0 AND (${doubts(rules.staged)}) THEN ${failed}
           WHEN u.id IS NULL THEN ${addNew ? add : skipped}
           WHEN ${isSame} THEN ${unchanged}
           ELSE ${updateExisting ? update : skipped} END AS outcome,
      u.id,
      coalesce(p.skip, CASE WHEN u.id IS NULL AND p.username = '' THEN ${reason('no-username')}
           WHEN u.directory_id <> p.directory_id THEN ${reason('other-directory-id')}
           WHEN p.doubts <> 0 AND (${doubts(rules.staged)}) THEN ${reason('row-not-valid')} END)
    FROM staging.people p ${users}
    ORDER BY p.seq;
    UPDATE staging.verdicts SET reason = iif(user_id IS NULL, ${reason('not-existing')}, ${reason('not-new')})
    WHERE outcome = ${skipped} AND reason IS NULL;
  `);
}

/** A row that names a user by his directory id may rename him; one that names him by his username leaves its letter case. */
export const nextUsername = "iif(u.directory_id = p.directory_id AND p.username <> '', p.username, u.username)";

/** True where a doubtful value is not what the user has already. */
function doubts(staged: ReadonlySet<string>): string {
  const parts = doubtful.flatMap((column, bit) =>
    staged.has(column) ? [`(p.doubts & ${1 << bit} AND u.${column} IS NOT p.${column})`] : [],
  );
  return parts.join(' OR ') || '0';
}

/** A token belongs to one user, and must be in the list of tokens. */
function refuseTokens(database: DatabaseSync): void {
  database.exec(`
    UPDATE staging.verdicts AS v SET outcome = ${failed}, reason = x.reason, taken_by = x.serial
    FROM (SELECT rs.seq, min(rs.serial) AS serial, iif(t.id IS NULL, ${reason('token-not-known')}, ${reason('token-assigned')}) AS reason
          FROM staging.row_serials rs JOIN staging.verdicts w USING (seq) LEFT JOIN main.oath_tokens t ON t.serial_key = rs.serial_key
          WHERE w.outcome IN (${add}, ${update}) AND (t.id IS NULL OR (t.user_id IS NOT NULL AND t.user_id IS NOT w.user_id))
          GROUP BY rs.seq) AS x
    WHERE x.seq = v.seq;
    CREATE TEMP TABLE claims AS
      SELECT rs.seq, rs.serial_key AS key, p.line AS name FROM staging.row_serials rs JOIN staging.people p USING (seq) JOIN staging.verdicts v USING (seq)
      WHERE v.outcome IN (${add}, ${update}, ${unchanged})
        AND rs.serial_key IN (SELECT serial_key FROM staging.row_serials GROUP BY serial_key HAVING count(*) > 1);
  `);
  skipLaterClaims(database, 'token-twice-in-read', 'error');
}

/** The first row of a file with this key counts; the others are errors that name its line. */
function refuseRepeats(database: DatabaseSync, key: string, why: SkipReason): void {
  database.exec(`
    CREATE TEMP TABLE claims AS
      SELECT p.seq, ${key} AS key, p.line AS name FROM staging.people p JOIN staging.verdicts v USING (seq)
      WHERE p.skip IS NULL AND ${key} <> '' AND ${key} IN (SELECT key FROM staging.repeats);
  `);
  skipLaterClaims(database, why, 'error');
}

function describeChanges(database: DatabaseSync, columns: readonly FileColumn[]): void {
  const change = (isSame: string, field: string, before: string, after: string): string =>
    `iif(${isSame}, '', json_array('${field}', ${before}, ${after}) || ',')`;
  const parts = [
    change(`u.username IS ${nextUsername}`, 'username', 'u.username', nextUsername),
    ...columns.map((known) =>
      change(`u.${known.column} IS ${known.next}`, known.field, shownValue(known, `u.${known.column}`), shownValue(known, known.next)),
    ),
    change(
      '(p.directory_id IS NULL OR u.directory_id IS p.directory_id)',
      'directoryId',
      "coalesce(u.directory_id, '')",
      "coalesce(p.directory_id, '')",
    ),
    change(`(p.tags IS NULL OR p.tags = ${storedTags})`, 'tags', shownTags, rowTags),
    change(`NOT ${lacksSerial}`, 'oathSerial', shownSerials, rowSerials),
  ];
  database.exec(`
    UPDATE staging.verdicts AS v SET changes = '[' || rtrim(${parts.join(' || ')}, ',') || ']'
    FROM staging.people p, main.users u
    WHERE v.outcome = ${update} AND p.seq = v.seq AND u.id = v.user_id;
  `);
}

const shownNewTags = 50;

/** Names of tags that rows want and nobody has made yet. */
export function findNewTags(database: DatabaseSync): string[] {
  const rows = database
    .prepare(
      `SELECT rt.name FROM staging.row_tags rt JOIN staging.people p USING (seq)
       WHERE p.skip IS NULL AND rt.name_key NOT IN (SELECT name_key FROM main.tags) GROUP BY rt.name_key ORDER BY min(rt.seq) LIMIT ${shownNewTags}`,
    )
    .all() as { name: string }[];
  return rows.map(({ name }) => name);
}
