import type {
  DirectoryAttributes,
  DirectoryKind,
  DirectorySettings,
  Security,
  TestStepName,
} from '../../../shared/contract/directory.contract.ts';
import type { Problem } from '../../dialogs/directoryConfiguration/settingsForm.ts';
import type { TestState } from '../../dialogs/directoryConfiguration/test.store.ts';
import { formatCount } from './jobs.ts';

export const kindText: Record<DirectoryKind, string> = { ad: 'Active Directory', openldap: 'OpenLDAP', other: 'Other LDAP directory' };

export const securityText: Record<Security, string> = { ldaps: 'LDAPS', starttls: 'StartTLS', none: 'None (plain text)' };

export const stepText: Record<TestStepName, string> = {
  dns: 'Find the host',
  tcp: 'Connect',
  tls: 'Secure the connection',
  rootdse: 'Ask the server what it is',
  bind: 'Sign in',
  base: 'Find the base DN',
  read: 'Read one user',
  paging: 'Read in pages',
  rights: 'Check the rights',
  people: 'Compare the people',
};

export const timeoutText: Record<keyof DirectorySettings['timeouts'], string> = {
  connectMs: 'Connect within:',
  firstAnswerMs: 'First answer within:',
  idleMs: 'Between two answers:',
  totalMs: 'Whole read:',
};

export const filterText: Record<keyof DirectorySettings['filters'], string> = {
  container: 'Container:',
  group: 'Security group:',
  user: 'User:',
};

export const attributeText: Record<Exclude<keyof DirectoryAttributes, 'uniqueIdType'>, string> = {
  uniqueId: 'Unique identifier',
  distinguishedName: 'Distinguished name',
  containerName: 'Container name',
  groupName: 'Security group name',
  username: 'Username',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'Email address',
  userGroup: 'User group',
  description: 'Description',
  callLanguage: 'Phone call language',
  textLanguage: 'Text message language',
  appLanguage: 'Mobile app language',
  oathLanguage: 'OATH token language',
  business: 'Business phone',
  home: 'Home phone',
  pager: 'Pager',
  mobile: 'Mobile',
  fax: 'Fax',
  ipPhone: 'IP phone',
  custom: 'Custom',
  extension: 'Extension',
  member: 'Group member',
};

export const uniqueIdTypeText: Record<DirectoryAttributes['uniqueIdType'], string> = {
  guid: 'GUID',
  bytes: 'ASCII byte array',
  string: 'String',
};

export const phoneRuleText: Record<DirectorySettings['phoneRule'], string> = {
  first: 'Use the first value',
  'first-valid': 'Use the first value that is a valid number',
  ask: 'Use none and list the user, to choose by hand',
};

const countryNames = new Intl.DisplayNames('en', { type: 'region' });

/** `DE` → `Germany`. */
export function countryText(code: string): string {
  return countryNames.of(code) ?? code;
}

/** What is wrong with a field, as a sentence beside it. */
export function problemText(problem: Problem): string {
  if (typeof problem === 'object') {
    const { filterPosition: position } = problem;
    return position === null
      ? 'This is not a valid LDAP filter.'
      : `This is not a valid LDAP filter: problem at character ${position + 1}.`;
  }
  return problemTexts[problem];
}

const problemTexts: Record<Exclude<Problem, object>, string> = {
  required: 'This field is needed.',
  host: 'Enter a host name or an address, without ldap:// and port.',
  port: 'Enter a port from 1 to 65535.',
  'page-size': 'Enter a number from 10 to 20,000.',
  timeout: 'Enter a number of seconds in the allowed range.',
  country: 'Choose a country.',
  'plain-text': 'Tick this to use a connection without encryption, or choose LDAPS or StartTLS.',
  'attribute-name': 'This is not the name of an attribute.',
  'too-many-names': 'These are too many names.',
  'not-a-certificate': 'This is not a certificate in PEM form.',
  'too-long': 'This value is not accepted. It may be too long.',
};

/** What is announced while a test runs and when it ends. */
export function testStateText(state: TestState): string {
  switch (state.phase) {
    case 'idle':
    case 'failed':
      return '';
    case 'running':
      return state.kind === 'connection' ? 'Testing the connection…' : 'Testing the login…';
    case 'finished': {
      const name = state.kind === 'connection' ? 'Connection test' : 'Login test';
      const warnings = state.steps.filter((step) => step.state === 'warning').length;
      if (!state.passed) return `${name} failed.`;
      return warnings === 0
        ? `${name} passed.`
        : `${name} passed with ${formatCount(warnings)} ${warnings === 1 ? 'warning' : 'warnings'}.`;
    }
  }
}

