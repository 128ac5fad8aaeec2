import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { RuleVerdict } from '../../../shared/contract/network.contract.ts';
import { useClient } from '../../app/client.tsx';
import { windowsRulesText as text } from '../../i18n/en/firewall.ts';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { StateLabel } from '../../ui/checks/StateLabel.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import type { TableColumn } from '../../ui/table/tableColumn.ts';
import { VirtualTable } from '../../ui/table/VirtualTable.tsx';
import { useRead } from '../../ui/useRead.ts';

const states = {
  allowed: 'pass',
  'allowed-by-default': 'warn',
  unknown: 'unknown',
  'blocked-by-default': 'fail',
  blocked: 'fail',
} as const satisfies Record<RuleVerdict['verdict'], string>;

const { columns: headers } = text;
const columns: readonly TableColumn<RuleVerdict>[] = [
  { id: 'target', header: headers.target, width: 216, text: ({ id }) => id },
  {
    ...{ id: 'verdict', header: headers.verdict, width: 176, isSized: true },
    text: ({ verdict }) => text.verdicts[verdict],
    render: ({ verdict }) => <StateLabel state={states[verdict]} word={text.verdicts[verdict]} />,
  },
  { id: 'reason', header: headers.reason, width: 360, grow: 1, text: ({ reason }) => reason },
];

/** What the rules of Windows Firewall that are in force make of each target. */
export function RulesDialog({ onClose }: { onClose(): void }) {
  const styles = useStyles();
  const client = useClient();
  const { value: found, error, again } = useRead(async (options) => (await client.network.compareRules(null, options)) ?? []);

  return (
    <AppDialog
      title={text.title}
      sizeKey="firewall-rules"
      initialSize={{ width: 860, height: 560 }}
      onClose={onClose}
      actions={<DialogCloseButton>{text.close}</DialogCloseButton>}
    >
      <div className={styles.root}>
        <span role="status">{found ? text.summary(found) : error === null ? text.reading : ''}</span>
        {error !== null && <ErrorNotice error={error} context={text.failed} actions={<Button onClick={again}>{text.tryAgain}</Button>} />}
        <div className={styles.list}>
          <VirtualTable label={text.title} columns={columns} count={found?.length ?? 0} row={(index) => found?.[index]} />
        </div>
      </div>
    </AppDialog>
  );
}

const useStyles = makeStyles({
  root: { flex: '1 1 0', minHeight: '0', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  list: { flex: '1 1 0', minHeight: '160px' },
});
