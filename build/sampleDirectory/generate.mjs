/**
 * Writes assets/sampleDirectory/contoso.ldif: the invented company Contoso as Active Directory would hold it.
 * Run `node build/sampleDirectory/generate.mjs [file]` after a change here; the same source gives the same file.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { awkwardPeople } from './awkward.mjs';
import { escapeName, writeLdif } from './ldif.mjs';
import { accountName, departments, offices } from './people.mjs';
import { createRandom } from './random.mjs';

const baseDn = 'DC=contoso,DC=example';
const schemaDn = `CN=Schema,CN=Configuration,${baseDn}`;
const domainSid = [21, 1_957_994_488, 2_025_429_265, 839_522_115];
const never = '9223372036854775807';
const random = createRandom(20_240_930);

const entries = [];
let nextRid = 1104;
let nextUsn = 12_000;

const groupKind = { global: '-2147483646', domainLocal: '-2147483644', universal: '-2147483640', distribution: '2' };

function add(rdn, parentDn, classes, category, attributes) {
  const [type, ...rest] = rdn.split('=');
  const name = rest.join('=');
  const dn = `${type}=${escapeName(name)},${parentDn}`;
  const usn = (nextUsn += 1 + random.below(40));
  entries.push({
    dn,
    attributes: {
      objectClass: ['top', ...classes],
      [type.toLowerCase()]: name,
      name,
      ...(category === undefined ? {} : { objectCategory: `CN=${category},${schemaDn}` }),
      objectGUID: guid(dn),
      instanceType: '4',
      whenCreated: time(usn - 12_000),
      whenChanged: time(usn - 12_000 + random.below(90_000)),
      uSNCreated: String(usn),
      uSNChanged: String(usn + random.below(500_000)),
      ...withoutMissing(attributes),
    },
  });
  return dn;
}

function withoutMissing(attributes) {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined && value !== null));
}

/** The same DN has the same GUID in every run. */
function guid(dn) {
  return createHash('sha256').update(dn).digest().subarray(0, 16);
}

/** SID of an account, or of the domain itself. */
function sid(...rid) {
  const parts = [...domainSid, ...rid];
  const bytes = Buffer.alloc(8 + 4 * parts.length);
  bytes.set([1, parts.length, 0, 0, 0, 0, 0, 5]);
  parts.forEach((part, index) => bytes.writeUInt32LE(part, 8 + 4 * index));
  return bytes;
}

/** Generalized time, `minutes` after the first working day of 2024. */
function time(minutes) {
  return `${new Date(Date.UTC(2024, 0, 2, 8) + minutes * 60_000).toISOString().replace(/[-:T]/g, '').slice(0, 14)}.0Z`;
}

const unit = (name, parentDn, description) => add(`OU=${name}`, parentDn, ['organizationalUnit'], 'Organizational-Unit', { description });
const container = (name, description, extra = {}) => add(`CN=${name}`, baseDn, ['container'], 'Container', { description, ...extra });

function group(name, parentDn, kind, members, extra = {}) {
  const isSecurity = kind !== groupKind.distribution;
  return add(`CN=${name}`, parentDn, ['group'], 'Group', {
    sAMAccountName: name,
    objectSid: sid(nextRid++),
    groupType: kind,
    sAMAccountType: isSecurity ? '268435456' : '268435457',
    member: members.length > 0 ? members : undefined,
    ...extra,
  });
}

const people = [];

function person(cn, parentDn, { account, upn, isDisabled = false, ...attributes }) {
  const dn = add(`CN=${cn}`, parentDn, ['person', 'organizationalPerson', 'user'], 'Person', {
    displayName: cn,
    objectSid: sid(nextRid++),
    sAMAccountName: account,
    userPrincipalName: upn === undefined ? account && `${account}@contoso.example` : upn,
    userAccountControl: isDisabled ? '514' : '512',
    sAMAccountType: '805306368',
    primaryGroupID: '513',
    accountExpires: never,
    pwdLastSet: '133485408000000000',
    lockoutTime: '0',
    company: 'Contoso Ltd.',
    ...attributes,
  });
  people.push(dn);
  return dn;
}

// Tree

entries.push({
  dn: baseDn,
  attributes: {
    objectClass: ['top', 'domain', 'domainDNS'],
    dc: 'contoso',
    name: 'contoso',
    objectCategory: `CN=Domain-DNS,${schemaDn}`,
    objectGUID: guid(baseDn),
    objectSid: sid(),
    instanceType: '5',
    whenCreated: time(0),
    whenChanged: time(0),
    uSNCreated: '4099',
    uSNChanged: '12000',
  },
});

