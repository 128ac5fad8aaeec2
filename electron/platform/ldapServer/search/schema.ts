import { dnKey, foldText } from '../data/distinguishedName.ts';
import { parseSid } from '../data/windowsIds.ts';

/** How values of an attribute compare. */
export type Syntax = 'text' | 'dn' | 'category' | 'integer' | 'boolean' | 'bytes' | 'sid' | 'time';

/** Attributes with another syntax than text, by name in lower case. Source: [MS-ADA1] to [MS-ADA3]. */
const syntaxes: Readonly<Record<string, Syntax>> = {
  ...named('dn', 'member memberOf manager directReports distinguishedName managedBy lastKnownParent subschemaSubentry'),
  ...named('category', 'objectCategory'),
  ...named('integer', 'userAccountControl groupType instanceType uSNChanged uSNCreated primaryGroupID sAMAccountType systemFlags'),
  ...named('integer', 'accountExpires pwdLastSet lockoutTime badPwdCount lastLogonTimestamp'),
  ...named('boolean', 'isDeleted isCriticalSystemObject showInAdvancedViewOnly'),
  ...named('bytes', 'objectGUID thumbnailPhoto userCertificate jpegPhoto'),
  ...named('sid', 'objectSid sIDHistory'),
  ...named('time', 'whenChanged whenCreated createTimestamp modifyTimestamp'),
};

/** Attributes that the server knows even when no entry has one, so that a filter on them is false and not undefined. */
const textAttributes: Readonly<Record<string, Syntax>> = {
  ...named('text', 'objectClass structuralObjectClass cn sn givenName displayName name description info title department company'),
  ...named('text', 'mail proxyAddresses userPrincipalName sAMAccountName employeeID preferredLanguage uid ou dc o c co l st ref'),
  ...named('text', 'telephoneNumber mobile otherMobile homePhone pager facsimileTelephoneNumber ipPhone dNSHostName canonicalName'),
};

const aliases: Readonly<Record<string, string>> = {
  '2.5.4.0': 'objectclass',
  '2.5.4.3': 'cn',
  commonname: 'cn',
  '2.5.4.4': 'sn',
  surname: 'sn',
  '2.5.4.11': 'ou',
  '2.5.4.31': 'member',
  '1.2.840.113556.1.4.221': 'samaccountname',
  '1.2.840.113556.1.4.656': 'userprincipalname',
};

/** Category that Windows gives to a class, where the name differs from the class. Source: defaultObjectCategory in [MS-ADSC]. */
const categories: Readonly<Record<string, string>> = {
  user: 'person',
  inetorgperson: 'person',
  contact: 'person',
  organizationalperson: 'person',
  organizationalunit: 'organizational-unit',
  domaindns: 'domain-dns',
  foreignsecurityprincipal: 'foreign-security-principal',
};

/** The name that an attribute description means: lower case, without options, OIDs and long names resolved. */
export function attributeKey(description: string): string {
  const [name = ''] = description.toLowerCase().split(';');
  return aliases[name] ?? name;
}

export function syntaxOf(attribute: string): Syntax {
  return syntaxes[attribute] ?? 'text';
}

export function isStandardAttribute(attribute: string): boolean {
  return attribute in syntaxes || attribute in textAttributes;
}

/** All standard attributes with their syntax, for the subschema entry. */
export function standardAttributes(): readonly (readonly [name: string, syntax: Syntax])[] {
  return Object.entries({ ...textAttributes, ...syntaxes });
}

export interface SchemaNames {
  /** DN under which categories lie, for example `CN=Schema,CN=Configuration,DC=contoso,DC=example`. */
  readonly schemaDn: string;
}

/** What is compared: text for equality and order, a number for integers. Undefined where the bytes are no value of that syntax. */
export type MatchKey = string | bigint;

/** Brings a value of data or filter into the form in which equal values are identical. */
export function matchKey(value: Buffer, syntax: Syntax, { schemaDn }: SchemaNames): MatchKey | undefined {
  switch (syntax) {
    case 'text':
      return foldText(value.toString('utf8'));
    case 'dn':
      return dnKey(value.toString('utf8'));
    case 'category': {
      const text = value.toString('utf8');
      if (text.includes('=')) return dnKey(text);
      const short = text.toLowerCase();
      return dnKey(`CN=${categories[short] ?? short},${schemaDn}`);
    }
    case 'integer': {
      const text = value.toString('latin1').trim();
      return /^-?\d{1,20}$/.test(text) ? BigInt(text) : undefined;
    }
    case 'boolean': {
      const text = value.toString('latin1').toUpperCase();
      return text === 'TRUE' || text === 'FALSE' ? text : undefined;
    }
    case 'bytes':
      return value.toString('latin1');
    case 'sid':
      return (parseSid(value.toString('latin1')) ?? value).toString('latin1');
    case 'time': {
      const match = /^(\d{14})(?:[.,](\d+))?Z$/.exec(value.toString('latin1'));
      return match?.[1] === undefined ? undefined : match[1] + (match[2] ?? '').replace(/0+$/, '');
    }
  }
}

function named(syntax: Syntax, names: string): Record<string, Syntax> {
  return Object.fromEntries(names.split(' ').map((name) => [name.toLowerCase(), syntax]));
}
