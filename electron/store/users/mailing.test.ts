import metadata from 'libphonenumber-js/max/metadata';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultCompanySettings } from '../../../shared/contract/companySettings.ts';
import { defaultEmailSettings, type EmailSettings } from '../../../shared/contract/email.contract.ts';
import type { ManyChanges, UserTarget } from '../../../shared/contract/userCommands.ts';
import type { UserRow } from '../../../shared/contract/users.contract.ts';
import { createPhoneParser } from '../../../shared/phones/phoneParser.ts';
import { createShippedTemplates } from '../../platform/mail/mailTemplates.ts';
import type { Call, FailedItem } from '../../runtime/call.ts';
import { createMailMaker, mailPinContext } from '../../services/email/mailMaker.ts';
import { createUserMails } from '../../services/email/userMails.ts';
import { createSecretHashes } from '../../services/hashes/secretHashes.ts';
import { createImportPins } from '../../services/pins/importPins.ts';
import { createInitialPins } from '../../services/pins/initialPins.ts';
import { createPinPreparer } from '../../services/pins/pinPreparer.ts';
import { createTestPinPorts, createTestSealer } from '../../services/pins/testing.ts';
import { createManyUsers } from '../../services/users/manyUsers.ts';
import { createUserEditing } from '../../services/users/userEditing.ts';
import { createMailReaders } from '../mail/mailReaders.ts';
import { createOutboxRepository } from '../mail/outboxRepository.ts';
import { mailTables } from '../migrations/0001_mail.ts';
import { mailTemplateTables } from '../migrations/0002_mail_templates.ts';
import { mailHours } from '../migrations/0003_mail_hours.ts';
import { mailLists } from '../migrations/0004_mail_lists.ts';
import { mailMinutes } from '../migrations/0005_mail_minutes.ts';
import { createPinRepository } from '../pins/pinRepository.ts';
import { createRandom, createTestStore, inventUser, type TestStore } from './testing.ts';
import { readIds } from './userConnection.ts';
import { createUserRows } from './userRows.ts';
import { createUserWrites, openForWriting } from './userWrites.ts';

const call: Call = {
  caller: { id: 'test', account: 'admin', access: new Set(['manage']) },
  signal: new AbortController().signal,
  ref: 'r',
  note: () => {},
};
const templates = createShippedTemplates(join(import.meta.dirname, '..', '..', '..', 'assets', 'email'));
const hashes = createSecretHashes(async () => createTestSealer());
const sealer = createTestSealer();

let store: TestStore;
let writing: DatabaseSync;
let mailFile: DatabaseSync;
let settings: EmailSettings;
let clock: number;
let running: string;
/** A campaign that came with a backup. */
let restored: string;
beforeEach(() => {
  store = createTestStore();
  writing = openForWriting(store.file);
  mailFile = new DatabaseSync(':memory:');
  mailFile.exec(mailTables);
  mailFile.exec(mailTemplateTables);
  mailFile.exec(mailHours);
  mailFile.exec(mailLists);
  mailFile.exec(mailMinutes);
  settings = { ...defaultEmailSettings, from: 'mfa@corp.example', portalUrl: 'https://mfa.corp.example' };
  clock = 1_000_000;
  running = restored = '';
});
afterEach(() => {
  writing.close();
  mailFile.close();
  store.close();
});

/** The services on real stores, without threads. `add` stands for the outbox where a test wants it to fail. */
function setUp({ add }: { add?: () => Promise<number> } = {}) {
  const outbox = createOutboxRepository(mailFile);
  const writes = createUserWrites(writing, () => clock);
  const pins = createTestPinPorts(createPinRepository(store.database), hashes);
  const preparer = createPinPreparer(pins);
  const mails = createUserMails({
    intents: writes,
    add: add ?? outbox.add,
    maker: createMailMaker({
      settings: () => settings,
      company: () => defaultCompanySettings,
      templates,
      serverName: 'mfa1',
      takePin: createInitialPins(pins).take,
      sealer: async () => sealer,
    }),
    settings: () => settings,
    isHeld: (campaign) => campaign === restored,
    readUsers: createMailReaders(store.database),
    isRunning: (campaign) => campaign === running,
    givePins: (campaign, signal) => createImportPins({ ...pins, preparer }).assign(campaign, { signal, progress: () => undefined }),
    pause: () => Promise.resolve(),
    now: () => clock,
    changed: () => {},
    log: () => {},
  });
  const failed: FailedItem[] = [];
  const noted: FailedItem[] = [];
  let campaigns = 0;
  const users = createUserEditing({
    reader: { get: (key) => Promise.resolve(createUserRows(store.database).get(key)) },
    writer: writes,
    companySettings: () => defaultCompanySettings,
    createPhoneParser: (country) => createPhoneParser(metadata, country),
    preparePin: preparer.prepare,
    mails,
    newId: () => `c${(campaigns += 1)}`,
    usersChanged: () => {},
  });
  const many = createManyUsers({
    jobs: {
      async start(_call, { run }) {
        await run({
          jobId: 'job',
          signal: new AbortController().signal,
          progress: () => {},
          itemsFailed: (items) => void failed.push(...items),
          itemsNoted: (items) => void noted.push(...items),
        });
        return 'job';
      },
    },
    reader: { ids: () => Promise.resolve(readIds(store.database, 'SELECT id FROM users ORDER BY id')) },
    writer: writes,
    companySettings: () => defaultCompanySettings,
    initialPins: preparer.prepareInitial,
    mails,
    usersChanged: () => {},
    now: () => performance.now(),
    pinExpirationDays: () => 0,
  });
  return { users, many, mails, writes, failed, noted };
}

