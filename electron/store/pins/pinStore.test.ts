import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../shared/lib/secret.ts';
import { createSecretHashes } from '../../services/hashes/secretHashes.ts';
import { createImportPins } from '../../services/pins/importPins.ts';
import { createInitialPins } from '../../services/pins/initialPins.ts';
import { createPinPreparer } from '../../services/pins/pinPreparer.ts';
import { createTestPinPorts, createTestSealer } from '../../services/pins/testing.ts';
import { createRandom, createTestStore, inventUser, type TestStore } from '../users/testing.ts';
import { createPinRepository } from './pinRepository.ts';
import { clearPins, writePins } from './writePins.ts';

const anna = { ...inventUser(1, createRandom(1)), method: 'call' as const, mode: 'pin' as const, phone: '+19134884271', phoneValid: true };
const bob = { ...inventUser(2, createRandom(2)), method: 'call' as const, mode: 'pin' as const, phone: '', phoneValid: false };

let store: TestStore;
beforeEach(() => {
  store = createTestStore();
  store.write([
    { ...anna, hasPin: false, mustChangePin: false, complete: false },
    { ...bob, hasPin: false, mustChangePin: false, complete: false },
  ]);
});
afterEach(() => store.close());

const hashes = createSecretHashes(async () => createTestSealer());
const rowOf = (id: number) =>
  store.database.prepare('SELECT has_pin, pin_set_at, must_change_pin, complete, revision FROM users WHERE id = ?').get(id);
const subjectOf = (id: number) => createPinRepository(store.database).subjects([id])[0]!;

async function setPin(pin: string, rules = {}, now = 1) {
  const repository = createPinRepository(store.database);
  const preparer = createPinPreparer(createTestPinPorts(repository, hashes, rules));
  const prepared = await preparer.prepare(subjectOf(1), new Secret(pin));
  return repository.write([{ userId: 1, pin: prepared }], now);
}

describe('setting a PIN', () => {
  it('makes the user complete and is noted in his row', async () => {
    expect(await setPin('2749', {}, 7_000)).toEqual([1]);

    expect(rowOf(1)).toEqual({ has_pin: 1, pin_set_at: 7_000, must_change_pin: 0, complete: 1, revision: 2 });
    expect(store.database.prepare('SELECT user_id FROM users_unindexed ORDER BY seq DESC LIMIT 1').get()).toEqual({ user_id: 1 });
  });

  it('keeps no PIN in clear', async () => {
    await setPin('274953', { history: 5 });
    await setPin('385164', { history: 5 });

    const stored = JSON.stringify(store.database.prepare('SELECT * FROM user_pins, user_pin_history').all());
    expect(stored).not.toContain('274953');
    expect(stored).not.toContain('385164');
    expect(stored).toContain('$scrypt$ln=14,r=8,p=1');
  });

  it('refuses what the rules forbid, with every reason', async () => {
    await expect(setPin('111')).rejects.toMatchObject({ code: 'pin-refused', details: { reasons: 'too-short,repeating' } });
    await expect(setPin('4884')).rejects.toMatchObject({ code: 'pin-refused', details: { reasons: 'phone' } });
    expect(rowOf(1)).toMatchObject({ has_pin: 0, revision: 1 });
  });

  it('refuses the last PINs as many as the history rule says, and no older ones', async () => {
    const rules = { history: 3 };
    for (const [at, pin] of ['2749', '3851', '4962', '5073'].entries()) await setPin(pin, rules, at + 1);

    for (const pin of ['5073', '4962', '3851']) {
      await expect(setPin(pin, rules, 9), pin).rejects.toMatchObject({ code: 'pin-refused', details: { reasons: 'history' } });
    }
    expect(await setPin('2749', rules, 9)).toEqual([1]);
    expect(createPinRepository(store.database).records(1).earlier).toHaveLength(2);
  });

  it('forgets old PINs where there is no history rule', async () => {
    await setPin('2749', { history: 5 }, 1);
    await setPin('3851', {}, 2);

    expect(createPinRepository(store.database).records(1).earlier).toEqual([]);
    expect(await setPin('3851', {}, 3)).toEqual([1]);
  });

  it('does not overwrite a PIN that somebody else set meanwhile', async () => {
    const repository = createPinRepository(store.database);
    const preparer = createPinPreparer(createTestPinPorts(repository, hashes));
    const mine = await preparer.prepare(subjectOf(1), new Secret('2749'));
    await setPin('3851');

    expect(await repository.write([{ userId: 1, pin: mine }], 5)).toEqual([]);
  });

  it('can be done within the transaction of somebody who adds the user', async () => {
    const repository = createPinRepository(store.database);
    const preparer = createPinPreparer(createTestPinPorts(repository, hashes));
    const pin = await preparer.prepare({ ...subjectOf(1), id: null, phone: '+49309018260' }, new Secret('2749'));

    store.write([{ ...anna, id: 3, username: 'carl', hasPin: false, complete: false }]);

    expect(
      writePins(
        store.database,
        [
          { userId: 3, pin },
          { userId: 99, pin },
        ],
        5,
      ),
    ).toEqual([3]);
    expect(rowOf(3)).toMatchObject({ has_pin: 1, complete: 1 });
  });

  it('takes PINs away', async () => {
    await setPin('2749', { history: 5 });
    await setPin('3851', { history: 5 });

    clearPins(store.database, [1], 9);

    expect(rowOf(1)).toMatchObject({ has_pin: 0, pin_set_at: null, complete: 0 });
    expect(createPinRepository(store.database).records(1)).toEqual({ current: null, earlier: [] });
  });
});

