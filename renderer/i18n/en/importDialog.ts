import type { PhoneType } from '../../../shared/contract/directory.contract.ts';
import type { enableRules, ImportRequest } from '../../../shared/contract/imports.contract.ts';
import type { Method, Mode } from '../../../shared/contract/users.contract.ts';
import type { RunState, Task } from '../../dialogs/import/run.store.ts';
import type { ScopeKind } from '../../dialogs/import/importForm.ts';
import { formatCount, formatUsers } from './jobs.ts';

export const phoneText: Record<PhoneType, string> = {
  mobile: 'Mobile',
  business: 'Business',
  home: 'Home',
  pager: 'Pager',
  fax: 'Fax',
  ipPhone: 'IP phone',
  custom: 'Custom',
};

export const scopeText: Record<ScopeKind, string> = {
  users: 'Selected Users',
  container: 'Selected Container',
  'container-below': 'Selected Container and below',
  group: 'Selected Security Group',
  'group-recursive': 'Selected Security Group – Recursive',
};

/** What new users of an import get, in one line: method, phones, who is enabled. */
export function newUsersText({ method, mode, phone, backupPhone, enable }: ImportRequest): string {
  const parts = [
    `Method: ${mode === 'standard' || mode === 'token' ? methodText[method] : `${methodText[method]}, ${modeText[mode]}`}`,
    `Phone: ${phone === null ? '(None)' : phoneText[phone]}`,
    ...(backupPhone === null ? [] : [`Backup: ${phoneText[backupPhone]}`]),
    `Enabled: ${enable === 'none' ? 'Nobody' : enableText[enable]}`,
  ];
  return `New users get – ${parts.join(' · ')}`;
}

/** What has to be selected before the chosen scope means anybody. */
export const missingText = {
  users: 'Select one or more users in the list.',
  container: 'Select a container.',
  group: 'Select a security group.',
} as const;

export const enableText: Record<Exclude<(typeof enableRules)[number], 'none'>, string> = {
  new: 'Only New Users',
  'new-with-phone': 'Only New Users with Phone Number',
  all: 'New and Updated Users',
};

export const methodText: Record<Method, string> = { call: 'Phone call', text: 'Text message', app: 'Mobile app', oath: 'OATH token' };

export const modeText: Record<Mode, string> = {
  standard: 'Standard',
  pin: 'PIN',
  'one-way-otp': 'One-Way OTP',
  'one-way-otp-pin': 'One-Way OTP + PIN',
  'two-way-otp': 'Two-Way OTP',
  'two-way-otp-pin': 'Two-Way OTP + PIN',
  token: 'Token',
};

/** Languages of calls, messages, the app and tokens; their names come from the browser. */
export const languageCodes = [
  'en',
  'cs',
  'da',
  'de',
  'el',
  'es',
  'fi',
  'fr',
  'hu',
  'it',
  'ja',
  'ko',
  'nb',
  'nl',
  'pl',
  'pt',
  'ro',
  'ru',
  'sv',
  'tr',
  'uk',
  'zh',
] as const;

const languageNames = new Intl.DisplayNames('en', { type: 'language' });

/** `de` → `German (de)`. */
export function languageText(code: string): string {
  return `${languageNames.of(code) ?? code} (${code})`;
}

/** What the second page says of its state; also what is announced to screen readers. */
export function runStateText(state: RunState): string {
  switch (state.phase) {
    case 'choosing':
      return '';
    case 'starting':
      return state.task === 'preview' ? 'Starting the preview…' : 'Starting the import…';
    case 'running':
      return state.task === 'preview' ? 'Computing what the import would change. Nothing is written.' : 'Importing users.';
    case 'previewed':
      return previewSentence(state.summary.counts);
    case 'imported':
      return importSentence(state.summary.counts);
    case 'stopped':
      return state.task === 'preview' ? 'The preview has no result.' : 'Nothing was imported.';
    case 'failed':
      return startFailed(state.task);
  }
}

interface Written {
  readonly add: number;
  readonly update: number;
}