async function mailed(): Promise<string[]> {
  const { mails } = await createOutboxRepository(mailFile).list({ search: '', offset: 0, limit: 100 });
  return mails.map(({ username, template, state }) => `${username} ${template} ${state}`).sort();
}
const intents = () => Number(Object.values(store.database.prepare('SELECT count(*) FROM mail_intents').get()!)[0]);

const person = (id: number, more: Partial<UserRow> = {}): UserRow => ({
  ...inventUser(id, createRandom(id)),
  username: `user${id}`,
  email: `user${id}@corp.example`,
  method: 'call',
  mode: 'standard',
  phone: `+1425555${String(id).padStart(4, '0')}`,
  phoneValid: true,
  backupPhone: '',
  backupPhoneValid: false,
  enabled: true,
  hasPin: false,
  mustChangePin: false,
  complete: true,
  ...more,
});
const everybody: UserTarget = { where: { search: '' } };

describe('one user', () => {
  it('who is added is mailed once, with the PIN that was given, sealed', async () => {
    const { users } = setUp();

    const { mail } = await users.add(
      { username: 'anna@corp.example', phone: '+14255550100', method: 'call', mode: 'pin', pin: '273951', sendEmail: true },
      call,
    );

    expect(mail).toEqual({ template: 'call-pin-new-user', to: 'anna@corp.example', reason: 'can-sign-in-now', state: 'held' });
    expect(await mailed()).toEqual(['anna@corp.example call-pin-new-user held']);
    expect(intents()).toBe(0);
    const stored = createOutboxRepository(mailFile).get(1)!.mail;
    expect(sealer.open(mailPinContext(stored.messageId), stored.pin!.sealed).reveal()).toBe('273951');
    expect(JSON.stringify(mailFile.prepare('SELECT * FROM mails').all())).not.toContain('273951');
  });

  it('is not mailed where it was not asked for, or mails are off', async () => {
    const { users } = setUp();
    expect(await users.add({ username: 'anna@corp.example', phone: '+14255550100' }, call)).not.toHaveProperty('mail');

    settings = { ...settings, sendEmails: false };
    const { mail } = await users.add({ username: 'bob@corp.example', phone: '+14255550100', sendEmail: true }, call);

    expect(mail).toMatchObject({ template: null, reason: 'switched-off' });
    expect([await mailed(), intents()]).toEqual([[], 0]);
  });

  it('is not written where mails are wanted and there is no From', async () => {
    settings = { ...settings, from: '' };

    await expect(setUp().users.add({ username: 'anna@corp.example', sendEmail: true }, call)).rejects.toMatchObject({
      code: 'mail-not-ready',
    });
    expect(createUserRows(store.database).get({ username: 'anna@corp.example' })).toBeNull();
  });

  it('is told what changed that a mail tells, and of nothing else', async () => {
    store.write([person(1)]);
    const { users } = setUp();
    const edit = async (changes: Parameters<typeof users.edit>[0]['changes']) =>
      (await users.edit({ id: 1, changes, sendEmail: true }, call)).mail;

    expect(await edit({ userGroup: 'IT' })).toMatchObject({ template: null, reason: 'nothing-mailed-changed', state: null });
    expect(await edit({ phone: '+14255550199' })).toMatchObject({ template: 'call-standard-updated-user', state: 'held' });
    expect(await edit({ enabled: false })).toMatchObject({ template: null, reason: 'disabled' });
    expect(await edit({ enabled: true })).toMatchObject({ template: 'call-standard-new-user' });
    expect(await edit({ phone: '' })).toMatchObject({ template: 'call-standard-user-enrollment' });
    expect(await mailed()).toHaveLength(3);
    expect(intents()).toBe(0);
  });

  it('is foretold the mail that he then gets', async () => {
    store.write([person(1), person(2, { phone: '', phoneValid: false, complete: false })]);
    const { users } = setUp();

    for (const [id, changes] of [
      [1, { userGroup: 'IT' }],
      [1, { backupPhone: '+14255550123' }],
      [1, { method: 'text' as const }],
      [2, { phone: '+14255550124' }],
      [2, { email: '', firstName: 'B' }],
    ] as const) {
      const foretold = await users.previewMail({ id, changes, newPin: false }, call);
      expect((await users.edit({ id, changes, sendEmail: true }, call)).mail).toMatchObject(foretold);
    }
    const added = { username: 'new@corp.example', phone: '+14255550100', method: 'call', mode: 'pin' } as const;
    expect(await users.previewMail({ id: null, changes: added, newPin: false }, call)).toMatchObject({
      template: 'call-pin-user-enrollment',
    });
    expect(await users.previewMail({ id: null, changes: added, newPin: true }, call)).toMatchObject({ template: 'call-pin-new-user' });
  });
});

