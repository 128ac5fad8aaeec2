import { Client, type Entry } from 'ldapts';
import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../shared/lib/secret.ts';
import {
  answerWith,
  cutAfter,
  delayFirstAnswer,
  dropConnection,
  emptyPage,
  garbage,
  hugeLength,
  referSearches,
  refuseCookie,
  repeatCookie,
  stallAfter,
  type Fault,
} from './faults.ts';
import { createBerCursor, encodeInteger, encodeOctets, encodeSequence, readInteger } from './protocol/ber.ts';
import { controlOid } from './protocol/oids.ts';
import { resultCode } from './protocol/resultCode.ts';
import { startSampleDirectory, type SampleDirectory } from './startSampleDirectory.ts';
import { bindOperation, connectRaw, message, searchOperation, type RawClient } from './testing/rawClient.ts';

const servicePassword = new Secret('service password');
const opened: { close(): unknown }[] = [];

afterEach(async () => {
  for (const { close } of opened.splice(0).toReversed()) await close();
});

async function start(...faults: Fault[]): Promise<SampleDirectory> {
  const directory = await startSampleDirectory({ servicePassword, faults });
  opened.push(directory);
  return directory;
}

async function connect(directory: SampleDirectory): Promise<RawClient> {
  const client = connectRaw(directory.port);
  opened.push({ close: client.destroy });
  client.send(message(1, bindOperation(directory.serviceDn, servicePassword.reveal())));
  await client.next();
  return client;
}

async function connectLdapts(directory: SampleDirectory, options: { timeout?: number } = {}): Promise<Client> {
  const client = new Client({ url: directory.url, ...options });
  opened.push({ close: () => client.unbind().catch(() => undefined) });
  await client.bind(directory.serviceDn, servicePassword.reveal());
  return client;
}

interface Page {
  readonly entries: number;
  readonly code?: number;
  readonly cookie: Buffer;
  readonly isClosed: boolean;
}

let lastMessageId = 100;

/** Reads one page of everything below the base. */
async function readPage(
  client: RawClient,
  directory: SampleDirectory,
  cookie: Buffer = Buffer.alloc(0),
  size = 100,
  filter?: Buffer,
): Promise<Page> {
  const value = encodeSequence(encodeInteger(size), encodeOctets(cookie));
  const control = encodeSequence(encodeOctets(controlOid.pagedResults), encodeOctets(value));
  lastMessageId += 1;
  client.send(message(lastMessageId, searchOperation(directory.baseDn, 2, filter), control));
  let entries = 0;
  for (let answer = await client.next(); answer !== undefined; answer = await client.next()) {
    if (answer.tag === 0x64) entries += 1;
    if (answer.tag === 0x65) return { entries, code: answer.code, cookie: cookieOf(answer.controls), isClosed: false };
  }
  return { entries, cookie: Buffer.alloc(0), isClosed: true };
}

function cookieOf(controls: Buffer | undefined): Buffer {
  if (controls === undefined) return Buffer.alloc(0);
  const control = createBerCursor(createBerCursor(controls).next().content);
  control.next();
  const value = createBerCursor(createBerCursor(control.next().content).next().content);
  readInteger(value.next());
  return value.next().content;
}

describe('without faults', () => {
  it('pages cover everything once, and a used cookie is refused', async () => {
    const directory = await start();
    const client = await connect(directory);

    const first = await readPage(client, directory);
    const second = await readPage(client, directory, first.cookie);
    const again = await readPage(client, directory, first.cookie);

    expect(first).toMatchObject({ entries: 100, code: resultCode.success });
    expect(second).toMatchObject({ entries: 100, code: resultCode.success });
    expect(again).toMatchObject({ entries: 0, code: resultCode.unavailableCriticalExtension });
  });

  it('a cookie is worth nothing on another connection', async () => {
    const directory = await start();
    const { cookie } = await readPage(await connect(directory), directory);

    expect(await readPage(await connect(directory), directory, cookie)).toMatchObject({ code: resultCode.unavailableCriticalExtension });
  });

  it('a page size of zero ends the search', async () => {
    const directory = await start();
    const client = await connect(directory);
    const { cookie } = await readPage(client, directory);

    const ended = await readPage(client, directory, cookie, 0);

    expect(ended).toMatchObject({ entries: 0, code: resultCode.success });
    expect(ended.cookie).toHaveLength(0);
    expect(await readPage(client, directory, cookie)).toMatchObject({ code: resultCode.unavailableCriticalExtension });
  });

  it('a cookie does not continue another search', async () => {
    const directory = await start();
    const client = await connect(directory);
    const { cookie } = await readPage(client, directory);

    const other = encodeOctets('cn', 0x87);

    expect(await readPage(client, directory, cookie, 100, other)).toMatchObject({ code: resultCode.unavailableCriticalExtension });
  });
});

