import { closeSync, openSync, writeSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { ExportField } from '../../../shared/contract/csv.contract.ts';
import { csvLine } from '../../../shared/csv/csvText.ts';
import { formatList } from '../../../shared/csv/listCell.ts';
import type { Method, Mode } from '../../../shared/contract/users.contract.ts';
import { missingOf } from '../../../shared/users/completeness.ts';
import type { ExportRequest } from '../../services/csv/csvPorts.ts';
import { exportSql, listSeparator } from './exportColumns.ts';

/** Users that are read and written in one step. */
const stepUsers = 2000;

interface Means {
  readonly method: Method;
  readonly mode: Mode;
  readonly phone: string;
  readonly phone_valid: number;
  readonly has_app: number;
  readonly has_token: number;
  readonly has_pin: number;
}

/**
 * Writes the users of `ids`, in this order, into a file that only this account reads. The caller holds a read transaction, so
 * that all of it is one state of the store. Throws what the file system and SQLite say, and what `onStep` throws.
 */
export function writeExport(
  database: DatabaseSync,
  path: string,
  ids: ArrayLike<number>,
  { columns, byteOrderMark, delimiter }: Pick<ExportRequest, 'columns' | 'byteOrderMark' | 'delimiter'>,
  onStep: (done: number) => void,
): void {
  const handle = openSync(path, 'wx', 0o600);
  try {
    writeSync(handle, (byteOrderMark ? '\ufeff' : '') + csvLine(columns, delimiter));
    const select = database.prepare(
      `SELECT ${columns.map((column, at) => `${exportSql[column]} AS c${at}`).join(', ')}, method, mode, phone, phone_valid, has_app, has_token, has_pin
       FROM json_each(?) AS list CROSS JOIN users ON users.id = list.value ORDER BY list.key`,
    );
    const all = Array.from(ids);
    for (let from = 0; from < all.length; from += stepUsers) {
      const rows = select.all(JSON.stringify(all.slice(from, from + stepUsers))) as unknown as (Record<string, string> & Means)[];
      writeSync(
        handle,
        rows
          .map((row) =>
            csvLine(
              columns.map((column, at) => cellOf(column, row[`c${at}`] ?? '', row)),
              delimiter,
            ),
          )
          .join(''),
      );
      onStep(Math.min(all.length, from + stepUsers));
    }
  } finally {
    closeSync(handle);
  }
}

function cellOf(column: ExportField, value: string, row: Means): string {
  if (column === 'tags' || column === 'oathSerial') return value === '' ? '' : formatList(value.split(listSeparator));
  if (column !== 'missing') return value;
  const { method, mode, phone } = row;
  return missingOf({
    method,
    mode,
    phone,
    phoneValid: row.phone_valid === 1,
    hasApp: row.has_app === 1,
    hasToken: row.has_token === 1,
    hasPin: row.has_pin === 1,
  }).join('; ');
}
