import metadata from 'libphonenumber-js/max/metadata';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultCompanySettings, type CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { UserChanges } from '../../../shared/contract/userCommands.ts';
import { createPhoneParser } from '../../../shared/phones/phoneParser.ts';
import type { Call } from '../../runtime/call.ts';
import { createSecretHashes } from '../../services/hashes/secretHashes.ts';
import { createPinPreparer } from '../../services/pins/pinPreparer.ts';
import { createTestPinPorts, createTestSealer } from '../../services/pins/testing.ts';
import { createUserEditing } from '../../services/users/userEditing.ts';
import type { UserReader } from '../../services/users/userReader.ts';
import { noMails } from '../../services/users/testing.ts';
import { createPinRepository } from '../pins/pinRepository.ts';
import { createTestStore, type TestStore } from './testing.ts';
import { createUserRows } from './userRows.ts';
import { createUserWrites, openForWriting } from './userWrites.ts';

let store: TestStore;
let writing: ReturnType<typeof openForWriting>;
let company: CompanySettings;
let notes: Record<string, unknown>;
beforeEach(() => {
  store = createTestStore();
  writing = openForWriting(store.file);
  company = defaultCompanySettings;
  notes = {};
});
afterEach(() => {
  writing.close();
  store.close();
});

const call: Call = {
  caller: { id: 'test', account: 'test', access: new Set(['manage']) },
  signal: new AbortController().signal,
  ref: 'r',
  note: (details) => Object.assign(notes, details),
};

const hashes = createSecretHashes(async () => createTestSealer());

/** The service on a real store; only the threads are left out. */
function users() {
  const read: Pick<UserReader, 'get'> = { get: (key) => Promise.resolve(createUserRows(store.database).get(key)) };
  return createUserEditing({
    reader: read,
    writer: { add: createUserWrites(writing, () => 17).add, edit: createUserWrites(writing, () => 18).edit },
    companySettings: () => company,
    createPhoneParser: (country) => createPhoneParser(metadata, country),
    preparePin: createPinPreparer(createTestPinPorts(createPinRepository(store.database), hashes, company.pinRules)).prepare,
    mails: noMails,
    newId: () => 'c',
    usersChanged: () => {},
  });
}

async function added(changes: Partial<UserChanges> & { username?: string } = {}) {
  const { id } = await users().add({ username: 'anna@corp.test', ...changes }, call);
  return createUserRows(store.database).get({ id })!;
}

const edited = async (id: number, changes: UserChanges, base?: object) => users().edit({ id, changes, ...(base && { base }) }, call);