describe('many users', () => {
  const edit = async (changes: ManyChanges, sendEmail: 'none' | 'new' | 'new-and-updated') => {
    const all = setUp();
    const preview = await all.many.previewMany({ target: everybody, changes, sendEmail }, call);
    await all.many.editMany({ target: everybody, changes, sendEmail }, call);
    return { ...all, preview };
  };

  beforeEach(() =>
    store.write([
      person(1, { enabled: false }),
      person(2),
      person(3, { enabled: false, email: '' }),
      person(4, { enabled: false, phone: '', phoneValid: false, complete: false }),
      person(5, { enabled: false, email: 'no address' }),
    ]),
  );

  it('who are enabled get the mail that the preview counted, and the report says who gets none and why', async () => {
    const { preview, failed, noted } = await edit({ enabled: true }, 'new');

    expect(preview).toEqual({
      matched: 5,
      changing: 4,
      mails: {
        mails: 2,
        byTemplate: expect.arrayContaining([
          { template: 'call-standard-new-user', count: 1 },
          { template: 'call-standard-user-enrollment', count: 1 },
        ]),
        none: expect.arrayContaining([
          { reason: 'no-address', count: 1 },
          { reason: 'address-not-valid', count: 1 },
        ]),
      },
    });
    expect(await mailed()).toEqual(['user1 call-standard-new-user held', 'user4 call-standard-user-enrollment held']);
    expect(failed).toEqual([]);
    expect(noted.map(({ item, code }) => `${item} ${code}`)).toEqual(['user3 no-address', 'user5 address-not-valid']);
    expect(intents()).toBe(0);
  });

  it('are mailed about their data only where the action says so', async () => {
    const method = { method: { method: 'text', mode: 'one-way-otp' } } as const;

    const { preview } = await edit(method, 'new');
    expect(preview.mails).toMatchObject({ mails: 0 });
    expect(await mailed()).toEqual([]);

    const updated = await edit({ method: { method: 'call', mode: 'standard' } }, 'new-and-updated');
    expect(updated.preview.mails).toMatchObject({ mails: 1, byTemplate: [{ template: 'call-standard-updated-user', count: 1 }] });
    expect(await mailed()).toEqual(['user2 call-standard-updated-user held']);
  });

  it('with new PINs learn them, and who becomes complete by it is new', async () => {
    store.write([person(2, { mode: 'pin', complete: false }), person(6, { mode: 'pin', hasPin: true })]);
    store.database.exec("INSERT INTO user_pins (user_id, record) VALUES (6, 'old')");

    const { preview } = await edit({ pin: 'initial' }, 'new-and-updated');

    expect(preview.mails!.byTemplate).toEqual(
      expect.arrayContaining([
        { template: 'call-pin-new-user', count: 1 },
        { template: 'call-pin-updated-user', count: 1 },
      ]),
    );
    expect(await mailed()).toEqual(['user2 call-pin-new-user held', 'user6 call-pin-updated-user held']);
    expect(Number(mailFile.prepare('SELECT count(*) AS n FROM mails WHERE pin IS NOT NULL').get()!['n'])).toBe(2);
  });
});

