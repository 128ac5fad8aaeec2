/** What hosts and tests use of the LDAP server. */
export {
  createLdapServer,
  type LdapServer,
  type LdapServerOptions,
  type LdapServerStats,
  type ServerCertificate,
} from './createLdapServer.ts';
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
export type { BindVerdict } from './bind/bindVerdict.ts';
export type { LdapBackend, LdapPeer, LdapSession } from './protocol/backend.ts';
