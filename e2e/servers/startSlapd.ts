import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, runInBackground, temporaryFolder, waitUntil } from '../support/commands.ts';
import { answers, freePort } from '../support/loopback.ts';
import type { ServerCertificate } from './certificates.ts';

export interface SlapdOptions {
  /** Generated inetOrgPerson entries below ou=people. */
  readonly people?: number;
  /** For LDAPS and StartTLS; without it there is only plain LDAP. */
  readonly certificate?: ServerCertificate;
  /** Entries one search may return. */
  readonly sizeLimit?: number;
  /** False: an anonymous bind is refused. */
  readonly allowAnonymous?: boolean;
  /** True: a simple bind without TLS is refused with code 13. */
  readonly requireTls?: boolean;
  /** Login names of people whom nobody who signs in may see. */
  readonly hidden?: readonly string[];
  /** Added as it is, below the suffix. */
  readonly extraLdif?: string;
}

export interface Slapd {
  /** Plain LDAP; also takes StartTLS when there is a certificate. */
  readonly url: string;
  readonly ldapsUrl: string;
  readonly port: number;
  readonly ldapsPort: number;
  readonly baseDn: string;
  readonly peopleDn: string;
  readonly bindDn: string;
  readonly password: string;
  stop(): Promise<void>;
}

const baseDn = 'dc=example,dc=test';
const peopleDn = `ou=people,${baseDn}`;
/** The database's own administrator is above all limits, so tests sign in as somebody else. */
const bindDn = `cn=reader,${baseDn}`;
const password = 'Reader-Passw0rd';

/** A real OpenLDAP server with generated people, on free ports of 127.0.0.1, in a folder of its own. */
export async function startSlapd(options: SlapdOptions = {}): Promise<Slapd> {
  const { folder, remove } = temporaryFolder('slapd');
  mkdirSync(join(folder, 'db'));
  const configFile = join(folder, 'slapd.conf');
  writeFileSync(configFile, configuration(folder, options));
  writeFileSync(join(folder, 'data.ldif'), [...entries(options)].join('\n'));
  await runCommand('slapadd', ['-q', '-f', configFile, '-l', join(folder, 'data.ldif')]);

  const { server, port, ldapsPort } = await listen(configFile, options.certificate !== undefined);
  const [url, ldapsUrl] = [`ldap://127.0.0.1:${port}`, `ldaps://127.0.0.1:${ldapsPort}`];
  return {
    ...{ url, ldapsUrl, port, ldapsPort, baseDn, peopleDn, bindDn, password },
    async stop() {
      await server.stop();
      remove();
    },
  };
}

/** slapd cannot choose free ports itself, and somebody else may take ours before it does: then it tries others. */
async function listen(configFile: string, withTls: boolean, attempts = 5) {
  const [port, ldapsPort] = [await freePort(), await freePort()];
  const urls = [`ldap://127.0.0.1:${port}`, ...(withTls ? [`ldaps://127.0.0.1:${ldapsPort}`] : [])];
  const server = runInBackground('slapd', ['-d', '0', '-f', configFile, '-h', urls.join(' ')]);
  const isReady = async () => server.hasEnded() || (await answers('127.0.0.1', port));
  await waitUntil(isReady, () => `slapd does not answer: ${server.output()}`);
  if (!server.hasEnded()) return { server, port, ldapsPort };
  if (attempts === 1) throw new Error(`slapd ended: ${server.output()}`);
  return listen(configFile, withTls, attempts - 1);
}

function configuration(
  folder: string,
  { certificate, sizeLimit, allowAnonymous = true, requireTls = false, hidden = [] }: SlapdOptions,
): string {
  const lines = [
    ...['core', 'cosine', 'inetorgperson', 'nis'].map((name) => `include /etc/ldap/schema/${name}.schema`),
    'modulepath /usr/lib/ldap',
    'moduleload back_mdb',
    `pidfile ${folder}/slapd.pid`,
    `sizelimit ${sizeLimit ?? 'unlimited'}`,
    allowAnonymous ? '' : 'disallow bind_anon',
    requireTls ? 'security simple_bind=112' : '',
    certificate ? `TLSCertificateFile ${certificate.certificateFile}` : '',
    certificate ? `TLSCertificateKeyFile ${certificate.keyFile}` : '',
    'database mdb',
    `suffix "${baseDn}"`,
    `rootdn "cn=root,${baseDn}"`,
    `directory ${folder}/db`,
    'maxsize 4294967296',
    'dbnosync',
    'index objectClass eq',
    'index uid,cn,sn,mail eq,sub',
    'index entryUUID eq',
    ...hidden.map((uid) => `access to dn.exact="uid=${uid},${peopleDn}" by * none`),
    hidden.length > 0 ? 'access to * by * read' : '',
  ];
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}

function* entries({ people = 0, extraLdif }: SlapdOptions): Generator<string> {
  yield `dn: ${baseDn}\nobjectClass: dcObject\nobjectClass: organization\ndc: example\no: Example\n`;
  yield `dn: ${bindDn}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: reader\nuserPassword: ${password}\n`;
  yield `dn: ${peopleDn}\nobjectClass: organizationalUnit\nou: people\n`;
  for (let number = 1; number <= people; number++) yield person(number);
  if (extraLdif !== undefined) yield extraLdif;
}

function person(number: number): string {
  const [givenName, surname] = [`Given${number % 977}`, `Surname${String(number).padStart(7, '0')}`];
  return `dn: uid=user${number},${peopleDn}
objectClass: inetOrgPerson
uid: user${number}
cn: ${givenName} ${surname}
givenName: ${givenName}
sn: ${surname}
mail: user${number}@example.test
telephoneNumber: +1 425 555 ${String(number % 10_000).padStart(4, '0')}
mobile: +1 206 555 ${String((number * 7) % 10_000).padStart(4, '0')}
`;
}
