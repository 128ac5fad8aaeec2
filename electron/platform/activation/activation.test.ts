import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { CallOutput } from '../../../shared/activation/protocol.ts';
import type { ActivationPorts } from '../../services/activation/activationPorts.ts';
import { createAuthorityCalls } from './authorityClient.ts';
import { makeRequest } from './certificates.ts';
import { call, createTestServer, startTestAuthority } from './testing.ts';

let authority: Awaited<ReturnType<typeof startTestAuthority>>;
beforeAll(async () => void (authority = await startTestAuthority()));
afterAll(() => authority.stop());

const minutes = (count: number) => count * 60_000;

/** A server in a group of its own. */
async function activated(name: string, group: string) {
  const server = createTestServer(name);
  await server.activate(authority.url, await authority.credentials());
  await server.join({ newGroup: group });
  return server;
}

describe('credentials', () => {
  it('activate one server, even when two use them at once', async () => {
    const credentials = await authority.credentials();

    const outcomes = await Promise.allSettled(['a', 'b'].map((name) => createTestServer(name).activate(authority.url, credentials)));

    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'credentials-used' } });
  });

  it('activate the same server once more when its answer was lost, also by another process, and nobody else', async () => {
    const credentials = await authority.credentials();
    const calls = createAuthorityCalls();
    const certificates: string[] = [];
    let losses = 1;
    const losing: Partial<ActivationPorts> = {
      authorities: {
        certificates: calls.certificates,
        async call(name, ...rest) {
          const answer = await calls.call(name, ...rest);
          if (name === 'activate') certificates.push((answer as CallOutput<'activate'>).certificate);
          if (name === 'activate' && losses-- > 0) throw new AppError('connection-lost', 'The connection was lost.');
          return answer;
        },
      },
    };
    const server = createTestServer('twice', losing);
    await expect(server.activate(authority.url, credentials)).rejects.toMatchObject({ code: 'connection-lost' });
    const restarted = createTestServer('twice', losing, undefined, server.folder);

    await expect(createTestServer('thief').activate(authority.url, credentials)).rejects.toMatchObject({ code: 'credentials-used' });
    const { activation } = await restarted.activate(authority.url, credentials);

    expect(certificates).toHaveLength(2);
    expect(certificates[1]).toBe(certificates[0]);
    expect(await restarted.join({ newGroup: 'Twice' })).toMatchObject({ phase: 'joined' });
    expect((await restarted.contact()).contact.failure).toBeNull();
    expect((await authority.servers(null, call)).filter(({ name }) => name === 'twice')).toMatchObject([{ id: activation!.serverId }]);
    expect([...restarted.secrets.keys()]).toHaveLength(1);
  });

  it('are answered again for as long as they live and the server is active, also to two calls at once', async () => {
    const { request } = await makeRequest();
    const target = authority.target();
    const activate = ({ email, password }: { email: string; password: string }) =>
      createAuthorityCalls().call(
        'activate',
        { email, password: password.replaceAll('-', ''), request, server: { name: 'same', addresses: [], version: '1' } },
        target,
      );
    const [early, late] = [await authority.credentials(), await authority.credentials()];

    const [one, two] = await Promise.all([activate(early), activate(early)]);
    expect(two).toEqual(one);
    await authority.revoke({ serverId: one.serverId }, call);
    await expect(activate(early)).rejects.toMatchObject({ code: 'credentials-used' });
    await activate(late);
    authority.clock.now += minutes(10);
    await expect(activate(late)).rejects.toMatchObject({ code: 'credentials-expired' });
    authority.clock.now = Date.now();
  });

  it('live ten minutes by the clock of the authority; that they have expired is told to who has them', async () => {
    const credentials = await authority.credentials();
    authority.clock.now += minutes(10);
    const server = createTestServer('late', { now: () => authority.clock.now });

    await expect(server.activate(authority.url, credentials)).rejects.toMatchObject({ code: 'credentials-expired' });
    const other = await authority.credentials();
    await expect(server.activate(authority.url, { ...other, email: credentials.email })).rejects.toMatchObject({
      code: 'credentials-wrong',
    });
  });

  it('may be guessed five times; then nothing is hashed any more, and the right ones do not help', async () => {
    const [credentials, wrong] = [await authority.credentials(), await authority.credentials()];
    const server = createTestServer('guessing', { now: () => authority.clock.now });
    const guess = () => server.activate(authority.url, { email: credentials.email, password: wrong.password });
    for (let at = 0; at < 5; at++) await expect(guess()).rejects.toMatchObject({ code: 'credentials-wrong' });
    const hashed = authority.hashed.length;

    await expect(server.activate(authority.url, credentials)).rejects.toMatchObject({
      code: 'too-many-guesses',
      details: { retryAt: authority.clock.now + minutes(10) },
    });
    expect(authority.hashed).toHaveLength(hashed);
    authority.clock.now += minutes(10);
  });

  it('are not sent to an authority when they were mistyped, or when the keychain cannot keep what comes back', async () => {
    const credentials = await authority.credentials();
    const locked = new AppError('keychain-locked', 'The vault is sealed.');
    const server = createTestServer('locked', { vault: { check: () => Promise.reject(locked), put: never, take: never, forget: never } });
    const hashed = authority.hashed.length;

    await expect(server.activate(authority.url, credentials)).rejects.toBe(locked);
    await expect(createTestServer('typo').activate(authority.url, { ...credentials, email: 'k7q2m9xp@activation' })).rejects.toMatchObject({
      code: 'credentials-mistyped',
    });
    expect(authority.hashed).toHaveLength(hashed);
  });
});

