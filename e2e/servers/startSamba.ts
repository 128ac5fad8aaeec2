import { randomInt } from 'node:crypto';
import { chmodSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, runInBackground, temporaryFolder, waitUntil } from '../support/commands.ts';
import { answers } from '../support/loopback.ts';
import { createAuthority } from './certificates.ts';
import { circleLdif, domainDn, domainLdif } from './sambaPeople.ts';

/** Plain data, so that it can be handed to the processes that run the tests. */
export interface Samba {
  readonly host: string;
  readonly ldapUrl: string;
  readonly ldapsUrl: string;
  readonly baseDn: string;
  /** May read, and nothing else. */
  readonly bindDn: string;
  readonly username: string;
  readonly password: string;
  /** Of the authority that issued the server's certificate, as PEM. */
  readonly authorityFile: string;
  /** For changes between two imports, straight into the database: see changeSamba. */
  readonly databaseFile: string;
}

const reader = { username: 'svc-mfa', password: 'Reader-Passw0rd' };
const ldapPort = 389;
const ldapsPort = 636;

/**
 * A real Active Directory domain controller with the people of sambaPeople.ts; takes about 15 s. Samba's LDAP ports
 * are fixed, so each server gets a loopback address of its own, and several may run at once.
 */
export async function startSamba(): Promise<Samba & { stop(): Promise<void> }> {
  const host = `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
  const { folder, remove } = temporaryFolder('samba');
  const path = (...names: string[]) => join(folder, ...names);
  const settings = {
    interfaces: `${host}/8`,
    'bind interfaces only': 'yes',
    'server services': 'ldap, cldap, kdc, rpc',
    'pid directory': folder,
    'ncalrpc dir': path('ncalrpc'),
    'winbindd socket directory': path('winbindd'),
    'ntp signd socket directory': path('ntp'),
    'log file': path('log'),
    'tls certfile': path('tls.pem'),
    'tls keyfile': path('tls.key'),
    'tls cafile': path('ca', 'ca.pem'),
  };

  const authority = await createAuthority(path('ca'), 'CORP test authority');
  const certificate = await authority.issue(['dc1.corp.contoso.test', host]);
  copyFileSync(certificate.certificateFile, settings['tls certfile']);
  copyFileSync(certificate.keyFile, settings['tls keyfile']);
  // Samba refuses a key that others may read.
  chmodSync(settings['tls keyfile'], 0o600);

  await runCommand('samba-tool', [
    ...['domain', 'provision', '--realm=CORP.CONTOSO.TEST', '--domain=CORP', '--host-name=dc1', '--server-role=dc', '--dns-backend=NONE'],
    ...['--adminpass=Adm1n-Passw0rd', `--targetdir=${folder}`, '--use-rfc2307'],
    ...Object.entries(settings).map(([name, value]) => `--option=${name}=${value}`),
  ]);
  const databaseFile = path('private', 'sam.ldb');
  await runCommand('ldbadd', ['-H', databaseFile], { input: domainLdif(reader) });
  await runCommand('ldbmodify', ['-H', databaseFile], { input: circleLdif });

  const server = runInBackground('samba', ['-i', '-M', 'single', '-s', path('etc', 'smb.conf')]);
  const isReady = async () => server.hasEnded() || ((await answers(host, ldapPort)) && (await answers(host, ldapsPort)));
  await waitUntil(isReady, () => `Samba does not answer: ${server.output()}`);
  if (server.hasEnded()) throw new Error(`Samba ended: ${server.output()}`);

  return {
    host,
    ldapUrl: `ldap://${host}`,
    ldapsUrl: `ldaps://${host}`,
    baseDn: domainDn,
    bindDn: `CN=${reader.username},CN=Users,${domainDn}`,
    ...reader,
    authorityFile: authority.authorityFile,
    databaseFile,
    async stop() {
      await server.stop();
      remove();
    },
  };
}

/** Applies change records (RFC 2849) to the domain, as its own administrator would. */
export async function changeSamba({ databaseFile }: Pick<Samba, 'databaseFile'>, ldif: string): Promise<void> {
  await runCommand('ldbmodify', ['-H', databaseFile], { input: ldif });
}

/** Gives an entry another name or another place; its objectGUID stays. */
export async function moveInSamba({ databaseFile }: Pick<Samba, 'databaseFile'>, fromDn: string, toDn: string): Promise<void> {
  await runCommand('ldbrename', ['-H', databaseFile, fromDn, toDn]);
}
