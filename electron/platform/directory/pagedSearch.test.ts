import { afterEach, describe, expect, it } from 'vitest';
import { createLdaptsDirectory } from './ldaptsDirectory.ts';
import {
  answerRootDse,
  cookie,
  done,
  entry,
  message,
  reference,
  startFakeServer,
  type FakeRequest,
  type FakeServer,
} from './testing/fakeServer.ts';
import { collect, neverAborted, testTarget, text } from '../../services/directory/testing/settings.ts';
import { directoryTimeouts } from '../../../shared/contract/directory.contract.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** Pages by number; each is what the server writes for it. */
type Pages = (request: FakeRequest, page: number, connection: number) => Buffer[] | 'hang-up' | 'silence';

async function serve(pages: Pages, controls?: string[]) {
  const counts = new Map<number, number>();
  const server: FakeServer = await startFakeServer((request, socket, connection) => {
    if (request.tag !== 0x63 || answerRootDse(request, socket, controls)) return;
    const page = request.scope === 0 ? 0 : (counts.get(connection) ?? 0) + 1;
    if (request.scope !== 0) counts.set(connection, page);
    const answer = pages(request, page, connection);
    if (answer === 'hang-up') socket.destroy();
    else if (answer !== 'silence') for (const part of answer) socket.write(part);
  });
  cleanups.push(server.close);
  return server;
}

async function openSession(server: FakeServer, changes: Parameters<typeof testTarget>[1] = {}) {
  const session = await createLdaptsDirectory().open(testTarget(server.port, changes), neverAborted);
  cleanups.push(() => session.close());
  return session;
}

const person = (id: number, name: string) => message(id, entry(`CN=${name},DC=contoso,DC=example`, { cn: [name] }));
const end = (id: number, next: string, estimate = 0) => message(id, done(0x65, 0), cookie(next, estimate));

