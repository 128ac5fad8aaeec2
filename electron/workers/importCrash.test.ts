import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createReportFiles, prepareReportFolder, wasImportApplied } from '../store/imports/reportFiles.ts';
import { openDatabase } from '../store/database.ts';
import { storeFiles } from '../store/storeFiles.ts';

/** Where the child stops and waits to be killed. */
type Point = 'reading' | 'before the commit' | 'after the commit';
type Source = 'directory' | 'file';

// Starts processes, and a busy machine takes its time for that.
vi.setConfig({ testTimeout: 30_000 });

describe.each(['directory', 'file'] as const)('an import from a %s whose process is killed', (source) => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'import-crash-'));
    const users = openDatabase(storeFiles(folder).users);
    users.exec(`INSERT INTO users (username, username_key, method, mode, enabled, complete, directory_id, created_at, updated_at)
      VALUES ('user0', 'user0', 'call', 'standard', 1, 0, 'id-0', 1, 1); INSERT INTO users_unindexed (user_id) VALUES (1)`);
    users.close();
    prepareReportFolder(storeFiles(folder).imports);
    const rows = Array.from({ length: 3000 }, (_, index) => `user${index},New,vip`);
    writeFileSync(join(folder, 'people.csv'), ['username,last name,tags', ...rows].join('\n'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it.each(['reading', 'before the commit'] as const)('leaves the store as it was: %s', async (point) => {
    await killAt(point);

    const { users, reports } = reopened();
    expect(users.prepare('SELECT username, last_name FROM users').all()).toEqual([{ username: 'user0', last_name: '' }]);
    expect(users.prepare('SELECT count(*) AS n FROM tags').get()).toEqual({ n: 0 });
    expect(users.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    expect(users.prepare(`SELECT count(*) AS n FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'users'`).get()).toEqual({ n: 5 });
    reports.cleanUp(() => false);
    expect(() => reports.summary('killed')).toThrow(expect.objectContaining({ code: 'not-found' }));
    users.close();
  });

  it('has happened as a whole once it was committed, and its report says so, with every row', async () => {
    await killAt('after the commit');

    const { users, reports } = reopened();
    expect(users.prepare('SELECT count(*) AS n FROM users WHERE import_job = ?').get('killed')).toEqual({ n: 3000 });
    const counts = { add: 2999, update: 1, unchanged: 0, skipped: 0, warnings: 0 };
    expect(reports.summary('killed')).toMatchObject({ state: 'applied', counts });
    const { rows, total } = reports.rows('killed', { outcome: 'update', onlyWarnings: false, offset: 0, limit: 10 });
    expect([total, rows.map(({ username }) => username)]).toEqual([1, ['user0']]);
    expect(reports.csv('killed', 0).text.split('\r\n')).toHaveLength(2002);
    users.close();
  });

  function reopened() {
    const users = openDatabase(storeFiles(folder).users);
    const reports = createReportFiles({
      folder: storeFiles(folder).imports,
      wasApplied: (jobId) => wasImportApplied(users, jobId),
      now: () => 0,
    });
    return { users, reports };
  }

  async function killAt(point: Point): Promise<void> {
    const child = spawn(process.execPath, ['--input-type=module', '-e', childCode(folder, source, point)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    expect(String(said)).toBe(point);
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});

function childCode(folder: string, source: Source, point: Point): string {
  const module = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
  const { users, imports } = storeFiles(folder);
  return `
    import { writeSync } from 'node:fs';
    const { runImport } = await import(${module('./runImport.ts')});
    const { defaultSettings } = await import(${module('../services/directory/kinds.ts')});
    const { importRequest } = await import(${module('../../shared/contract/imports.contract.ts')});
    const { defaultCompanySettings } = await import(${module('../../shared/contract/companySettings.ts')});
    const { fileImportRequest } = await import(${module('../../shared/contract/fileImport.ts')});
    const stopAt = (point) => {
      if (point !== ${JSON.stringify(point)}) return;
      writeSync(1, point);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    };
    const fromDirectory = {
      settings: defaultSettings.openldap,
      request: importRequest.parse({ scope: { kind: 'containers', dns: ['dc=test'], below: true }, updateExisting: true }),
    };
    const columns = [['username', 'username'], ['last name', 'lastName'], ['tags', 'tags']].map(([header, field]) => ({ header, field }));
    const fromFile = {
      settings: null, file: { path: ${JSON.stringify(join(folder, 'people.csv'))}, name: 'people.csv', company: defaultCompanySettings },
      request: fileImportRequest.parse({ uploadId: 'u', encoding: 'utf-8', delimiter: ',', columns, updateExisting: true }),
    };
    const text = (value) => [new TextEncoder().encode(value)];
    await runImport({
      ...${source === 'directory' ? 'fromDirectory' : 'fromFile'}, jobId: 'killed', kind: 'import',
      storeFile: ${JSON.stringify(users.file)}, stagingFile: ${JSON.stringify(join(imports, 'killed.db'))},
    }, {
      async *readPeople(attributes) {
        for (let page = 0; page < 3; page += 1) {
          if (page === 2) stopAt('reading');
          const value = (name, index) => name === 'entryUUID' ? text('id-' + index) : name === 'uid' ? text('user' + index) : name === 'sn' ? text('New') : [];
          const entries = Array.from({ length: 1000 }, (_, i) => ({ dn: 'uid=user' + (page * 1000 + i), values: attributes.map((name) => value(name, page * 1000 + i)) }));
          yield { entries, unreadable: [], expected: null };
        }
        return { entries: 3000, complete: true, referrals: 0, milliseconds: 1 };
      },
      onProgress({ phase, done }) { if (phase === 'writing' && done > 0) stopAt('after the commit'); },
      onReportLost(error) { throw error; },
      throwIfCancelled() { if (${JSON.stringify(source)} === 'file') stopAt('reading'); },
      beginCommit() { stopAt('before the commit'); },
      now: () => Date.now(),
    });
  `;
}