describe('users.add', () => {
  it('gives a new user what Company Settings say', async () => {
    company = {
      ...defaultCompanySettings,
      defaultCountry: 'DE',
      userDefaults: { ...defaultCompanySettings.userDefaults, method: 'text', textMode: 'two-way-otp-pin', globalServices: false },
    };

    const anna = await added({ firstName: ' Anna ', lastName: 'Müller', phone: '030 901820 x12' });

    expect(anna).toMatchObject({
      firstName: 'Anna',
      phone: '+4930901820',
      phoneValid: true,
      extension: '12',
      method: 'text',
      mode: 'two-way-otp-pin',
      globalServices: false,
      enabled: true,
      mustChangePin: true,
      complete: false,
      missing: ['pin'],
      revision: 1,
      createdAt: 17,
      whenDisabled: null,
      origin: { kind: 'manual' },
    });
    expect(store.database.prepare('SELECT name_key, username_key FROM users').get()).toEqual({
      name_key: 'muller\tanna',
      username_key: 'anna@corp.test',
    });
    expect(store.database.prepare('SELECT user_id FROM users_unindexed').all()).toEqual([{ user_id: anna.id }]);
  });

  it('refuses a username that somebody has in other letters, and names him', async () => {
    await added({ username: 'Änna@corp.test' });

    await expect(added({ username: ' äNNA@CORP.test ' })).rejects.toMatchObject({
      code: 'username-taken',
      details: { takenBy: 'Änna@corp.test', field: 'username' },
    });
  });

  it.each([
    [{ username: '  ' }, 'username', 'required'],
    [{ firstName: 'x'.repeat(300) }, 'firstName', 'too-long'],
    [{ username: 'x'.repeat(513) }, 'username', 'too-long'],
    [{ lastName: 'Mil\nler' }, 'lastName', 'control-characters'],
    [{ userGroup: 'half \ud83d' }, 'userGroup', 'control-characters'],
    [{ email: 'anna at corp' }, 'email', 'not-an-address'],
    [{ extension: '12b' }, 'extension', 'not-an-extension'],
    [{ method: 'app', mode: 'one-way-otp' }, 'mode', 'not-of-method'],
    [{ languages: { text: 'english!' } }, 'languageText', 'not-a-language'],
    [{ tags: [7] }, 'tags', 'unknown'],
  ] as const)('refuses %j', async (changes, field, problem) => {
    await expect(added(changes as UserChanges)).rejects.toMatchObject({ code: 'invalid-input', details: { field, problem } });
    expect(store.database.prepare('SELECT count(*) AS n FROM users').get()).toEqual({ n: 0 });
  });

  it('tells the limit of a long name', async () => {
    await expect(added({ lastName: 'é'.repeat(300) })).rejects.toMatchObject({
      details: { limit: 256 },
      message: expect.stringContaining('256'),
    });
  });

  it('takes any script, and emoji', async () => {
    expect(await added({ username: '王小明😀', firstName: '😀', lastName: "O'Hara <b>" })).toMatchObject({
      username: '王小明😀',
      firstName: '😀',
    });
  });

  it.each([
    ['425-555-0100 x890', undefined, '+14255550100', '890'],
    ['(425) 555-0100', undefined, '+14255550100', ''],
    ['425 555 0100 ext. 12,,3#', undefined, '+14255550100', '12,,3#'],
    ['030 901820', 'de', '+4930901820', ''],
    ['+44 20 7946 0018', 'US', '+442079460018', ''],
  ])('reads the phone %j in %s', async (phone, phoneCountry, e164, extension) => {
    expect(await added({ phone, phoneCountry })).toMatchObject({ phone: e164, extension, phoneValid: true, complete: true });
  });

  it.each([
    ['425-555-010', 'US', 'has 9'],
    ['030 901820', 'US', 'has 9'],
    ['42', 'DE', 'country DE'],
    ['ask Bob', 'US', 'has 0'],
    ['+49', 'US', 'no phone number'],
  ])('refuses the phone %j in %s', async (backupPhone, backupPhoneCountry, why) => {
    await expect(added({ backupPhone, backupPhoneCountry })).rejects.toMatchObject({
      code: 'phone-not-valid',
      details: { field: 'backupPhone', country: backupPhoneCountry },
      message: expect.stringContaining(why),
    });
  });
});

