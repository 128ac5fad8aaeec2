import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAuthority } from '../servers/certificates.ts';
import { createKeychainHome } from '../servers/keychain.ts';
import { hasProgram } from '../servers/sharedServers.ts';
import { startSlapd, type Slapd } from '../servers/startSlapd.ts';
import { temporaryFolder } from '../support/commands.ts';
import { closedPort } from '../servers/hostile.ts';

const canRun = process.platform === 'linux' && ['slapd', 'openssl', 'dbus-run-session', 'gnome-keyring-daemon'].every(hasProgram);
const cli = join(import.meta.dirname, '..', '..', 'electron', 'cli.ts');

describe.skipIf(!canRun)('mfactl with a directory of one’s own', () => {
  const home = createKeychainHome();
  const certificates = temporaryFolder('authority');
  let data: ReturnType<typeof temporaryFolder>;
  let slapd: Slapd;
  let authorityFile: string;
  let fingerprint: string;

  beforeAll(async () => {
    const authority = await createAuthority(certificates.folder);
    const certificate = await authority.issue(['127.0.0.1']);
    ({ authorityFile } = authority);
    fingerprint = new X509Certificate(readFileSync(certificate.certificateFile)).fingerprint256;
    slapd = await startSlapd({ people: 30, certificate });
  });
  afterAll(async () => {
    await slapd.stop();
    home.remove();
    certificates.remove();
  });
  beforeEach(() => void (data = temporaryFolder('mfactl-directory')));
  afterEach(() => data.remove());

  /** A process of its own for each verb, in the session of an account that has a keychain. */
  async function mfactl(words: readonly string[], password?: string): Promise<{ code: number | null; out: string; err: string }> {
    const env = { MFA_DATA_DIR: data.folder, ...(password !== undefined && { MFA_DIRECTORY_PASSWORD: password }) };
    const { code, stdout, stderr } = await home.run('unlocked', cli, words, env);
    return { code, out: stdout, err: stderr };
  }

  const set = (url: string, ...trust: string[]) => {
    const where = ['--kind', 'openldap', '--url', url, '--bind-dn', slapd.bindDn, '--base-dn', slapd.baseDn];
    return mfactl(['directory', 'set', ...where, ...trust], slapd.password);
  };

  test('an unknown certificate is refused with its fingerprint, and is good enough once that is given with --pin', async () => {
    await set(slapd.ldapsUrl);
    const shown = fingerprint.replaceAll(':', '').toLowerCase();
    const refused = await mfactl(['directory', 'test']);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('issuer: CN=Test authority');
    expect(refused.err).toContain(`sha256: ${shown}`);
    const { code, err } = await mfactl(['directory', 'test', '--json']);
    expect(code).toBe(1);
    expect(err).toContain('"code":"certificate-unknown"');
    expect(err).toContain(`"sha256":"${shown}"`);

    expect(await set(slapd.ldapsUrl, '--pin', fingerprint)).toMatchObject({ code: 0 });

    expect(await mfactl(['directory', 'test'])).toMatchObject({ code: 0, out: expect.stringMatching(/ok\s+bind/) });
  });

  test('an authority is trusted with --ca, over StartTLS and over LDAPS where the first server is down', async () => {
    const down = `ldaps://127.0.0.1:${await closedPort()}`;
    for (const [url, ...more] of [[`${down},${slapd.ldapsUrl}`], [slapd.url, '--start-tls']] as const) {
      expect(await set(url, ...more, '--ca', authorityFile)).toMatchObject({ code: 0 });

      expect(await mfactl(['directory', 'tree'])).toMatchObject({ code: 0, out: expect.stringContaining(slapd.peopleDn) });
    }
  });

  test('people are previewed, imported and found with the password that the keychain kept', async () => {
    await set(slapd.ldapsUrl, '--ca', authorityFile);
    const request = ['import', '--from', slapd.peopleDn, '--filter', '(uid=user1*)', '--enable', 'all'];

    expect((await mfactl([...request, '--dry-run'])).out).toContain('Preview: nothing was written. add 11,');
    expect((await mfactl(['users', 'count'])).out.trim()).toBe('0');
    expect(await mfactl(request)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Imported\. add 11,[^]*Read 11 entries, complete/),
    });
    expect((await mfactl(['users', 'count'])).out.trim()).toBe('11');
  });

  test('a new password leaves filters and attributes as they were', async () => {
    await set(slapd.ldapsUrl, '--ca', authorityFile);
    const { settings } = JSON.parse((await mfactl(['call', 'directory.get'])).out);
    const changed = {
      ...settings,
      filters: { ...settings.filters, user: '(uid=user2*)' },
      attributes: { ...settings.attributes, email: '' },
      timeouts: { ...settings.timeouts, connectMs: 7_000 },
    };
    await mfactl(['call', 'directory.set', JSON.stringify({ settings: changed })]);

    await set(slapd.url, '--start-tls', '--ca', authorityFile);

    const after = JSON.parse((await mfactl(['call', 'directory.get'])).out).settings;
    expect(after).toEqual({ ...changed, servers: [{ host: '127.0.0.1', port: slapd.port, security: 'starttls' }] });
  });

  test('a wrong password and a bind without encryption fail with exit code 1 and a sentence', async () => {
    const where = ['--kind', 'openldap', '--bind-dn', slapd.bindDn, '--base-dn', slapd.baseDn];
    await mfactl(['directory', 'set', ...where, '--url', slapd.ldapsUrl, '--ca', authorityFile], 'wrong');
    expect(await mfactl(['directory', 'test'])).toMatchObject({ code: 1, err: expect.stringContaining('does not accept this user') });

    await set(slapd.url);
    expect(await mfactl(['directory', 'tree'])).toMatchObject({ code: 1, err: expect.stringContaining('(plain-text-refused)') });
  });
});
