import { userColumns, type UserColumn, type UserDetail, type UserRow } from '../../shared/contract/users.contract.ts';
import { formatTable } from './table.ts';
import { text } from './text.ts';
import { UsageError } from './verb.ts';

const yesNo = (value: boolean) => (value ? text.yes : text.no);
const nameOf = ({ lastName, firstName }: UserRow) => [lastName, firstName].filter((part) => part !== '').join(', ');
const timeOf = (at: number) => new Date(at).toISOString();
const phoneOf = (phone: string, extension: string, isValid: boolean) =>
  `${phone}${phone && !isValid ? ' (not a valid number)' : ''}${extension ? ` ext. ${extension}` : ''}`;

/** Every column of the window's list, with its heading. */
const columns: Readonly<Record<UserColumn, readonly [heading: string, cell: (row: UserRow) => string]>> = {
  username: ['Username', (row) => row.username],
  name: ['Name', nameOf],
  email: ['Email address', (row) => row.email],
  userGroup: ['User group', (row) => row.userGroup],
  phone: ['Phone', (row) => row.phone],
  backupPhone: ['Backup phone', (row) => row.backupPhone],
  method: ['Method', (row) => `${row.method} ${row.mode}`],
  hasPin: ['PIN', (row) => yesNo(row.hasPin)],
  mustChangePin: ['PIN change required', (row) => yesNo(row.mustChangePin)],
  enabled: ['Enabled', (row) => yesNo(row.enabled)],
  complete: ['Complete', (row) => yesNo(row.complete)],
  createdAt: ['Created', (row) => timeOf(row.createdAt)],
  updatedAt: ['Updated', (row) => timeOf(row.updatedAt)],
};

export const usualColumns: readonly UserColumn[] = ['username', 'name', 'email', 'phone', 'method', 'enabled', 'complete'];

/** The column of this name in any letter case, or undefined. */
export const columnNamed = (name: string): UserColumn | undefined =>
  userColumns.find((column) => column.toLowerCase() === name.trim().toLowerCase());

/** Columns by name, separated by commas, in this order. Throws UsageError for a name that no column has. */
export function columnsNamed(names: string): readonly UserColumn[] {
  return names.split(',').map((name) => {
    const column = columnNamed(name);
    if (!column) throw new UsageError(text.noColumn(name.trim(), userColumns));
    return column;
  });
}

export function usersTable(rows: readonly UserRow[], chosen: readonly UserColumn[]): string {
  return formatTable(
    chosen.map((column) => columns[column][0]),
    rows.map((row) => chosen.map((column) => columns[column][1](row))),
  );
}

/** A rule of the user's own, or that Company Settings say it. */
const own = <Rule>(rule: Rule | null, words: (rule: Rule) => string): string => (rule === null ? text.asCompany : words(rule));

/** All of one user, a line for each field; `tagNames` are the names of his tags. */
export function userTable(user: UserDetail, tagNames: readonly string[]): string {
  const { origin, pin, pinRules, languages } = user;
  const imported: [string, string][] = [
    ['Directory id', origin.directoryId],
    ['SID', origin.sid],
    ['DN', origin.dn],
    ['Account in the directory', origin.accountDisabled ? 'disabled' : 'enabled'],
    ['Imported', origin.importedAt === null ? '' : `${timeOf(origin.importedAt)} by job ${origin.jobId}`],
  ];
  const fields: [string, string][] = [
    ['Username', user.username],
    ['Name', nameOf(user)],
    ['Email address', user.email],
    ['User group', user.userGroup],
    ['Description', user.description],
    ['Phone', phoneOf(user.phone, user.extension, user.phoneValid)],
    ['Backup phone', phoneOf(user.backupPhone, user.backupExtension, user.backupPhoneValid)],
    ['Global services', yesNo(user.globalServices)],
    ['Method', `${user.method} ${user.mode}`],
    ['Enabled', `${yesNo(user.enabled)}${user.enabledSince ? text.since(timeOf(user.enabledSince.at), user.enabledSince) : ''}`],
    ['Complete', user.complete ? text.yes : `${text.no}, missing: ${user.missing.join(', ')}`],
    ['PIN', pin.setAt === null ? text.no : `set ${timeOf(pin.setAt)}${pin.isInitial ? ', not mailed yet' : ''}`],
    ['PIN change required', yesNo(user.mustChangePin)],
    ['When disabled', own(user.whenDisabled, String)],
    ['Can change phone', own(user.canChangePhone, yesNo)],
    ['Keep phone synchronized', own(user.keepPhoneSynced, yesNo)],
    ['Can change PIN', own(pinRules.canChange, yesNo)],
    ['PIN minimum length', own(pinRules.minLength, String)],
    ['Prevent weak PINs', own(pinRules.preventWeak, yesNo)],
    ['PIN expiration days', own(pinRules.expirationDays, (days) => (days === 0 ? 'never' : String(days)))],
    ['PIN history', own(pinRules.history, (pins) => (pins === 0 ? 'off' : String(pins)))],
    ['Phone call language', languages.call || text.asCompany],
    ['Text message language', languages.text || text.asCompany],
    ['Mobile app language', languages.app || text.asCompany],
    ['OATH token language', languages.oath || text.asCompany],
    ['Tags', tagNames.join(', ')],
    ['OATH tokens', user.tokens.map(({ serial }) => serial).join(', ')],
    ['Mobile devices', user.devices.map(({ name, type }) => `${name} (${type})`).join(', ')],
    ['Security questions', user.answered.length === 0 ? '' : `${user.answered.length} answered`],
    ['Administrator', yesNo(user.administrator)],
    ['Origin', origin.kind],
    ...(origin.kind === 'import' ? imported : []),
    ['Created', timeOf(user.createdAt)],
    ['Updated', timeOf(user.updatedAt)],
  ];
  return formatTable(
    ['Field', 'Value'],
    fields.filter(([, value]) => value !== ''),
  );
}
