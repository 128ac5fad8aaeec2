import { makeStyles, tokens } from '@fluentui/react-components';
import { WarningRegular } from '@fluentui/react-icons';
import type { TokenColumn, TokenRow } from '../../../shared/contract/tokens.contract.ts';
import { tokenKindText, tokensText, tokenStateText } from '../../i18n/en/tokens.ts';
import { dayText } from '../../ui/instants.ts';
import type { TableColumn } from '../../ui/table/tableColumn.ts';

type TokenTableColumn = TableColumn<TokenRow> & { readonly id: TokenColumn };

function column(id: TokenColumn, width: number, text: (row: TokenRow) => string): TokenTableColumn {
  return { id, width, text, header: tokensText.columns[id], isSortable: true };
}

/** Who has a token; whoever waits in the recycle bin is marked. */
export function holderText({ user }: Pick<TokenRow, 'user'>): string {
  if (!user) return '';
  return user.removed ? tokensText.inRecycleBin(user.username) : user.username;
}

const day = (at: number | null) => (at === null ? '' : dayText(at));

/** The columns of the list. As far as “State” they fit into a window of 1024 pixels. */
export const tokenColumns: readonly TokenTableColumn[] = [
  { ...column('serial', 144, ({ serial }) => serial), isFixed: true, grow: 2 },
  { ...column('username', 124, holderText), grow: 3 },
  column('kind', 60, ({ kind }) => tokenKindText[kind]),
  column('algorithm', 96, ({ algorithm }) => algorithm),
  { ...column('digits', 64, ({ digits }) => String(digits)), align: 'end' },
  { ...column('interval', 80, ({ interval }) => (interval === 0 ? '' : tokensText.seconds(interval))), align: 'end' },
  column('startsAt', 100, ({ startsAt }) => day(startsAt)),
  column('expiresAt', 100, ({ expiresAt }) => day(expiresAt)),
  { ...column('state', 112, ({ state }) => tokenStateText[state]), render: (row) => <State state={row.state} /> },
  { ...column('manufacturer', 120, ({ manufacturer }) => manufacturer), isOptional: true },
  { ...column('model', 120, ({ model }) => model), isOptional: true },
];

/** What accepts no code has a mark that is not colour alone. */
function State({ state }: Pick<TokenRow, 'state'>) {
  const styles = useStyles();
  const isUseless = state === 'expired' || state === 'not-started';
  return (
    <span>
      {isUseless && <WarningRegular className={styles.mark} aria-hidden />}
      {tokenStateText[state]}
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
