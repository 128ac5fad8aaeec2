/**
 * A computer whose DNS lies, is silent or knows IPv6 only: to be run in a network and a mount namespace of its own; see dnsFaults.itest.ts.
 * Prints what `mfactl check --only network --json` says.
 */
import { writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { startDnsServer } from '../servers/dnsServer.ts';
import { collectMfactl } from '../support/mfactl.ts';

const [folder = ''] = process.argv.slice(2);

/** Of the namespace only: what is mounted here nobody else sees. */
function replace(file: string, text: string): void {
  const own = join(folder, file.replaceAll('/', '-'));
  writeFileSync(own, text);
  const { status, stderr } = spawnSync('mount', ['--bind', own, file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

spawnSync('ip', ['link', 'set', 'lo', 'up']);
replace('/etc/resolv.conf', 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n');
replace('/etc/hosts', '127.0.0.1 localhost\n');
await startDnsServer({
  'crl.microsoft.com': { v4: '10.9.8.7' },
  'pfd.phonefactor.net': { v4: '8.8.8.8' },
  'six.example': { v6: [...Array<number>(15).fill(0), 1] },
  'six-away.example': { v6: [0x20, 0x01, 0x0d, 0xb8, ...Array<number>(11).fill(0), 7] },
  'silent.example': 'silent',
});
const server = createServer().listen(7443, '::1');
await once(server, 'listening');

const data = join(folder, 'data');
for (const words of [
  ['firewall', 'targets', 'enable', 'pfd.phonefactor.net:443'],
  ['firewall', 'targets', 'add', 'six.example:7443', '--no-tls'],
  ...['six-away.example', 'silent.example', 'nobody.example'].map((host) => ['firewall', 'targets', 'add', `${host}:443`]),
]) {
  const { code, err } = await collectMfactl(data, words);
  if (code !== 0) throw new Error(`${words.join(' ')}: ${err}`);
}
const { out, err } = await collectMfactl(data, ['check', '--only', 'network', '--json']);
process.stderr.write(err);
process.stdout.write(out);
server.close();
