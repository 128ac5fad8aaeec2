import type { DatabaseSync } from 'node:sqlite';
import { importOutcomes, type ImportOutcome, type ImportRequest, type SkipReason } from '../../../shared/contract/imports.contract.ts';
import { importedColumns } from './importedColumns.ts';

/** Number under which an outcome is stored. */
export const outcomeNumber = (outcome: ImportOutcome): number => importOutcomes.indexOf(outcome);

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
  skipRepeatedIds(database);
  skipRepeatedUsernames(database);
  skipTakenUsernames(database);
}

function matchById(database: DatabaseSync, fields: ReadonlySet<string>, request: ImportRequest): void {
  const columns = importedColumns(fields, request.enable);
  const isSame = columns.map(({ column, next }) => `u.${column} = ${next}`).join(' AND ');
  const changes = columns
    .map(
      ({ column, next, field }) =>
        `iif(u.${column} = ${next}, '', json_array('${field}', ${shown(column, `u.${column}`)}, ${shown(column, next)}) || ',')`,
    )
    .join(' || ');
  database.exec(`
    INSERT INTO staging.verdicts (seq, outcome, user_id, reason, changes)
    SELECT seq, outcome, user_id,
      CASE WHEN skip IS NOT NULL THEN skip
           WHEN outcome = ${skipped} AND user_id IS NULL THEN ${reason('not-existing')}
           WHEN outcome = ${skipped} THEN ${reason('not-new')} END,
      CASE WHEN outcome = ${update} THEN '[' || rtrim(changes, ',') || ']' END
    FROM (
      SELECT p.seq, p.skip, u.id AS user_id,
        CASE WHEN p.skip IS NOT NULL THEN ${skipped}
             WHEN u.id IS NULL THEN ${request.addNew ? add : skipped}
             WHEN ${isSame} THEN ${unchanged}
             ELSE ${request.updateExisting ? update : skipped} END AS outcome,
        CASE WHEN u.id IS NOT NULL AND ${request.updateExisting ? 1 : 0} THEN ${changes} END AS changes
      FROM staging.people p LEFT JOIN main.users u ON u.directory_id = p.directory_id AND p.skip IS NULL
      ORDER BY p.seq
    );
  `);
}

/** An identifier that comes twice identifies nobody: the first is taken, the others are reported. */
function skipRepeatedIds(database: DatabaseSync): void {
  const repeat = (key: string, outcomes: readonly number[]): void => {
    const rows = `staging.verdicts v JOIN staging.people p USING (seq) WHERE v.outcome IN (${outcomes.join(', ')})`;
    database.exec(`
      CREATE TEMP TABLE twice AS SELECT ${key} AS key FROM ${rows} GROUP BY 1 HAVING count(*) > 1;
      UPDATE staging.verdicts AS v SET outcome = ${skipped}, reason = ${reason('directory-id-twice-in-read')}, changes = NULL, taken_by = first.dn
      FROM (SELECT p.seq, first_value(p.dn) OVER same AS dn, row_number() OVER same AS n
            FROM ${rows} AND ${key} IN (SELECT key FROM temp.twice)
            WINDOW same AS (PARTITION BY ${key} ORDER BY p.seq)) AS first
      WHERE first.seq = v.seq AND first.n > 1;
      DROP TABLE temp.twice;
    `);
  };
  repeat('p.directory_id', [add]);
  repeat('v.user_id', [update, unchanged]);
}

/** Of those who get a name that they did not have, the first in the order of the read gets it. */
function skipRepeatedUsernames(database: DatabaseSync): void {
  database.exec(`
    CREATE TEMP TABLE renames (user_id INTEGER PRIMARY KEY, seq INTEGER NOT NULL);
    INSERT INTO temp.renames
      SELECT v.user_id, v.seq FROM staging.verdicts v JOIN staging.people p USING (seq) JOIN main.users u ON u.id = v.user_id
      WHERE v.outcome = ${update} AND u.username_key <> p.username_key;
    CREATE TEMP TABLE claims AS
      SELECT p.seq, p.username_key AS key FROM staging.verdicts v JOIN staging.people p USING (seq) WHERE v.outcome = ${add}
      UNION ALL SELECT p.seq, p.username_key FROM temp.renames r JOIN staging.people p USING (seq);
    CREATE TEMP TABLE twice AS SELECT key FROM temp.claims GROUP BY key HAVING count(*) > 1;
    UPDATE staging.verdicts AS v SET outcome = ${skipped}, reason = ${reason('username-twice-in-read')}, changes = NULL, taken_by = first.dn
    FROM (SELECT c.seq, first_value(p.dn) OVER same AS dn, row_number() OVER same AS n
          FROM temp.claims c JOIN staging.people p USING (seq) WHERE c.key IN (SELECT key FROM temp.twice)
          WINDOW same AS (PARTITION BY c.key ORDER BY c.seq)) AS first
    WHERE first.seq = v.seq AND first.n > 1;
    DROP TABLE temp.twice;
    DROP TABLE temp.claims;
  `);
}

/** Whoever keeps his name keeps others from taking it, who then keep theirs: repeated until nobody is refused any more. */
function skipTakenUsernames(database: DatabaseSync): void {
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
