import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultCompanySettings } from '../../../shared/contract/companySettings.ts';
import type { ManyChanges, UserTarget } from '../../../shared/contract/userCommands.ts';
import type { UserRow } from '../../../shared/contract/users.contract.ts';
import type { Call, FailedItem } from '../../runtime/call.ts';
import { createPinPreparer } from '../../services/pins/pinPreparer.ts';
import { createSecretHashes } from '../../services/hashes/secretHashes.ts';
import { createTestPinPorts, createTestSealer } from '../../services/pins/testing.ts';
import { createManyUsers } from '../../services/users/manyUsers.ts';
import { noMails } from '../../services/users/testing.ts';
import { createPinRepository } from '../pins/pinRepository.ts';
import { createTestStore, createRandom, inventUser, type TestStore } from './testing.ts';
import { readIds } from './userConnection.ts';
import { createUserRows } from './userRows.ts';
import { createUserWrites, openForWriting } from './userWrites.ts';

let store: TestStore;
let writing: ReturnType<typeof openForWriting>;
let clock: number;
beforeEach(() => {
  store = createTestStore();
  writing = openForWriting(store.file);
  clock = 1_000;
  store.database.exec(`INSERT INTO tags (name, name_key, color) VALUES ('VIP', 'vip', 'red'), ('Pilot', 'pilot', 'red')`);
});
afterEach(() => {
  writing.close();
  store.close();
});

const call: Call = {
  caller: { id: 'test', account: 'CORP\\admin', access: new Set(['manage']) },
  signal: new AbortController().signal,
  ref: 'r',
  note: () => {},
};

interface Ran {
  readonly done: number;
  readonly failed: FailedItem[];
  readonly error: unknown;
}

/** The service on a real store; a job runs at once and to its end. `onProgress` looks on. */
function setUp(onProgress: (done: number, cancel: () => void) => void = () => {}) {
  const ran: { -readonly [Name in keyof Ran]: Ran[Name] } = { done: 0, failed: [], error: undefined };
  const hashes = createSecretHashes(async () => createTestSealer());
  const preparer = createPinPreparer(createTestPinPorts(createPinRepository(store.database), hashes));
  const users = createManyUsers({
    jobs: {
      async start(_call, { run }) {
        const controller = new AbortController();
        const context = {
          jobId: 'j',
          signal: controller.signal,
          itemsFailed: (items: readonly FailedItem[]) => void ran.failed.push(...items),
          itemsNoted: () => {},
          progress({ done }: { done?: number }) {
            ran.done = done ?? ran.done;
            onProgress(ran.done, () => controller.abort(new Error('cancelled')));
          },
        };
        await run(context).catch((error: unknown) => (ran.error = error));
        return 'j';
      },
    },
    reader: { ids: () => Promise.resolve(readIds(store.database, 'SELECT id FROM users ORDER BY id')) },
    writer: createUserWrites(writing, () => clock),
    companySettings: () => defaultCompanySettings,
    initialPins: preparer.prepareInitial,
    mails: noMails,
    usersChanged: () => {},
    now: () => performance.now(),
    pinExpirationDays: () => 0,
  });
  return { users, ran };
}

async function editMany(target: UserTarget, changes: ManyChanges): Promise<Ran> {
  const { users, ran } = setUp();
  await users.editMany({ target, changes }, call);
  return ran;
}

const person = (id: number, more: Partial<UserRow> = {}): UserRow => ({
  ...inventUser(id, createRandom(id)),
  username: `user${id}`,
  method: 'call',
  mode: 'standard',
  phone: `+1425555${String(id).padStart(4, '0')}`,
  phoneValid: true,
  enabled: true,
  hasPin: false,
  mustChangePin: false,
  complete: true,
  userGroup: 'Sales',
  ...more,
});
const everybody: UserTarget = { where: { search: '' } };
const read = (id: number) => createUserRows(store.database).get({ id });
const count = (sql: string) => Number(Object.values(store.database.prepare(sql).get()!)[0]);