describe('users.edit', () => {
  it('changes what is given, and records what it was', async () => {
    const anna = await added({ firstName: 'Anna', lastName: 'Miller', phone: '425-555-0100' });

    const after = await edited(anna.id, { lastName: 'Smith', phone: '', pinRules: { minLength: 6 }, languages: { call: 'de' } });

    expect(after).toMatchObject({
      firstName: 'Anna',
      lastName: 'Smith',
      phone: '',
      phoneValid: false,
      complete: false,
      missing: ['phone'],
      pinRules: { minLength: 6, history: null },
      languages: { call: 'de', text: '' },
      revision: 2,
      updatedAt: 18,
    });
    expect(store.database.prepare('SELECT name_key FROM users').get()).toEqual({ name_key: 'smith\tanna' });
    expect(notes).toMatchObject({ before: { lastName: 'Miller', phone: '+14255550100' }, after: { lastName: 'Smith', phone: '' } });
  });

  it('notes who enabled or disabled the user last, and nothing where he was so already', async () => {
    const anna = await added();
    expect(anna.enabledSince).toEqual({ at: 17, account: call.caller.account, jobId: '' });

    await edited(anna.id, { enabled: true, firstName: 'Anna' });
    expect(createUserRows(store.database).get({ id: anna.id })?.enabledSince?.at).toBe(17);

    expect(await edited(anna.id, { enabled: false })).toMatchObject({ enabledSince: { at: 18, account: call.caller.account, jobId: '' } });
  });

  it('writes nothing where nothing is different', async () => {
    const anna = await added({ phone: '425-555-0100' });

    expect(await edited(anna.id, { phone: '(425) 555 0100', enabled: true })).toMatchObject({ revision: 1 });
  });

  it('finds a mode when only the method is changed', async () => {
    const anna = await added();

    expect(await edited(anna.id, { method: 'oath' })).toMatchObject({ method: 'oath', mode: 'token', missing: ['token'] });
    await expect(edited(anna.id, { mode: 'pin' })).rejects.toMatchObject({ details: { field: 'mode' } });
  });

  it('keeps text of the directory that no form would take, as long as nobody touches it', async () => {
    const anna = await added();
    store.database.exec(`UPDATE users SET phone = 'ask Bob', email = 'nobody'`);

    const after = await edited(anna.id, { phone: 'ask Bob', email: 'nobody', firstName: 'Anna' });

    expect(after).toMatchObject({ phone: 'ask Bob', phoneValid: false, email: 'nobody', firstName: 'Anna' });
    await expect(edited(anna.id, { phone: 'ask Tom' })).rejects.toMatchObject({ code: 'phone-not-valid' });
  });

  it('keeps what others changed in other fields', async () => {
    const base = await added({ firstName: 'Anna', userGroup: 'Sales' });
    await edited(base.id, { userGroup: 'Support' });

    const after = await edited(base.id, { firstName: 'Anne', userGroup: 'Sales' }, base);

    expect(after).toMatchObject({ firstName: 'Anne', userGroup: 'Support', revision: 3 });
  });

  it('names the fields that others changed to something else, and writes nothing', async () => {
    const base = await added({ firstName: 'Anna', phone: '425-555-0100', userGroup: 'Sales' });
    await edited(base.id, { userGroup: 'Support', phone: '425-555-0199' });

    await expect(edited(base.id, { firstName: 'Anne', userGroup: 'IT', extension: '12' }, base)).rejects.toMatchObject({
      code: 'changed-meanwhile',
      details: { fields: 'userGroup, extension' },
    });
    expect(createUserRows(store.database).get({ id: base.id })).toMatchObject({ firstName: 'Anna', revision: 2 });
  });

  it('does not mind when both changed it to the same', async () => {
    const base = await added({ phone: '425-555-0100' });
    await edited(base.id, { phone: '425-555-0199' });

    expect(await edited(base.id, { phone: '+1 425 555 0199' }, base)).toMatchObject({ phone: '+14255550199', revision: 2 });
  });

  it('adds and takes tags of two administrators', async () => {
    store.database.exec(`INSERT INTO tags (name, name_key, color) VALUES ('A', 'a', 'red'), ('B', 'b', 'red'), ('C', 'c', 'red')`);
    const base = await added({ tags: [1] });
    await edited(base.id, { tags: [1, 2] }, base);

    expect(await edited(base.id, { tags: [3] }, base)).toMatchObject({ tags: [2, 3] });
  });

  it('says that the user is gone', async () => {
    await expect(edited(99, { firstName: 'x' })).rejects.toMatchObject({ code: 'not-found', details: { user: '99' } });
  });

  it('waits for another writer', async () => {
    const anna = await added();
    store.database.exec('BEGIN IMMEDIATE');
    const done = edited(anna.id, { firstName: 'Anna' });
    setTimeout(() => store.database.exec('COMMIT'), 100);

    expect(await done).toMatchObject({ firstName: 'Anna' });
  });
});

describe('a PIN', () => {
  const withPin = { method: 'call', mode: 'pin', phone: '+19134884271' } as const;

  it('is set with the user who is added, or with other changes, and makes him complete', async () => {
    const anna = await added({ ...withPin, pin: '2749', mustChangePin: false });
    expect(anna).toMatchObject({ hasPin: true, complete: true, mustChangePin: false, revision: 1, pin: { setAt: 17, isInitial: false } });

    const later = await edited(anna.id, { pin: '3851', lastName: 'Miller' });
    expect(later).toMatchObject({ hasPin: true, lastName: 'Miller', pin: { setAt: 18 } });
    expect(JSON.stringify(notes)).not.toContain('3851');
    expect(notes).toMatchObject({ pin: 'changed' });
  });

  it('is held against the phones and rules that the same change brings, and nothing is written when it is refused', async () => {
    const anna = await added(withPin);

    await expect(added({ ...withPin, username: 'bob', pin: '4884' })).rejects.toMatchObject({ code: 'pin-refused' });
    await expect(edited(anna.id, { backupPhone: '+49309018260', pin: '9018' })).rejects.toMatchObject({ details: { reasons: 'phone' } });
    await expect(edited(anna.id, { pinRules: { minLength: 8 }, pin: '2749' })).rejects.toMatchObject({ details: { reasons: 'too-short' } });

    expect(createUserRows(store.database).get({ id: anna.id })).toMatchObject({ hasPin: false, backupPhone: '', revision: 1 });
    expect(createUserRows(store.database).get({ username: 'bob' })).toBeNull();
  });

  it('is not used again while the history rule counts it', async () => {
    company = { ...defaultCompanySettings, pinRules: { ...defaultCompanySettings.pinRules, history: 2 } };
    const anna = await added({ ...withPin, pin: '2749' });
    await edited(anna.id, { pin: '3851' });

    await expect(edited(anna.id, { pin: '2749' })).rejects.toMatchObject({ code: 'pin-refused', details: { reasons: 'history' } });
  });
});
