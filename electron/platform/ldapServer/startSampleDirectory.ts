import { timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Secret } from '../../../shared/lib/secret.ts';
import { accountRefusal } from './bind/accountState.ts';
import type { BindVerdict, VerifyBind } from './bind/bindVerdict.ts';
import { createDirectoryBackend, type DirectoryOptions } from './createDirectoryBackend.ts';
import { createLdapServer, type LdapServer, type LdapServerOptions } from './createLdapServer.ts';
import { dnKey } from './data/distinguishedName.ts';
import { createEntry, createEntryStore, DataError } from './data/entryStore.ts';
import { parseLdif } from './data/ldif.ts';
import type { Fault } from './faults.ts';
import { directoryNames } from './search/rootDse.ts';

export interface SampleDirectoryOptions
  extends
    Pick<LdapServerOptions, 'port' | 'protocol' | 'tls' | 'maxMessageBytes'>,
    Pick<DirectoryOptions, 'requireTlsForSimpleBind' | 'unauthenticatedBind' | 'limits' | 'now'> {
  /** Opens the service account. */
  readonly servicePassword: Secret;
  /** Opens every other account whose attributes do not forbid it. Without it only the service account can bind. */
  readonly accountPassword?: Secret;
  /** What a bind with the right password answers, by DN; for states that no attribute tells (logon hours, expired password). */
  readonly bindVerdicts?: Readonly<Record<string, BindVerdict>>;
  /** Misbehaviour to simulate; the first one is outermost. */
  readonly faults?: readonly Fault[];
  /**
   * Serves this LDIF text instead of the sample data, which are found only beside the sources; a bundled host passes them in here.
   * The first entry has to be the base DN.
   */
  readonly ldif?: string;
  /** Added to the data, as LDIF. */
  readonly extraLdif?: string;
}

export interface SampleDirectory extends LdapServer {
  readonly baseDn: string;
  /** DN of the account that may read everything. */
  readonly serviceDn: string;
  /** Adds entries, or puts them in the place of those with the same DN. Each gets a higher uSNChanged. Throws LdifError, DataError. */
  put(ldif: string): void;
  /** Removes an entry and everything below it, without a tombstone. Throws DataError where there is no such entry. */
  remove(dn: string): void;
}

export const sampleBaseDn = 'DC=contoso,DC=example';
export const sampleServiceDn = `CN=MFA Service,OU=Service Accounts,${sampleBaseDn}`;

const sampleFile = new URL('../../../assets/sampleDirectory/contoso.ldif', import.meta.url);

/**
 * Serves the invented company Contoso on 127.0.0.1, read-only, in memory.
 * Rejects with Node's error when the port is taken, with LdifError or DataError when given data are wrong.
 */
export async function startSampleDirectory(options: SampleDirectoryOptions): Promise<SampleDirectory> {
  const { faults = [], port, protocol, tls, maxMessageBytes, now = Date.now } = options;
  const records = parseLdif(options.ldif ?? (await readFile(sampleFile, 'utf8')));
  const store = createEntryStore([...records, ...parseLdif(options.extraLdif ?? '')]);
  const baseDn = records[0]?.dn ?? sampleBaseDn;
  const serviceDn = sampleServiceDn.replace(sampleBaseDn, baseDn);
  const directory = createDirectoryBackend({
    store,
    names: directoryNames(baseDn),
    verify: createVerifier(options, serviceDn, now),
    requireTlsForSimpleBind: options.requireTlsForSimpleBind,
    unauthenticatedBind: options.unauthenticatedBind,
    offersStartTls: tls !== undefined && protocol !== 'ldaps',
    limits: options.limits,
    now,
  });
  const backend = faults.reduceRight((next, fault) => fault(next), directory);
  const server = await createLdapServer({ backend, port, protocol, tls, maxMessageBytes });
  // Above every number in the sample data, so that a search for newer entries finds what was put, and only that.
  let usn = 1_000_000;

  return {
    ...server,
    baseDn,
    serviceDn,
    put(ldif) {
      for (const { dn, attributes } of parseLdif(ldif)) {
        usn += 1;
        const kept = attributes.filter(({ name }) => name.toLowerCase() !== 'usnchanged');
        store.put(createEntry(dn, [...kept, { name: 'uSNChanged', value: Buffer.from(String(usn)) }]));
      }
    },
    remove(dn) {
      const key = dnKey(dn);
      if (key === undefined || store.find(key) === undefined) throw new DataError(`There is no "${dn}".`);
      store.remove(key);
    },
  };
}

function createVerifier(options: SampleDirectoryOptions, serviceDn: string, now: () => number): VerifyBind {
  const serviceKey = dnKey(serviceDn);
  const verdicts = new Map(Object.entries(options.bindVerdicts ?? {}).map(([dn, verdict]) => [dnKey(dn), verdict]));
  return (account, password) => {
    const expected = account.key === serviceKey ? options.servicePassword : options.accountPassword;
    if (expected === undefined || !isSame(password, expected)) return 'wrong-password';
    return verdicts.get(account.key) ?? accountRefusal(account, now()) ?? 'accepted';
  };
}

function isSame(given: Secret, expected: Secret): boolean {
  const [a, b] = [Buffer.from(given.reveal()), Buffer.from(expected.reveal())];
  return a.length === b.length && timingSafeEqual(a, b);
}