describe('initial PINs', () => {
  it('are given to everybody, have to be changed, and wait sealed until they are mailed', async () => {
    const repository = createPinRepository(store.database);
    const ports = createTestPinPorts(repository, hashes, { minLength: 6 });
    const progress: number[] = [];

    const missed = await createPinPreparer(ports).assignInitial([1, 2, 99], {
      signal: new AbortController().signal,
      progress: (done) => progress.push(done),
    });

    expect(missed).toEqual([99]);
    expect(progress).toEqual([3]);
    expect(rowOf(1)).toMatchObject({ has_pin: 1, must_change_pin: 1, complete: 1 });
    expect(rowOf(2)).toMatchObject({ has_pin: 1, must_change_pin: 1, complete: 0 });
    const pins = createInitialPins(ports);
    const waiting = (await pins.take(1))!;
    expect(waiting.pin.reveal()).toMatch(/^\d{6}$/);
    expect(await ports.hashes.matches('pin', waiting.pin, repository.records(1).current!, 'now')).toBe(true);

    await pins.mailed(1, waiting.record);

    expect(await pins.take(1)).toBeNull();
    expect(repository.records(1).current).toBe(waiting.record);
  });

  it('are for those who are new with an import, need a PIN and have none', async () => {
    const repository = createPinRepository(store.database);
    const set = (id: number, values: string) => store.database.exec(`UPDATE users SET ${values} WHERE id = ${id}`);
    set(1, `import_job = 'j', created_at = 5, imported_at = 5, mode = 'pin'`);
    set(2, `import_job = 'j', created_at = 5, imported_at = 5, method = 'text', mode = 'two-way-otp-pin'`);
    expect(repository.newWithoutPin('j')).toEqual([1, 2]);
    expect(repository.newWithoutPin('other')).toEqual([]);

    const pins = createImportPins({
      ...createTestPinPorts(repository, hashes),
      preparer: createPinPreparer(createTestPinPorts(repository, hashes)),
    });
    set(2, 'imported_at = 9');
    const progress: number[][] = [];
    await pins.assign('j', { signal: new AbortController().signal, progress: (...step) => progress.push(step) });

    expect(progress).toEqual([
      [0, 1],
      [1, 1],
    ]);
    expect([rowOf(1), rowOf(2)]).toMatchObject([{ has_pin: 1 }, { has_pin: 0 }]);
    expect(repository.newWithoutPin('j')).toEqual([]);
  });

  it('are not erased by the mail of an earlier one', async () => {
    const repository = createPinRepository(store.database);
    const ports = createTestPinPorts(repository, hashes);
    const job = { signal: new AbortController().signal, progress: () => {} };
    const pins = createInitialPins(ports);
    await createPinPreparer(ports).assignInitial([1], job);
    const first = (await pins.take(1))!;
    await createPinPreparer(ports).assignInitial([1], job);

    await pins.mailed(1, first.record);

    expect(await pins.take(1)).not.toBeNull();
  });

  it('that are told at about the same time are erased in one commit', async () => {
    const repository = createPinRepository(store.database);
    const commits: number[] = [];
    const counted = {
      ...repository,
      eraseInitial: (told: Parameters<typeof repository.eraseInitial>[0]) => (commits.push(told.length), repository.eraseInitial(told)),
    };
    const ports = createTestPinPorts(counted, hashes);
    const pins = createInitialPins(ports);
    await createPinPreparer(ports).assignInitial([1, 2], { signal: new AbortController().signal, progress: () => {} });
    const [one, two] = [(await pins.take(1))!, (await pins.take(2))!];

    await Promise.all([pins.mailed(1, one.record), pins.mailed(2, two.record)]);

    expect(commits).toEqual([2]);
    expect([await pins.take(1), await pins.take(2)]).toEqual([null, null]);
  });

  it('stop where the job is cancelled, and nobody has half of one', async () => {
    const ports = createTestPinPorts(createPinRepository(store.database), hashes);
    const controller = new AbortController();

    const running = createPinPreparer(ports).assignInitial([1, 2], { signal: controller.signal, progress: () => {} });
    controller.abort(new Error('cancelled'));

    await expect(running).rejects.toThrow('cancelled');
    expect([rowOf(1), rowOf(2)]).toMatchObject([{ has_pin: 0 }, { has_pin: 0 }]);
  });
});

it('waits for a writer in another process without stopping this one', async () => {
  const other = new DatabaseSync(store.file);
  other.exec('BEGIN IMMEDIATE');
  let ticks = 0;
  const ticking = setInterval(() => ticks++, 1);

  const writing = setPin('2749');
  await new Promise((resolve) => setTimeout(resolve, 400));
  const during = ticks;
  other.exec('COMMIT');

  expect(await writing).toEqual([1]);
  expect(during).toBeGreaterThan(20);
  clearInterval(ticking);
  other.close();
});
