import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../shared/lib/secret.ts';
import { createTokenList } from '../../store/tokens/tokenList.ts';
import { createTokenRepository } from '../../store/tokens/tokenRepository.ts';
import { openTestStore, testSealer } from '../../store/tokens/testing.ts';
import type { Call, JobDefinition } from '../../runtime/call.ts';
import { createCodes, stepAt } from './tokenCodes.ts';
import { createTokenService } from './tokenService.ts';

const now = Date.UTC(2026, 10, 27, 12);
const seed = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const codes = createCodes(new Secret(Buffer.from('12345678901234567890').toString('base64')), { algorithm: 'SHA1', digits: 6 });
/** What a token shows whose clock is so many seconds ahead. */
const codeAhead = (seconds: number) => codes(stepAt(now + seconds * 1000, 30));

let store: ReturnType<typeof openTestStore>;
let notes: Record<string, unknown>[];
let changes: boolean[];
let jobs: JobDefinition[];
let call: Call;

beforeEach(() => {
  store = openTestStore();
  [notes, changes, jobs] = [[], [], []];
  call = {
    caller: { id: 'test', account: 'admin', access: new Set(['manage']) },
    signal: new AbortController().signal,
    ref: 'r',
    note: (details) => void notes.push({ ...details }),
  };
});
afterEach(() => store.close());

function service() {
  const list = createTokenList(store.database);
  return createTokenService({
    reader: {
      list: async (window) => list.list(window, now),
      count: async (selection) => list.count(selection, now),
      idsAt: async (asked) => list.idsAt(asked, now),
      placesOf: async (asked) => list.placesOf(asked, now),
      losses: async (ids) => list.losses(ids),
    },
    store: createTokenRepository(store.database, () => now),
    sealer: async () => testSealer,
    jobs: { start: async (_call, job) => `job-${jobs.push(job)}` },
    changed: (usersToo) => void changes.push(usersToo),
    now: () => now,
    pause: async () => {},
  });
}

/** A new token as the contract hands it over; `secret` is Base32. */
const newToken = (serial: string, more: Partial<Parameters<ReturnType<typeof service>['add']>[0]> = {}) => ({
  ...{ serial, secret: seed, encoding: 'base32' as const, kind: 'totp' as const, algorithm: 'SHA1' as const, digits: 6, interval: 30 },
  ...{ manufacturer: '', model: '', startsAt: null, expiresAt: null, counter: 0 },
  ...more,
});

describe('a token that is added', () => {
  it('is kept with its secret sealed, is given to its user, and never answers the secret', async () => {
    const anna = store.addUser('anna');

    const token = await service().add(newToken('  A-1 ', { userId: anna }), call);

    expect(token).toMatchObject({ serial: 'A-1', state: 'assigned', user: { username: 'anna' } });
    expect(store.user(anna)).toMatchObject({ has_token: 1, complete: 1 });
    expect(changes).toEqual([true]);
    const { secret } = store.database.prepare('SELECT secret FROM oath_tokens').get() as { secret: Uint8Array };
    expect(Buffer.from(secret).includes('12345678901234567890')).toBe(false);
    expect(JSON.stringify([token, notes])).not.toContain(seed);
  });

  it.each([
    [{ secret: seed.replace('Y3', 'Y0') }, 'secret-key-not-valid', /^Character 11 of the secret key, “0”, is not Base32/],
    [{ secret: `${seed}A` }, 'secret-key-not-valid', /A character is missing or one is too many/],
    [{ secret: seed, encoding: 'hex' as const }, 'secret-key-not-valid', /is not hexadecimal/],
    [{ serial: '   ' }, 'invalid-input', /serial number is missing/],
    [{ serial: 'x'.repeat(101) }, 'invalid-input', /101 characters/],
    [{ model: 'a\u0000b' }, 'invalid-input', /control character/],
    [{ startsAt: 2, expiresAt: 2 }, 'invalid-input', /expires before it starts/],
  ])('is refused with %j', async (wrong, code, message) => {
    const refused = await service()
      .add(newToken('A-1', wrong), call)
      .catch((error: unknown) => error);

    expect(refused).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(String((refused as Error).message)).not.toContain(seed.slice(0, 8));
    expect(store.database.prepare('SELECT count(*) AS n FROM oath_tokens').get()).toEqual({ n: 0 });
  });

  it('is refused when its serial number is known, in any letter case', async () => {
    const tokens = service();
    await tokens.add(newToken('A-1'), call);

    await expect(tokens.add(newToken('a-1'), call)).rejects.toMatchObject({ code: 'serial-taken', details: { serial: 'A-1' } });
    const { id } = await tokens.add(newToken('B-1'), call);
    await expect(tokens.edit({ id, changes: { serial: 'a-1' } }, call)).rejects.toMatchObject({ code: 'serial-taken' });
  });

  it('is not kept when its user does not exist', async () => {
    await expect(service().add(newToken('A-1', { userId: 99 }), call)).rejects.toMatchObject({ code: 'not-found' });
    expect(store.database.prepare('SELECT count(*) AS n FROM oath_tokens').get()).toEqual({ n: 0 });
  });
});

