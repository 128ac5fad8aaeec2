/** What hosts and tests use of the LDAP server. */
export {
  createLdapServer,
  type LdapServer,
  type LdapServerOptions,
  type LdapServerStats,
  type ServerCertificate,
} from './createLdapServer.ts';
export { createDirectoryBackend, type DirectoryOptions } from './createDirectoryBackend.ts';
export {
  sampleBaseDn,
  sampleServiceDn,
  startSampleDirectory,
  type SampleDirectory,
  type SampleDirectoryOptions,
} from './startSampleDirectory.ts';
export {
  answerWith,
  cutAfter,
  delayFirstAnswer,
  dropConnection,
  emptyPage,
  garbage,
  hugeLength,
  referSearches,
  refuseCookie,
  repeatCookie,
  stallAfter,
  type Fault,
} from './faults.ts';
export { resultCode, type LdapResult, type ResultCode } from './protocol/resultCode.ts';
export type { BindVerdict, VerifyBind } from './bind/bindVerdict.ts';
export type { LdapBackend, LdapPeer, LdapSession } from './protocol/backend.ts';
export { createEntryStore, type EntryStore } from './data/entryStore.ts';
export { parseLdif, type LdifRecord } from './data/ldif.ts';
export { directoryNames, type DirectoryNames } from './search/rootDse.ts';
