import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importRequest } from '../../../shared/contract/imports.contract.ts';
import type { Person } from '../../../shared/directory/mappingPerson.ts';
import { openDatabase } from '../database.ts';
import { storeFiles } from '../storeFiles.ts';
import { createStagingFile } from './stagingFile.ts';
import { openImportConnection } from './storeImport.ts';

const request = importRequest.parse({ scope: { kind: 'containers', dns: ['dc=test'], below: true }, updateExisting: true });
const fields = ['username', 'dn', 'lastName', 'accountDisabled'] as const;

/**
 * Another process: takes the right to write, changes the list, and commits when the import has long compared and waits for
 * that right. (Were the import so slow that it compares only then, the test would pass without a reason, but never fail without one.)
 */
const otherWriter = (file: string, change: string) => `
  const { parentPort } = require('node:worker_threads');
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(${JSON.stringify(file)});
  database.exec('BEGIN IMMEDIATE');
  database.exec(${JSON.stringify(change)});
  parentPort.postMessage('holding');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700);
  database.exec('COMMIT');
  database.close();
`;

describe('an import while somebody else changes the list', () => {
  let folder: string;
  let users: ReturnType<typeof openDatabase>;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'concurrent-'));
    users = openDatabase(storeFiles(folder).users);
  });
  afterEach(() => {
    users.close();
    rmSync(folder, { recursive: true });
  });

  it('decides anew about whom the change concerns', async () => {
    add('old', 'id-1');
    const staged = stage([
      ['id-1', 'renamed'],
      ['id-2', 'ben'],
      ['id-3', 'cat'],
    ]);
    const change = `${insert('Ben', null)}; ${insert('cat', 'id-3')}; UPDATE users SET last_name = 'Before' WHERE username = 'cat';`;

    const { counts } = await applyWhile(staged, change);

    expect(counts).toMatchObject({ add: 0, update: 2, unchanged: 0, skipped: 1 });
    expect(users.prepare('SELECT username, directory_id, last_name FROM users ORDER BY id').all()).toEqual([
      { username: 'renamed', directory_id: 'id-1', last_name: 'Somebody' },
      { username: 'Ben', directory_id: null, last_name: '' },
      { username: 'cat', directory_id: 'id-3', last_name: 'Somebody' },
    ]);
  });

  it('adds again who was removed meanwhile', async () => {
    add('ann', 'id-1');
    const staged = stage([['id-1', 'ann']]);

    const { counts } = await applyWhile(staged, `INSERT INTO users_unindexed (user_id) SELECT id FROM users; DELETE FROM users;`);

    expect(counts).toMatchObject({ add: 1, update: 0 });
    expect(users.prepare('SELECT username FROM users').all()).toEqual([{ username: 'ann' }]);
  });

  async function applyWhile(staged: string, change: string) {
    const connection = openImportConnection(storeFiles(folder).users.file, staged);
    const writer = new Worker(otherWriter(storeFiles(folder).users.file, change), { eval: true });
    await once(writer, 'message');
    try {
      return connection.apply('job', 1, () => undefined);
    } finally {
      connection.close();
      await once(writer, 'exit');
    }
  }

  function insert(username: string, directoryId: string | null): string {
    const id = directoryId === null ? 'NULL' : `'${directoryId}'`;
    return `INSERT INTO users (username, username_key, method, mode, enabled, complete, directory_id, created_at, updated_at)
      VALUES ('${username}', '${username.toLowerCase()}', 'call', 'standard', 1, 0, ${id}, 1, 1);
      INSERT INTO users_unindexed (user_id) VALUES (last_insert_rowid())`;
  }

  function add(username: string, directoryId: string): void {
    users.exec(insert(username, directoryId));
  }

  function stage(people: readonly (readonly [id: string, username: string])[]): string {
    const file = join(folder, 'staged.db');
    const summary = {
      jobId: 'job',
      state: 'running' as const,
      request,
      counts: { add: 0, update: 0, unchanged: 0, skipped: 0, warnings: 0 },
      read: { entries: people.length, complete: true, referrals: 0, milliseconds: 1 },
      startedAt: 0,
      milliseconds: 0,
    };
    const staging = createStagingFile(file, new Set(fields), { summary, fields });
    staging.add(
      people.map(([directoryId, username]) => ({
        person: { ...nobody, directoryId, username, dn: `cn=${username}` },
        skip: null,
        warnings: [],
      })),
      [],
    );
    staging.close();
    return file;
  }
});

const nobody: Person = {
  directoryId: '',
  dn: '',
  username: '',
  firstName: '',
  lastName: 'Somebody',
  email: '',
  userGroup: '',
  description: '',
  phone: '',
  phoneValid: false,
  extension: '',
  backupPhone: '',
  backupPhoneValid: false,
  backupExtension: '',
  languageCall: '',
  languageText: '',
  languageApp: '',
  languageOath: '',
  sid: '',
  accountDisabled: false,
};