describe('a token that is changed', () => {
  it('is noted with what was before and after, without the secret', async () => {
    const tokens = service();
    const { id } = await tokens.add(newToken('A-1'), call);
    notes.length = 0;

    const changed = await tokens.edit(
      { id, changes: { model: ' c200 ', secret: { key: 'GE'.repeat(16), encoding: 'base32', counter: 0 } } },
      call,
    );

    expect(changed).toMatchObject({ model: 'c200' });
    expect(notes).toMatchObject([{ before: { model: '' }, after: { model: 'c200' }, secretReplaced: true }]);
    expect(JSON.stringify(notes)).not.toContain('GEGE');
  });

  it('loses its interval as HOTP and gets the usual one as TOTP again', async () => {
    const tokens = service();
    const { id } = await tokens.add(newToken('A-1', { interval: 60 }), call);

    expect(await tokens.edit({ id, changes: { kind: 'hotp' } }, call)).toMatchObject({ kind: 'hotp', interval: 0 });
    expect(await tokens.edit({ id, changes: { kind: 'totp' } }, call)).toMatchObject({ kind: 'totp', interval: 30 });
  });
});

describe('a token that two administrators change', () => {
  const newSecret = { key: 'GE'.repeat(16), encoding: 'base32' as const, counter: 0 };

  it('keeps what both changed to the first one, and tells the second one which fields', async () => {
    const tokens = service();
    const { id, ...base } = await tokens.add(newToken('A-1'), call);
    await tokens.edit({ id, base, changes: { model: 'c100', interval: 60 } }, call);
    changes.length = 0;

    const late = tokens.edit({ id, base, changes: { model: 'c200', kind: 'hotp', manufacturer: 'Feitian' } }, call);

    await expect(late).rejects.toMatchObject({ code: 'changed-meanwhile', details: { fields: 'model, kind, interval' } });
    expect(await tokens.get({ id }, call)).toMatchObject({ model: 'c100', manufacturer: '', kind: 'totp', interval: 60 });
    expect(changes).toEqual([]);
  });

  it('takes both changes where they are of different fields, or the same change', async () => {
    const tokens = service();
    const { id, ...base } = await tokens.add(newToken('A-1'), call);
    await tokens.edit({ id, base, changes: { model: 'c100', digits: 8 } }, call);

    const edited = await tokens.edit({ id, base, changes: { serial: 'A-2', digits: 8 } }, call);

    expect(edited).toMatchObject({ serial: 'A-2', model: 'c100', digits: 8 });
  });

  it('does not get a second secret over one that was replaced meanwhile, but is not kept from it by an assignment', async () => {
    const tokens = service();
    const { id, ...base } = await tokens.add(newToken('A-1'), call);
    await tokens.assign({ id, userId: store.addUser('anna') }, call);
    await tokens.edit({ id, base, changes: { secret: newSecret } }, call);
    const { secret: kept } = store.database.prepare('SELECT secret FROM oath_tokens').get() as { secret: Uint8Array };

    await expect(tokens.edit({ id, base, changes: { secret: newSecret } }, call)).rejects.toMatchObject({
      code: 'changed-meanwhile',
      details: { fields: 'secret' },
    });

    expect(store.database.prepare('SELECT secret FROM oath_tokens').get()).toEqual({ secret: kept });
  });

  it('is changed whatever it was before where nobody says what he saw', async () => {
    const tokens = service();
    const { id } = await tokens.add(newToken('A-1'), call);
    await tokens.edit({ id, changes: { model: 'c100' } }, call);

    expect(await tokens.edit({ id, changes: { model: 'c200' } }, call)).toMatchObject({ model: 'c200' });
  });
});

