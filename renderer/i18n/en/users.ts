import type { Method, Mode, UserColumn, UserRow } from '../../../shared/contract/users.contract.ts';

const methodNames: Record<Method, string> = { call: 'Phone call', text: 'Text message', app: 'Mobile app', oath: 'OATH token' };

const modeNames: Record<Mode, string> = {
  standard: 'Standard',
  pin: 'PIN',
  'one-way-otp': 'One-Way, OTP',
  'one-way-otp-pin': 'One-Way, OTP + PIN',
  'two-way-otp': 'Two-Way, OTP',
  'two-way-otp-pin': 'Two-Way, OTP + PIN',
  token: 'Token',
};

/** How a user signs in: `Text message (One-Way, OTP)`; the usual mode of a method is not worth a word. */
export function methodText(method: Method, mode: Mode): string {
  return mode === 'standard' || mode === 'token' ? methodNames[method] : `${methodNames[method]} (${modeNames[mode]})`;
}

const number = new Intl.NumberFormat('en');
const users = (count: number) => `${number.format(count)} ${count === 1 ? 'user' : 'users'}`;

const columnNames: Record<UserColumn, string> = {
  username: 'Username',
  name: 'Name',
  email: 'Email Address',
  userGroup: 'User Group',
  phone: 'Phone',
  backupPhone: 'Backup Phone',
  method: 'Method',
  hasPin: 'PIN',
  mustChangePin: 'PIN Change Required',
  enabled: 'Enabled',
  complete: 'Complete',
  createdAt: 'Created',
  updatedAt: 'Updated',
};

const missingNames: Record<UserRow['missing'][number], string> = {
  phone: 'Phone number',
  app: 'Mobile app',
  token: 'OATH token',
  pin: 'PIN',
};

/** Words of the Users pane. */
export const usersText = {
  list: 'Users',
  columns: columnNames,
  yes: 'Yes',
  no: 'No',
  invalidPhone: 'Not a valid phone number. It is kept as the directory wrote it.',
  missingNames,
  missing: (missing: UserRow['missing']) => `No – ${missing.map((what) => missingNames[what]).join(', ')} missing`,

  search: 'Search users',
  clearSearch: 'Clear search',
  importChip: (when: string) => `Import of ${when}`,
  importChipUnknown: 'One import',
  filters: 'Filters',
  removeFilter: 'Remove filter',

  counted: (count: number, total: number, isFiltered: boolean) =>
    isFiltered ? `${number.format(count)} of ${users(total)}` : users(total),
  released: (count: number) => `The list has changed, so ${number.format(count)} rows are no longer selected`,
  selected: (count: number) => `${number.format(count)} selected`,

  importFromAd: 'Import from Active Directory…',
  importFromLdap: 'Import from LDAP…',
  add: 'Add…',
  edit: 'Edit…',
  remove: 'Remove',
  test: 'Test…',
  bypass: 'One-time bypass…',
  editMany: 'Edit Users…',
  filter: 'Filter…',
  oneOf: 'One of:',
  conditions: 'Conditions of the filter',
  noMatchFilter: 'No user meets the conditions of the filter.',
  enable: 'Enable',
  disable: 'Disable…',
  resetPin: 'Reset PIN…',
  resetMethod: 'Reset method…',

  listFailed: 'The list could not be read.',
  tryAgain: 'Try again',

  emptyTitle: 'No users yet',
  emptyText: 'Users come from your directory. Import them, or look around with invented people first.',
  trySample: 'Try the sample directory',
  startingSample: 'Starting the sample directory…',
  sampleFailed: 'The sample directory could not be started.',
  noMatchTitle: 'Nobody found',
  noMatch: (search: string) => `No user contains “${search}”.`,
  noMatchImport: 'This import added or updated nobody who is still in the list.',
  showAll: 'Show all users',
} as const;