const usersDn = container('Users', 'Default container for upgraded user accounts');
const computersDn = container('Computers', 'Default container for upgraded computer accounts');
const foreignDn = container('ForeignSecurityPrincipals', 'Default container for security identifiers of other domains');
const deletedDn = container('Deleted Objects', 'Default container for deleted objects', { isDeleted: 'TRUE', systemFlags: '-1946157056' });
const unitDns = new Map();
const ensureUnit = (path) => {
  const key = path.join(',');
  if (path.length === 0) return baseDn;
  if (!unitDns.has(key)) unitDns.set(key, unit(path[0].slice(3), ensureUnit(path.slice(1))));
  return unitDns.get(key);
};
for (const { ou } of departments) ensureUnit(ou);
const awkwardDn = unit('Awkward Cases', baseDn, 'People that break careless code');
const serviceDn = unit('Service Accounts', baseDn);
const groupsDn = unit('Groups', baseDn);
const partnersDn = unit('Partners', baseDn, 'Contacts, no accounts');
const workstationsDn = unit('Workstations', baseDn);
unit('Empty Office', baseDn, 'Nobody works here');

// People

const byDepartment = new Map();
const usedAccounts = new Set();
let number = 0;

function officeOf() {
  let ticket = random.below(offices.reduce((sum, { share }) => sum + share, 0));
  return offices.find(({ share }) => (ticket -= share) < 0);
}

for (const { ou, name: department, count, titles, isDisabled } of departments) {
  const members = [];
  let managerDn;
  for (let index = 0; index < count; index += 1) {
    const office = officeOf();
    let givenName;
    let sn;
    do {
      givenName = random.pick(office.givenNames);
      sn = random.pick(office.surnames);
    } while (usedAccounts.has(accountName(givenName, sn)));
    const account = accountName(givenName, sn);
    usedAccounts.add(account);
    number += 1;
    const dn = person(`${givenName} ${sn}`, ensureUnit(ou), {
      account,
      givenName,
      sn,
      mail: random.chance(0.03) ? undefined : `${account}@contoso.example`,
      proxyAddresses: [`SMTP:${account}@contoso.example`, `smtp:${account}@contoso.invalid`],
      telephoneNumber: random.chance(0.9) ? office.landline(number) : undefined,
      mobile: random.chance(0.8) ? office.mobile(number * 7) : undefined,
      homePhone: random.chance(0.15) ? office.landline(number + 300) : undefined,
      pager: random.chance(0.05) ? office.landline(number + 500) : undefined,
      facsimileTelephoneNumber: random.chance(0.1) ? office.landline(number + 700) : undefined,
      ipPhone: random.chance(0.4) ? String(4000 + number) : undefined,
      title: random.pick(titles),
      department,
      employeeID: `C${String(10_000 + number)}`,
      l: office.city,
      c: office.country,
      co: office.countryName,
      preferredLanguage: office.language,
      manager: managerDn,
      isDisabled: isDisabled === true || random.chance(0.03),
    });
    managerDn ??= dn;
    members.push(dn);
  }
  byDepartment.set(department, members);
}

const awkwardDns = awkwardPeople.map(({ cn, account, upn, why, ...attributes }, index) => {
  const [givenName = cn, ...rest] = cn.trim().split(' ');
  return person(cn, awkwardDn, {
    account,
    upn,
    givenName,
    sn: rest.join(' ') || givenName,
    description: why,
    mail: account === null ? undefined : `${account}@contoso.example`,
    mobile: `+1 425 555 01${String(index).padStart(2, '0')}`,
    telephoneNumber: `+44 20 7946 0${String(500 + index)}`,
    department: 'Awkward Cases',
    ...attributes,
  });
});

const mfaServiceDn = person('MFA Service', serviceDn, {
  account: 'svc-mfa',
  description: 'Reads the directory for the multi-factor authentication server',
  userAccountControl: '66048',
});
const backupServiceDn = person('Backup Service', serviceDn, { account: 'svc-backup', userAccountControl: '66048' });
const administratorDn = person('Administrator', usersDn, { account: 'Administrator', upn: null, userAccountControl: '66048' });
const guestDn = person('Guest', usersDn, { account: 'Guest', upn: null, userAccountControl: '66082' });

// What a filter for people must leave out

