import { createHash } from 'node:crypto';

/** Base DN of the invented directory that `crowdLdif` describes. */
export const crowdTop = 'DC=contoso,DC=example';
export const crowdUnit = `OU=Crowd,${crowdTop}`;

export interface CrowdPerson {
  readonly username: string;
  /** More attributes, or other values; null leaves one out. */
  readonly attributes?: Readonly<Record<string, string | Buffer | null>>;
}

/** `count` ordinary people, user0 and on. */
export function crowd(count: number): CrowdPerson[] {
  return Array.from({ length: count }, (_, index) => ({ username: `user${index}` }));
}

/** A whole directory as LDIF: its top, the account that the sample server lets in, and these people in one unit. */
export function crowdLdif(people: readonly CrowdPerson[]): string {
  return [
    record(crowdTop, { objectClass: 'domain', dc: 'contoso' }),
    record(`OU=Service Accounts,${crowdTop}`, { objectClass: 'organizationalUnit', ou: 'Service Accounts' }),
    record(`CN=MFA Service,OU=Service Accounts,${crowdTop}`, { objectClass: 'account', cn: 'MFA Service' }),
    record(crowdUnit, { objectClass: 'organizationalUnit', ou: 'Crowd' }),
    ...people.map((person, index) => record(`CN=p${index},${crowdUnit}`, attributesOf(person, index))),
  ].join('\n');
}

function attributesOf({ username, attributes }: CrowdPerson, index: number): Record<string, string | Buffer | null> {
  return {
    objectClass: 'user',
    objectCategory: `CN=Person,CN=Schema,CN=Configuration,${crowdTop}`,
    cn: `p${index}`,
    objectGUID: createHash('sha256').update(String(index)).digest().subarray(0, 16),
    sAMAccountName: username,
    userAccountControl: '512',
    ...attributes,
  };
}

function record(dn: string, attributes: Readonly<Record<string, string | Buffer | null>>): string {
  const lines = Object.entries({ dn, ...attributes }).flatMap(([name, value]) =>
    value === null ? [] : [`${name}:: ${Buffer.from(value).toString('base64')}`],
  );
  return `${lines.join('\n')}\n`;
}
