import type { DatabaseSync } from 'node:sqlite';
import type { ImportRequest } from '../../../shared/contract/imports.contract.ts';
import { mailedFields, stateBefore, type AlikeUsers } from '../../../shared/email/mailPlan.ts';
import { alikeUsers } from '../users/alikeUsers.ts';
import { columnOf } from '../users/fieldColumns.ts';
import { stateSql } from '../users/mailIntents.ts';
import type { FileImportRules } from './fileClassify.ts';
import { fileColumns, type FileColumn } from './fileColumns.ts';
import { enabledOfNew, importedColumns } from './importedColumns.ts';
import { outcomeNumber } from './outcomes.ts';

const mailedColumns: readonly string[] = mailedFields.map((field) => columnOf[field]);
const added = `staging.verdicts v JOIN staging.people p USING (seq) WHERE v.outcome = ${outcomeNumber('add')}`;
const updated = `staging.verdicts v JOIN staging.people p USING (seq) JOIN main.users u ON u.id = v.user_id WHERE v.outcome = ${outcomeNumber('update')}`;

/** Whoever is new and needs one gets an initial PIN before the mails are made. */
const getsPin = '1';

type ColumnSql = (column: string) => string;

/** Those who are added or updated, as the rules of mails see them. To be asked when all is decided and nothing is written. */
function mailed(database: DatabaseSync, first: ColumnSql, next: ColumnSql): AlikeUsers[] {
  const changes = mailedColumns.filter((column) => next(column) !== `u.${column}`).map((column) => `u.${column} IS NOT ${next(column)}`);
  return [
    ...alikeUsers(database, { from: added, after: first, before: String(stateBefore.absent), mailedChange: '1' }),
    ...alikeUsers(database, { from: updated, after: next, before: stateSql, mailedChange: changes.join(' OR ') || '0' }),
  ];
}

/** People of a directory. */
export function mailedPeople(database: DatabaseSync, fields: ReadonlySet<string>, request: ImportRequest): AlikeUsers[] {
  const columns = importedColumns(fields, request.enable);
  const known: Readonly<Record<string, string>> = {
    ...{ method: `'${request.method}'`, mode: `'${request.mode}'`, has_app: '0', has_token: '0', has_pin: getsPin },
    enabled: enabledOfNew(request.enable),
  };
  return mailed(
    database,
    (column) => known[column] ?? `p.${column}`,
    (column) => columns.find((one) => one.column === column)?.next ?? `u.${column}`,
  );
}

/** Rows of a file. */
export function mailedRows(database: DatabaseSync, { staged, request, userDefaults }: FileImportRules): AlikeUsers[] {
  const columns = fileColumns(staged, request, userDefaults);
  const find = (column: string): FileColumn | undefined => columns.find((one) => one.column === column);
  const getsToken = 'EXISTS (SELECT 1 FROM staging.row_serials rs WHERE rs.seq = v.seq)';
  const firstOf: Readonly<Record<string, string>> = { username: 'p.username', has_token: getsToken, has_pin: getsPin };
  return mailed(
    database,
    (column) => firstOf[column] ?? find(column)?.first ?? '0',
    (column) => (column === 'has_token' ? `(u.has_token OR ${getsToken})` : (find(column)?.next ?? `u.${column}`)),
  );
}
