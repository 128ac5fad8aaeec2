import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface BenchSlapd {
  readonly port: number;
  readonly bindDn: string;
  readonly password: string;
  /** Ends the server by its process id. */
  stop(): Promise<void>;
}

const bindDn = 'cn=reader,dc=bench,dc=test';
const password = 'bench';

/**
 * Fills a slapd with invented people, once, and starts it on loopback, without TLS. Its database stays in a temporary folder
 * and is used again. Needs Debian's slapd and ldap-utils.
 */
export async function startBenchSlapd(people: number): Promise<BenchSlapd> {
  // The number goes up with who is in it.
  const folder = join(tmpdir(), `mfa-bench-slapd-1-${people}`);
  const isFilled = join(folder, 'filled');
  if (!existsSync(isFilled)) rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'db'), { recursive: true });
  const configuration = join(folder, 'slapd.conf');
  writeFileSync(
    configuration,
    `${['core', 'cosine', 'inetorgperson'].map((name) => `include /etc/ldap/schema/${name}.schema`).join('\n')}
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${join(folder, 'slapd.pid')}
sizelimit unlimited
database mdb
maxsize ${8 * 1024 ** 3}
suffix "dc=bench,dc=test"
rootdn "${bindDn}"
rootpw ${password}
directory ${join(folder, 'db')}
index objectClass eq
`,
  );
  if (!existsSync(isFilled)) await load(configuration, people);
  writeFileSync(isFilled, '');
  const port = await freePort();
  const server = spawn('slapd', ['-f', configuration, '-h', `ldap://127.0.0.1:${port}`, '-d', '0'], { stdio: 'ignore' });
  const ended = once(server, 'exit');
  await answers(port);
  return {
    port,
    bindDn,
    password,
    async stop() {
      server.kill();
      await ended;
    },
  };
}

/** Milliseconds that OpenLDAP's own client takes to read everybody in pages of 1,000. */
export async function timeLdapsearch(server: BenchSlapd, filter: string, attributes: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  const client = spawn(
    'ldapsearch',
    ['-x', '-LLL', '-H', `ldap://127.0.0.1:${server.port}`, '-D', server.bindDn, '-w', server.password]
      .concat(['-b', 'ou=people,dc=bench,dc=test', '-E', 'pr=1000/noprompt', filter])
      .concat(attributes),
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const [code] = (await once(client, 'exit')) as [number];
  if (code !== 0) throw new Error(`ldapsearch ended with code ${code}.`);
  return performance.now() - startedAt;
}

async function load(configuration: string, people: number): Promise<void> {
  const slapadd = spawn('slapadd', ['-q', '-f', configuration], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = once(slapadd, 'exit');
  slapadd.stdin.write(
    `dn: dc=bench,dc=test\nobjectClass: dcObject\nobjectClass: organization\ndc: bench\no: Bench\n\n` +
      `dn: ou=people,dc=bench,dc=test\nobjectClass: organizationalUnit\nou: people\n\n`,
  );
  for (let from = 0; from < people; from += 1000) {
    const part = Array.from({ length: Math.min(1000, people - from) }, (_, index) => personLdif(from + index)).join('');
    if (!slapadd.stdin.write(part)) await once(slapadd.stdin, 'drain');
  }
  slapadd.stdin.end();
  const [code] = (await ended) as [number];
  if (code !== 0) throw new Error(`slapadd ended with code ${code}.`);
}

const firstNames = ['Anna', 'Björn', 'Chloé', 'Dmitri', 'Elif', 'Farid', 'Grace', 'Hana', 'Igor', 'Julia'];
const lastNames = ['Smith', 'Müller', 'Garcia', 'Nowak', 'Okafor', 'Tanaka', 'O’Brien', 'Rossi', 'Silva'];

/** Mobile numbers of three countries, some offices with an extension; one person in ten has an accent in the name. */
function personLdif(index: number): string {
  const first = firstNames[index % firstNames.length] ?? '';
  const last = `${lastNames[index % lastNames.length] ?? ''}${index % 977}`;
  const number = String(index % 100_000).padStart(5, '0');
  const mobile = [`+1 425 55${number.slice(0, 1)} ${number.slice(1)}`, `+49 151 234 ${number}`, `+44 7911 1${number}`][index % 3] ?? '';
  const lines = [
    `dn: uid=user${index},ou=people,dc=bench,dc=test`,
    'objectClass: inetOrgPerson',
    `uid: user${index}`,
    `cn:: ${base64(`${first} ${last}`)}`,
    `sn:: ${base64(last)}`,
    `givenName:: ${base64(first)}`,
    `mail: user${index}@bench.test`,
    `mobile: ${mobile}`,
    `telephoneNumber: +1 206 201 ${String(2000 + (index % 7000))}`,
    `description: Person ${index} of the benchmark`,
    `title: Clerk`,
    `employeeNumber: ${index}`,
    `roomNumber: ${index % 500}`,
  ];
  return `${lines.join('\n')}\n\n`;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}

async function answers(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => socket.once('connect', () => resolve(true)).once('error', () => resolve(false)));
    socket.destroy();
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('slapd does not answer.');
}
