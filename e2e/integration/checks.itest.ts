import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
/** What this computer has set for itself. */
const noProxy = { HTTPS_PROXY: '', HTTP_PROXY: '', ALL_PROXY: '', https_proxy: '', http_proxy: '', all_proxy: '' };
let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'checks-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function mfactl(...args: string[]) {
  const env = { ...process.env, MFA_DATA_DIR: join(folder, 'data'), DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent', ...noProxy };
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

it('does not fail for the service that was switched off, and fails for an own target that cannot be reached', async () => {
  // Its queue takes connections though this process is busy waiting.
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const id = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(mfactl('firewall', 'targets', 'add', id, '--no-tls', '--name', 'Web proxy')).toMatchObject({ status: 0 });
  const well = mfactl('check', '--only', 'network', '--json');
  expect(well.status).toBe(0);
  const { network, requirements } = JSON.parse(well.stdout) as { network: { id: string; state: string }[]; requirements?: unknown };
  expect(requirements).toBeUndefined();
  expect(network).toContainEqual(expect.objectContaining({ id, state: 'pass' }));
  expect(network.filter((check) => check.id.includes('phonefactor'))).toEqual([]);

  server.close();
  await once(server, 'close');
  expect(mfactl('check', '--only', 'network')).toMatchObject({ status: 1, stdout: expect.stringContaining('refuses connections') });
  expect(mfactl('firewall', 'targets', 'disable', id)).toMatchObject({ status: 0 });
  expect(mfactl('check', '--only', 'network')).toMatchObject({ status: 0 });
  expect(mfactl('firewall', 'targets', 'remove', id)).toMatchObject({ status: 0 });
  expect(mfactl('firewall', 'targets', 'remove', id).status).toBe(1);
  expect(mfactl('firewall', 'targets', 'add', 'https://mfa.example').status).toBe(2);
});

it('goes through a proxy that is set, says so, and keeps its password out of what it prints', async () => {
  expect(mfactl('firewall', 'proxy')).toMatchObject({ status: 0, stdout: expect.stringContaining('No proxy is used.') });
  expect(mfactl('firewall', 'proxy', 'http://proxy').status).toBe(2);
  const proxy = createServer().listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const id = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  proxy.close();
  await once(proxy, 'close');
  expect(mfactl('firewall', 'proxy', id, '--except', 'corp.example')).toMatchObject({
    status: 0,
    stdout: `Proxy: ${id}.\nReached without it: corp.example.\n`,
  });
  const { stdout } = mfactl('check', '--only', 'network', '--json');
  const { network } = JSON.parse(stdout) as { network: { host: string; proxy: string | null; reason: string }[] };
  expect(network.find(({ host }) => host === 'crl.microsoft.com')).toMatchObject({
    proxy: id,
    reason: expect.stringContaining(`The proxy ${id} cannot be reached.`),
  });
  expect(mfactl('firewall', 'proxy', 'none')).toMatchObject({ status: 0, stdout: 'No proxy is used.\n' });
});

it('answers whether an address is published, by the full table unless the other one is asked for, and exports either', () => {
  const range = (...args: string[]) =>
    JSON.parse(mfactl('firewall', 'ip', ...args, '--json').stdout) as { table: string; range: string | null };
  expect(range('134.170.116.5')).toMatchObject({ table: 'full', range: '134.170.116.0/25' });
  expect(range('134.170.116.5', '--table', 'reduced')).toMatchObject({ table: 'reduced', range: null });
  expect(range('70.37.154.206', '--table', 'reduced')).toMatchObject({ range: '70.37.154.200/29' });
  expect(mfactl('firewall', 'ip', '134.170.116').status).toBe(2);
  for (const [format, first, ranges] of [
    ['ps1', '#Requires -RunAsAdministrator', 9],
    ['netsh', '@echo off', 9],
    ['csv', 'Direction,Protocol,Port,Destination', 9],
    ['md', '| Direction | Protocol | Port | Destination |', 9],
  ] as const) {
    const { status, stdout } = mfactl('firewall', 'export', '--format', format, '--table', 'full');
    expect([status, stdout.split('\n')[0], stdout.match(/\d\/2[58]/g)?.length]).toEqual([0, first, ranges]);
  }
  expect(mfactl('firewall', 'export', '--format', 'pdf').status).toBe(2);
});

it.skipIf(process.platform === 'win32')('says that only Windows has rules to compare with', () => {
  expect(mfactl('firewall', 'rules')).toMatchObject({ status: 0, stdout: expect.stringContaining('not run on Windows') });
});

it('looks at this computer, and exits with 1 while no keychain keeps the secrets', () => {
  expect(mfactl('check', 'time-server', '127.0.0.1:1')).toMatchObject({ status: 0 });
  expect(mfactl('firewall', 'targets').stdout).toMatch(/127\.0\.0\.1:1\/udp +time +UDP +optional +on/);
  expect(mfactl('check', 'time-server', 'none')).toMatchObject({ status: 0, stdout: expect.stringContaining('not compared') });
  expect(mfactl('firewall', 'targets').stdout).not.toContain('/udp');
  const { status, stdout } = mfactl('check', '--only', 'requirements', '--json');
  const found = JSON.parse(stdout) as { requirements: { kind: string; state: string; fix: string }[] };
  expect(status).toBe(1);
  const past = JSON.parse(mfactl('check', 'history', 'keychain', '--json').stdout) as unknown[];
  expect(past).toEqual([expect.objectContaining({ state: 'fail' })]);
  const stateOf = (kind: string) => found.requirements.find((each) => each.kind === kind)?.state;
  expect(['disk', 'data-folder', 'program', 'clock', 'keychain', 'relay'].map(stateOf)).toEqual([
    'pass',
    'pass',
    'pass',
    'pass',
    'fail',
    'warn',
  ]);
});
