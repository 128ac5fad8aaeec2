/** What hosts and tests use of the LDAP server. */
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
  dropConnection,
  garbage,
  hugeLength,
  referSearches,
  repeatCookie,
  stallAfter,
  type Fault,
} from './faults.ts';
export { resultCode } from './protocol/resultCode.ts';
