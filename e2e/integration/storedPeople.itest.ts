import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChannelPair } from '../../electron/platform/memory/channelPair.ts';
import { startSampleDirectory, type SampleDirectory } from '../../electron/platform/ldapServer/index.ts';
import { localCaller, openConsole, type OpenConsole } from '../../electron/platform/node/openConsole.ts';
import { createClient } from '../../shared/contract/client.ts';
import { importRequest } from '../../shared/contract/imports.contract.ts';
import { contract } from '../../shared/contract/index.ts';
import { userColumns } from '../../shared/contract/users.contract.ts';
import { waitUntil } from '../support/commands.ts';
import { crowd, crowdLdif, crowdUnit } from '../support/crowd.ts';
import { loopbackSettings, servicePassword } from '../support/importBench.ts';

/** Each is a last name, and what somebody types to find it. */
const hostileNames = [
  '<script>alert(1)</script>',
  '=HYPERLINK("http://contoso.example","Open")',
  "+1'); DROP TABLE users;--",
  '-2+3+cmd|calc',
  '＝1+1',
  '@SUM(A1:A9)',
  'Comma, "quoted", \\ back',
  'stars*(and)\\brackets',
  'Right\u202eToLeft\u200f',
  'ＡＢＣ 山田 🦊',
  '%s {0} ${name}',
];
/** What a search box may hold. */
const hostileTexts = ['*()\\', '*)(objectClass=*', '\0', 'a\0b', '"', "' OR 1=1 --", '%', '_', 'NEAR(a b)', '\ud800'];

const people = [...hostileNames.map((sn, index) => ({ username: `hostile${index}`, attributes: { sn } })), ...crowd(150)];

const folder = mkdtempSync(join(tmpdir(), 'stored-people-'));
let directory: SampleDirectory;
let console: OpenConsole;
let client: ReturnType<typeof openClient>;
let jobId: string;

function openClient() {
  const [near, far] = createChannelPair();
  console.router.serve(far, localCaller('test'));
  return createClient(contract, near);
}

beforeAll(async () => {
  directory = await startSampleDirectory({ servicePassword, ldif: crowdLdif(people) });
  console = await openConsole({ kind: 'command line', dataFolder: folder });
  client = openClient();
  const { vault } = await client.app.status(null);
  if (vault.state !== 'keychain') await client.app.unlockVault({ passphrase: 'a passphrase for tests' });
  await client.directory.set({ settings: loopbackSettings(directory.port), password: servicePassword.reveal() });
  const request = importRequest.parse({ scope: { kind: 'containers', dns: [crowdUnit], below: true } });
  ({ jobId } = await client.imports.start({ request }));
  const stateOf = async () => (await client.jobs.get({ jobId })).state;
  await waitUntil(
    async () => (await stateOf()) !== 'running',
    () => 'The import does not end.',
  );
  expect(await stateOf()).toBe('done');
});
afterAll(async () => {
  await console.stop();
  await directory.close();
  rmSync(folder, { recursive: true, force: true });
});

async function csv(): Promise<string> {
  let text = '';
  for (let after: number | null = 0; after !== null;) {
    const part: { text: string; next: number | null } = await client.imports.csv({ jobId, after });
    text += part.text;
    after = part.next;
  }
  return text;
}

test('lists, searches, details, reports and exports ask the directory nothing', async () => {
  const before = directory.stats();

  for (const column of userColumns) await client.users.list({ sort: { column, descending: true }, limit: 1000 });
  expect((await client.users.list({ search: 'user1', importJobId: jobId })).rows.length).toBeGreaterThan(10);
  expect(await client.users.count({})).toEqual({ count: people.length });
  const { rows } = await client.users.list({ limit: 1000 });
  await Promise.all(rows.map(({ id }) => client.users.get({ id })));
  await client.imports.summary({ jobId });
  await client.imports.rows({ jobId, limit: 1000 });
  expect((await csv()).split('\r\n')).toHaveLength(people.length + 2);
  await client.jobs.list({});
  await client.audit.list({});

  expect(directory.stats()).toEqual(before);
});

describe('hostile names', () => {
  test('are stored and listed as the directory has them', async () => {
    const { rows } = await client.users.list({ search: 'hostile', limit: 1000 });

    expect(rows.map(({ lastName }) => lastName).toSorted()).toEqual(hostileNames.toSorted());
  });

  test.each(hostileNames.map((name, index) => [name, index] as const))('are found by themselves: %s', async (name, index) => {
    const { rows } = await client.users.list({ search: name });

    expect(rows.map(({ username }) => username)).toEqual([`hostile${index}`]);
  });

  test('are exported whole, and a spreadsheet takes none of them for a formula', async () => {
    const cells = new Map(readCsv(await csv()).map(([, username = '', name = '']) => [username, name]));

    for (const [index, name] of hostileNames.entries()) {
      const cell = cells.get(`hostile${index}`) ?? '';
      expect(cell.replace(/^'/, '')).toBe(name);
      expect(cell).not.toMatch(/^[=+\-@＝]/);
    }
  });
});

describe('hostile search texts', () => {
  test.each(hostileTexts)('are only text, in the list and in the directory: %j', async (text) => {
    const having = hostileNames.filter((name) => text.trim() !== '' && name.includes(text)).length;

    const { rows } = await client.users.list({ search: text });
    const found = await client.directory.find({ text });
    const groups = await client.directory.groups({ search: text });

    expect(rows).toHaveLength(having);
    expect(found.people).toHaveLength(having);
    expect(groups.groups).toEqual([]);
  });
});

/** RFC 4180. */
function readCsv(text: string): string[][] {
  return text
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? ''),
    );
}