describe('a token that is assigned', () => {
  it('belongs to one user, and says to whom when another one asks', async () => {
    const [anna, bob] = [store.addUser('anna'), store.addUser('bob')];
    const tokens = service();
    const { id } = await tokens.add(newToken('A-1', { userId: anna }), call);

    await expect(tokens.assign({ id, userId: bob }, call)).rejects.toMatchObject({ code: 'token-assigned', details: { username: 'anna' } });
    expect(store.user(bob)).toMatchObject({ has_token: 0 });

    await tokens.unassign({ id }, call);
    expect(store.user(anna)).toMatchObject({ has_token: 0, complete: 0 });
    expect(await tokens.assign({ id, userId: bob }, call)).toMatchObject({ user: { username: 'bob' } });
  });

  it('is proved by a code only where the code is right', async () => {
    const anna = store.addUser('anna');
    const tokens = service();
    const { id } = await tokens.add(newToken('A-1'), call);

    await expect(tokens.assign({ id, userId: anna, code: '000000' }, call)).rejects.toMatchObject({ code: 'code-wrong' });
    expect(store.user(anna)).toMatchObject({ has_token: 0 });
    expect(await tokens.assign({ id, userId: anna, code: codeAhead(600) }, call)).toMatchObject({ driftSeconds: 600 });
  });
});

describe('a token that is resynchronised', () => {
  it('is found within an hour by one code and within a day by two', async () => {
    const tokens = service();
    const { id } = await tokens.add(newToken('A-1'), call);
    const far = 20 * 3600;

    expect(await tokens.resync({ id, code: codeAhead(-900) }, call)).toMatchObject({ driftSeconds: -900 });
    await expect(tokens.resync({ id, code: codeAhead(far) }, call)).rejects.toMatchObject({ code: 'code-wrong' });
    expect(await tokens.resync({ id, code: codeAhead(far), nextCode: codeAhead(far + 30) }, call)).toMatchObject({
      driftSeconds: far + 30,
    });
    await expect(tokens.resync({ id, code: codeAhead(far), nextCode: codeAhead(far + 60) }, call)).rejects.toMatchObject({
      code: 'code-wrong',
    });
  });

  it('needs two codes for HOTP, and says so', async () => {
    const tokens = service();
    const { id } = await tokens.add(newToken('H-1', { kind: 'hotp' }), call);

    await expect(tokens.resync({ id, code: codes(400) }, call)).rejects.toMatchObject({
      code: 'invalid-input',
      details: { field: 'nextCode' },
    });
    await tokens.resync({ id, code: codes(400), nextCode: codes(401) }, call);
    expect(store.database.prepare('SELECT counter FROM oath_tokens WHERE id = ?').get(id)).toEqual({ counter: 402 });
  });
});

describe('tokens that are removed', () => {
  it('go in parts, as a job that can be cancelled between them', async () => {
    const anna = store.addUser('anna');
    const tokens = service();
    const ids: number[] = [];
    for (let at = 0; at < 1_200; at++) ids.push((await tokens.add(newToken(`T-${at}`, at === 0 ? { userId: anna } : {}), call)).id);
    const cancel = new AbortController();
    changes.length = 0;

    expect(await tokens.remove({ ids }, call)).toEqual({ jobId: 'job-1' });
    const run = jobs[0]!.run({
      jobId: 'job-1',
      signal: cancel.signal,
      progress: ({ done = 0 }) => done >= 400 && cancel.abort(new Error('cancelled')),
      itemsFailed: () => {},
      itemsNoted: () => {},
    });

    await expect(run).rejects.toThrow('cancelled');
    expect(store.database.prepare('SELECT count(*) AS n FROM oath_tokens').get()).toEqual({ n: 800 });
    expect(store.user(anna)).toMatchObject({ has_token: 0 });
    expect(changes).toEqual([true]);
  });
});
