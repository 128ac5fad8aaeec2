import type { ReturnedAttribute } from '../protocol/messages.ts';
import { extensionOid } from '../protocol/oids.ts';
import { standardAttributes, type Syntax } from './schema.ts';

export interface DirectoryNames {
  /** For example `DC=contoso,DC=example`. */
  readonly baseDn: string;
  /** For example `contoso.example`. */
  readonly dnsName: string;
  readonly netbiosName: string;
  /** Name of this server, for example `dc01.contoso.example`. */
  readonly dnsHostName: string;
  readonly configurationDn: string;
  readonly schemaDn: string;
  readonly subschemaDn: string;
}

/** Works out the names that follow from the base DN, as Windows lays them out. */
export function directoryNames(baseDn: string, host = 'dc01', netbiosName?: string): DirectoryNames {
  const labels = [...baseDn.matchAll(/DC=([^,]+)/gi)].map((match) => match[1] ?? '');
  const dnsName = labels.join('.');
  const configurationDn = `CN=Configuration,${baseDn}`;
  const schemaDn = `CN=Schema,${configurationDn}`;
  return {
    baseDn,
    dnsName,
    netbiosName: netbiosName ?? (labels[0] ?? '').toUpperCase(),
    dnsHostName: `${host}.${dnsName}`,
    configurationDn,
    schemaDn,
    subschemaDn: `CN=Aggregate,${schemaDn}`,
  };
}

export interface RootDseFacts {
  readonly supportedControls: readonly string[];
  readonly offersStartTls: boolean;
  readonly highestUsn: bigint;
  readonly nowMs: number;
}

/** Capabilities by which clients recognise Active Directory, [MS-ADTS] 3.1.1.3.4.3. */
const capabilities = ['1.2.840.113556.1.4.800', '1.2.840.113556.1.4.1670', '1.2.840.113556.1.4.1791', '1.2.840.113556.1.4.1935'];

/** The entry with the empty name, RFC 4512 section 5.1 and [MS-ADTS] 3.1.1.3.2. */
export function rootDse(names: DirectoryNames, facts: RootDseFacts): readonly ReturnedAttribute[] {
  const host = names.dnsHostName.split('.')[0]?.toUpperCase() ?? '';
  return attributes({
    currentTime: [generalizedTime(facts.nowMs)],
    defaultNamingContext: [names.baseDn],
    rootDomainNamingContext: [names.baseDn],
    configurationNamingContext: [names.configurationDn],
    schemaNamingContext: [names.schemaDn],
    namingContexts: [names.baseDn],
    subschemaSubentry: [names.subschemaDn],
    supportedControl: facts.supportedControls,
    supportedExtension: facts.offersStartTls ? [extensionOid.startTls] : [],
    supportedLDAPVersion: ['3'],
    supportedCapabilities: capabilities,
    dnsHostName: [names.dnsHostName],
    ldapServiceName: [`${names.dnsName}:${host.toLowerCase()}$@${names.dnsName.toUpperCase()}`],
    serverName: [`CN=${host},CN=Servers,CN=Default-First-Site-Name,CN=Sites,${names.configurationDn}`],
    highestCommittedUSN: [String(facts.highestUsn)],
    isSynchronized: ['TRUE'],
    isGlobalCatalogReady: ['TRUE'],
    domainFunctionality: ['7'],
    forestFunctionality: ['7'],
    domainControllerFunctionality: ['7'],
    vendorName: ['MFA Server Console'],
  });
}

/** Syntaxes of RFC 4517 section 3.3 and matching rules for the minimal schema. */
const definitions: Readonly<Record<Syntax, string>> = {
  text: 'EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15',
  dn: 'EQUALITY distinguishedNameMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.12',
  category: 'EQUALITY distinguishedNameMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.12',
  integer: 'EQUALITY integerMatch ORDERING integerOrderingMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27',
  boolean: 'EQUALITY booleanMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.7',
  bytes: 'EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40',
  sid: 'EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40',
  time: 'EQUALITY generalizedTimeMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.24',
};

/** A minimal subschema subentry, RFC 4512 section 4.2: enough for clients that read attribute syntaxes before they search. */
export function subschema(names: DirectoryNames): readonly ReturnedAttribute[] {
  return attributes({
    objectClass: ['top', 'subSchema'],
    cn: ['Aggregate'],
    distinguishedName: [names.subschemaDn],
    attributeTypes: standardAttributes().map(([name, syntax]) => `( ${name}-oid NAME '${name}' ${definitions[syntax]} )`),
    objectClasses: ['top', 'person', 'organizationalPerson', 'user', 'contact', 'computer', 'group', 'organizationalUnit', 'container'].map(
      (name) => `( ${name}-oid NAME '${name}' ${name === 'top' ? 'ABSTRACT' : 'SUP top STRUCTURAL'} )`,
    ),
  });
}

function attributes(values: Readonly<Record<string, readonly string[]>>): readonly ReturnedAttribute[] {
  return Object.entries(values).flatMap(([name, texts]) =>
    texts.length === 0 ? [] : [{ name, values: texts.map((text) => Buffer.from(text, 'utf8')) }],
  );
}

function generalizedTime(ms: number): string {
  return `${new Date(ms).toISOString().replace(/[-:T]/g, '').slice(0, 14)}.0Z`;
}
