import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReadSummary } from '../../shared/contract/common.ts';
import type { DirectorySettings } from '../../shared/contract/directory.contract.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { importRequest, type ImportRequest, type ImportRow, type ImportSummary } from '../../shared/contract/imports.contract.ts';
import type { UnreadablePerson } from '../../shared/directory/entry.ts';
import { defaultSettings } from '../services/directory/kinds.ts';
import type { ImportProgress } from '../services/imports/importPorts.ts';
import { createReportFiles, prepareReportFolder, stagingPath, wasImportApplied } from '../store/imports/reportFiles.ts';
import { openDatabase } from '../store/database.ts';
import { storeFiles } from '../store/storeFiles.ts';
import { runImport } from './runImport.ts';

interface TestPerson {
  readonly id: string;
  readonly username: string;
  readonly dn?: string;
  readonly first?: string;
  readonly last?: string;
  readonly mobile?: string | readonly string[];
  readonly disabled?: boolean;
}

describe('runImport', () => {
  let folder: string;
  let users: DatabaseSync;
  let jobs: number;
  let progress: ImportProgress[];

  beforeEach(() => {
    progress = [];
    folder = mkdtempSync(join(tmpdir(), 'import-'));
    users = openDatabase(storeFiles(folder).users);
    prepareReportFolder(storeFiles(folder).imports);
    jobs = 0;
  });

  afterEach(() => {
    users.close();
    rmSync(folder, { recursive: true });
  });

  it('adds everybody to an empty list and says so after the commit', async () => {
    const { summary, rows } = await imported([person('1', 'alice', { mobile: '+1 425 555 0100' }), person('2', 'bob')]);

    expect(summary).toMatchObject({ state: 'applied', counts: { add: 2, update: 0, unchanged: 0, skipped: 0, warnings: 0 } });
    expect(rows.map(({ outcome, username }) => [outcome, username])).toEqual([
      ['add', 'alice'],
      ['add', 'bob'],
    ]);
    expect(stored('username, phone, phone_valid, enabled, complete')).toEqual([
      { username: 'alice', phone: '+14255550100', phone_valid: 1, enabled: 1, complete: 1 },
      { username: 'bob', phone: '', phone_valid: 0, enabled: 0, complete: 0 },
    ]);
    expect(users.prepare('SELECT count(*) AS n FROM users_unindexed').get()).toEqual({ n: 2 });
  });

  it('computes a preview without writing a user', async () => {
    const { summary, rows } = await imported([person('1', 'alice')], {}, 'preview');

    expect(summary).toMatchObject({ state: 'preview', counts: { add: 1 } });
    expect(rows).toHaveLength(1);
    expect(stored('username')).toEqual([]);
  });

  it.each(['preview', 'import'] as const)('of kind %s has dealt with everybody at its end', async (kind) => {
    await imported([person('1', 'alice'), person('2', 'bob')], {}, kind);

    expect(progress.at(-1)).toMatchObject({ done: 2, total: 2 });
  });

  it('applies what a preview read, compared with the list as it is by then', async () => {
    await imported([person('1', 'alice'), person('2', 'bob')], {}, 'preview');
    addManually('bob');

    const { summary } = await applyPreview('job1');

    expect(summary.counts).toMatchObject({ add: 1, skipped: 1 });
    expect(stored('username').map(({ username }) => username)).toEqual(['bob', 'alice']);
  });

  it('writes nothing when nothing has changed', async () => {
    await imported([person('1', 'alice'), person('2', 'bob')]);
    const before = stored('*');
    const changes = users.prepare('SELECT count(*) AS n FROM users_unindexed').get();

    const { summary } = await imported([person('1', 'alice'), person('2', 'bob')], { updateExisting: true });

    expect(summary.counts).toMatchObject({ add: 0, update: 0, unchanged: 2 });
    expect(stored('*')).toEqual(before);
    expect(users.prepare('SELECT count(*) AS n FROM users_unindexed').get()).toEqual(changes);
  });

  it('follows people who were renamed and moved', async () => {
    await imported([person('1', 'alice', { last: 'Miller' })]);

    const { rows } = await imported([person('1', 'alice.smith', { last: 'Smith', dn: 'uid=alice,ou=Sales' })], { updateExisting: true });

    expect(stored('id, username, username_key, name_key, dn')).toEqual([
      { id: 1, username: 'alice.smith', username_key: 'alice.smith', name_key: 'smith', dn: 'uid=alice,ou=Sales' },
    ]);
    expect(rows[0]?.changes).toEqual(
      [
        { field: 'username', before: 'alice', after: 'alice.smith' },
        { field: 'dn', before: 'uid=alice', after: 'uid=alice,ou=Sales' },
        { field: 'lastName', before: 'Miller', after: 'Smith' },
      ].sort((a, b) => order(a.field) - order(b.field)),
    );
  });

  it('lets people swap usernames, also in a circle and with a newcomer behind', async () => {
    await imported([person('1', 'ann'), person('2', 'ben'), person('3', 'cat'), person('4', 'dan')]);

    const { summary } = await imported(
      [person('1', 'ben'), person('2', 'cat'), person('3', 'ann'), person('4', 'dan.old'), person('5', 'Dan')],
      { updateExisting: true },
    );

    expect(summary.counts).toMatchObject({ add: 1, update: 4, skipped: 0 });
    expect(stored('directory_id, username')).toEqual([
      { directory_id: '1', username: 'ben' },
      { directory_id: '2', username: 'cat' },
      { directory_id: '3', username: 'ann' },
      { directory_id: '4', username: 'dan.old' },
      { directory_id: '5', username: 'Dan' },
    ]);
  });

  it('refuses a chain of new names whose last one is taken', async () => {
    addManually('zoe');
    await imported([person('1', 'ann'), person('2', 'ben')]);

    const { rows } = await imported([person('1', 'ben'), person('2', 'zoe'), person('3', 'ann')], { updateExisting: true });

    expect(rows.map(({ outcome, reason, takenBy }) => [outcome, reason, takenBy])).toEqual([
      ['skipped', 'username-taken', 'uid=ben'],
      ['skipped', 'username-taken', 'zoe'],
      ['skipped', 'username-taken', 'uid=ann'],
    ]);
    expect(stored('username').map(({ username }) => username)).toEqual(['zoe', 'ann', 'ben']);
  });

  it.each(['zoe', 'ZOE', 'ｚｏｅ'])('never takes the username of a manual user: %s', async (username) => {
    addManually('Zoe');

    const { rows } = await imported([person('1', username)], { updateExisting: true });

    expect(rows[0]).toMatchObject({ outcome: 'skipped', reason: 'username-taken', takenBy: 'Zoe' });
    expect(stored('username, directory_id')).toEqual([{ username: 'Zoe', directory_id: null }]);
  });

  it('gives a username that comes twice to the first', async () => {
    const { rows } = await imported([
      person('1', 'Alice', { dn: 'uid=a,ou=1' }),
      person('2', 'alice', { dn: 'uid=a,ou=2' }),
      person('3', 'ben'),
    ]);

    expect(rows.map(({ outcome, reason, takenBy }) => [outcome, reason, takenBy])).toEqual([
      ['add', undefined, undefined],
      ['skipped', 'username-twice-in-read', 'uid=a,ou=1'],
      ['add', undefined, undefined],
    ]);
  });

  it('does not let a newcomer who is read first take the name of somebody who has it', async () => {
    await imported([person('2', 'alice')]);

    const { rows } = await imported([person('1', 'alice', { dn: 'uid=new' }), person('2', 'alice')], { updateExisting: true });

    expect(rows.map(({ outcome }) => outcome)).toEqual(['skipped', 'unchanged']);
  });

  it('reports an identifier that comes twice', async () => {
    const { rows } = await imported([person('1', 'alice'), person('1', 'ben')]);

    expect(rows[1]).toMatchObject({ outcome: 'skipped', reason: 'directory-id-twice-in-read', takenBy: 'uid=alice' });
    expect(stored('username')).toEqual([{ username: 'alice' }]);

    const again = await imported([person('1', 'alice'), person('1', 'ben')], { updateExisting: true });

    expect(again.rows.map(({ outcome }) => outcome)).toEqual(['unchanged', 'skipped']);
  });

  it('changes only the letter case of a username', async () => {
    await imported([person('1', 'alice')]);

    const { summary } = await imported([person('1', 'Alice')], { updateExisting: true });

    expect(summary.counts.update).toBe(1);
    expect(stored('username, username_key')).toEqual([{ username: 'Alice', username_key: 'alice' }]);
  });

  it('adds or updates only as the request allows, and says who is left out', async () => {
    await imported([person('1', 'alice')]);

    const updateOnly = await imported([person('1', 'alice2'), person('2', 'ben')], { addNew: false, updateExisting: true });
    const addOnly = await imported([person('1', 'alice3'), person('3', 'cat')], { addNew: true, updateExisting: false });

    expect(updateOnly.rows.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['update', undefined],
      ['skipped', 'not-existing'],
    ]);
    expect(addOnly.rows.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['skipped', 'not-new'],
      ['add', undefined],
    ]);
    expect(stored('username').map(({ username }) => username)).toEqual(['alice2', 'cat']);
  });

  it.each([
    ['none', [0, 0, 0]],
    ['new', [1, 1, 0]],
    ['new-with-phone', [0, 1, 0]],
    ['all', [1, 1, 0]],
  ] as const)('enables new people by the rule %s, but never whom the directory disables', async (enable, expected) => {
    await imported(
      [
        person('1', 'ann'),
        person('2', 'ben', { mobile: '+1 425 555 0100' }),
        person('3', 'cat', { mobile: '+1 425 555 0101', disabled: true }),
      ],
      { enable },
    );

    expect(stored('enabled').map(({ enabled }) => enabled)).toEqual(expected);
  });

  it('enables people of the list only by the rule "all", and disables nobody', async () => {
    await imported([person('1', 'ann'), person('2', 'ben')], { enable: 'none' });
    await imported([person('1', 'ann'), person('2', 'ben', { disabled: true })], { enable: 'all', updateExisting: true });
    expect(stored('enabled, account_disabled')).toEqual([
      { enabled: 1, account_disabled: 0 },
      { enabled: 0, account_disabled: 1 },
    ]);

    expect(stored('enabled_job')).toEqual([{ enabled_job: 'job2' }, { enabled_job: 'job1' }]);

    await imported([person('1', 'ann', { disabled: true })], { enable: 'all', updateExisting: true });
    expect(stored('enabled_job')[0]).toEqual({ enabled_job: 'job2' });

    expect(stored('enabled, account_disabled')[0]).toEqual({ enabled: 1, account_disabled: 1 });
  });

  it('keeps what cannot be parsed as the text of the directory, with a warning', async () => {
    const { rows, summary } = await imported([person('1', 'ann', { mobile: 'ask Bob' })]);

    expect(rows[0]?.warnings).toEqual([{ warning: 'phone-not-valid', field: 'phone', value: 'ask Bob' }]);
    expect(summary.counts.warnings).toBe(1);
    expect(stored('phone, phone_valid, complete')).toEqual([{ phone: 'ask Bob', phone_valid: 0, complete: 0 }]);
  });

  it('takes the first number that can be dialled where the directory has several, unless told otherwise', async () => {
    const { rows } = await imported([person('1', 'ann', { mobile: ['ask reception', '+44 20 7946 0123', '+44 20 7946 0124'] })]);

    expect(stored('phone, phone_valid')).toEqual([{ phone: '+442079460123', phone_valid: 1 }]);
    expect(rows[0]?.warnings).toEqual([{ warning: 'several-values', field: 'phone', value: '+442079460123' }]);
  });

  it('leaves several numbers to an administrator where told so, and his choice alone afterwards', async () => {
    const people = [person('1', 'ann', { mobile: ['+44 20 7946 0123', '+44 20 7946 0124'] })];
    const { rows } = await imported(people, {}, 'import', { phoneRule: 'ask' });
    expect(rows[0]?.warnings).toEqual([{ warning: 'choose-number', field: 'phone', value: '+44 20 7946 0123 · +44 20 7946 0124' }]);
    expect(stored('phone, complete, enabled')).toEqual([{ phone: '', complete: 0, enabled: 0 }]);

    users.exec(`UPDATE users SET phone = '+442079460124', phone_valid = 1, complete = 1`);
    await imported(people, { updateExisting: true }, 'import', { phoneRule: 'ask' });
    expect(stored('phone, complete')).toEqual([{ phone: '+442079460124', complete: 1 }]);
  });

  it('replaces a working number only by a working one', async () => {
    await imported([
      person('1', 'ann', { mobile: '+1 425 555 0100' }),
      person('2', 'ben', { mobile: '+1 425 555 0100' }),
      person('3', 'cat', { mobile: 'none' }),
    ]);

    await imported([person('1', 'ann', { mobile: 'n/a' }), person('2', 'ben', { mobile: '+1 425 555 0199' }), person('3', 'cat')], {
      updateExisting: true,
    });

    expect(stored('phone, phone_valid, complete')).toEqual([
      { phone: '+14255550100', phone_valid: 1, complete: 1 },
      { phone: '+14255550199', phone_valid: 1, complete: 1 },
      { phone: '', phone_valid: 0, complete: 0 },
    ]);
  });

  it('keeps what administrators set: method, and fields that are not read', async () => {
    await imported([person('1', 'ann', { mobile: '+1 425 555 0100' })]);
    users.exec(`UPDATE users SET method = 'app', has_app = 1, complete = 1, user_group = 'VPN', language_call = 'de'`);

    await imported([person('1', 'ann', { last: 'New' })], { updateExisting: true, phone: null });

    expect(stored('method, complete, user_group, language_call, phone, last_name')).toEqual([
      { method: 'app', complete: 1, user_group: 'VPN', language_call: 'de', phone: '+14255550100', last_name: 'New' },
    ]);
  });

  it('calls nobody complete who still needs a PIN', async () => {
    const mobile = '+1 425 555 0100';
    await imported([person('1', 'ann', { mobile })], { mode: 'pin' });
    await imported([person('2', 'ben', { mobile })], { method: 'text', mode: 'two-way-otp-pin' });
    await imported([person('1', 'ann', { mobile: '+1 425 555 0199' })], { updateExisting: true });

    expect(stored('username, mode, phone, must_change_pin, complete')).toEqual([
      { username: 'ann', mode: 'pin', phone: '+14255550199', must_change_pin: 1, complete: 0 },
      { username: 'ben', mode: 'two-way-otp-pin', phone: '+14255550100', must_change_pin: 1, complete: 0 },
    ]);
  });

  it.each([
    ['server-size-limit', 'size-limit'],
    ['server-time-limit', 'time-limit'],
    ['total-time-limit', 'time-limit'],
    ['paging-stuck', 'paging-stuck'],
    ['connection-lost', 'connection-lost'],
  ] as const)('applies nothing of a read that was cut by %s', async (cutBy, code) => {
    const outcome = imported([person('1', 'alice')], {}, 'import', { read: { complete: false, cutBy } });

    await expect(outcome).rejects.toMatchObject({ code, details: { entries: 1, cutBy } });
    expect(stored('username')).toEqual([]);
  });

  it('applies nothing when the directory fails midway, and says how many were read by then', async () => {
    const lost = new AppError('connection-lost', 'The connection was lost.');

    const outcome = imported([person('1', 'alice')], {}, 'import', { failAfterPages: lost });

    await expect(outcome).rejects.toMatchObject({ code: 'connection-lost', cause: lost, details: { entries: 1 } });
    expect(stored('username')).toEqual([]);
  });

  it('undoes everything when it is cancelled before the commit', async () => {
    await imported([person('1', 'alice')]);
    const before = stored('*');

    const outcome = imported([person('1', 'alice2'), person('2', 'ben')], { updateExisting: true }, 'import', { cancelAtCommit: true });

    await expect(outcome).rejects.toMatchObject({ code: 'cancelled' });
    expect(stored('*')).toEqual(before);
  });

  it('reports members who could not be read', async () => {
    const unreadable: UnreadablePerson[] = [{ dn: 'cn=gone', reason: 'member-not-readable' }];

    const { rows } = await imported([person('1', 'alice')], {}, 'import', { unreadable });

    expect(rows[1]).toMatchObject({ outcome: 'skipped', reason: 'member-not-readable', dn: 'cn=gone' });
  });

  it('adds many people to a small list as it adds few', async () => {
    await imported([person('0', 'user0')]);
    const many = Array.from({ length: 50 }, (_, index) => person(String(index), `user${index}`));

    const { summary } = await imported(many, { updateExisting: true });

    expect(summary.counts).toMatchObject({ add: 49, unchanged: 1 });
    const names = users.prepare(`SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'users' ORDER BY name`).all();
    expect(names.map(({ name }) => name)).toEqual(['users_directory_id', 'users_import_job', 'users_name', 'users_sid', 'users_username']);
    expect(users.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  });

  const order = (field: string): number => ['username', 'dn', 'firstName', 'lastName'].indexOf(field);

  function person(id: string, username: string, more: Partial<TestPerson> = {}): TestPerson {
    return { id, username, ...more };
  }

  function stored(columns: string): Record<string, unknown>[] {
    return users
      .prepare(`SELECT ${columns} FROM users ORDER BY id`)
      .all()
      .map((row) => ({ ...row }));
  }

  function addManually(username: string): void {
    users
      .prepare(
        `INSERT INTO users (username, username_key, method, mode, enabled, complete, created_at, updated_at)
         VALUES (?, ?, 'call', 'standard', 1, 0, 1, 1)`,
      )
      .run(username, username.toLowerCase());
    users.exec('INSERT INTO users_unindexed (user_id) VALUES (last_insert_rowid())');
  }

  interface Faults {
    readonly read?: Partial<ReadSummary>;
    readonly failAfterPages?: AppError;
    readonly cancelAtCommit?: boolean;
    readonly unreadable?: readonly UnreadablePerson[];
  }

  async function imported(
    people: readonly TestPerson[],
    request: Partial<ImportRequest> = {},
    kind: 'preview' | 'import' = 'import',
    { phoneRule = 'first-valid', ...faults }: Faults & { phoneRule?: DirectorySettings['phoneRule'] } = {},
  ): Promise<{ summary: ImportSummary; rows: ImportRow[] }> {
    const jobId = `job${(jobs += 1)}`;
    const summary = await runImport(
      {
        jobId,
        kind,
        request: importRequest.parse({ scope: { kind: 'containers', dns: ['dc=test'], below: true }, phone: 'mobile', ...request }),
        settings: { ...defaultSettings.other, attributes: { ...defaultSettings.other.attributes, userGroup: '' }, phoneRule },
        storeFile: storeFiles(folder).users.file,
        stagingFile: stagingPath(storeFiles(folder).imports, jobId),
      },
      ports({ people, ...faults }),
    );
    return { summary, rows: reports().rows(jobId, { onlyWarnings: false, offset: 0, limit: 1000 }).rows };
  }

  async function applyPreview(previewId: string): Promise<{ summary: ImportSummary }> {
    const { imports, users: store } = storeFiles(folder);
    const { request } = reports().summary(previewId);
    const summary = await runImport(
      { jobId: 'applied', kind: 'import', request, settings: null, storeFile: store.file, stagingFile: stagingPath(imports, previewId) },
      ports({ people: [] }),
    );
    return { summary };
  }

  function reports() {
    return createReportFiles({ folder: storeFiles(folder).imports, wasApplied: (id) => wasImportApplied(users, id), now: () => 0 });
  }

  function ports({ people, read, failAfterPages, cancelAtCommit, unreadable = [] }: Faults & { people: readonly TestPerson[] }) {
    return {
      async *readPeople(attributes: readonly string[]) {
        yield { entries: people.map((one) => entryOf(one, attributes)), unreadable, expected: null };
        if (failAfterPages) throw failAfterPages;
        return { entries: people.length, complete: true, referrals: 0, milliseconds: 1, ...read };
      },
      onProgress: (step: ImportProgress) => void progress.push(step),
      onReportLost(error: unknown) {
        throw error;
      },
      throwIfCancelled: () => undefined,
      beginCommit() {
        if (cancelAtCommit) throw new AppError('cancelled', 'The import was cancelled.');
      },
      now: () => 1000 + jobs,
    };
  }
});

function entryOf(person: TestPerson, attributes: readonly string[]) {
  const values: Record<string, string | readonly string[] | undefined> = {
    entryUUID: person.id,
    uid: person.username,
    givenName: person.first,
    sn: person.last,
    mobile: person.mobile,
    loginDisabled: person.disabled ? 'TRUE' : undefined,
  };
  return {
    dn: person.dn ?? `uid=${person.username}`,
    values: attributes.map((name) => [values[name] ?? []].flat().map((value) => new TextEncoder().encode(value))),
  };
}