describe('a process that ends between the users and their mails', () => {
  it('loses no mail and makes none twice: who does the background work makes them', async () => {
    const dead = setUp({ add: () => Promise.reject(new Error('killed')) });
    const { mail } = await dead.users.add({ username: 'anna@corp.example', phone: '+14255550100', sendEmail: true }, call);
    expect(mail).toMatchObject({ template: 'call-standard-new-user', state: 'waiting' });
    expect([await mailed(), intents()]).toEqual([[], 1]);

    const next = setUp();
    await next.mails.queueLeftOver();
    expect(await mailed(), 'too early').toEqual([]);
    clock += 60_000;
    running = 'c1';
    await next.mails.queueLeftOver();
    expect(await mailed(), 'somebody is at it').toEqual([]);
    running = '';
    await next.mails.queueLeftOver();

    expect(await mailed()).toEqual(['anna@corp.example call-standard-new-user held']);
    expect(intents()).toBe(0);
  });

  it('is found also when the clock was set back after it had ended', async () => {
    const dead = setUp({ add: () => Promise.reject(new Error('killed')) });
    await dead.users.add({ username: 'anna@corp.example', phone: '+14255550100', sendEmail: true }, call);
    clock -= 86_400_000;
    await setUp().mails.queueLeftOver();

    expect(await mailed()).toEqual(['anna@corp.example call-standard-new-user held']);
  });

  it('had put the mail into the outbox already: it is not made again', async () => {
    store.write([person(1, { enabled: false })]);
    const { writes, mails } = setUp();
    const change = { fields: { enabled: true }, tags: { add: [], remove: [] }, pin: 'keep' } as const;
    await writes.editSome([1], change, [], { account: 'admin', jobId: 'job' }, { campaign: 'job', mailsUpdates: false });
    const kept = store.database.prepare('SELECT * FROM mail_intents').get()!;
    expect(await mails.queue('job', { progress: () => {}, none: () => {} })).toBe(1);

    // As if it had ended before it forgot.
    store.database
      .prepare(
        `INSERT INTO mail_intents VALUES (${Object.keys(kept)
          .map(() => '?')
          .join(', ')})`,
      )
      .run(...Object.values(kept));
    clock += 60_000;
    await mails.queueLeftOver();

    expect(await mailed()).toHaveLength(1);
    expect(intents()).toBe(0);
  });

  it('had not given those of an import their initial PINs: they get them, and mails that tell them', async () => {
    store.write([person(1, { mode: 'pin' }), person(2, { mode: 'pin', hasPin: true })]);
    store.database.exec(`UPDATE users SET import_job = 'import', imported_at = created_at`);
    store.database.exec(`INSERT INTO mail_intents SELECT 'import', id, 0, 0, 0, 0 FROM users`);

    await setUp().mails.queueLeftOver();

    expect(await mailed()).toEqual(['user1 call-pin-new-user held', 'user2 call-pin-new-user held']);
    expect(mailFile.prepare('SELECT user_id FROM mails WHERE pin IS NOT NULL').all()).toEqual([{ user_id: 1 }]);
  });

  it('waits until there is a From again', async () => {
    const dead = setUp({ add: () => Promise.reject(new Error('killed')) });
    await dead.users.add({ username: 'anna@corp.example', phone: '+14255550100', sendEmail: true }, call);
    clock += 60_000;
    settings = { ...settings, from: '' };
    await setUp().mails.queueLeftOver();
    expect(intents()).toBe(1);

    settings = { ...settings, from: 'mfa@corp.example' };
    await setUp().mails.queueLeftOver();

    expect(await mailed()).toHaveLength(1);
  });

  it('came with a backup that was restored: its mails are made, and held, because they may have gone', async () => {
    const dead = setUp({ add: () => Promise.reject(new Error('killed')) });
    await dead.users.add({ username: 'anna@corp.example', phone: '+14255550100', sendEmail: true }, call);
    clock += 60_000;
    restored = 'c1';
    // Elsewhere they would go at once.
    settings = { ...settings, mode: 'relay' };
    await setUp().mails.queueLeftOver();

    expect(await mailed()).toEqual([expect.stringMatching(/^anna@corp\.example .* held$/)]);
  });

  it('notes nobody whose change was not committed', async () => {
    store.write([person(1, { enabled: false })]);
    const { writes } = setUp();

    const change = { fields: { enabled: true }, tags: { add: [99], remove: [] }, pin: 'keep' } as const;
    await expect(
      writes.editSome([1], change, [], { account: 'admin', jobId: 'job' }, { campaign: 'job', mailsUpdates: true }),
    ).rejects.toMatchObject({
      code: 'invalid-input',
    });

    expect(intents()).toBe(0);
  });
});
