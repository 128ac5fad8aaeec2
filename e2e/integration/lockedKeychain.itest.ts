import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSampleDirectory, type SampleDirectory } from '../../electron/platform/ldapServer/index.ts';
import { createKeychainHome, type KeychainState } from '../servers/keychain.ts';
import { hasProgram } from '../servers/sharedServers.ts';
import { temporaryFolder } from '../support/commands.ts';
import { crowd, crowdLdif, crowdTop } from '../support/crowd.ts';
import { servicePassword } from '../support/importBench.ts';

const canRun = process.platform === 'linux' && hasProgram('dbus-run-session') && hasProgram('gnome-keyring-daemon');
const home = createKeychainHome();
afterAll(home.remove);

const cli = join(import.meta.dirname, '..', '..', 'electron', 'cli.ts');

describe.skipIf(!canRun)('a password of the directory', () => {
  let directory: SampleDirectory;
  let data: ReturnType<typeof temporaryFolder>;
  beforeEach(async () => {
    directory = await startSampleDirectory({ servicePassword, ldif: crowdLdif(crowd(3)) });
    data = temporaryFolder('locked');
  });
  afterEach(async () => {
    await directory.close();
    data.remove();
  });

  /** A command of its own, in a session whose keychain is in that state. The services of the session write to stderr too. */
  async function mfactl(
    state: KeychainState,
    ...words: string[]
  ): Promise<{ code: number | null; out: string; failure: string | undefined }> {
    const env = { MFA_DATA_DIR: data.folder, MFA_DIRECTORY_PASSWORD: servicePassword.reveal() };
    const { code, stdout, stderr } = await home.run(state, cli, [...words, '--json'], env);
    return { code, out: stdout, failure: /"code":"([\w-]+)"/.exec(stderr)?.[1] };
  }

  const set = (state: KeychainState) => {
    const bindDn = `CN=MFA Service,OU=Service Accounts,${crowdTop}`;
    const url = `ldap://127.0.0.1:${directory.port}`;
    return mfactl(
      state,
      'directory',
      'set',
      '--kind',
      'ad',
      '--url',
      url,
      '--bind-dn',
      bindDn,
      '--base-dn',
      crowdTop,
      '--allow-plain-text',
    );
  };

  test.each(['locked', 'none'] as const)(
    'is not kept in plain text where the keychain is in the state "%s": the settings stay as they were',
    async (state) => {
      expect(await set(state)).toMatchObject({ code: 1, failure: 'keychain-unavailable' });

      expect(await mfactl('unlocked', 'directory', 'tree')).toMatchObject({ code: 1, failure: 'directory-not-configured' });
    },
  );

  test('is there again when a locked keychain is opened', async () => {
    expect((await set('unlocked')).code).toBe(0);

    expect(await mfactl('locked', 'directory', 'tree')).toMatchObject({ code: 1, failure: 'keychain-unavailable' });
    expect(await mfactl('none', 'users', 'count')).toMatchObject({ code: 0 });
    expect((await mfactl('unlocked', 'directory', 'tree')).out).toContain('OU=Crowd');
  });
});