describe('reading in pages', () => {
  it('always sends a time limit, never a size limit, and a critical page request', async () => {
    const server = await serve(({ id }) => [person(id, 'a'), end(id, '')]);
    await collect(await openSession(server, { pageSize: 500 }), {});

    const searches = server.requests.filter(({ tag }) => tag === 0x63);
    expect(searches.every(({ timeLimit }) => timeLimit > 0)).toBe(true);
    expect(searches.every(({ sizeLimit }) => sizeLimit === 0)).toBe(true);
    expect(searches.at(-1)).toMatchObject({ pageSize: 500, timeLimit: 30 });
  });

  it('goes on behind a page without entries that has a cookie', async () => {
    const server = await serve(({ id }, page) =>
      page === 2 ? [end(id, 'c2')] : [person(id, `p${page}`), end(id, page === 3 ? '' : `c${page}`)],
    );
    const { entries, summary } = await collect(await openSession(server), {});

    expect(entries.map(({ dn }) => dn.slice(3, 5))).toEqual(['p1', 'p3']);
    expect(summary).toMatchObject({ entries: 2, complete: true });
  });

  it('asks for the next page before the caller has worked on this one', async () => {
    const server = await serve(({ id }, page) => [person(id, `p${page}`), end(id, page === 3 ? '' : `c${page}`)]);
    const session = await openSession(server);
    const reading = session.search({ base: 'DC=contoso,DC=example', scope: 'sub', filter: '(cn=*)', attributes: ['cn'] }, neverAborted);
    await reading.next();

    await expect.poll(() => server.requests.filter(({ cookie: sent }) => sent !== null).length).toBe(2);
    await reading.return({ entries: 0, complete: true, referrals: 0, milliseconds: 0 });
  });

  it('hands on the first entries of a large page while the others are still on their way', async () => {
    const server = await serve(({ id }) => Array.from({ length: 450 }, (_, i) => person(id, `p${i}`)));
    const session = await openSession(server);
    const reading = session.search({ base: 'DC=contoso,DC=example', scope: 'sub', filter: '(cn=*)', attributes: ['cn'] }, neverAborted);
    const first = await reading.next();

    expect(first.done === true ? 0 : first.value.entries.length).toBeGreaterThan(0);
    await reading.return({ entries: 0, complete: true, referrals: 0, milliseconds: 0 });
  });

  it('delivers large pages whole and in order', async () => {
    const names = (page: number) => Array.from({ length: 450 }, (_, i) => `p${page}-${i}`);
    const server = await serve(({ id }, page) => [...names(page).map((name) => person(id, name)), end(id, page === 3 ? '' : `c${page}`)]);
    const { entries, summary } = await collect(await openSession(server), {});

    expect(entries.map(({ dn }) => dn)).toEqual([1, 2, 3].flatMap(names).map((name) => `CN=${name},DC=contoso,DC=example`));
    expect(summary).toMatchObject({ entries: 1350, complete: true });
  });

  it.each([
    [3, 'server-time-limit'],
    [4, 'server-size-limit'],
    [11, 'server-size-limit'],
  ] as const)('delivers what came before result code %i and says what cut it', async (code, cutBy) => {
    const server = await serve(({ id }, page) =>
      page === 1 ? [person(id, 'a'), person(id, 'b'), end(id, 'more')] : [person(id, 'c'), message(id, done(0x65, code))],
    );
    const { entries, summary } = await collect(await openSession(server), {});

    expect(entries).toHaveLength(3);
    expect(summary).toMatchObject({ entries: 3, complete: false, cutBy });
  });

  it('counts search references and goes on', async () => {
    const server = await serve(({ id }) => [
      message(id, reference('ldap://elsewhere/DC=x')),
      person(id, 'a'),
      message(id, reference('ldap://elsewhere/DC=y')),
      end(id, ''),
    ]);
    const { summary } = await collect(await openSession(server), {});

    expect(summary).toMatchObject({ entries: 1, referrals: 2, complete: true });
  });

  it('ends a search that repeats its cookie and brings nothing new', async () => {
    const server = await serve(({ id }) => [person(id, 'again'), end(id, 'same')]);
    const { entries, summary } = await collect(await openSession(server), {});

    expect(entries).toHaveLength(1);
    expect(summary).toMatchObject({ complete: false, cutBy: 'paging-stuck' });
  });

  it('does not mind a repeated cookie while new entries come, as Samba does it', async () => {
    const server = await serve(({ id }, page) => [person(id, `p${page}`), end(id, page === 8 ? '' : 'same')]);
    const { summary } = await collect(await openSession(server), {});

    expect(summary).toMatchObject({ entries: 8, complete: true });
  });

  it('ends a search of ever new cookies and no entries', async () => {
    const server = await serve(({ id }, page) => [end(id, `c${page}`)]);
    const { summary } = await collect(await openSession(server), {});

    expect(summary).toMatchObject({ entries: 0, complete: false, cutBy: 'paging-stuck' });
  });

  it('ends a search that brings more than twice of what the server expects', async () => {
    const server = await serve(({ id }, page) => [
      ...Array.from({ length: 10 }, (_, i) => person(id, `p${page}-${i}`)),
      end(id, `c${page}`, 20),
    ]);
    const { entries, summary } = await collect(await openSession(server, { pageSize: 10 }), {});

    expect(summary).toMatchObject({ complete: false, cutBy: 'paging-stuck' });
    expect(entries.length).toBeLessThan(100);
  });

  it('stops at the limit of the caller and says so only if there was more', async () => {
    const server = await serve(({ id }, page) => [person(id, `a${page}`), person(id, `b${page}`), end(id, page % 2 === 1 ? 'c' : '')]);
    const session = await openSession(server);

    expect((await collect(session, { limit: 3 })).summary).toMatchObject({ entries: 3, complete: false, cutBy: 'display-limit' });
  });

  it('is complete when there are exactly as many as the limit', async () => {
    const server = await serve(({ id }) => [person(id, 'a'), person(id, 'b'), end(id, '')]);

    expect((await collect(await openSession(server), { limit: 2 })).summary).toMatchObject({ entries: 2, complete: true });
  });

  it('delivers what arrived when the time for the whole read is over', async () => {
    const server = await serve(({ id }, page) => (page === 1 ? [person(id, 'a'), end(id, 'c')] : 'silence'));
    const timeouts = directoryTimeouts.parse({ connectMs: 5000, firstAnswerMs: 60_000, idleMs: 60_000, totalMs: 1000 });
    const { entries, summary } = await collect(await openSession(server, { timeouts }), {});

    expect(entries).toHaveLength(1);
    expect(summary).toMatchObject({ complete: false, cutBy: 'total-time-limit' });
  });

  it.each([
    ['first-answer', 1],
    ['first-answer', 2],
  ] as const)('fails with timeout when no %s comes on page %i', async (waiting, silentPage) => {
    const server = await serve(({ id }, page) => (page === silentPage ? 'silence' : [person(id, 'a'), end(id, 'c')]));
    const timeouts = directoryTimeouts.parse({ connectMs: 5000, firstAnswerMs: 200, idleMs: 10_000, totalMs: 30_000 });
    const reading = collect(await openSession(server, { timeouts }), {});

    await expect(reading).rejects.toMatchObject({ code: 'timeout', details: { waiting } });
  });

  it('fails with timeout when the server falls silent between two entries', async () => {
    const server = await serve(({ id }) => [person(id, 'a')]);
    const timeouts = directoryTimeouts.parse({ connectMs: 5000, firstAnswerMs: 10_000, idleMs: 200, totalMs: 30_000 });

    await expect(collect(await openSession(server, { timeouts }), {})).rejects.toMatchObject({
      code: 'timeout',
      details: { waiting: 'next-answer' },
    });
  });

  it('ends with the reason of the signal, and tells the server', async () => {
    const server = await serve(({ id }, page) => (page === 1 ? [person(id, 'a'), end(id, 'c')] : 'silence'));
    const session = await openSession(server);
    const controller = new AbortController();
    const reading = collect(session, {}, controller.signal);
    await expect.poll(() => server.requests.length).toBeGreaterThan(3);
    controller.abort(new Error('enough'));

    await expect(reading).rejects.toThrow('enough');
    await expect.poll(() => server.requests.some(({ tag }) => tag === 0x50)).toBe(true);
  });

  it('abandons the page that was asked for ahead when the caller stops reading', async () => {
    const server = await serve(({ id }, page) => (page === 1 ? [person(id, 'a'), end(id, 'c')] : 'silence'));
    const session = await openSession(server);
    for await (const page of session.search(
      { base: 'DC=contoso,DC=example', scope: 'sub', filter: '(cn=*)', attributes: [] },
      neverAborted,
    )) {
      expect(page.entries).toHaveLength(1);
      break;
    }

    await expect.poll(() => server.requests.some(({ tag }) => tag === 0x50)).toBe(true);
  });
});

