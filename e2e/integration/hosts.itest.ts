import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  sampleBaseDn,
  sampleServiceDn,
  stallAfter,
  startSampleDirectory,
  type SampleDirectory,
} from '../../electron/platform/ldapServer/index.ts';
import { importRequest } from '../../shared/contract/imports.contract.ts';
import { Secret } from '../../shared/lib/secret.ts';
import { root } from '../hosts/desktop.ts';
import { startWebHost, type WebHost } from '../hosts/web.ts';
import { collectMfactl } from '../support/mfactl.ts';
import { connectWebClient } from '../support/webClient.ts';

let folder: string;
const ends: (() => unknown)[] = [];
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'hosts-'))));
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<WebHost> {
  const host = await startWebHost(folder);
  ends.push(() => host.stop().catch(() => {}));
  return host;
}

async function connect(host: WebHost) {
  const client = await connectWebClient(host);
  ends.push(() => client.close());
  return client;
}

const everybody = importRequest.parse({ scope: { kind: 'containers', dns: [sampleBaseDn], below: true } });

/** A directory that answers some people and then nothing more, so that an import is still under way when something happens. */
async function startStallingDirectory(): Promise<SampleDirectory> {
  const directory = await startSampleDirectory({ servicePassword: new Secret('service'), faults: [stallAfter({ entries: 50 })] });
  ends.push(() => directory.close());
  return directory;
}

type Client = Awaited<ReturnType<typeof connect>>;

async function configure(client: Client, { port }: SampleDirectory): Promise<void> {
  // Without a keychain on a test machine the vault is sealed by a passphrase.
  const { vault } = await client.app.status(null);
  if (vault.state === 'unavailable') await client.app.unlockVault({ passphrase: 'test passphrase' });
  const { ad } = await client.directory.defaults(null);
  const settings = {
    ...ad,
    servers: [{ host: '127.0.0.1', port, security: 'none' as const }],
    baseDn: sampleBaseDn,
    bindDn: sampleServiceDn,
    allowPlainText: true,
  };
  await client.directory.set({ settings, password: 'service' });
}

const stateOf = async (client: Client, jobId: string) => (await client.jobs.get({ jobId })).state;

describe('two hosts on one data folder', () => {
  it('see what the other one does, and share the background work between them', async () => {
    const first = await connect(await start());
    const second = await connect(await start());
    const changed: unknown[] = [];
    second.users.onChanged((event) => changed.push(event));
    expect((await first.app.status(null)).leaseHolder).toBe(true);
    expect((await second.app.status(null)).leaseHolder).toBe(false);

    await first.directory.useSample(null);
    const { jobId } = await first.imports.start({ request: everybody });

    await expect.poll(() => stateOf(second, jobId), { timeout: 20_000 }).toBe('done');
    await expect.poll(() => changed.length, { timeout: 5_000 }).toBeGreaterThan(0);
    expect(await second.users.count({})).toEqual(await first.users.count({}));
    expect((await second.directory.get(null)).settings?.sample).toBe(true);
  });

  it('hand the background work over when one of them dies', async () => {
    const dying = await start();
    await connect(dying);
    const other = await connect(await start());

    await dying.stop('SIGKILL');

    await expect.poll(async () => (await other.app.status(null)).leaseHolder, { timeout: 25_000, interval: 1_000 }).toBe(true);
  });

  it('let one cancel what the other one runs', async () => {
    const first = await connect(await start());
    await configure(first, await startStallingDirectory());
    const second = await connect(await start());
    const { jobId } = await first.imports.start({ request: everybody });
    await expect.poll(async () => (await second.jobs.get({ jobId })).phase, { timeout: 10_000 }).toBe('reading');

    await second.jobs.cancel({ jobId });

    await expect.poll(() => stateOf(first, jobId), { timeout: 10_000 }).toBe('cancelled');
    expect(await first.users.count({})).toEqual({ count: 0 });
  });
});

describe('a host that is killed in the middle of an import', () => {
  it('leaves the store as it was, says so afterwards, and imports again', async () => {
    const killed = await start();
    const before = await connect(killed);
    await before.directory.useSample(null);
    const first = await before.imports.start({
      request: { ...everybody, scope: { kind: 'containers', dns: [`OU=Sales,${sampleBaseDn}`], below: true } },
    });
    await expect.poll(() => stateOf(before, first.jobId), { timeout: 20_000 }).toBe('done');
    const { count } = await before.users.count({});
    await configure(before, await startStallingDirectory());
    const { jobId } = await before.imports.start({ request: everybody });
    await expect.poll(async () => (await before.jobs.get({ jobId })).phase, { timeout: 10_000 }).toBe('reading');

    await killed.stop('SIGKILL');

    const after = await connect(await start());
    expect(await after.users.count({})).toEqual({ count });
    await expect.poll(() => stateOf(after, jobId), { timeout: 45_000, interval: 1_000 }).toBe('interrupted');
    await after.directory.useSample(null);
    const again = await after.imports.start({ request: everybody });
    await expect.poll(() => stateOf(after, again.jobId), { timeout: 20_000 }).toBe('done');
    expect((await after.users.count({})).count).toBeGreaterThan(count);
  }, 90_000);
});