describe('a fault', () => {
  it.each([1, 2])('leaves page %i empty with a live cookie and loses no entry', async (page) => {
    const directory = await start(emptyPage({ page }));
    const client = await connect(directory);
    const counts: number[] = [];
    let cookie: Buffer = Buffer.alloc(0);
    do {
      const read = await readPage(client, directory, cookie);
      counts.push(read.entries);
      cookie = read.cookie;
    } while (cookie.length > 0);

    expect(counts[page - 1]).toBe(0);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(327);
    expect(counts).toHaveLength(5);
  });

  it('repeats a page and its cookie for ever', async () => {
    const directory = await start(repeatCookie({ page: 2 }));
    const client = await connect(directory);

    const first = await readPage(client, directory);
    const second = await readPage(client, directory, first.cookie);
    const third = await readPage(client, directory, second.cookie);

    expect(third).toEqual(second);
    expect(second).toMatchObject({ entries: 100, code: resultCode.success });
    expect(second.cookie).not.toEqual(first.cookie);
  });

  it('cuts an answer with sizeLimitExceeded or another code', async () => {
    const [cut, admin] = [
      await start(cutAfter({ entries: 5 })),
      await start(cutAfter({ entries: 0, code: resultCode.adminLimitExceeded })),
    ];

    expect(await readPage(await connect(cut), cut)).toMatchObject({ entries: 5, code: resultCode.sizeLimitExceeded });
    expect(await readPage(await connect(admin), admin)).toMatchObject({ entries: 0, code: resultCode.adminLimitExceeded });
  });

  it('goes silent after some entries, until the client gives up', async () => {
    const directory = await start(stallAfter({ entries: 3 }));
    const client = await connectLdapts(directory, { timeout: 100 });

    await expect(client.search(directory.baseDn, {})).rejects.toThrow('timed out');

    expect(directory.stats().requests).toMatchObject({ search: 1 });
  });

  it('drops the connection on a page', async () => {
    const directory = await start(dropConnection({ page: 2, entries: 10 }));
    const client = await connect(directory);

    const first = await readPage(client, directory);
    const second = await readPage(client, directory, first.cookie);

    expect(first).toMatchObject({ entries: 100 });
    expect(second).toMatchObject({ entries: 10, isClosed: true });
  });

  it.each([
    ['bytes that are no LDAP', garbage()],
    ['a length of 2 GB', hugeLength()],
  ])('sends %s and leaves the connection open', async (_name, fault) => {
    const directory = await start(fault);
    const client = connectRaw(directory.port);
    opened.push({ close: client.destroy });
    client.send(message(1, bindOperation(directory.serviceDn, servicePassword.reveal())));
    await client.next();

    client.send(message(2, searchOperation(directory.baseDn, 2)));

    await expect(client.broken).resolves.toBeInstanceOf(Error);
    expect(directory.stats().openConnections).toBe(1);
  });

  it('delays only the first answer of a connection', async () => {
    const directory = await start(delayFirstAnswer({ delayMs: 50 }));
    const order: string[] = [];
    const client = connectRaw(directory.port);
    opened.push({ close: client.destroy });

    client.send(message(1, bindOperation(directory.serviceDn, servicePassword.reveal())));
    const delayed = client.next().then(() => order.push('answer'));
    await new Promise((resolve) => setTimeout(resolve, 1));
    order.push('no answer yet');
    await delayed;

    expect(order).toEqual(['no answer yet', 'answer']);
    expect(await readPage(client, directory)).toMatchObject({ entries: 100 });
  });

  it('refuses a cookie on the same connection', async () => {
    const directory = await start(refuseCookie({ page: 2 }));
    const client = await connect(directory);
    const { cookie } = await readPage(client, directory);

    expect(await readPage(client, directory, cookie)).toMatchObject({ code: resultCode.unavailableCriticalExtension });
  });

  it('refers searches elsewhere', async () => {
    const directory = await start(referSearches({ urls: ['ldap://elsewhere.example/DC=x'] }));

    expect(await readPage(await connect(directory), directory)).toMatchObject({ entries: 0, code: resultCode.referral });
  });

  it('answers busy or unavailable as often as asked to', async () => {
    const directory = await start(
      answerWith({ operation: 'search', code: resultCode.busy, times: 1 }),
      answerWith({ operation: 'bind', code: resultCode.unavailable, message: 'Restarting', times: 1 }),
    );
    const client = new Client({ url: directory.url });
    opened.push({ close: () => client.unbind() });
    const bind = () => client.bind(directory.serviceDn, servicePassword.reveal());
    const search = async (): Promise<Entry[]> => (await client.search(directory.baseDn, { filter: '(cn=John Smith)' })).searchEntries;

    await expect(bind()).rejects.toMatchObject({ code: 52 });
    await bind();
    await expect(search()).rejects.toMatchObject({ code: 51 });

    expect(await search()).toHaveLength(1);
  });

  it('never touches the root DSE', async () => {
    const directory = await start(garbage(), answerWith({ operation: 'search', code: resultCode.busy }));
    const client = connectRaw(directory.port);
    opened.push({ close: client.destroy });

    client.send(message(1, searchOperation('', 0)));

    expect(await client.next()).toMatchObject({ tag: 0x64 });
  });
});
