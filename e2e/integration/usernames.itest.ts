import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChannelPair } from '../../electron/platform/memory/channelPair.ts';
import { localCaller, openConsole, type OpenConsole } from '../../electron/platform/node/openConsole.ts';
import { createClient } from '../../shared/contract/client.ts';
import type { CompanySettings } from '../../shared/contract/companySettings.ts';
import { importRequest } from '../../shared/contract/imports.contract.ts';
import { contract } from '../../shared/contract/index.ts';
import { staffDn, upnSuffix } from '../servers/sambaPeople.ts';
import { sharedServers } from '../servers/sharedServers.ts';
import type { Samba } from '../servers/startSamba.ts';
import { waitUntil } from '../support/commands.ts';
import { sambaTarget } from '../support/directoryReading.ts';

const { samba: started } = sharedServers();

describe.skipIf(started === null)('names of a sign-in, resolved by Active Directory', () => {
  const samba = started as Samba;
  const folder = mkdtempSync(join(tmpdir(), 'usernames-'));
  let console: OpenConsole;
  let client: ReturnType<typeof openClient>;

  function openClient() {
    const [near, far] = createChannelPair();
    console.router.serve(far, localCaller('test'));
    return createClient(contract, near);
  }

  async function matchBy(usernameResolution: Partial<CompanySettings['usernameResolution']>) {
    const { settings, revision } = await client.company.get(null);
    await client.company.save({
      settings: { ...settings, usernameResolution: { ...settings.usernameResolution, ...usernameResolution } },
      revision,
    });
  }

  beforeAll(async () => {
    console = await openConsole({ kind: 'command line', dataFolder: folder });
    client = openClient();
    const { vault } = await client.app.status(null);
    if (vault.state !== 'keychain') await client.app.unlockVault({ passphrase: 'a passphrase for tests' });
    const { settings, password } = sambaTarget(samba);
    await client.directory.set({ settings, password: password!.reveal() });
    const scope = { kind: 'containers' as const, dns: [staffDn], below: true };
    const { jobId } = await client.imports.start({ request: importRequest.parse({ scope, filter: '(sAMAccountName=u10*)' }) });
    await waitUntil(
      async () => (await client.jobs.get({ jobId })).state === 'done',
      () => 'The import does not end.',
    );
  });
  afterAll(async () => {
    await console.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('every way to write a name leads to the same user', async () => {
    const { id, username } = await client.users.get({ username: `u101@${upnSuffix}` });

    for (const name of [`u101@${upnSuffix}`, 'u101', 'U101', 'CORP\\u101', 'u101@another.example']) {
      expect(await client.usernames.resolve({ name }), name).toMatchObject({
        outcome: 'found',
        user: { id, username },
        kind: 'directory-id',
      });
    }
  });

  test('the import keeps the SID, and names can be matched by it', async () => {
    await matchBy({ kind: 'sid' });
    const { id, origin } = await client.users.get({ username: `u102@${upnSuffix}` });
    expect(origin.sid).toMatch(/^S-1-5-21-\d+-\d+-\d+-\d+$/);

    expect(await client.usernames.resolve({ name: 'CORP\\u102' })).toMatchObject({
      outcome: 'found',
      user: { id },
      account: { matched: 'sAMAccountName', identifier: origin.sid },
    });
    await matchBy({ kind: 'directory-id' });
  });

  test.each([
    ['u2', 'not-in-list'],
    ['nobody', 'not-in-directory'],
    ['u10*', 'not-in-directory'],
    ['*)(objectClass=*', 'not-in-directory'],
  ])('%s means nobody: %s', async (name, outcome) => {
    expect(await client.usernames.resolve({ name })).toMatchObject({ outcome, user: null });
  });

  test('the domain counts where it is not to be stripped', async () => {
    await matchBy({ stripDomain: false });
    expect(await client.usernames.resolve({ name: 'CORP\\u101' })).toMatchObject({ outcome: 'not-in-directory', tried: ['CORP\\u101'] });
    await matchBy({ stripDomain: true });
  });

  test('a directory that is away is said, and usernames of the list still count', async () => {
    const { settings, password } = sambaTarget(samba, { servers: [{ host: samba.host, port: 9, security: 'ldaps' }] });
    await client.directory.set({ settings, password: password!.reveal() });

    expect(await client.usernames.resolve({ name: `u103@${upnSuffix}` })).toMatchObject({
      outcome: 'found',
      account: null,
      directoryError: { code: 'refused' },
    });
    expect(await client.usernames.resolve({ name: 'u103' })).toMatchObject({ outcome: 'not-in-list', directoryError: { code: 'refused' } });
  });
});
