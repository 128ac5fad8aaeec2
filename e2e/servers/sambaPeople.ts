/** The people of the test domain: enough to page through, and every case that importers have stumbled over. Always the same. */
export const domainDn = 'DC=corp,DC=contoso,DC=test';
export const upnSuffix = 'corp.contoso.test';
export const staffDn = `OU=Staff,${domainDn}`;
export const awkwardDn = `OU=Awkward,${domainDn}`;
export const movingDn = `OU=Moving,${domainDn}`;
export const groupsDn = `OU=Groups,${domainDn}`;
export const sites = ['Berlin', 'Tokyo', 'Redmond', 'São Paulo'] as const;

/** Below staffDn, spread over the sites. */
export const staffCount = 1_700;
/** The group that holds all of them. */
export const everyoneDn = `CN=All Employees,${groupsDn}`;
/** Level 1 has level 2 as a member, and so on; level 4 has level 1 again. Each level has one person of its own. */
export const levels = [1, 2, 3, 4].map((level) => `CN=Level ${level},${groupsDn}`);
/** Each level's own person. */
export const levelPeople = levels.map((_dn, index) => `u${index + 1}`);

const phones = ['+1 425 555 0100', '(425) 555-0100 x12', '0049 30 123456', '555.201.4471', 'n/a', undefined];
const accountEnabled = 512;
const accountDisabled = 514;

export interface SambaPerson {
  readonly dn: string;
  readonly username: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly isDisabled?: boolean;
}

/** u1 … u1700. Every 17th is disabled, every 13th has no mail, the phones take turns. */
export function staffMember(number: number): SambaPerson {
  const site = sites[number % sites.length]!;
  const [givenName, surname] = [`Given${number % 97}`, `Surname ${number}`];
  const phone = phones[number % phones.length];
  return {
    dn: `CN=${givenName} ${surname},OU=${site},${staffDn}`,
    username: `u${number}`,
    isDisabled: number % 17 === 0,
    attributes: {
      givenName,
      sn: surname,
      displayName: `${givenName} ${surname}`,
      l: site,
      ...(number % 13 === 0 ? {} : { mail: `u${number}@${upnSuffix}` }),
      ...(phone === undefined ? {} : { telephoneNumber: phone }),
      ...(number % 2 === 0 ? { mobile: `+1 206 555 ${String(number).padStart(4, '0')}` } : {}),
    },
  };
}

/** Right-to-left mark and override: they turn the text around them when a list shows them raw. */
const rightToLeft = '\u200F\u202E';

/** One person for each kind of name that breaks filters, DNs, lists or pages. */
export const awkwardPeople: readonly SambaPerson[] = [
  awkward('jmueller', 'Müller, Jürgen', 'Jürgen', 'Müller'),
  awkward('tanaka', '田中 太郎', '太郎', '田中'),
  awkward('quoted', 'Anna "Ann" O\'Neil', 'Anna "Ann"', "O'Neil"),
  awkward('backslash', 'Back\\slash User', 'Back\\slash', 'User'),
  awkward('script', '<script>alert(1)</script>', '<script>alert(1)</script>', 'Script'),
  awkward('righttoleft', `Ada ${rightToLeft}Byron`, 'Ada', `${rightToLeft}Byron`),
  awkward('star', 'Star * (Paren)', 'Star *', '(Paren)'),
  awkward('plus', 'Plus + Equals = Hash #', 'Plus +', 'Equals ='),
  awkward('formula', '=HYPERLINK("http://example.test")', '=1+1', 'Formula'),
  { ...awkward('switchedoff', 'Switched Off', 'Switched', 'Off'), isDisabled: true },
];

/** To be moved, renamed, disabled and deleted between two imports. */
export const movingPeople: readonly SambaPerson[] = ['stays', 'moves', 'renamed', 'disabled', 'deleted'].map((name) =>
  personIn(movingDn, `moving.${name}`, `Moving ${name}`, 'Moving', name),
);

function awkward(username: string, name: string, givenName: string, sn: string): SambaPerson {
  return personIn(awkwardDn, username, name, givenName, sn);
}

function personIn(container: string, username: string, name: string, givenName: string, sn: string): SambaPerson {
  const attributes = { givenName, sn, displayName: name, mail: `${username}@${upnSuffix}`, telephoneNumber: '+49 30 901820' };
  return { dn: `CN=${escapeValue(name)},${container}`, username, attributes };
}

/** RFC 4514. */
function escapeValue(value: string): string {
  return value.replaceAll(/[\\",+<>;=#]/g, (character) => `\\${character}`);
}

/** RFC 2849: base64 for whatever is not safe as it stands. */
export function ldifLine(name: string, value: string): string {
  const isSafe = /^[!-9;=-~][ -~]*$/.test(value) && !value.startsWith('<') && !value.endsWith(' ');
  return isSafe ? `${name}: ${value}` : `${name}:: ${Buffer.from(value).toString('base64')}`;
}

function record(dn: string, lines: readonly (readonly [name: string, value: string])[]): string {
  return `${[['dn', dn] as const, ...lines].map(([name, value]) => ldifLine(name, value)).join('\n')}\n`;
}

function unit(dn: string): string {
  return record(dn, [['objectClass', 'organizationalUnit']]);
}

function personRecord({ dn, username, attributes, isDisabled }: SambaPerson): string {
  return record(dn, [
    ['objectClass', 'user'],
    ['sAMAccountName', username],
    ['userPrincipalName', `${username}@${upnSuffix}`],
    ['userAccountControl', String(isDisabled ? accountDisabled : accountEnabled)],
    ...Object.entries(attributes),
  ]);
}

/** A user who may only read, as an admin would give to the console. */
function readerRecord(username: string, password: string): string {
  const clearTextPassword = Buffer.from(password, 'utf16le').toString('base64');
  return `${personRecord({ dn: `CN=${username},CN=Users,${domainDn}`, username, attributes: {} })}clearTextPassword:: ${clearTextPassword}\n`;
}

function group(dn: string, members: readonly string[]): string {
  const name = /^CN=([^,]+)/.exec(dn)![1]!;
  return record(dn, [['objectClass', 'group'], ['sAMAccountName', name], ...members.map((member) => ['member', member] as const)]);
}

/** What `ldbadd` gets. */
export function domainLdif(reader: { username: string; password: string }): string {
  const staff = Array.from({ length: staffCount }, (_, index) => staffMember(index + 1));
  const people = [...staff, ...awkwardPeople, ...movingPeople];
  return [
    ...[staffDn, ...sites.map((site) => `OU=${site},${staffDn}`), awkwardDn, movingDn, groupsDn].map(unit),
    readerRecord(reader.username, reader.password),
    ...people.map(personRecord),
    group(
      everyoneDn,
      staff.map(({ dn }) => dn),
    ),
    // From the inside out, because a member must exist; the circle is closed afterwards.
    ...levels.map((dn, index) => group(dn, [staff[index]!.dn, ...levels.slice(index + 1, index + 2)])).toReversed(),
  ].join('\n');
}

/** What `ldbmodify` gets: the innermost group takes the outermost one in. */
export const circleLdif = `dn: ${levels.at(-1)}\nchangetype: modify\nadd: member\nmember: ${levels[0]}\n`;
