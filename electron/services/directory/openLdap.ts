import type { DirectoryAttributes, DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import * as activeDirectory from './activeDirectory.ts';

export const filters: DirectorySettings['filters'] = {
  container: '(|(objectClass=organizationalUnit)(objectClass=organization)(objectClass=dcObject))',
  group: '(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=posixGroup))',
  user: '(objectClass=inetOrgPerson)',
};

export const attributes: DirectoryAttributes = {
  ...activeDirectory.attributes,
  // RFC 4530: text, unlike objectGUID.
  uniqueId: 'entryUUID',
  uniqueIdType: 'string',
  distinguishedName: 'entryDN',
  containerName: ['ou', 'o', 'dc'],
  groupName: 'cn',
  username: ['uid', 'cn'],
  ipPhone: '',
  member: ['member', 'uniqueMember', 'memberUid'],
};