describe('a connection that is lost', () => {
  const twentyPages: Pages = ({ id }, page, connection) => {
    if (connection === 1 && page === 7) return 'hang-up';
    return [person(id, `p${page}a`), person(id, `p${page}b`), end(id, page === 20 ? '' : `k${connection}-${page}`)];
  };

  it('is made again once, and no entry comes twice', async () => {
    const server = await serve(twentyPages);
    const { entries, summary } = await collect(await openSession(server), {});

    expect(summary).toMatchObject({ entries: 40, complete: true });
    expect(new Set(entries.map(({ dn }) => dn)).size).toBe(40);
    expect(server.connections()).toBe(2);
  });

  it('in the middle of a large page brings no entry twice either', async () => {
    const all = Array.from({ length: 450 }, (_, i) => `p${i}`);
    const server = await startFakeServer((request, socket, connection) => {
      if (request.tag !== 0x63 || answerRootDse(request, socket)) return;
      const some = connection === 1 ? all.slice(0, 300) : all;
      socket.write(Buffer.concat(some.map((name) => person(request.id, name))));
      if (connection === 1) socket.end();
      else socket.write(end(request.id, ''));
    });
    cleanups.push(server.close);
    const { entries, summary } = await collect(await openSession(server), {});

    expect(summary).toMatchObject({ entries: 450, complete: true });
    expect(new Set(entries.map(({ dn }) => dn)).size).toBe(450);
    expect(server.connections()).toBe(2);
  });

  it('never takes an old cookie to the new connection', async () => {
    const server = await serve(twentyPages);
    await collect(await openSession(server), {});

    const second = server.requests.slice(server.requests.findLastIndex(({ tag }) => tag === 0x60));
    expect(second.filter(({ cookie: sent }) => sent?.toString().startsWith('k1') === true)).toEqual([]);
  });

  it('fails cleanly when it is lost again', async () => {
    const server = await serve(({ id }, page) => (page === 2 ? 'hang-up' : [person(id, 'a'), end(id, 'c')]));

    await expect(collect(await openSession(server), {})).rejects.toMatchObject({ code: 'connection-lost' });
    expect(server.connections()).toBe(2);
  });

  it('is made and signed in again when it was dropped between two searches', async () => {
    let drop: () => void = () => undefined;
    const server = await startFakeServer((request, socket) => {
      drop = () => socket.destroy();
      if (request.tag === 0x63 && !answerRootDse(request, socket))
        socket.write(Buffer.concat([person(request.id, 'a'), end(request.id, '')]));
    });
    cleanups.push(server.close);
    const session = await openSession(server);
    await collect(session, {});
    drop();
    const { summary } = await collect(session, {});

    expect(summary).toMatchObject({ entries: 1, complete: true });
    expect(server.requests.filter(({ tag }) => tag === 0x60)).toHaveLength(2);
  });

  it('serves a whole run, however many searches it takes', async () => {
    const server = await serve(({ id }) => [person(id, 'a'), end(id, '')]);
    const session = await openSession(server);
    for (let i = 0; i < 20; i += 1) await collect(session, {});

    expect(server.connections()).toBe(1);
  });
});

