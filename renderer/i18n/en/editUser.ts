import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { Method, UserDetail } from '../../../shared/contract/users.contract.ts';
import type { ConflictName } from '../../dialogs/editUser/userValues.ts';
import type { FormField, Problem } from '../../dialogs/editUser/userForm.ts';
import type { UserTab } from '../../dialogs/editUser/tabOf.ts';
import { formatCount } from './jobs.ts';
import { pinProblemText } from './pins.ts';

/** The names of the fields, as the tabs spell them. */
export const fieldNames: Readonly<Record<ConflictName | FormField, string>> = {
  username: 'Username',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'Email address',
  userGroup: 'User group',
  description: 'Description',
  phone: 'Phone',
  extension: 'Extension',
  backupPhone: 'Backup phone',
  backupExtension: 'Backup extension',
  globalServices: 'Enable Global Services',
  method: 'Method',
  enabled: 'Enabled',
  mustChangePin: 'User must change PIN',
  administrator: 'Administrator',
  whenDisabled: 'When user is disabled',
  canChangePhone: 'User can change phone',
  keepPhoneSynced: 'Keep phone synchronized with Active Directory',
  languageCall: 'Phone call language',
  languageText: 'Text message language',
  languageApp: 'Mobile app language',
  languageOath: 'OATH token language',
  pinCanChange: 'User can change PIN',
  pinMinLength: 'Minimum length',
  pinPreventWeak: 'Prevent weak PINs',
  pinExpirationDays: 'Expiration days',
  pinHistory: 'PIN history',
  tags: 'Tags',
  pin: 'PIN',
  confirmPin: 'Confirm PIN',
};

const whenDisabledNames = { succeed: 'Succeed Authentication', fail: 'Fail Authentication' } as const;
export const whenDisabledText = (rule: CompanySettings['whenDisabled']) => whenDisabledNames[rule];
export const yesNoText = (value: boolean) => (value ? 'Yes' : 'No');
/** 0 days: never. */
export const expirationText = (days: number) => (days === 0 ? 'Never' : days === 1 ? 'After 1 day' : `After ${formatCount(days)} days`);
/** 0 PINs: may be used again. */
export const historyText = (pins: number) => (pins === 0 ? 'Off' : pins === 1 ? 'Last PIN' : `Last ${pins} PINs`);
export const lengthText = (digits: number) => `${digits} digits`;

/** What a choice that is left to the company means now. */
export const companyDefault = (value: string) => `Company default (${value})`;

/** What is wrong with a field, as a sentence beside it. */
export function problemText(problem: Problem): string {
  switch (problem.problem) {
    case 'required':
      return 'A username is needed.';
    case 'control-characters':
      return 'It holds characters that cannot be seen. Type it again.';
    case 'not-an-address':
      return 'An address looks like name@example.com.';
    case 'not-an-extension':
      return 'Digits, commas (a pause of one second), * and # only.';
    case 'too-long':
      return `At most ${formatCount(problem.limit)} characters.`;
    case 'phone':
      return 'This is not a phone number of this country. Check the digits and the country code.';
    case 'days':
      return 'Enter a number of days from 0 to 999.';
    case 'pin-mismatch':
      return 'The two PINs are not the same.';
    case 'pin':
      return problem.reasons.map(pinProblemText).join(' ');
  }
}

const missingNames: Readonly<Record<UserDetail['missing'][number], string>> = {
  phone: 'a phone number',
  app: 'an activated mobile app',
  token: 'an OATH token',
  pin: 'a PIN',
};

/** What the user cannot authenticate without. */
export function missingText(missing: UserDetail['missing']): string {
  return `Not complete: ${missing.map((what) => missingNames[what]).join(' and ')} is missing. Without it the user cannot authenticate.`;
}