describe('users.editMany', () => {
  it('changes what is given, of everybody, and keeps completeness right', async () => {
    store.write([person(1), person(2, { phone: '', phoneValid: false, complete: false }), person(3)]);
    const before = count('SELECT max(seq) FROM users_unindexed');

    const ran = await editMany(everybody, { method: { method: 'oath', mode: 'token' }, userGroup: ' IT ', pinRules: { minLength: 6 } });

    expect(ran).toMatchObject({ done: 3, failed: [], error: undefined });
    expect(read(1)).toMatchObject({ method: 'oath', mode: 'token', userGroup: 'IT', complete: false, missing: ['token'], revision: 2 });
    expect(read(1)).toMatchObject({ pinRules: { minLength: 6, history: null }, updatedAt: 1_000, enabled: true });
    expect(count(`SELECT count(*) FROM users_unindexed WHERE seq > ${before}`)).toBe(3);

    await editMany(everybody, { method: 'company' });
    expect([read(1), read(2)]).toMatchObject([
      { method: 'call', mode: 'standard', complete: true },
      { complete: false, missing: ['phone'] },
    ]);
  });

  it('notes who disabled them in which job, of those who were not disabled before', async () => {
    store.write([person(1), person(2, { enabled: false })]);

    await editMany(everybody, { enabled: false, userGroup: 'IT' });

    expect(read(1)).toMatchObject({ enabled: false, enabledSince: { at: 1_000, account: 'CORP\\admin', jobId: 'j' } });
    expect(read(2)).toMatchObject({ userGroup: 'IT', enabledSince: null });
  });

  it('leaves alone who is so already', async () => {
    store.write([person(1), person(2, { enabled: false })]);

    expect(await setUp().users.previewMany({ target: { ids: [1, 2, 2, 99] }, changes: { enabled: false } }, call)).toEqual({
      matched: 2,
      changing: 1,
    });
    await editMany(everybody, { enabled: false });

    expect([read(1), read(2)]).toMatchObject([
      { revision: 2, enabled: false },
      { revision: 1, enabled: false },
    ]);
  });

  it('reports chosen users who are gone, and changes the others', async () => {
    store.write([person(1)]);

    const ran = await editMany({ ids: [99, 1] }, { enabled: false });

    expect(ran).toMatchObject({ done: 2, failed: [{ item: '99', code: 'not-found' }] });
    expect(read(1)).toMatchObject({ enabled: false });
  });

  it('adds and takes tags', async () => {
    store.write([person(1), person(2)]);
    store.database.exec('INSERT INTO user_tags VALUES (1, 1)');

    expect(await setUp().users.previewMany({ target: everybody, changes: { addTags: [1] } }, call)).toMatchObject({ changing: 1 });
    await editMany(everybody, { addTags: [1] });
    expect([read(1), read(2)]).toMatchObject([
      { tags: [1], revision: 1 },
      { tags: [1], revision: 2 },
    ]);

    await editMany({ ids: [1] }, { addTags: [2], removeTags: [1] });
    expect([read(1), read(2)]).toMatchObject([{ tags: [2] }, { tags: [1] }]);
    expect((await editMany(everybody, { addTags: [77] })).error).toMatchObject({ code: 'invalid-input', details: { field: 'tags' } });
  });

  it.each([
    [{}, 'changes'],
    [{ userGroup: 'x'.repeat(300) }, 'userGroup'],
    [{ method: { method: 'oath', mode: 'pin' } }, 'mode'],
    [{ languages: { app: '?' } }, 'languageApp'],
    [{ addTags: [1], removeTags: [1] }, 'tags'],
  ] as const)('refuses %j before anything starts', async (changes, field) => {
    await expect(setUp().users.editMany({ target: everybody, changes: changes as ManyChanges }, call)).rejects.toMatchObject({
      code: 'invalid-input',
      details: { field },
    });
  });

  it('stops between two parts when it is cancelled; who was changed stays so', async () => {
    store.write(Array.from({ length: 3_000 }, (_, index) => person(index + 1)));
    const { users, ran } = setUp((done, cancel) => done > 0 && cancel());

    await users.editMany({ target: everybody, changes: { enabled: false } }, call);

    expect(ran.error).toMatchObject({ message: 'cancelled' });
    expect(ran.done).toBeLessThan(3_000);
    expect(count('SELECT count(*) FROM users WHERE enabled = 0')).toBe(ran.done);
  });

  it('overwrites nothing of a user who is changed while it runs', async () => {
    store.write(Array.from({ length: 2_500 }, (_, index) => person(index + 1)));
    const { users } = setUp((done) => {
      if (done > 0) store.database.exec(`UPDATE users SET first_name = 'Meanwhile', revision = revision + 1 WHERE id IN (1, 2500)`);
    });

    await users.editMany({ target: everybody, changes: { userGroup: 'IT' } }, call);

    expect([read(1), read(2500)]).toMatchObject([
      { firstName: 'Meanwhile', userGroup: 'IT' },
      { firstName: 'Meanwhile', userGroup: 'IT' },
    ]);
  });

  it('gives everybody a PIN of his own together with the mode that needs it', async () => {
    store.write([person(1), person(2)]);

    const ran = await editMany({ ids: [1, 2, 99] }, { method: { method: 'call', mode: 'pin' }, pin: 'initial' });

    expect(ran.failed).toMatchObject([{ item: '99', code: 'not-found' }]);
    expect(read(2)).toMatchObject({ mode: 'pin', hasPin: true, complete: true, mustChangePin: true, pin: { isInitial: true } });
    expect(count('SELECT count(DISTINCT record) FROM user_pins')).toBe(2);

    await editMany(everybody, { pin: 'none' });
    expect(read(2)).toMatchObject({ hasPin: false, complete: false, missing: ['pin'], pin: { isInitial: false } });
    expect(count('SELECT count(*) FROM user_pins')).toBe(0);
  });
});