function previewSentence({ add, update }: Written): string {
  if (add + update === 0) return 'The import would change nothing.';
  const parts = [add > 0 && `add ${formatUsers(add)}`, update > 0 && `update ${formatUsers(update)}`];
  return `The import would ${parts.filter(Boolean).join(' and ')}. Nothing is written yet.`;
}

function importSentence({ add, update }: Written): string {
  if (add + update === 0) return 'No user was changed.';
  const parts = [add > 0 && `${formatUsers(add)} added`, update > 0 && `${formatUsers(update)} updated`];
  return `${parts.filter(Boolean).join(', ')}.`;
}

export function startFailed(task: Task): string {
  return task === 'preview' ? 'The preview could not be computed.' : 'The import could not be run. No user was changed.';
}

/** Why a read that worked brought nobody. */
export function emptyPreviewText(entries: number): string {
  return entries === 0
    ? 'The directory has no users in this scope. Check the selected container or group, the user filter of this dialog and the one of the directory configuration.'
    : 'Nobody in this scope is a user who can be imported.';
}

export const importDialogText = {
  title: 'Import from Active Directory',
  titleOther: 'Import from LDAP directory',
  previewTitle: 'Preview',
  importTitle: 'Import',
  domain: 'Domain:',
  configure: 'Configure…',
  notConfigured: 'No directory is configured yet.',
  notConfiguredAdvice: 'Configure your directory, or try the import with the sample directory.',
  useSample: 'Use sample directory',
  list: 'List',
  search: 'Search',
  view: 'View:',
  containers: 'Container Hierarchy',
  groups: 'Security Groups',
  treeLabel: 'Containers',
  groupsLabel: 'Security groups',
  groupSearch: 'Find group',
  noGroups: 'No security group matches.',
  loadingChildren: 'Loading…',
  tryAgain: 'Try again',
  searchFor: 'Search for:',
  searchButton: 'Search',
  searchHint: 'Part of a name, username, e-mail address or description.',
  displayUsers: 'Display users',
  displayLimit: 'Display limit:',
  peopleLabel: 'Users in the directory',
  username: 'Username',
  name: 'Name',
  email: 'Email Address',
  refresh: 'Read again',
  reading: 'Reading the directory…',
  peopleHidden: 'Users are not displayed. The import works all the same.',
  selectPlace: 'Select a container or a security group to see its users.',
  correctFilter: 'Correct the user filter to see users.',
  enterSearch: 'Enter what to search for.',
  noPeople: 'No users here.',
  noPeopleBelow: 'No users directly in this container. Choose “Selected Container and below” to see those in the containers under it.',
  disabledAccount: 'account disabled',
  selectedCount: (count: number) => `${formatCount(count)} selected`,
  userFilter: 'User filter:',
  filterPlaceholder: '(department=Sales)',
  filterMalformed: (position: number | null) =>
    position === null ? 'This is not a valid LDAP filter.' : `This is not a valid LDAP filter: problem at character ${position + 1}.`,
  importScope: 'Import:',
  settings: 'Settings',
  methodDefaults: 'Method Defaults',
  languageDefaults: 'Language Defaults',
  addNew: 'Add new users',
  updateExisting: 'Update existing users',
  nothingChosen: 'Choose “Add new users”, “Update existing users” or both.',
  importPhone: 'Import phone:',
  backup: 'Backup:',
  none: '(None)',
  enabled: 'Enabled',
  enabledFor: 'Enabled for',
  nobodyEnabled: 'No phone is imported, so no new user is enabled.',
  methodHint: 'New users get this method.',
  methodHintPin: 'New users get this method and an initial PIN, told by their email (some 30 a second).',
  modeOf: (method: string) => `${method} mode`,
  languageCall: 'Phone call:',
  languageText: 'Text message:',
  languageApp: 'Mobile app:',
  languageOath: 'OATH token:',
  languageDefault: "Use the directory's value or the server's default",
  preview: 'Preview…',
  import: 'Import',
  close: 'Close',
  back: 'Back',
  importCount: (count: number) => `Import ${formatUsers(count)}`,
  showImported: 'Show imported users',
  cancelling: 'Stopping…',
  anotherImport: 'Import more',
  runsOn: 'The import runs on when this dialog is closed.',
} as const;