describe('a server without paging', () => {
  it('is read in one answer, cut into pages', async () => {
    const server = await serve(
      ({ id }) => [...Array.from({ length: 25 }, (_, i) => person(id, `p${i}`)), message(id, done(0x65, 0))],
      ['1.1.1'],
    );
    const { pages, summary } = await collect(await openSession(server, { pageSize: 10 }), {});

    expect(summary).toMatchObject({ entries: 25, complete: true });
    expect(pages).toBe(3);
    expect(server.requests.at(-1)?.cookie).toBeNull();
  });

  it('is seen to have stopped at its size limit', async () => {
    const server = await serve(({ id }) => [person(id, 'a'), message(id, done(0x65, 4))], ['1.1.1']);

    expect((await collect(await openSession(server), {})).summary).toMatchObject({
      entries: 1,
      complete: false,
      cutBy: 'server-size-limit',
    });
  });

  it('is read without when it refuses the control that it hides', async () => {
    const server = await serve(
      ({ id, cookie: sent }) => (sent === null ? [person(id, 'a'), message(id, done(0x65, 0))] : [message(id, done(0x65, 12))]),
      [],
    );

    expect((await collect(await openSession(server), {})).summary).toMatchObject({ entries: 1, complete: true });
  });
});

describe('attributes', () => {
  const one =
    (attributes: Parameters<typeof entry>[1]): Pages =>
    ({ id }) => [message(id, entry('CN=x', attributes)), end(id, '')];

  it('stand at the place where they were asked for, whatever the order and the case of the answer', async () => {
    const server = await serve(one({ MAIL: ['m@x'], cn: ['x', 'y'] }));
    const { entries } = await collect(await openSession(server), { attributes: ['CN', 'sn', 'mail', 'cn'] });

    expect(entries[0]?.values.map((_, i) => text(entries[0], i))).toEqual([['x', 'y'], [], ['m@x'], ['x', 'y']]);
    expect(server.requests.at(-1)?.attributes).toEqual(['cn', 'sn', 'mail']);
  });

  it('are bytes, not text', async () => {
    const id = Buffer.from([0xff, 0x00, 0xfe]);
    const server = await serve(one({ objectGUID: [id], 'userCertificate;binary': [id] }));
    const { entries } = await collect(await openSession(server), { attributes: ['objectGUID', 'userCertificate'] });

    expect(Buffer.from(entries[0]?.values[0]?.[0] ?? []).equals(id)).toBe(true);
    expect(entries[0]?.values[1]).toHaveLength(1);
  });

  it('with a language stand in only where there is no plain value', async () => {
    const server = await serve(one({ 'sn;lang-de': ['Müller'], sn: ['Mueller'], 'cn;lang-de': ['Nur'] }));
    const { entries } = await collect(await openSession(server), { attributes: ['sn', 'cn'] });

    expect([text(entries[0], 0), text(entries[0], 1)]).toEqual([['Mueller'], ['Nur']]);
  });

  it('that come in ranges arrive whole, also beside an empty one of the same name', async () => {
    const all = Array.from({ length: 4000 }, (_, i) => `CN=m${i}`);
    const server = await serve(({ id, scope, attributes }) => {
      if (scope !== 0) return [message(id, entry('CN=g', { member: [], 'member;range=0-1499': all.slice(0, 1500) })), end(id, '')];
      const from = Number(/range=(\d+)-/.exec(attributes[0] ?? '')?.[1]);
      const name = from + 1500 < all.length ? `member;range=${from}-${from + 1499}` : `member;range=${from}-*`;
      return [message(id, entry('CN=g', { [name]: all.slice(from, from + 1500) })), message(id, done(0x65, 0))];
    });
    const { entries } = await collect(await openSession(server), { attributes: ['member'] });

    expect(text(entries[0], 0)).toEqual(all);
  });

  it('that repeat one range for ever fail', async () => {
    const server = await serve(({ id, scope }) => [
      message(id, entry('CN=g', { 'member;range=0-1': ['a', 'b'] })),
      scope === 0 ? message(id, done(0x65, 0)) : end(id, ''),
    ]);

    await expect(collect(await openSession(server), { attributes: ['member'] })).rejects.toMatchObject({ code: 'paging-stuck' });
  });

  it('of a megabyte arrive', async () => {
    const big = Buffer.alloc(1024 * 1024, 0x41);
    const server = await serve(one({ cn: [big] }));
    const { entries } = await collect(await openSession(server), { attributes: ['cn'] });

    expect(entries[0]?.values[0]?.[0]).toHaveLength(big.length);
  });
});