const never = (): never => {
  throw new Error('must not be called');
};

it('is served again on the port that it had, where it is built in, until that ends', async () => {
  const own = await startTestAuthority();
  await own.endService();
  const server = createTestServer('own');
  await own.setBuiltIn({ port: 0 }, call);
  const { builtIn } = await own.state(null, call);
  expect(builtIn).toMatchObject({ url: expect.stringMatching(/^https:\/\/localhost:\d+#sha256=/) as string });
  await server.activate(builtIn!.url, await own.credentials());
  await server.join({ newGroup: 'Own' });

  await own.endService();
  expect((await server.contact()).contact.failure).toMatchObject({ code: 'refused' });
  await own.keep();
  expect((await server.contact()).contact.failure).toBeNull();

  await own.setBuiltIn({ port: null }, call);
  expect((await server.contact()).contact.failure).toMatchObject({ code: 'refused' });
  expect(await own.state(null, call)).toMatchObject({ listening: null, builtIn: null });
  await own.stop();
});

describe('a member', () => {
  beforeAll(() => void (authority.clock.now = Date.now()));

  it('is the master of a group that it made; when it leaves, the next one is', async () => {
    const first = await activated('first', 'Sales');
    const second = createTestServer('second');
    const { activation } = await second.activate(authority.url, await authority.credentials());
    const sales = activation!.groups.find(({ name }) => name === 'Sales')!;
    expect(sales.servers).toBe(1);
    expect(await second.join({ groupId: sales.id })).toMatchObject({ phase: 'joined', group: { role: 'subordinate' } });

    await first.deactivate();

    expect(await second.contact()).toMatchObject({ group: { role: 'master' }, members: [{ name: 'second', addresses: ['10.0.0.1'] }] });
    expect(await first.state(null, call)).toMatchObject({ phase: 'not-activated' });
    expect(first.secrets.size).toBe(0);
  });

  it('joins one group, which must exist or be new', async () => {
    const server = createTestServer('chooser');
    await server.activate(authority.url, await authority.credentials());

    await expect(server.join({ groupId: 'none' })).rejects.toMatchObject({ code: 'group-not-found' });
    await expect(server.join({ newGroup: 'SALES' })).rejects.toMatchObject({ code: 'group-taken' });
    await server.join({ newGroup: 'Branch' });
    await expect(server.join({ newGroup: 'Another' })).rejects.toMatchObject({ code: 'group-already-joined' });
  });

  it('that asks twice to join, because the answer was lost, is answered twice', async () => {
    const server = createTestServer('lost');
    let lose = true;
    const calls = createAuthorityCalls();
    const losing = createTestServer('lost', {
      authorities: {
        certificates: calls.certificates,
        async call(name, ...rest) {
          const answer = await calls.call(name, ...rest);
          if (name !== 'join' || !lose) return answer;
          lose = false;
          throw new AppError('connection-lost', 'The connection was lost.');
        },
      },
    });
    await losing.activate(authority.url, await authority.credentials());
    await expect(losing.join({ newGroup: 'Lost' })).rejects.toMatchObject({ code: 'connection-lost' });

    expect(await losing.join({ newGroup: 'Lost' })).toMatchObject({ phase: 'joined', group: { name: 'Lost', role: 'master' } });
    expect((await losing.contact()).contact.failure).toBeNull();
    await server.activate(authority.url, await authority.credentials());
    await expect(server.join({ newGroup: 'Lost' })).rejects.toMatchObject({ code: 'group-taken' });
  });

  it('that never joined a group has left a day later', async () => {
    await createTestServer('silent').activate(authority.url, await authority.credentials());
    const stateOf = async () => (await authority.servers(null, call)).find(({ name }) => name === 'silent')?.state;
    expect(await stateOf()).toBe('joining');

    authority.clock.now += minutes(25 * 60);

    expect(await stateOf()).toBe('left');
    authority.clock.now = Date.now();
  });

  it('shows the name of its company as the authority has it now', async () => {
    const server = await activated('renamed', 'Renamed');
    await authority.setCompany({ name: 'Contoso Ltd' }, call);

    expect((await server.contact()).activation).toMatchObject({ company: 'Contoso Ltd' });
    await authority.setCompany({ name: 'Contoso' }, call);
  });

  it('renews its certificate; the one before it is good until the next one is used', async () => {
    const server = await activated('renewing', 'Renewing');
    const before = new Map(server.secrets);

    authority.clock.now += 1;
    await server.renew();
    const after = new Map(server.secrets);
    before.forEach((identity, owner) => server.secrets.set(owner, identity));
    expect((await server.contact()).contact.failure).toBeNull();
    after.forEach((identity, owner) => server.secrets.set(owner, identity));
    expect((await server.contact()).contact.failure).toBeNull();
    before.forEach((identity, owner) => server.secrets.set(owner, identity));

    expect((await server.contact()).contact.failure).toMatchObject({ code: 'certificate-refused' });
  });

  it('is told when its activation was revoked, and may be activated again', async () => {
    const server = await activated('revoked', 'Revoked');
    const { activation } = await server.state(null, call);
    await authority.revoke({ serverId: activation!.serverId }, call);

    expect((await server.contact()).contact.failure).toMatchObject({ code: 'certificate-revoked' });
    await expect(server.activate(authority.url, await authority.credentials())).rejects.toMatchObject({ code: 'already-activated' });
    expect(await server.activate(authority.url, await authority.credentials(), true)).toMatchObject({ phase: 'activated' });
    expect(server.secrets.size).toBe(1);
  });

  it('changes no users and sends no mail once it is revoked, also while the authority is away, until it is activated again', async () => {
    const elsewhere = await startTestAuthority();
    const server = createTestServer('locked');
    const may = (service: string, method: string) => () => server.allow(service, method);
    expect(may('users', 'add')).not.toThrow();
    const { activation } = await server.activate(elsewhere.url, await elsewhere.credentials());
    await server.join({ newGroup: 'Locked' });
    expect((await server.contact()).readOnly).toBeNull();

    await elsewhere.revoke({ serverId: activation!.serverId }, call);
    expect((await server.contact()).readOnly).toMatchObject({ reason: 'revoked' });
    const { since } = (await server.contact()).readOnly!;
    server.clock.aheadMs = minutes(4);
    expect((await server.contact()).readOnly).toEqual({ reason: 'revoked', since });
    await elsewhere.stop();
    expect(await server.contact()).toMatchObject({ readOnly: { reason: 'revoked' }, contact: { failure: { code: 'refused' } } });
    for (const [service, method] of [
      ['users', 'add'],
      ['imports', 'start'],
      ['outbox', 'release'],
      ['verify', 'check'],
      ['pins', 'set'],
      ['bypasses', 'start'],
      ['questions', 'clear'],
      ['tokens', 'assign'],
      ['tags', 'assign'],
    ] as const) {
      expect(may(service, method)).toThrow(expect.objectContaining({ code: 'server-read-only' }) as Error);
    }
    for (const [service, method] of [
      ['imports', 'preview'],
      ['tokens', 'readImport'],
      ['outbox', 'cancel'],
      ['backups', 'create'],
      ['activation', 'activate'],
      ['constructor', 'x'],
    ] as const) {
      expect(may(service, method)).not.toThrow();
    }

    expect(await server.deactivate(true)).toMatchObject({ phase: 'not-activated', readOnly: { reason: 'revoked' } });
    expect(may('users', 'add')).toThrow('revoked');
    await server.activate(authority.url, await authority.credentials());
    expect((await server.state(null, call)).readOnly).toBeNull();
    expect(await server.deactivate()).toMatchObject({ phase: 'not-activated', readOnly: null });
  });

  it('changes no users once its certificate has expired, if its authority is another computer', async () => {
    const server = await activated('expired', 'Expired');
    server.clock.aheadMs = minutes(91 * 24 * 60);

    expect((await server.state(null, call)).readOnly).toMatchObject({ reason: 'expired' });
    expect(() => server.allow('tags', 'add')).toThrow('expired');
    const own = createTestServer('own');
    await own.activate(authority.url.replace('127.0.0.1', 'localhost'), await authority.credentials());
    own.clock.aheadMs = minutes(91 * 24 * 60);
    expect((await own.state(null, call)).readOnly).toBeNull();
  });

  it('is refused with the certificate of another group, of another authority, and with one that has expired', async () => {
    const [one, two] = [await activated('one', 'One'), await activated('two', 'Two')];
    const groupKeyOf = ({ secrets }: typeof one) => (JSON.parse([...secrets.values()][0]!.reveal()) as { groupKey: string }).groupKey;
    for (const [owner, identity] of one.secrets) {
      one.secrets.set(owner, new Secret(JSON.stringify({ ...(JSON.parse(identity.reveal()) as object), groupKey: groupKeyOf(two) })));
    }
    expect((await one.contact()).contact.failure).toMatchObject({ code: 'certificate-other-group' });

    const elsewhere = await startTestAuthority();
    const stranger = createTestServer('stranger');
    await stranger.activate(elsewhere.url, await elsewhere.credentials());
    for (const owner of two.secrets.keys()) two.secrets.set(owner, [...stranger.secrets.values()][0]!);
    expect((await two.contact()).contact.failure).toMatchObject({ code: 'certificate-refused' });
    await elsewhere.stop();

    const old = await activated('old', 'Old');
    authority.clock.now += minutes(91 * 24 * 60);
    expect((await old.contact()).contact.failure).toMatchObject({ code: 'certificate-refused' });
    // There is nothing left to leave.
    expect(await old.deactivate()).toMatchObject({ phase: 'not-activated' });
    authority.clock.now = Date.now();
  });

  it('moves to another authority and leaves the one before it', async () => {
    const server = await activated('moving', 'Moving');
    const elsewhere = await startTestAuthority();

    await server.activate(elsewhere.url, await elsewhere.credentials(), true);

    expect(await server.join({ newGroup: 'Moving' })).toMatchObject({ phase: 'joined', activation: { authorityUrl: elsewhere.url } });
    const left = (await authority.servers(null, call)).find(({ name }) => name === 'moving');
    expect(left).toMatchObject({ state: 'left', role: null });
    expect(server.secrets.size).toBe(1);
    await elsewhere.stop();
  });

  it('keeps when the authority was there last, and since when it is away', async () => {
    const elsewhere = await startTestAuthority();
    const server = createTestServer('waiting');
    await server.activate(elsewhere.url, await elsewhere.credentials());
    const { contact } = await server.join({ newGroup: 'Waiting' });
    await elsewhere.stop();

    const first = await server.contact();
    server.clock.aheadMs = minutes(5);
    const second = await server.contact();

    expect(second.contact).toMatchObject({ at: contact.at, failure: { code: 'refused', since: first.contact.failure!.at } });
    expect(second.contact.failure!.at).toBeGreaterThan(first.contact.failure!.at);
    await expect(server.deactivate()).rejects.toMatchObject({ code: 'refused' });
    expect(await server.deactivate(true)).toMatchObject({ phase: 'not-activated' });
  });
});

it('whose saved activation cannot be read is not activated, says so, and can be activated again', async () => {
  const server = await activated('unreadable', 'Unreadable');
  server.folder.settings.set('activation', { x: 1 });

  expect(await server.state(null, call)).toMatchObject({ phase: 'not-activated', activation: null });
  expect(await server.contact()).toMatchObject({ phase: 'not-activated' });
  expect(server.certificate()).toBeNull();
  expect(server.reaches()).toBeNull();
  expect(() => server.allow('users', 'add')).not.toThrow();
  expect(await server.activate(authority.url, await authority.credentials())).toMatchObject({ phase: 'activated' });
});
