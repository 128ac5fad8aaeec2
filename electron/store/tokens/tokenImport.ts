import type { DatabaseSync } from 'node:sqlite';
import type { TokenImportCounts, TokenImportRow } from '../../../shared/contract/tokens.contract.ts';
import { usernameKey } from '../../../shared/lib/fold.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { FileToken, TokenFile } from '../../services/tokens/files/tokenFile.ts';
import type { ImportRows, ImportRowWindow } from '../../services/tokens/importPorts.ts';
import { secretContext } from '../../../shared/tokens/secretContext.ts';
import type { Sealer } from '../../services/vault/sealer.ts';
import { transaction } from '../transaction.ts';
import { keepHolders } from './holders.ts';
import { insertToken, nextTokenId, serialKey } from './tokenRepository.ts';

/** Rows written in one transaction: some ten milliseconds, for which other writers wait. */
const rowsAtOnce = 500;
const keptLogs = 20;

/** What becomes of a row: `userId` null where nobody gets the token. */
interface Fate {
  readonly row: TokenImportRow;
  readonly token: FileToken;
  readonly userId: number | null;
}

/** Compares the tokens of a file with the store and adds those that are new. `seen` holds the serial numbers of rows before. */
export function createTokenImport(database: DatabaseSync, file: TokenFile, fileName: string) {
  const bySerial = database.prepare('SELECT 1 FROM oath_tokens WHERE serial_key = ?');
  const byUsername = database.prepare('SELECT id FROM users WHERE username_key = ?');
  const seen = new Map<string, number>();
  for (const { problem, serial, row } of file.tokens)
    if (problem === null && !seen.has(serialKey(serial))) seen.set(serialKey(serial), row);

  function fateOf(token: FileToken): Fate {
    const fate = (added: boolean, text: string, userId: number | null = null): Fate => ({
      row: { row: token.row, serial: token.serial, added, text },
      token,
      userId,
    });
    if (token.problem !== null) return fate(false, token.problem);
    const first = seen.get(serialKey(token.serial));
    if (first !== token.row) return fate(false, `The serial number is in the file already (row ${first}).`);
    if (bySerial.get(serialKey(token.serial))) return fate(false, 'There is a token with this serial number already.');
    if (token.username === '') return fate(true, '');
    const user = byUsername.get(usernameKey(token.username));
    if (user) return fate(true, `Assigned to ${token.username}.`, user['id'] as number);
    return fate(true, `There is no user ${token.username.slice(0, 100)}; the token is not assigned.`);
  }

  const planned = file.tokens.map((token) => fateOf(token).row);
  const skippedRows = planned.filter(({ added }) => !added);
  const counts: TokenImportCounts = {
    file: fileName,
    format: file.format,
    total: planned.length,
    added: planned.length - skippedRows.length,
    skipped: skippedRows.length,
  };

  return {
    counts,
    rows({ onlySkipped, offset, limit }: ImportRowWindow): ImportRows {
      const rows = onlySkipped ? skippedRows : planned;
      return { counts, rows: rows.slice(offset, offset + limit), total: rows.length };
    },
    write(jobId: string, from: number, sealer: Pick<Sealer, 'seal'>, now: number): { next: number; usersChanged: boolean } {
      const part = file.tokens.slice(from, from + rowsAtOnce);
      const holders: number[] = [];
      transaction(database, 'BEGIN IMMEDIATE', () => {
        if (from === 0) beginLog(database, jobId, counts, now);
        const insert = insertToken(database);
        const position = database.prepare('UPDATE oath_tokens SET drift = ? WHERE id = ?');
        const log = database.prepare('INSERT INTO token_import_rows (job_id, place, row, serial, added, text) VALUES (?, ?, ?, ?, ?, ?)');
        let id = nextTokenId(database);
        for (const [index, token] of part.entries()) {
          const { row, userId } = fateOf(token);
          log.run(jobId, from + index, row.row, row.serial, Number(row.added), row.text);
          if (!row.added) continue;
          const sealed = sealer.seal(secretContext(id), new Secret(Buffer.from(token.secret).toString('base64')));
          insert(id, token.facts, { sealed, counter: token.counter }, userId, now);
          if (token.drift !== 0) position.run(token.drift, id);
          if (userId !== null) holders.push(userId);
          id += 1;
        }
        keepHolders(database, holders, now);
      });
      return { next: from + part.length, usersChanged: holders.length > 0 };
    },
  };
}

function beginLog(database: DatabaseSync, jobId: string, { file, format, total }: TokenImportCounts, now: number): void {
  database
    .prepare('INSERT INTO token_imports (job_id, file, format, started_at, total) VALUES (?, ?, ?, ?, ?)')
    .run(jobId, file, format, now, total);
  database
    .prepare(
      `DELETE FROM token_imports WHERE job_id NOT IN (SELECT job_id FROM token_imports ORDER BY started_at DESC, rowid DESC LIMIT ${keptLogs})`,
    )
    .run();
}

/** The log of an import as far as it went; null when there is none. */
export function readTokenImportLog(
  database: DatabaseSync,
  jobId: string,
  { onlySkipped, offset, limit }: ImportRowWindow,
): ImportRows | null {
  const known = database.prepare('SELECT file, format FROM token_imports WHERE job_id = ?').get(jobId);
  if (!known) return null;
  const sums = database
    .prepare('SELECT count(*) AS total, coalesce(sum(added), 0) AS added FROM token_import_rows WHERE job_id = ?')
    .get(jobId);
  const [total, added] = [Number(sums?.['total']), Number(sums?.['added'])];
  const rows = database
    .prepare(
      `SELECT row, serial, added, text FROM token_import_rows WHERE job_id = ? ${onlySkipped ? 'AND added = 0' : ''} ORDER BY place LIMIT ? OFFSET ?`,
    )
    .all(jobId, limit, offset)
    .map((row) => ({ ...(row as Omit<TokenImportRow, 'added'>), added: row['added'] === 1 }));
  const counts = { file: String(known['file']), format: known['format'] as TokenFile['format'], total, added, skipped: total - added };
  return { counts, rows, total: onlySkipped ? total - added : total };
}
