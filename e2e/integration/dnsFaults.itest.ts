import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { temporaryFolder } from '../support/commands.ts';

const { folder, remove } = temporaryFolder('dns-faults');
afterAll(remove);

/** Root outside of most containers. */
const canIsolate = process.platform === 'linux' && spawnSync('unshare', ['--mount', '--net', 'ip', 'link', 'set', 'lo', 'up']).status === 0;

interface Check {
  readonly host: string;
  readonly state: string;
  readonly addresses: readonly string[];
  readonly reason: string;
}

it.skipIf(!canIsolate)('names DNS that lies, is silent or knows no such host, and hosts of IPv6 only', { timeout: 90_000 }, () => {
  const noProxy = { HTTPS_PROXY: '', HTTP_PROXY: '', ALL_PROXY: '', https_proxy: '', http_proxy: '', all_proxy: '' };
  const script = join(import.meta.dirname, 'dnsFaultsScript.ts');
  const { stdout, stderr } = spawnSync('unshare', ['--mount', '--net', process.execPath, script, folder], {
    encoding: 'utf8',
    env: { ...process.env, ...noProxy, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' },
  });
  expect(stdout, stderr).not.toBe('');
  const { network } = JSON.parse(stdout) as { network: Check[] };
  const of = (host: string) => network.find((check) => check.host === host);

  expect(of('six.example')).toMatchObject({ state: 'pass', addresses: ['::1'] });
  expect(of('six-away.example')).toMatchObject({ state: 'fail', addresses: ['2001:db8::7'], reason: expect.stringContaining('IPv6 only') });
  expect(of('crl.microsoft.com')?.reason).toContain('DNS answers 10.9.8.7 for crl.microsoft.com, an address that no public host has');
  expect(of('pfd.phonefactor.net')?.reason).toContain('DNS answers addresses outside the published ranges: 8.8.8.8.');
  expect(of('nobody.example')).toMatchObject({ state: 'fail', reason: expect.stringContaining('DNS does not know nobody.example.') });
  expect(of('silent.example')).toMatchObject({ state: 'fail', reason: expect.stringContaining('DNS does not answer') });
});
