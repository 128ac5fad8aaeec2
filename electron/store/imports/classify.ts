import type { DatabaseSync } from 'node:sqlite';
import type { ImportRequest, SkipReason } from '../../../shared/contract/imports.contract.ts';
import { outcomeNumber } from './outcomes.ts';
import { importedColumns } from './importedColumns.ts';

const add = outcomeNumber('add');
const update = outcomeNumber('update');
const unchanged = outcomeNumber('unchanged');
const skipped = outcomeNumber('skipped');
const reason = (name: SkipReason): string => `'${name}'`;

/**
 * Decides about everybody in `staging.people` and writes it to `staging.verdicts`, replacing what was decided before.
 * The connection has the store as `main` and the staging file attached. Set-based: no person passes through JavaScript.
 *
 * People are matched by the directory's identifier, so renames and moves are updates. A username belongs to one person:
 * it is free when nobody has it, or when the one who has it gets another name in the same import (two may swap).
 */
export function classify(database: DatabaseSync, fields: ReadonlySet<string>, request: ImportRequest): void {
  database.exec(`
    DROP TABLE IF EXISTS temp.renames;
    DROP TABLE IF EXISTS temp.contested;
    DELETE FROM staging.verdicts;
  `);
  matchById(database, fields, request);
  const { repeats } = database.prepare('SELECT count(*) AS repeats FROM staging.repeats').get() as { repeats: number };
  if (repeats > 0) skipRepeatedIds(database);
  collectRenames(database);
  if (repeats > 0) skipRepeatedUsernames(database);
  skipTakenUsernames(database);
}

/** Most people are new or unchanged, so that is decided in one pass; what is longer to tell is added for the others. */
function matchById(database: DatabaseSync, fields: ReadonlySet<string>, request: ImportRequest): void {
  const columns = importedColumns(fields, request.enable);
  const isSame = columns.map(({ column, next }) => `u.${column} = ${next}`).join(' AND ');
  database.exec(`
    INSERT INTO staging.verdicts (seq, outcome, user_id, reason)
    SELECT p.seq,
      CASE WHEN p.skip IS NOT NULL THEN ${skipped}
           WHEN u.id IS NULL THEN ${request.addNew ? add : skipped}
           WHEN ${isSame} THEN ${unchanged}
           ELSE ${request.updateExisting ? update : skipped} END,
      u.id, p.skip
    FROM staging.people p LEFT JOIN main.users u ON u.directory_id = p.directory_id AND p.skip IS NULL
    ORDER BY p.seq;
  `);
  if (!request.addNew || !request.updateExisting) {
    database.exec(`
      UPDATE staging.verdicts SET reason = iif(user_id IS NULL, ${reason('not-existing')}, ${reason('not-new')})
      WHERE outcome = ${skipped} AND reason IS NULL;
    `);
  }
  if (!request.updateExisting) return;
  const changes = columns
    .map(
      ({ column, next, field }) =>
        `iif(u.${column} = ${next}, '', json_array('${field}', ${shown(column, `u.${column}`)}, ${shown(column, next)}) || ',')`,
    )
    .join(' || ');
  database.exec(`
    UPDATE staging.verdicts AS v SET changes = '[' || rtrim(${changes}, ',') || ']'
    FROM staging.people p, main.users u
    WHERE v.outcome = ${update} AND p.seq = v.seq AND u.id = v.user_id;
  `);
}

/** An identifier that comes twice identifies nobody: the first is taken, the others are reported. */
function skipRepeatedIds(database: DatabaseSync): void {
  database.exec(`
    CREATE TEMP TABLE claims AS
      SELECT p.seq, p.directory_id AS key, p.dn AS name FROM staging.people p JOIN staging.verdicts v USING (seq)
      WHERE v.outcome <> ${skipped} AND p.directory_id IN (SELECT key FROM staging.repeats);
  `);
  skipLaterClaims(database, 'directory-id-twice-in-read', 'skipped');
}

/** Of those who get a name that they did not have, the first in the order of the read gets it. */
function skipRepeatedUsernames(database: DatabaseSync): void {
  database.exec(`
    CREATE TEMP TABLE claims AS
      SELECT p.seq, p.username_key AS key, p.dn AS name FROM staging.people p JOIN staging.verdicts v USING (seq)
      WHERE (v.outcome = ${add} OR v.seq IN (SELECT seq FROM temp.renames)) AND v.outcome <> ${skipped}
        AND p.username_key IN (SELECT key FROM staging.repeats);
  `);
  skipLaterClaims(database, 'username-twice-in-read', 'skipped');
}

/** Of those in `temp.claims` (seq, key, name) with one key only the first stays; the others are told its name. */
export function skipLaterClaims(database: DatabaseSync, why: SkipReason, outcome: 'skipped' | 'error'): void {
  database.exec(`
    UPDATE staging.verdicts AS v SET outcome = ${outcomeNumber(outcome)}, reason = ${reason(why)}, changes = NULL, taken_by = claim.first
    FROM (SELECT seq, first_value(name) OVER same AS first, row_number() OVER same AS n FROM temp.claims
          WINDOW same AS (PARTITION BY key ORDER BY seq)) AS claim
    WHERE claim.seq = v.seq AND claim.n > 1;
    DROP TABLE temp.claims;
  `);
}

/** Who gets another username, in `temp.renames`. */
export function collectRenames(database: DatabaseSync): void {
  database.exec(`
    CREATE TEMP TABLE renames (user_id INTEGER PRIMARY KEY, seq INTEGER NOT NULL);
    INSERT INTO temp.renames
      SELECT v.user_id, v.seq FROM staging.verdicts v JOIN staging.people p USING (seq) JOIN main.users u ON u.id = v.user_id
      WHERE v.outcome = ${update} AND p.username_key <> '' AND u.directory_id = p.directory_id AND u.username_key <> p.username_key;
  `);
}

/** Whoever keeps his name keeps others from taking it, who then keep theirs: repeated until nobody is refused any more. */
export function skipTakenUsernames(database: DatabaseSync): void {
  database.exec(`
    CREATE TEMP TABLE contested AS
      SELECT v.seq, holder.id AS holder, iif(holder.dn = '', holder.username, holder.dn) AS holder_name
      FROM staging.verdicts v JOIN staging.people p USING (seq) JOIN main.users holder ON holder.username_key = p.username_key
      WHERE v.outcome IN (${add}, ${update}) AND holder.id IS NOT v.user_id;
  `);
  const refuse = database.prepare(`
    UPDATE staging.verdicts AS v SET outcome = ${skipped}, reason = ${reason('username-taken')}, changes = NULL, taken_by = c.holder_name
    FROM temp.contested c
    WHERE c.seq = v.seq AND v.outcome <> ${skipped} AND NOT EXISTS (
      SELECT 1 FROM temp.renames r JOIN staging.verdicts leaving ON leaving.seq = r.seq
      WHERE r.user_id = c.holder AND leaving.outcome = ${update})
  `);
  while (refuse.run().changes > 0);
}

/** Flags are stored as numbers and reported in words. */
function shown(column: string, value: string): string {
  return column.endsWith('_valid') || column.endsWith('_disabled') || column === 'enabled' ? `iif(${value}, 'true', 'false')` : value;
}