describe('a host that cannot start', () => {
  it.each([
    ['is newer than the console', 'store-newer', 'Install that version of the console or a later one. The data was left as it is.'],
    ['has a folder that is a file', 'folder-not-writable', 'or name another folder in the variable MFA_DATA_DIR.'],
  ])('says to a script as well what to do where the store %s', async (_what, code, advice) => {
    const data = join(folder, 'data');
    if (code === 'store-newer') {
      mkdirSync(data);
      const store = new DatabaseSync(join(data, 'users.db'));
      store.exec('PRAGMA user_version=999');
      store.close();
    } else writeFileSync(data, '');

    const { code: exit, err } = await collectMfactl(data, ['users', 'count']);

    expect(exit).toBe(1);
    expect(err).toContain(advice);
    expect(err).toContain(`(${code})`);
  });

  function startAndFail(dataFolder: string) {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'dist', 'server.js')], {
      env: { ...process.env, MFA_DATA_DIR: dataFolder },
      encoding: 'utf8',
      timeout: 20_000,
    });
    return { status, stderr };
  }

  it('says that the store is newer than the console', () => {
    mkdirSync(join(folder, 'data'));
    const store = new DatabaseSync(join(folder, 'data', 'users.db'));
    store.exec('PRAGMA user_version=999');
    store.close();

    expect(startAndFail(join(folder, 'data'))).toEqual({ status: 1, stderr: expect.stringContaining('newer version') });
  });

  it('says that the store is damaged', () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'users.db'), 'no store at all '.repeat(1000));

    expect(startAndFail(join(folder, 'data'))).toEqual({ status: 1, stderr: expect.stringContaining('not a store') });
  });

  it('says that the folder cannot be written to', () => {
    writeFileSync(join(folder, 'file'), '');

    expect(startAndFail(join(folder, 'file', 'data'))).toEqual({ status: 1, stderr: expect.stringContaining('folder') });
  });
});

describe('what a host keeps', () => {
  it('holds no password in clear, neither in the store nor in the log', async () => {
    const host = await start();
    const client = await connect(host);
    const directory = await startSampleDirectory({ servicePassword: new Secret('correct-horse-battery') });
    ends.push(() => directory.close());
    await configure(client, directory);
    const { settings } = await client.directory.get(null);
    for (const password of ['correct-horse-battery', 'wrong-horse-battery']) {
      await client.directory.set({ settings: settings!, password });
      await client.directory.testLogin({ settings: settings!, password, runId: 'run' });
    }
    await client.directory.set({ settings: { ...settings!, servers: [] }, password: 'horse-in-a-bad-request' } as never).catch(() => {});
    await host.stop();

    const data = join(folder, 'data');
    for (const file of readdirSync(data, { recursive: true, encoding: 'utf8' })) {
      const bytes = readdirSync(data, { withFileTypes: true, recursive: true }).some(
        (entry) => entry.isFile() && join(entry.parentPath, entry.name) === join(data, file),
      )
        ? readFileSync(join(data, file))
        : Buffer.alloc(0);
      expect(bytes.includes('horse'), file).toBe(false);
    }
  });
});

describe('the program of the headless host', () => {
  const serve = (...args: string[]) => {
    const env = { ...process.env, MFA_DATA_DIR: join(folder, 'data') };
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist', 'server.js'), ...args], { env, encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  it.each([
    [['--colour'], "Unknown option '--colour'."],
    [['--port', 'eighty'], '--port takes a whole number from 0 to 65535.'],
    [['--port', '99999'], '--port takes a whole number from 0 to 65535.'],
    [['here'], 'Usage: mfactl serve [--port N] [--open]'],
  ])('says in a sentence what is wrong with %j, and opens nothing', (args, sentence) => {
    const { status, stdout, stderr } = serve(...args);

    expect([status, stdout]).toEqual([2, '']);
    expect(stderr.split('\n')[0]).toBe(sentence);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('tells its options', () => {
    expect(serve('--help')).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('--data-dir FOLDER') });
  });
});
