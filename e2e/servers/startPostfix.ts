import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';
import { runCommand, runInBackground, temporaryFolder, waitUntil } from '../support/commands.ts';
import { answers, freePort } from '../support/loopback.ts';
import type { ServerCertificate } from './certificates.ts';
import { hasProgram } from './sharedServers.ts';

export interface Postfix {
  /** STARTTLS; signing in is offered after it only. */
  readonly port: number;
  /** TLS from the first byte. */
  readonly tlsPort: number;
  readonly user: string;
  readonly password: string;
  /** Mails that have reached a mailbox so far, in no order. */
  received(): Promise<ParsedMail[]>;
  stop(): Promise<void>;
}

const domain = 'corp.example';
const user = `relay@${domain}`;
const password = 'Relay-Passw0rd';

/** Postfix runs parts of itself under its own account, so it needs root. */
export function canRunPostfix(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && ['postfix', 'saslpasswd2', 'openssl'].every(hasProgram);
}

/**
 * A real mail server of its own folder, on free ports of 127.0.0.1. It takes mail for corp.example from who has signed in, says 451 for
 * greylisted@, 550 for unknown@ and refuses mails over 50 kB.
 */
export async function startPostfix(certificate: ServerCertificate): Promise<Postfix> {
  const { folder, remove } = temporaryFolder('postfix');
  chmodSync(folder, 0o755);
  const uid = Number((await runCommand('id', ['-u', 'postfix'])).trim());
  const gid = Number((await runCommand('id', ['-g', 'postfix'])).trim());
  for (const name of ['config', 'config/sasl', 'queue', 'data', 'mail']) mkdirSync(join(folder, name));
  for (const name of ['data', 'mail']) chownSync(join(folder, name), uid, gid);
  writeFileSync(
    join(folder, 'config/sasl/smtpd.conf'),
    `pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: ${folder}/sasldb2\n`,
  );
  await runCommand('sh', ['-c', `printf %s "$1" | saslpasswd2 -p -c -f "$2/sasldb2" -u ${domain} relay`, 'sh', password, folder]);
  chownSync(join(folder, 'sasldb2'), uid, gid);

  const [port, tlsPort] = [await freePort(), await freePort()];
  const config = join(folder, 'config');
  writeFileSync(join(config, 'main.cf'), mainConfiguration(folder, certificate, { uid, gid }));
  writeFileSync(join(config, 'master.cf'), services(port, tlsPort));
  const server = runInBackground('postfix', ['-c', config, 'start-fg']);
  // What was started is a script; the server proper is its child and outlives it.
  const endMaster = (): void => {
    process.off('exit', endMaster);
    try {
      process.kill(Number(readFileSync(join(folder, 'queue/pid/master.pid'), 'utf8')));
    } catch {
      // It has ended already.
    }
  };
  process.once('exit', endMaster);
  const log = () => (existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : server.output());
  await waitUntil(
    async () => (await answers('127.0.0.1', port)) && (await answers('127.0.0.1', tlsPort)),
    () => `Postfix does not answer: ${log()}`,
  );

  return {
    ...{ port, tlsPort, user, password },
    received: () =>
      Promise.all(
        readdirSync(join(folder, 'mail'), { recursive: true, encoding: 'utf8' })
          .filter((name) => /(^|\/)new\/[^/]+$/.test(name) && statSync(join(folder, 'mail', name)).isFile())
          .map((name) => simpleParser(readFileSync(join(folder, 'mail', name)))),
      ),
    async stop() {
      endMaster();
      await server.stop();
      remove();
    },
  };
}

function mainConfiguration(folder: string, certificate: ServerCertificate, { uid, gid }: { uid: number; gid: number }): string {
  return `compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
maillog_file = ${folder}/log
maillog_file_prefixes = ${folder}
myhostname = mail.${domain}
mydestination =
inet_interfaces = loopback-only
inet_protocols = ipv4
mynetworks =
message_size_limit = 51200
smtpd_tls_security_level = may
smtpd_tls_cert_file = ${certificate.certificateFile}
smtpd_tls_key_file = ${certificate.keyFile}
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
cyrus_sasl_config_path = ${folder}/config/sasl
smtpd_sasl_local_domain = ${domain}
smtpd_client_connection_count_limit = 0
smtpd_peername_lookup = no
alias_maps =
alias_database =
local_recipient_maps =
smtpd_recipient_restrictions =
  check_recipient_access inline:{ { greylisted@${domain} = 451 4.7.1 Greylisted, come back later } { unknown@${domain} = 550 5.1.1 No such mailbox } }
  permit_sasl_authenticated
  reject
virtual_mailbox_domains = ${domain}
virtual_mailbox_base = ${folder}/mail
virtual_mailbox_maps = static:box/
virtual_minimum_uid = 1
virtual_uid_maps = static:${uid}
virtual_gid_maps = static:${gid}
`;
}

function services(port: number, tlsPort: number): string {
  /** Name, program where it is another one, and how many may run: some insist on their number. */
  const internal = [
    ['rewrite', 'trivial-rewrite', '-'],
    ['bounce', 'bounce', '0'],
    ['defer', 'bounce', '0'],
    ['trace', 'bounce', '0'],
    ['proxymap', 'proxymap', '-'],
    ['anvil', 'anvil', '1'],
    ['error', 'error', '-'],
    ['retry', 'error', '-'],
  ];
  return [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    `127.0.0.1:${tlsPort} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes`,
    ...internal.map(([name, program, limit]) => `${name} unix - - n - ${limit} ${program}`),
    'cleanup unix n - n - 0 cleanup',
    'virtual unix - n n - - virtual',
    'qmgr unix n - n 300 1 qmgr',
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    'postlog unix-dgram n - n - 1 postlogd',
    '',
  ].join('\n');
}
