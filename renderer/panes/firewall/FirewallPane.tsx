import { Button, MessageBar, MessageBarBody, MessageBarTitle, makeStyles, tokens } from '@fluentui/react-components';
import {
  AddRegular,
  ArrowClockwiseRegular,
  ArrowSyncRegular,
  ArrowExportRegular,
  DeleteRegular,
  DismissRegular,
  GlobeRegular,
  HistoryRegular,
  PowerRegular,
  ShieldTaskRegular,
} from '@fluentui/react-icons';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { usePaneCommands, usePaneStatus } from '../../app/useShell.ts';
import { firewallText as text } from '../../i18n/en/firewall.ts';
import { CommandMenu, CommandRow, type Command } from '../../ui/CommandRow.tsx';
import { CheckHistoryDialog } from '../../ui/checks/CheckHistoryDialog.tsx';
import { CheckSchedule } from '../../ui/checks/CheckSchedule.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { instantText } from '../../ui/instants.ts';
import { VirtualTable } from '../../ui/table/VirtualTable.tsx';
import { AddressQuestion } from './AddressQuestion.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { countStates, createFirewallStore, type FirewallRow } from './firewall.store.ts';
import { firewallColumns } from './firewallColumns.tsx';
import { ProxyDialog } from './ProxyDialog.tsx';
import { RulesDialog } from './RulesDialog.tsx';
import { TargetDetails } from './TargetDetails.tsx';
import { TargetDialog } from './TargetDialog.tsx';

/** What this server has to reach, whether it can, and what to do where it cannot. */
export function FirewallPane() {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createFirewallStore(client));
  const { rows, selection, isChecking, checkedAt, past, everyHours, isWindows, error } = useStore(store);
  const { follow, check, stop, setEnabled, remove, select, setSchedule } = store.getState();
  const [dialog, setDialog] = useState<'add' | 'history' | 'proxy' | 'rules' | 'export' | null>(null);
  useEffect(() => follow(), [follow]);

  const checkAll = useCallback(() => void check(), [check]);
  usePaneCommands(useMemo(() => ({ refresh: checkAll }), [checkAll]));
  const counts = countStates(rows ?? []);
  const all = rows?.length ?? 0;
  usePaneStatus({ counts: rows ? text.counted(all - counts.off, all) : undefined });

  const row = rows?.[selection.active];
  const isOwn = row?.purpose === 'own';
  const checkOne = () => row && void check([row.id]);
  const removeOne = () => row && isOwn && void remove(row.id);
  const commands: readonly Command[] = [
    isChecking
      ? { id: 'check', label: text.stop, icon: <DismissRegular />, run: stop }
      : { id: 'check', label: text.checkAll, icon: <ArrowClockwiseRegular />, keys: 'F5', run: checkAll },
    { id: 'again', label: text.checkOne, icon: <ArrowSyncRegular />, keys: 'Enter', isDisabled: !row, run: checkOne },
    { id: 'history', label: text.history, icon: <HistoryRegular />, isDisabled: !row, run: () => setDialog('history') },
    { id: 'add', label: text.add, icon: <AddRegular />, run: () => setDialog('add') },
    { id: 'remove', label: text.remove, icon: <DeleteRegular />, keys: 'Del', isDisabled: !isOwn, run: removeOne },
    {
      ...{ id: 'switch', label: row?.isEnabled === false ? text.enable : text.disable, icon: <PowerRegular />, isDisabled: !row },
      run: () => row && void setEnabled(row.id, !row.isEnabled),
    },
    { id: 'proxy', label: text.proxy, icon: <GlobeRegular />, run: () => setDialog('proxy') },
    ...(isWindows
      ? [{ id: 'rules', label: text.windowsRules, icon: <ShieldTaskRegular />, isDisabled: !rows, run: () => setDialog('rules') }]
      : []),
    { id: 'export', label: text.export, icon: <ArrowExportRegular />, isDisabled: !rows, run: () => setDialog('export') },
  ];

  return (
    <div className={styles.root}>
      <div className={styles.head}>
        <span role="status">
          {isChecking
            ? text.checking(counts.checking)
            : checkedAt === null
              ? text.intro
              : `${text.summary(counts)}. ${text.checkedAt(instantText(checkedAt))}`}
        </span>
        {everyHours !== null && <CheckSchedule everyHours={everyHours} onChange={(hours) => void setSchedule(hours)} />}
        <AddressQuestion />
      </div>
      {error && <ErrorNotice error={error} context={text.failed} actions={<Button onClick={checkAll}>{text.tryAgain}</Button>} />}
      <Intercepted rows={rows ?? []} />
      <div className={styles.list}>
        <VirtualTable
          label={text.list}
          columns={firewallColumns}
          count={all}
          row={(index) => rows?.[index]}
          selection={selection}
          onSelection={select}
          onOpen={checkOne}
          onDelete={removeOne}
          contextMenu={<CommandMenu commands={commands} />}
          isFocusHome
        />
      </div>
      <TargetDetails row={row} past={past} />
      <CommandRow commands={commands} />
      {dialog === 'add' && (
        <TargetDialog taken={(rows ?? []).map(({ id }) => id)} onAdded={(id) => void check([id])} onClose={() => setDialog(null)} />
      )}
      {dialog === 'history' && row && (
        <CheckHistoryDialog
          subject={row.id}
          load={(options) => client.network.history({ id: row.id }, options)}
          hasWay
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'proxy' && <ProxyDialog onSaved={checkAll} onClose={() => setDialog(null)} />}
      {dialog === 'rules' && <RulesDialog onClose={() => setDialog(null)} />}
      {dialog === 'export' && <ExportDialog rows={rows ?? []} onClose={() => setDialog(null)} />}
    </div>
  );
}

/** Names whoever opens TLS on the way, where published hosts show that somebody does. */
function Intercepted({ rows }: { readonly rows: readonly FirewallRow[] }) {
  const opened = rows.filter(({ check, isEnabled, purpose }) => isEnabled && purpose === 'cloud' && check?.tls?.trusted === false);
  const issuer = opened[0]?.check?.tls?.issuer;
  if (issuer === undefined) return null;
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{text.interceptedTitle}</MessageBarTitle>
        {text.interceptedText(issuer, opened.map(({ host }) => host).join(', '))}
      </MessageBarBody>
    </MessageBar>
  );
}

const useStyles = makeStyles({
  root: { flex: '1 0 auto', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', columnGap: tokens.spacingHorizontalL },
  list: { flex: '1 1 0', minHeight: '224px' },
});
