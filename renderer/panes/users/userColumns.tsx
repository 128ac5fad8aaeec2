import { makeStyles, tokens } from '@fluentui/react-components';
import { WarningRegular } from '@fluentui/react-icons';
import type { UserColumn, UserRow } from '../../../shared/contract/users.contract.ts';
import { methodText, usersText } from '../../i18n/en/users.ts';
import { instantText, relativeText } from '../../ui/instants.ts';
import type { TableColumn } from '../../ui/table/tableColumn.ts';

type UserTableColumn = TableColumn<UserRow> & { readonly id: UserColumn };

const yesNo = (value: boolean) => (value ? usersText.yes : usersText.no);

/** "Last, First"; one of them alone stands without a comma. */
function nameText({ firstName, lastName }: Pick<UserRow, 'firstName' | 'lastName'>): string {
  return [lastName, firstName].filter(Boolean).join(', ');
}

/** Last and first name may run in opposite directions; the comma between them belongs to neither. Undefined where one is missing. */
function isolatedName(row: Pick<UserRow, 'firstName' | 'lastName'>) {
  if (!row.firstName || !row.lastName) return undefined;
  return (
    <span dir="ltr">
      <bdi>{row.lastName}</bdi>, <bdi>{row.firstName}</bdi>
    </span>
  );
}

/** A number with its extension: `+1 425 555 0100 x12`. */
function phoneText(phone: string, extension: string, format: (phone: string) => string): string {
  return extension && phone ? `${format(phone)} x${extension}` : format(phone);
}

/** The columns of the list (reference §2.1). Phone numbers are shown through `format`. */
export function userColumns(format: (phone: string) => string): readonly UserTableColumn[] {
  const column = (id: UserColumn, width: number, text: (row: UserRow) => string): UserTableColumn => ({
    id,
    width,
    text,
    header: usersText.columns[id],
    isSortable: true,
  });
  return [
    // As far as “Complete” the columns fit into a window of 1024 pixels; from 1280 on they all do.
    { ...column('username', 164, (row) => row.username), isFixed: true, grow: 2 },
    { ...column('name', 128, nameText), render: isolatedName, grow: 1.5 },
    { ...column('email', 128, (row) => row.email), grow: 3 },
    {
      ...column('phone', 148, (row) => phoneText(row.phone, row.extension, format)),
      render: (row) => (row.phone && !row.phoneValid ? <Marked text={row.phone} why={usersText.invalidPhone} /> : undefined),
    },
    column('method', 104, (row) => methodText(row.method, row.mode)),
    column('enabled', 84, (row) => yesNo(row.enabled)),
    {
      // The tooltip says what is missing.
      ...column('complete', 96, (row) => (row.complete ? usersText.yes : usersText.missing(row.missing))),
      render: (row) => (row.complete ? undefined : <Marked text={usersText.no} why={usersText.missing(row.missing)} />),
    },
    column('hasPin', 64, (row) => yesNo(row.hasPin)),
    column('mustChangePin', 148, (row) => yesNo(row.mustChangePin)),
    column('userGroup', 108, (row) => row.userGroup),
    {
      ...column('backupPhone', 128, (row) => format(row.backupPhone)),
      render: (row) =>
        row.backupPhone && !row.backupPhoneValid ? <Marked text={row.backupPhone} why={usersText.invalidPhone} /> : undefined,
    },
    { ...instant('createdAt'), isOptional: true },
    { ...instant('updatedAt'), isOptional: true },
  ];

  function instant(id: 'createdAt' | 'updatedAt'): UserTableColumn {
    return {
      ...column(id, 150, (row) => instantText(row[id])),
      render: (row) => <time title={relativeText(row[id], Date.now())}>{instantText(row[id])}</time>,
    };
  }
}

/** A value with a warning that is not said by colour alone. */
function Marked({ text, why }: { readonly text: string; readonly why: string }) {
  const styles = useStyles();
  return (
    <span title={why}>
      <WarningRegular className={styles.mark} role="img" aria-label={why} />
      <bdi>{text}</bdi>
    </span>
  );
}

const useStyles = makeStyles({
  mark: {
    color: tokens.colorStatusWarningForeground1,
    verticalAlign: 'text-bottom',
    marginInlineEnd: tokens.spacingHorizontalXS,
    '@media (forced-colors: active)': { color: 'inherit' },
  },
});