describe('the recycle bin', () => {
  const remove = async (target: UserTarget) => {
    const { users, ran } = setUp();
    await users.remove({ target }, call);
    return ran;
  };
  const restore = async (ids: number[]) => {
    const { users, ran } = setUp();
    await users.restore({ ids }, call);
    return ran;
  };

  it('keeps a removed user as he was, and brings him back with all that belongs to him', async () => {
    store.write([person(1), person(2)]);
    store.database
      .exec(`UPDATE users SET directory_id = 'guid-' || id, has_pin = 1; INSERT INTO user_pins VALUES (1, 'r', NULL), (2, 'r', NULL);
      INSERT INTO user_tags VALUES (1, 2)`);
    const before = read(1)!;

    await remove({ ids: [1] });

    expect(read(1)).toBeNull();
    expect(await setUp().users.removed({ search: 'USER1', offset: 0, limit: 10 }, call)).toEqual({
      total: 1,
      users: [
        expect.objectContaining({
          id: 1,
          username: 'user1',
          removedAt: 1_000,
          removedBy: 'CORP\\admin',
          forgottenAt: 1_000 + 30 * 86_400_000,
        }),
      ],
    });
    expect(await setUp().users.removed({ search: 'user2', offset: 0, limit: 10 }, call)).toMatchObject({ total: 0 });

    clock = 2_000;
    expect(await restore([1, 99])).toMatchObject({ failed: [{ item: '99', code: 'not-found' }] });

    expect(read(1)).toEqual({ ...before, revision: before.revision + 1, updatedAt: 2_000 });
    expect(count('SELECT count(*) FROM removed_users')).toBe(0);
    expect(count('SELECT count(*) FROM users_unindexed WHERE user_id = 1')).toBe(3);
  });

  it('finds nothing wrong with users who are in the list already, as after a removal that was stopped', async () => {
    store.write([person(1), person(2)]);
    await remove({ ids: [1] });

    expect((await restore([1, 2])).failed).toEqual([]);

    expect(read(2)).toMatchObject({ username: 'user2', revision: 1 });
  });

  it('says who has the name or the identifier of somebody who should come back', async () => {
    store.write([person(1), person(2), person(3)]);
    store.database.exec(`UPDATE users SET directory_id = 'guid-' || id`);
    await remove({ ids: [1, 2, 3] });
    store.write([person(4, { username: 'USER1' }), person(5)]);
    store.database.exec(`UPDATE users SET directory_id = 'guid-2' WHERE id = 5`);

    const ran = await restore([1, 2, 3]);

    expect(ran.failed).toMatchObject([
      { item: 'user1', code: 'username-taken', text: expect.stringContaining('USER1') },
      { item: 'user2', code: 'conflict', text: expect.stringContaining('user5') },
    ]);
    expect(read(3)).toMatchObject({ username: 'user3' });
    expect(count('SELECT count(*) FROM removed_users')).toBe(2);
  });

  it('brings back the last removed of two with one name', async () => {
    store.write([person(1, { username: 'anna' })]);
    await remove({ ids: [1] });
    store.write([person(2, { username: 'Anna' })]);
    clock = 2_000;
    await remove({ ids: [2] });

    expect(await restore([1, 2])).toMatchObject({ failed: [{ item: 'anna', code: 'username-taken' }] });
    expect(read(2)).toMatchObject({ username: 'Anna' });
  });

  it('never gives the id of a removed user to somebody else', async () => {
    store.write([person(1), person(2)]);
    await remove(everybody);

    const { lastInsertRowid } = store.database
      .prepare(
        `INSERT INTO users (username, username_key, method, mode, enabled, complete, created_at, updated_at) VALUES ('x', 'x', 'call', 'standard', 1, 0, 1, 1)`,
      )
      .run();

    expect(lastInsertRowid).toBe(3);
  });

  it('forgets with everything, and frees the tokens', async () => {
    store.write([person(1), person(2)]);
    store.database.exec(`INSERT INTO user_pins VALUES (1, 'r', NULL), (2, 'r', NULL); INSERT INTO user_pin_history VALUES (1, 1, 'r');
      INSERT INTO user_tags VALUES (1, 1); INSERT INTO user_devices (user_id, name, type, token, activated_at) VALUES (1, 'Phone', 'apns', x'00', 1);
      INSERT INTO user_answers SELECT 1, min(id), 'r' FROM security_questions;
      INSERT INTO oath_tokens (serial, serial_key, kind, algorithm, digits, period, secret, user_id, added_at, updated_at) VALUES ('1', '1', 'totp', 'SHA1', 6, 30, x'00', 1, 1, 1)`);
    await remove({ ids: [1] });

    const { users, ran } = setUp();
    await users.forget({ ids: [1, 2] }, call);

    expect(ran.failed).toMatchObject([{ item: '2', code: 'not-found' }]);
    for (const table of ['user_pins', 'user_pin_history', 'user_tags', 'user_devices', 'user_answers', 'oath_tokens'])
      expect(count(`SELECT count(*) FROM ${table} WHERE user_id = 1`), table).toBe(0);
    expect(count('SELECT count(*) FROM oath_tokens')).toBe(1);
    expect(count('SELECT count(*) FROM user_pins')).toBe(1);
    expect(read(2)).not.toBeNull();
  });

  it('forgets after 30 days', async () => {
    store.write([person(1), person(2)]);
    await remove({ ids: [1] });
    clock = 5_000;
    await remove({ ids: [2] });
    const forget = (now: number) =>
      createManyUsers({ writer: createUserWrites(writing, () => now), now: () => now } as unknown as Parameters<
        typeof createManyUsers
      >[0]).forgetOld(call.signal);

    await forget(1_001 + 30 * 86_400_000);

    expect(store.database.prepare('SELECT id FROM removed_users').all()).toEqual([{ id: 2 }]);
  });

  it('forgets the device that is taken from a user', async () => {
    store.write([person(1, { method: 'app' })]);
    store.database.exec(
      `INSERT INTO user_devices (user_id, name, type, token, activated_at) VALUES (1, 'Phone', 'apns', x'00', 1); UPDATE users SET has_app = 1, complete = 1`,
    );

    await setUp().users.removeDevice({ id: 1, deviceId: 1 }, call);

    expect(read(1)).toMatchObject({ devices: [], complete: false, missing: ['app'] });
    await expect(setUp().users.removeDevice({ id: 1, deviceId: 1 }, call)).rejects.toMatchObject({ code: 'not-found' });
  });
});