export const directoryText = {
  title: 'Edit LDAP Configuration',
  loading: 'Reading the configuration…',
  tryAgain: 'Try again',
  settings: 'Settings',
  filters: 'Filters',
  attributes: 'Attributes',
  restoreDefaults: 'Restore Defaults',
  restoreHint: (kind: string) => `Filters, attributes, limits and timeouts as usual for ${kind}`,
  apply: 'Apply',
  saving: 'Saving…',
  close: 'Close',
  saved: 'Saved.',
  saveFailed: 'The configuration was not saved.',
  problems: (count: number) => `${formatCount(count)} ${count === 1 ? 'field needs' : 'fields need'} your attention: `,
  replacesSample: 'The sample directory is in use. What you apply here takes its place.',
  kind: 'Directory:',
  servers: 'Servers',
  serversHint: 'Tried in this order.',
  host: 'Host',
  hostOf: (index: number) => `Host of server ${index + 1}`,
  portOf: (index: number) => `Port of server ${index + 1}`,
  securityOf: (index: number) => `Security of server ${index + 1}`,
  addServer: 'Add server',
  removeServer: (index: number) => `Remove server ${index + 1}`,
  moveUp: (index: number) => `Move server ${index + 1} up`,
  moveDown: (index: number) => `Move server ${index + 1} down`,
  plainWarning: 'Without encryption everybody in the network between can read the password and all data, and change what arrives.',
  allowPlain: 'I know this and want to sign in without encryption',
  baseDn: 'Base DN:',
  find: 'Find',
  finding: 'Looking…',
  foundBaseDns: 'Base DNs that the directory offers',
  noBaseDns: 'The directory offers no base DN. Enter it by hand.',
  bindDn: 'Bind DN:',
  bindHint: 'A distinguished name, or user@domain. Empty: anonymous.',
  password: 'Password:',
  passwordStored: 'A password is stored. Leave this empty to keep it.',
  passwordForgotten: 'The stored password belongs to other servers or another user and will be forgotten. Enter it again.',
  passwordNone: 'No password is stored.',
  passwordTyped: 'Kept in the vault of the console when you apply.',
  pageSize: 'Query size limit:',
  pageSizeHint: 'Entries a page. Not more than the directory allows.',
  timeouts: 'Limits and timeouts (seconds)',
  phones: 'Phone numbers',
  country: 'Default country:',
  countryHint: 'For phone numbers without country code.',
  phoneRule: 'Several numbers:',
  testConnection: 'Test connection',
  testLogin: 'Test login',
  filtersHint: 'An empty filter means the default.',
  filterDefault: 'Default:',
  attributesHint:
    'Names of attributes; an empty field is not read. Container name, username and group member may hold several names with semicolons between them.',
  uniqueIdType: 'Unique identifier type',
  showSamples: 'Show samples',
  readingSamples: 'Reading sample users…',
  samples: 'Sample values',
  sampled: (count: number) => `${formatCount(count)} ${count === 1 ? 'user was' : 'users were'} read as a sample.`,
  field: 'Field',
  attribute: 'Attribute',
  present: 'Present',
  value: 'Value → stored',
  valueHint: 'Without an arrow the value is stored as it is.',
  notMapped: '(not mapped)',
  noValue: '(no value)',
  problem: 'Problem',
  unmapped: 'These attributes look like phone numbers or e-mail addresses and are not mapped:',
  pane: {
    intro: 'Users are imported from this directory.',
    sampleServer: 'Built into the console, on this computer only',
    sampleIntro: 'The sample directory that comes with the console is in use. Its people are invented.',
    empty: 'No directory is configured yet.',
    emptyAdvice: 'Configure your directory, or try the console with the sample directory, which needs nothing.',
    edit: 'Edit…',
    configure: 'Configure…',
    useSample: 'Use sample directory',
    replaceTitle: 'Use the sample directory?',
    replaceText:
      'It takes the place of the directory that is configured now. Its settings and stored password are forgotten. Imported users stay.',
    cancel: 'Cancel',
    kind: 'Directory',
    servers: 'Servers',
    answered: (when: string) => `Answered ${when}.`,
    silent: (when: string) => `Did not answer ${when}.`,
    baseDn: 'Base DN',
    user: 'Bind DN',
    anonymous: '(anonymous)',
    password: 'Password',
    stored: 'Stored',
    notStored: 'Not stored',
    notNeeded: 'Not needed',
    pins: 'Trusted certificates',
    noPins: 'None; certificates are checked against their issuers',
    import: 'Import…',
    readFailed: 'The configuration cannot be read.',
  },
} as const;
