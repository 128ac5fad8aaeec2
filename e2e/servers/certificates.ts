import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../support/commands.ts';

export interface ServerCertificate {
  readonly certificateFile: string;
  readonly keyFile: string;
  /** Of the authority that issued it. Whether a client trusts that one is the client's business. */
  readonly authorityFile: string;
}

export interface Authority {
  readonly authorityFile: string;
  /** `names` are DNS names and IP addresses; `expired` makes one that ended yesterday. */
  issue(names: readonly string[], options?: { expired?: boolean }): Promise<ServerCertificate>;
}

const dayMs = 24 * 60 * 60 * 1000;
const key = ['-newkey', 'rsa:2048', '-nodes'];

/** A certificate authority of our own, made by openssl in `folder`. Two authorities do not trust each other. */
export async function createAuthority(folder: string, name = 'Test authority'): Promise<Authority> {
  mkdirSync(folder, { recursive: true });
  const path = (file: string) => join(folder, file);
  const authorityFile = path('ca.pem');
  const extensions = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
  await runCommand('openssl', [
    'req',
    '-x509',
    ...key,
    '-days',
    '30',
    '-subj',
    `/CN=${name}`,
    ...extensions,
    '-keyout',
    path('ca.key'),
    '-out',
    authorityFile,
  ]);
  writeFileSync(path('ca.conf'), configuration(folder));
  writeFileSync(path('index.txt'), '');
  writeFileSync(path('index.txt.attr'), 'unique_subject = no\n');
  writeFileSync(path('serial'), '1000\n');
  let count = 0;

  return {
    authorityFile,
    async issue(names, { expired = false } = {}) {
      count += 1;
      const file = (kind: string) => path(`server${count}.${kind}`);
      const end = Date.now() + (expired ? -dayMs : 30 * dayMs);
      writeFileSync(file('ext'), `subjectAltName=${names.map(alternativeName).join(',')}\nextendedKeyUsage=serverAuth\n`);
      await runCommand('openssl', ['req', ...key, '-subj', `/CN=${names[0]}`, '-keyout', file('key'), '-out', file('csr')]);
      // `openssl x509` cannot set a start or an end in the past; `openssl ca` can.
      await runCommand('openssl', [
        ...['ca', '-batch', '-notext', '-config', path('ca.conf'), '-in', file('csr'), '-out', file('pem')],
        ...['-startdate', asn1Time(end - 60 * dayMs), '-enddate', asn1Time(end), '-extfile', file('ext')],
      ]);
      return { certificateFile: file('pem'), keyFile: file('key'), authorityFile };
    },
  };
}

function alternativeName(name: string): string {
  return /^[\d.]+$|:/.test(name) ? `IP:${name}` : `DNS:${name}`;
}

/** 20261122203314Z */
function asn1Time(timeMs: number): string {
  return `${new Date(timeMs)
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replaceAll(/[-:T]/g, '')}Z`;
}

function configuration(folder: string): string {
  return `[ca]
default_ca = own
[own]
dir = ${folder}
new_certs_dir = $dir
database = $dir/index.txt
serial = $dir/serial
certificate = $dir/ca.pem
private_key = $dir/ca.key
default_md = sha256
policy = any
[any]
commonName = supplied
`;
}
