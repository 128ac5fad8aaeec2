import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSampleDirectory, type Fault } from '../../electron/platform/ldapServer/index.ts';
import { openLog } from '../../electron/platform/node/log.ts';
import { defaultSettings } from '../../electron/services/directory/kinds.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { createReportFiles, prepareReportFolder, stagingPath, wasImportApplied } from '../../electron/store/imports/reportFiles.ts';
import { storeFiles } from '../../electron/store/storeFiles.ts';
import { createUserWrites, openForWriting } from '../../electron/store/users/userWrites.ts';
import { toStoreError } from '../../electron/store/storeErrors.ts';
import type { ImportWorkPorts } from '../../electron/workers/importWork.ts';
import { runImport } from '../../electron/workers/runImport.ts';
import { importRequest } from '../../shared/contract/imports.contract.ts';
import { crowd, crowdLdif } from '../support/crowd.ts';
import { createImportBench, loopbackSettings, servicePassword } from '../support/importBench.ts';
import { canMount, createSmallDisk, type SmallDisk } from '../support/smallDisk.ts';

const isPossible = canMount();

describe.skipIf(!isPossible)(`a full disk${isPossible ? '' : ' (needs an account that may mount one)'}`, () => {
  const ends: (() => unknown)[] = [];
  let disk: SmallDisk;
  beforeEach(() => {
    disk = createSmallDisk(8)!;
    ends.push(disk.remove);
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  test('at the start is told as such', () => {
    disk.fill();

    expect(() => openDatabase(storeFiles(join(disk.folder, 'data')).users)).toThrow(expect.objectContaining({ code: 'disk-full' }));
    expect(existsSync(storeFiles(join(disk.folder, 'data')).users.file)).toBe(false);
  });

  test('under a store that exists is told as such, and the store is as it was when there is space again', () => {
    const files = storeFiles(join(disk.folder, 'data'));
    openDatabase(files.users).close();
    disk.fill();

    expect(() => openDatabase(files.users)).toThrow(expect.objectContaining({ code: 'disk-full' }));

    disk.free();
    const database = openDatabase(files.users);
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    database.close();
  });

  test('while the directory is read fails the import, and it works again with more space', async () => {
    const directory = await startSampleDirectory({ servicePassword, ldif: crowdLdif(crowd(3_000)) });
    ends.push(directory.close);
    const bench = createImportBench(join(disk.folder, 'data'));
    ends.push(bench.close);
    disk.fill();

    await expect(bench.importFrom(loopbackSettings(directory.port))).rejects.toMatchObject({ code: 'disk-full' });
    expect(bench.stored()).toEqual([]);

    disk.free();
    expect(await bench.importFrom(loopbackSettings(directory.port))).toMatchObject({ state: 'applied', counts: { add: 3_000 } });
  });

  test('once people come in is told as such, too', async () => {
    const fillFirst: Fault = (next) => ({
      ...next,
      openSession(peer) {
        disk.fill();
        return next.openSession(peer);
      },
    });
    const directory = await startSampleDirectory({ servicePassword, ldif: crowdLdif(crowd(3_000)), faults: [fillFirst] });
    ends.push(directory.close);
    const bench = createImportBench(join(disk.folder, 'data'));
    ends.push(bench.close);

    await expect(bench.importFrom(loopbackSettings(directory.port))).rejects.toMatchObject({ code: 'disk-full' });
    expect(bench.stored()).toEqual([]);
  });

  test('while the list is written undoes all of it', async () => {
    const { users, attempt } = createBench();
    users.exec(`INSERT INTO users (username, username_key, method, mode, enabled, complete, directory_id, created_at, updated_at)
      VALUES ('old', 'user0', 'call', 'standard', 1, 0, 'id-0', 1, 1); INSERT INTO users_unindexed (user_id) VALUES (1)`);

    const outcome = attempt({ onProgress: ({ phase }) => phase === 'writing' && disk.fill() });

    expect(toStoreError(await outcome.catch((error: unknown) => error))?.code).toBe('disk-full');
    expect(users.prepare('SELECT username FROM users').all()).toEqual([{ username: 'old' }]);
    disk.free();
    expect(users.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  });

  test('behind the commit costs the report for a while, not the import', async () => {
    const { users, attempt, reports } = createBench();
    const lost: unknown[] = [];

    const summary = await attempt({
      onProgress: ({ phase, done }) => phase === 'writing' && done === 3_000 && disk.fill(),
      onReportLost: (error) => lost.push(error),
    });

    expect(summary).toMatchObject({ state: 'applied', counts: { add: 3_000 } });
    expect(lost.map((error) => toStoreError(error)?.code)).toEqual(['disk-full']);
    expect(users.prepare('SELECT count(*) AS n FROM users').get()).toEqual({ n: 3_000 });

    disk.free();
    expect(reports.summary('job')).toMatchObject({ state: 'applied', counts: { add: 3_000 } });
    expect(reports.rows('job', { onlyWarnings: false, offset: 2_999, limit: 1 }).rows).toHaveLength(1);
  });

  test('ends a bulk job with that reason, and everybody is changed or not', async () => {
    const { users } = createBench();
    users.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
      INSERT INTO users (username, username_key, method, mode, enabled, complete, created_at, updated_at)
      SELECT 'user' || i, 'user' || i, 'call', 'standard', 1, 0, 1, 1 FROM n`);
    const writing = openForWriting(storeFiles(join(disk.folder, 'data')).users.file);
    ends.push(() => writing.close());
    const writes = createUserWrites(writing, () => 2);
    const change = { fields: { enabled: false, userGroup: 'x'.repeat(200) }, tags: { add: [], remove: [] }, pin: 'keep' } as const;
    const part = (first: number) =>
      writes.editSome(
        Array.from({ length: 1_000 }, (_, index) => first + index),
        change,
        [],
        { account: 'admin', jobId: 'job' },
      );
    await part(1);
    disk.fill();

    const outcome = (async () => {
      for (let first = 1_001; first < 6_000; first += 1_000) await part(first);
    })();

    expect(toStoreError(await outcome.catch((error: unknown) => error))?.code).toBe('disk-full');
    disk.free();
    expect(users.prepare(`SELECT count(*) AS n FROM users WHERE (enabled = 0) <> (user_group <> '')`).get()).toEqual({ n: 0 });
    expect(users.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    expect(await part(5_001)).toMatchObject({ changed: 1_000 });
  });

  test('costs what is logged meanwhile, and nothing else; the log goes on with more space', async () => {
    const logs = join(disk.folder, 'logs');
    const { log, problem } = await openLog(logs, 'test', { fileMb: 5, files: 2 });
    log.info('before');
    disk.fill();

    for (let line = 0; line < 200; line++) log.info({ filler: 'x'.repeat(100) }, `meanwhile ${line}`);
    await expect.poll(problem).toContain('ENOSPC');

    disk.free();
    log.info('afterwards');
    await expect.poll(problem).toBeUndefined();
    const written = readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8'));
    expect(written.join('')).toContain('before');
    expect(written.join('')).toContain('afterwards');
  });

  /** A store on the small disk, and an import of 3,000 people that a test can look into. */
  function createBench() {
    const files = storeFiles(join(disk.folder, 'data'));
    const users = openDatabase(files.users);
    ends.push(() => users.close());
    prepareReportFolder(files.imports);
    const settings = { ...defaultSettings.openldap };
    const valueOf = (name: string, index: number) => ({ entryUUID: `id-${index}`, uid: `user${index}`, sn: 'Somebody' })[name];
    const attempt = (ports: Partial<ImportWorkPorts>) =>
      runImport(
        {
          jobId: 'job',
          kind: 'import',
          request: importRequest.parse({ scope: { kind: 'containers', dns: ['dc=test'], below: true }, updateExisting: true }),
          settings,
          storeFile: files.users.file,
          stagingFile: stagingPath(files.imports, 'job'),
        },
        {
          async *readPeople(attributes) {
            const entries = Array.from({ length: 3_000 }, (_, index) => ({
              dn: `uid=user${index}`,
              values: attributes.map((name) => [valueOf(name, index)].flatMap((text) => (text === undefined ? [] : [Buffer.from(text)]))),
            }));
            yield { entries, unreadable: [], expected: null };
            return { entries: 3_000, complete: true, referrals: 0, milliseconds: 1 };
          },
          onProgress: () => undefined,
          onReportLost(error) {
            throw error;
          },
          throwIfCancelled: () => undefined,
          beginCommit: () => undefined,
          now: () => 1,
          ...ports,
        },
      );
    const reports = createReportFiles({ folder: files.imports, wasApplied: (jobId) => wasImportApplied(users, jobId), now: () => 0 });
    return { users, attempt, reports };
  }
});