describe('a hostile server', () => {
  it.each([
    ['text instead of LDAP', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), 'not-ldap'],
    ['a message of 2 GB', Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 0x02]), 'directory-refused'],
    [
      'an element longer than its message',
      Buffer.from([0x30, 0x0c, 0x02, 0x01, 0x03, 0x64, 0x07, 0x04, 0x7f, 0x41, 0x30, 0x00, 0x00, 0x00]),
      'not-ldap',
    ],
    ['an indefinite length', Buffer.from([0x30, 0x80, 0x02, 0x01, 0x03]), 'not-ldap'],
  ])('is left with a clear error after %s', async (_name, bytes, code) => {
    const server = await serve(() => [bytes]);
    const error: unknown = await collect(await openSession(server), {}).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code });
    expect(server.connections()).toBe(1);
  });

  it('cannot make a message over the cap be kept', async () => {
    const server = await serve(({ id }) => [message(id, entry('CN=x', { cn: [Buffer.alloc(5000)] })), end(id, '')]);
    const session = await createLdaptsDirectory({ maxMessageBytes: 4096 }).open(testTarget(server.port), neverAborted);

    await expect(collect(session, {})).rejects.toMatchObject({ code: 'directory-refused' });
  });

  it('may send its bytes one by one', async () => {
    const server = await startFakeServer((request, socket) => {
      if (request.tag !== 0x63 || answerRootDse(request, socket)) return;
      socket.setNoDelay(true);
      const bytes = Buffer.concat([person(request.id, 'slow'), end(request.id, '')]);
      let at = 0;
      const next = () => {
        if (at < bytes.length && socket.write(bytes.subarray(at, (at += 1)))) setImmediate(next);
      };
      next();
    });
    cleanups.push(server.close);
    const { entries } = await collect(await openSession(server), {});

    expect(entries[0]?.dn).toBe('CN=slow,DC=contoso,DC=example');
  });
});
