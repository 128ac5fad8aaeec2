import { afterEach, describe, expect, it } from 'vitest';
import { createLdaptsDirectory } from './ldaptsDirectory.ts';
import { answerRootDse, done, entry, message, startFakeServer, type FakeRequest } from './testing/fakeServer.ts';
import { neverAborted, testTarget } from '../../services/directory/testing/settings.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const name = 'CN=Ann,DC=contoso,DC=example';

/** A server that answers a read of one entry, hangs up, or says that there is none; `connection` counts from 1. */
async function openSession(answer: (connection: number, request: FakeRequest) => 'entry' | 'hang-up' | number) {
  const server = await startFakeServer((request, socket, connection) => {
    if (request.tag !== 0x63 || answerRootDse(request, socket)) return;
    const what = answer(connection, request);
    if (what === 'hang-up') socket.destroy();
    else if (what === 'entry')
      socket.write(Buffer.concat([message(request.id, entry(name, { cn: ['Ann'] })), message(request.id, done(0x65, 0))]));
    else socket.write(message(request.id, done(0x65, what)));
  });
  cleanups.push(server.close);
  const session = await createLdaptsDirectory().open(testTarget(server.port), neverAborted);
  cleanups.push(() => session.close());
  return { server, session };
}

describe('reading one entry by its name', () => {
  it('connects and signs in once more when the server dies in the middle', async () => {
    const { server, session } = await openSession((connection) => (connection === 1 ? 'hang-up' : 'entry'));

    expect((await session.readNamed(name, neverAborted))?.dn).toBe(name);
    expect(server.requests.filter(({ tag }) => tag === 0x60)).toHaveLength(2);
  });

  it('fails when the server dies again', async () => {
    const { server, session } = await openSession(() => 'hang-up');

    await expect(session.readNamed(name, neverAborted)).rejects.toMatchObject({ code: 'connection-lost' });
    expect(server.connections()).toBe(2);
  });

  it('tells an entry that is not there from one that is elsewhere', async () => {
    const { session } = await openSession((_connection, { base }) => (base === name ? 32 : 10));

    expect(await session.readNamed(name, neverAborted)).toBeNull();
    await expect(session.readNamed('DC=elsewhere', neverAborted)).rejects.toMatchObject({ code: 'referral' });
  });
});

it('does not take bytes for secured that came in plain text behind the answer to StartTLS', async () => {
  const server = await startFakeServer((request, socket) => {
    if (request.tag === 0x77) socket.write(Buffer.concat([message(request.id, done(0x78, 0)), message(2, done(0x61, 0)).subarray(0, 5)]));
  });
  cleanups.push(server.close);
  const target = testTarget(0, { servers: [{ host: '127.0.0.1', port: server.port, security: 'starttls' }] });

  await expect(createLdaptsDirectory().open(target, neverAborted)).rejects.toMatchObject({ code: 'tls-failed' });
  expect(server.requests.filter(({ tag }) => tag === 0x60)).toEqual([]);
});