/** Words of the dialogs Add User and Edit User. */
export const editUserText = {
  addTitle: 'Add User',
  editTitle: 'Edit User',
  tabsLabel: 'Pages of the user',
  tabs: {
    general: 'General',
    advanced: 'Advanced',
    tags: 'Tags',
    administrator: 'Administrator',
    devices: 'Mobile App Devices',
    token: 'OATH Token',
    questions: 'Security Questions',
    info: 'Info',
  } satisfies Record<UserTab, string>,
  newUser: 'New user',

  previous: 'Previous',
  previousKeys: 'Previous (Alt+P)',
  nextKeys: 'Next (Alt+N)',
  applyKeys: 'Apply (Alt+A or Ctrl+S)',
  next: 'Next',
  apply: 'Apply',
  applying: 'Applying…',
  add: 'Add',
  adding: 'Adding…',
  close: 'Close',
  saved: 'Changes applied.',
  added: (username: string) => `${username} was added.`,
  place: (index: number, count: number) => `${formatCount(index + 1)} of ${formatCount(count)}`,
  readFailed: 'The user could not be read.',
  companyFailed: 'Company Settings could not be read.',
  gone: 'Somebody has removed this user.',
  goneHint: 'He is in the recycle bin for 30 days. Previous and Next lead to the others.',
  saveFailed: 'Nothing was saved.',
  addFailed: 'The user was not added.',
  tryAgain: 'Try again',
  problems: (count: number) => (count === 1 ? 'One field has to be corrected.' : `${count} fields have to be corrected.`),

  label: (name: string) => `${name}:`,
  countryCode: 'Country code:',
  backupCountryCode: 'Backup country code:',
  country: (name: string, callingCode: string) => `${name} +${callingCode}`,
  noCountry: 'No country has this name or code.',
  storedAs: (number: string) => `Stored as ${number}`,
  keptAsWritten: 'Not a phone number. It is kept as the directory wrote it until you correct it.',
  globalServices: 'Enable Global Services',
  globalServicesHint: 'Allows calls to countries for which calls are charged more.',
  methodsLabel: 'Method',
  methods: { call: 'Phone call', text: 'Text message', app: 'Mobile app', oath: 'OATH token' } satisfies Record<Method, string>,
  modeOf: (method: string) => `Mode of ${method}`,
  textWay: 'Direction of Text message',
  textCode: 'Code of Text message',
  plainModes: { standard: 'Standard', pin: 'PIN' },
  textWays: { 'one-way': 'One-Way', 'two-way': 'Two-Way' },
  textCodes: { otp: 'OTP', pin: 'OTP + PIN' },
  generate: 'Generate',
  generating: 'Generating…',
  showPin: 'Show PIN',
  hidePin: 'Hide PIN',
  pinKept: 'A PIN is set. Leave empty to keep it.',
  pinNone: 'No PIN is set.',
  pinInitial: 'An initial PIN is set and waits to be mailed. Leave empty to keep it.',
  generateFailed: 'No PIN could be generated.',
  enabled: 'Enabled',
  mustChangePin: 'User must change PIN',

  phoneHeading: 'Phone',
  languagesHeading: 'Languages',
  pinHeading: 'PIN rules',
  backupHint: 'Called when the phone is not answered.',
  never: 'Never',
  ownDays: 'After … days',
  days: 'days',
  daysOf: 'Days until a PIN expires',
  administrator: 'Administrator',
  administratorHint: 'Administrators may manage other users in the user portal.',

  noDevices: 'No device is activated.',
  deviceCommands: 'Commands',
  lastDevice: 'It is the only device of the user, who cannot sign in with the mobile app without one.',
  deviceRemoved: (name: string) => `${name} is removed.`,
  devicesLabel: 'Devices',
  device: 'Device',
  deviceType: 'Type',
  activatedAt: 'Activated',
  removeDevice: (name: string) => `Remove ${name}`,
  removeDeviceTitle: (name: string) => `Remove ${name}?`,
  removeDeviceText: 'It is no longer notified. The user has to activate the app again to use it.',
  remove: 'Remove',
  removeFailed: 'The device was not removed.',
  cancel: 'Cancel',

  state: 'State',
  complete: 'Complete',
  missing: 'Missing',
  enabledSince: 'Enabled since',
  disabledSince: 'Disabled since',
  /** Stands behind an instant. */
  changedBy: ({ account, jobId }: { readonly account: string; readonly jobId: string }) =>
    `${account && `by ${account}`}${account && jobId && ', '}${jobId && `in job ${jobId}`}`,
  originKind: 'Origin',
  originKinds: { import: 'Import from a directory', manual: 'Added by an administrator' },
  dn: 'Distinguished name',
  directoryId: 'Directory id',
  sid: 'Security identifier',
  accountState: 'Directory account',
  accountDisabled: 'Disabled at the time of the import',
  accountEnabled: 'Enabled at the time of the import',
  importedAt: 'Imported',
  importJob: 'Import job',
  createdAt: 'Created',
  updatedAt: 'Changed',
  revision: 'Revision',
  pinSetAt: 'PIN set',
  none: '–',

  emptyValue: '(empty)',
  newPin: 'A new PIN',
  pinOf: (when: string) => `PIN of ${when}`,
} as const;
