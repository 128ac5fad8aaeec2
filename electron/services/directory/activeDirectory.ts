import type { DirectoryAttributes, DirectorySettings } from '../../../shared/contract/directory.contract.ts';

/** Defaults of the reference, §8.2. */
export const filters: DirectorySettings['filters'] = {
  container: '(|(objectClass=organizationalUnit)(objectClass=container))',
  // groupType bit 0x80000000: security enabled (MS-ADTS 2.2.12); 804 is "any of these bits".
  group: '(&(objectCategory=group)(groupType:1.2.840.113556.1.4.804:=-2147483648))',
  user: '(&(objectClass=user)(objectCategory=person))',
};

/** Defaults of the reference, §8.3. */
export const attributes: DirectoryAttributes = {
  uniqueId: 'objectGUID',
  uniqueIdType: 'guid',
  distinguishedName: 'distinguishedName',
  containerName: ['name'],
  groupName: 'name',
  username: ['userPrincipalName', 'sAMAccountName'],
  firstName: 'givenName',
  lastName: 'sn',
  email: 'mail',
  userGroup: '',
  description: 'description',
  callLanguage: '',
  textLanguage: '',
  appLanguage: '',
  oathLanguage: '',
  business: 'telephoneNumber',
  home: 'homePhone',
  pager: 'pager',
  mobile: 'mobile',
  fax: 'facsimileTelephoneNumber',
  ipPhone: 'ipPhone',
  custom: '',
  extension: '',
  member: ['member'],
};

/** LDAP_MATCHING_RULE_IN_CHAIN: follows a link through all levels on the server (MS-ADTS 3.1.1.3.4.4.3). */
export const inChainRule = '1.2.840.113556.1.4.1941';

/** LDAP_CAP_ACTIVE_DIRECTORY_OID: the server is a domain controller (MS-ADTS 3.1.1.3.4.3). */
export const domainControllerCapability = '1.2.840.113556.1.4.800';

/** The last part of a SID, by which users name their primary group. Null for bytes that are no SID (MS-DTYP 2.4.2.2). */
export function relativeId(sid: Uint8Array): number | null {
  const parts = sid[1] ?? 0;
  if (sid.length !== 8 + 4 * parts || parts === 0) return null;
  return new DataView(sid.buffer, sid.byteOffset, sid.byteLength).getUint32(sid.length - 4, true);
}

/** Deleted objects are renamed with a NUL-like mark and moved; links may still name them (MS-ADTS 3.1.1.5.5.1.1). */
export function isDeletedDn(dn: string): boolean {
  return /\\0adel:|,cn=deleted objects,/i.test(dn);
}