for (const [index, name] of ['Nora Feld', 'Piotr Zając', 'Amélie Roux', 'Grant Ito', 'Tess Ó Briain', 'Wide World Importers'].entries()) {
  add(`CN=${name}`, partnersDn, ['person', 'organizationalPerson', 'contact'], 'Person', {
    displayName: name,
    mail: `${accountName(...name.split(' '))}@fabrikam.example`,
    telephoneNumber: `+1 425 555 01${String(80 + index)}`,
  });
}
for (let index = 1; index <= 12; index += 1) {
  const name = `CONTOSO-WS${String(index).padStart(2, '0')}`;
  add(`CN=${name}`, index > 9 ? computersDn : workstationsDn, ['person', 'organizationalPerson', 'user', 'computer'], 'Computer', {
    sAMAccountName: `${name}$`,
    dNSHostName: `${name.toLowerCase()}.contoso.example`,
    objectSid: sid(nextRid++),
    userAccountControl: '4096',
    sAMAccountType: '805306369',
    primaryGroupID: '515',
  });
}
const foreignSid = 'S-1-5-21-3001002003-1002003004-2003004005-1621';
const foreignPrincipalDn = add(`CN=${foreignSid}`, foreignDn, ['foreignSecurityPrincipal'], 'Foreign-Security-Principal', {});
const deletedGuid = '6f1d6f0e-9c0b-4a52-8f3e-2d5a7b1c9e40';
const deletedPersonDn = add(`CN=Removed Person\nDEL:${deletedGuid}`, deletedDn, ['person', 'organizationalPerson', 'user'], undefined, {
  sAMAccountName: 'removed.person',
  objectSid: sid(nextRid++),
  userAccountControl: '512',
  isDeleted: 'TRUE',
  lastKnownParent: unitDns.get('OU=Finance'),
});
entries.push({
  dn: `DC=emea,${baseDn}`,
  attributes: { objectClass: ['top', 'referral'], dc: 'emea', ref: `ldap://emea.contoso.example/DC=emea,${baseDn}` },
});

// Groups. "MFA Users" contains groups four deep, and the deepest contains "MFA Users" again.

const everybody = people.filter((dn) => ![administratorDn, guestDn, mfaServiceDn, backupServiceDn].includes(dn));
const inGroups = (name) => `CN=${name},${groupsDn}`;
group('Domain Users', usersDn, groupKind.global, [], { description: 'Primary group of everybody, and therefore without members' });
group('Domain Admins', usersDn, groupKind.global, [administratorDn]);
for (const name of [
  'Sales Americas',
  'Sales APAC',
  'Identity Engineering',
  'Platform Engineering',
  'Operations',
  'Finance',
  'Human Resources',
  'Support',
]) {
  group(name, groupsDn, groupKind.global, byDepartment.get(name));
}
group('Sales EMEA Berlin', groupsDn, groupKind.global, [...byDepartment.get('Sales EMEA Field').slice(0, 6), inGroups('MFA Users')]);
group('Sales EMEA Field', groupsDn, groupKind.global, [...byDepartment.get('Sales EMEA Field').slice(6), inGroups('Sales EMEA Berlin')]);
group('Sales EMEA', groupsDn, groupKind.global, [...byDepartment.get('Sales EMEA'), inGroups('Sales EMEA Field')]);
group('Sales', groupsDn, groupKind.universal, [inGroups('Sales EMEA'), inGroups('Sales Americas'), inGroups('Sales APAC')]);
group('MFA Users', groupsDn, groupKind.universal, [inGroups('Sales'), inGroups('Finance'), ...byDepartment.get('Leadership')], {
  description: 'People who sign in with a second factor',
});
group('MFA Administrators', groupsDn, groupKind.domainLocal, [administratorDn, ...byDepartment.get('Operations').slice(0, 2)]);
group('MFA Pilot', groupsDn, groupKind.global, awkwardDns, { description: 'Everybody with an awkward name' });
group('All Employees', groupsDn, groupKind.global, everybody, { description: 'Large enough to try range retrieval with a lower limit' });
group(
  'Newsletter',
  groupsDn,
  groupKind.distribution,
  everybody.filter((_dn, index) => index % 3 === 0),
  {
    mail: 'newsletter@contoso.example',
    description: 'Distribution group without security',
  },
);
group('Project Fabrikam', groupsDn, groupKind.domainLocal, [
  ...byDepartment.get('Finance').slice(0, 3),
  'CN=Ann Other,OU=Staff,DC=fabrikam,DC=example',
  foreignPrincipalDn,
  deletedPersonDn,
  `CN=Moved Away,OU=Finance,${baseDn}`,
]);
group('Members, "quoted" + special', groupsDn, groupKind.global, awkwardDns.slice(0, 8));
group('Nobody', groupsDn, groupKind.global, []);

const target = process.argv[2] ?? new URL('../../assets/sampleDirectory/contoso.ldif', import.meta.url);
const comment = ['Contoso, an invented company. Made by build/sampleDirectory/generate.mjs; do not edit by hand.'];
writeFileSync(target, writeLdif(entries, comment));
process.stdout.write(`${entries.length} entries, ${people.length} people\n`);
