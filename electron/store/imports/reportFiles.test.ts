import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importRequest, type ImportOutcome, type ImportSummary } from '../../../shared/contract/imports.contract.ts';
import { createReportFiles, stagingPath } from './reportFiles.ts';
import { countOutcomes, indexReport } from './reportIndex.ts';
import { writeMeta } from './reportMeta.ts';
import { stagingTables } from './stagingFile.ts';

const day = 24 * 60 * 60 * 1000;

describe('createReportFiles', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'import-reports-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('reads any window of any list, also far behind in a long report', () => {
    // Outcomes take turns; every seventh person has a warning.
    writeReport('long', 210_000);
    const window = (outcome: ImportOutcome | undefined, onlyWarnings: boolean, offset: number) => {
      const { rows, total } = reports().rows('long', { outcome, onlyWarnings, offset, limit: 2 });
      return [rows.map(({ seq }) => seq), total];
    };

    expect(window(undefined, false, 0)).toEqual([[1, 2], 210_000]);
    expect(window(undefined, false, 209_999)).toEqual([[210_000], 210_000]);
    expect(window('update', false, 50_001)).toEqual([[200_005, 200_009], 52_500]);
    expect(window('skipped', false, 52_500)).toEqual([[], 52_500]);
    expect(window(undefined, true, 29_000)).toEqual([[203_007, 203_014], 30_000]);
    expect(window('add', true, 7_001)).toEqual([[196_056, 196_084], 7_500]);
  });

  it('reads a short report the same way', () => {
    writeReport('short', 28);

    const { rows, total } = reports().rows('short', { outcome: 'update', onlyWarnings: true, offset: 0, limit: 10 });

    expect([rows, total]).toEqual([
      [
        {
          seq: 21,
          outcome: 'update',
          username: 'user21',
          name: 'Last, First',
          dn: 'uid=user21',
          changes: [{ field: 'email', before: 'a', after: 'b' }],
          warnings: [{ warning: 'phone-not-valid', field: 'phone', value: 'n/a' }],
        },
      ],
      1,
    ]);
  });

  it('writes CSV in parts, with a heading, quotes, and formulas as text', () => {
    writeReport('csv', 4100, ['=1+1', '+1', '-1', '@a', '\tx', 'say "hi", all', 'plain']);
    const parts: string[] = [];
    let after: number | null = 0;
    while (after !== null) {
      const { text, next } = reports().csv('csv', after);
      parts.push(text);
      after = next;
    }

    const lines = parts.join('').split('\r\n');
    expect(parts).toHaveLength(3);
    expect(lines).toHaveLength(4102);
    expect(lines[0]).toBe('outcome,username,name,dn,reason,taken by,changes,warnings');
    expect(
      lines.slice(1, 8).map((line) =>
        line
          .split(',uid=')[0]
          ?.replace(/,"Last, First"$/, '')
          .replace(/^[^,]+,/, ''),
      ),
    ).toEqual(["'=1+1", "'+1", "'-1", "'@a", "'\tx", '"say ""hi"", all"', 'plain']);
  });

  it('shows no rows of an import that has not finished', () => {
    writeReport('running', 4, undefined, { state: 'running' });

    expect(() => reports().rows('running', { onlyWarnings: false, offset: 0, limit: 1 })).toThrow(
      expect.objectContaining({ code: 'conflict' }),
    );
  });

  it.each(['unknown', '../users', 'a/b', '', 'x'.repeat(65)])('knows no import %j', (jobId) => {
    expect(() => reports().summary(jobId)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it('discards previews, but nothing that was applied', () => {
    writeReport('preview', 4, undefined, { state: 'preview' });
    writeReport('applied', 4);

    reports().discard('preview');

    expect(existsSync(stagingPath(folder, 'preview'))).toBe(false);
    expect(() => reports().discard('applied')).toThrow(expect.objectContaining({ code: 'conflict' }));
    expect(existsSync(stagingPath(folder, 'applied'))).toBe(true);
  });

  it('keeps the newest twenty reports and the previews of today, and removes what crashes left', () => {
    for (let index = 0; index < 22; index += 1) writeReport(`report${index}`, 1, undefined, { startedAt: 10 * day + index });
    writeReport('new-preview', 1, undefined, { state: 'preview', startedAt: 10 * day });
    writeReport('old-preview', 1, undefined, { state: 'preview', startedAt: 8 * day });
    writeReport('crashed', 1, undefined, { state: 'running' });
    writeReport('running', 1, undefined, { state: 'running' });
    writeReport('committed', 1, undefined, { state: 'running', startedAt: 11 * day });
    writeReport('failed', 1, undefined, { state: 'failed', startedAt: 10 * day });
    writeFileSync(stagingPath(folder, 'cut-short'), 'not a database');
    writeReport('in-use', 1, undefined, { state: 'running' });
    const user = new DatabaseSync(stagingPath(folder, 'in-use'));
    user.exec('BEGIN EXCLUSIVE');

    reports(10 * day + 1000).cleanUp((jobId) => jobId === 'running');

    user.close();
    const gone = ['report0', 'report1', 'report2', 'failed', 'old-preview', 'crashed', 'cut-short'];
    const kept = ['report3', 'report21', 'committed', 'new-preview', 'running', 'in-use'];
    expect([...gone, ...kept].filter((jobId) => existsSync(stagingPath(folder, jobId)))).toEqual(kept);
  });

  it('knows that a preview was applied by an import that died before it could say so', () => {
    writeReport('preview', 4, undefined, { state: 'preview' });
    renameSync(stagingPath(folder, 'preview'), stagingPath(folder, 'committed'));

    expect(reports().summary('committed')).toMatchObject({ state: 'applied', jobId: 'committed' });
    expect(() => reports().discard('committed')).toThrow(expect.objectContaining({ code: 'conflict' }));
  });

  it('goes on cleaning up when something cannot be removed', () => {
    mkdirSync(stagingPath(folder, 'a-folder'));
    writeReport('crashed', 1, undefined, { state: 'running' });

    reports().cleanUp(() => false);

    expect(existsSync(stagingPath(folder, 'crashed'))).toBe(false);
  });

  function reports(now = 0) {
    return createReportFiles({ folder, wasApplied: (jobId) => jobId === 'committed', now: () => now });
  }

  function writeReport(jobId: string, rows: number, usernames: readonly string[] = [], change: Partial<ImportSummary> = {}): void {
    const database = new DatabaseSync(':memory:');
    database.prepare('ATTACH DATABASE ? AS staging').run(stagingPath(folder, jobId));
    database.exec(stagingTables.replaceAll('CREATE TABLE ', 'CREATE TABLE staging.'));
    database.exec(`
      WITH RECURSIVE n (seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM n WHERE seq < ${rows})
      INSERT INTO staging.people (seq, username, first_name, last_name, dn, warnings)
      SELECT seq, 'user' || seq, 'First', 'Last', 'uid=user' || seq,
        iif(seq % 7 = 0, '[{"warning":"phone-not-valid","field":"phone","value":"n/a"}]', NULL) FROM n;
      INSERT INTO staging.verdicts (seq, outcome, changes)
      SELECT seq, seq % 4, iif(seq % 4 = 1, '[["email","a","b"]]', NULL) FROM staging.people;
    `);
    usernames.forEach((username, index) =>
      database.prepare('UPDATE staging.people SET username = ? WHERE seq = ?').run(username, index + 1),
    );
    indexReport(database);
    const summary: ImportSummary = {
      jobId,
      state: 'applied',
      request: importRequest.parse({ scope: { kind: 'users', dns: ['uid=a'] } }),
      counts: countOutcomes(database),
      read: { entries: rows, complete: true, referrals: 0, milliseconds: 1 },
      startedAt: 0,
      milliseconds: 1,
      ...change,
    };
    writeMeta(database, { summary, fields: [] }, 'staging');
    database.close();
  }
});
