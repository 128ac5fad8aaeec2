import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServerState } from '../../../shared/contract/directory.contract.ts';
import { importRequest } from '../../../shared/contract/imports.contract.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import { defaultSettings } from '../../services/directory/kinds.ts';
import type { ImportProgress, ImportRun } from '../../services/imports/importPorts.ts';
import { openDatabase } from '../../store/database.ts';
import { createReportFiles, prepareReportFolder, stagingPath, wasImportApplied } from '../../store/imports/reportFiles.ts';
import { storeFiles } from '../../store/storeFiles.ts';
import { runImport } from '../../workers/runImport.ts';
import { createImportRunner } from './importThread.ts';

const request = importRequest.parse({ scope: { kind: 'containers', dns: ['dc=test'], below: true } });
const never = new AbortController().signal;

describe('createImportRunner', () => {
  let folder: string;
  let users: DatabaseSync;
  let port: number;
  let seen: readonly ServerState[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'import-thread-'));
    users = openDatabase(storeFiles(folder).users);
    prepareReportFolder(storeFiles(folder).imports);
    port = 1;
  });

  afterEach(() => {
    users.close();
    rmSync(folder, { recursive: true });
  });

  it('applies in its thread what a preview read, and the preview becomes the report', async () => {
    await preview('preview', 2500);
    const phases: string[] = [];

    const summary = await run({ jobId: 'job', kind: 'import', request, previewId: 'preview' }, never, ({ phase }) => phases.push(phase));

    expect(summary).toMatchObject({ jobId: 'job', state: 'applied', counts: { add: 2500 } });
    expect(phases).toContain('writing');
    expect(users.prepare('SELECT count(*) AS n FROM users').get()).toEqual({ n: 2500 });
    expect(reports().summary('job').state).toBe('applied');
    expect(() => reports().summary('preview')).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it('gives the preview back when the import is cancelled before the commit', async () => {
    await preview('preview', 10);
    const holder = openDatabase(storeFiles(folder).users);
    holder.exec('BEGIN IMMEDIATE');
    const controller = new AbortController();
    const reason = new Error('stop');

    const outcome = run({ jobId: 'job', kind: 'import', request, previewId: 'preview' }, controller.signal, ({ phase }) => {
      if (phase !== 'writing' || controller.signal.aborted) return;
      controller.abort(reason);
      holder.exec('ROLLBACK');
    });

    await expect(outcome).rejects.toBe(reason);
    holder.close();
    expect(users.prepare('SELECT count(*) AS n FROM users').get()).toEqual({ n: 0 });
    expect(reports().summary('preview').state).toBe('preview');
  });

  it('says what the directory said when it cannot be read, and leaves a note', async () => {
    const outcome = run({ jobId: 'job', kind: 'import', request });

    await expect(outcome).rejects.toMatchObject({ name: 'AppError', code: 'refused' });
    expect(seen).toMatchObject([{ host: '127.0.0.1', port, answers: false, text: expect.stringContaining('nothing listens') }]);
    expect(reports().summary('job')).toMatchObject({ state: 'failed', read: { complete: false } });
  });

  it('stops reading a server that does not answer as soon as it is cancelled', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    port = (silent.address() as AddressInfo).port;
    const controller = new AbortController();
    silent.once('connection', () => controller.abort(new Error('stop')));

    await expect(run({ jobId: 'job', kind: 'preview', request }, controller.signal)).rejects.toThrow('stop');

    silent.close();
    expect(() => reports().summary('job')).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it('starts nothing when it is cancelled already', async () => {
    await expect(run({ jobId: 'job', kind: 'preview', request }, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
  });

  function run(what: ImportRun, signal: AbortSignal = never, onProgress: (progress: ImportProgress) => void = () => undefined) {
    const runner = createImportRunner({
      workerFile: new URL('../../workers/importWorker.ts', import.meta.url),
      usersFile: storeFiles(folder).users.file,
      importsFolder: storeFiles(folder).imports,
      target: () =>
        Promise.resolve({
          settings: { ...defaultSettings.openldap, servers: [{ host: '127.0.0.1', port, security: 'none' }], allowPlainText: true },
          password: new Secret('secret'),
        }),
      serversSeen: (states) => (seen = states),
      log(error) {
        throw error;
      },
    });
    return runner.run(what, { signal, onProgress });
  }

  function reports() {
    return createReportFiles({ folder: storeFiles(folder).imports, wasApplied: (id) => wasImportApplied(users, id), now: () => 0 });
  }

  function preview(jobId: string, people: number) {
    const value = (name: string, index: number) => (name === 'entryUUID' ? `id-${index}` : name === 'uid' ? `user${index}` : undefined);
    return runImport(
      {
        jobId,
        kind: 'preview',
        request,
        settings: defaultSettings.openldap,
        storeFile: storeFiles(folder).users.file,
        stagingFile: stagingPath(storeFiles(folder).imports, jobId),
      },
      {
        async *readPeople(attributes) {
          const entries = Array.from({ length: people }, (_, index) => ({
            dn: `uid=user${index}`,
            values: attributes.map((name) => {
              const text = value(name, index);
              return text === undefined ? [] : [new TextEncoder().encode(text)];
            }),
          }));
          yield { entries, unreadable: [], expected: null };
          return { entries: people, complete: true, referrals: 0, milliseconds: 1 };
        },
        onProgress: () => undefined,
        onReportLost: () => undefined,
        throwIfCancelled: () => undefined,
        beginCommit: () => undefined,
        now: () => 1,
      },
    );
  }
});
