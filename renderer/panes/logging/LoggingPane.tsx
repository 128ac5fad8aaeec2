import { Button, MessageBar, MessageBarBody, Text, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowClockwiseRegular, DocumentSearchRegular, DocumentTextRegular, FolderRegular, SearchRegular } from '@fluentui/react-icons';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { LogLine } from '../../../shared/contract/logs.contract.ts';
import { useClient } from '../../app/client.tsx';
import { usePaneCommands, usePaneStatus } from '../../app/useShell.ts';
import { loggingText as text } from '../../i18n/en/logging.ts';
import { CommandMenu, CommandRow, type Command } from '../../ui/CommandRow.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { VirtualTable } from '../../ui/table/VirtualTable.tsx';
import { ConditionsRow } from './ConditionsRow.tsx';
import { logColumns } from './logColumns.tsx';
import { LogFilesDialog } from './LogFilesDialog.tsx';
import { LogLineDialog } from './LogLineDialog.tsx';
import { anyLine, createLogsStore, mostLines } from './logs.store.ts';

/** What all programs of the console wrote into their logs: the newest first, and new lines as they come. */
export function LoggingPane() {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createLogsStore(client));
  const { lines, conditions, isAll, isSearching, readBytes, allBytes, skippedBytes, selection, error } = useStore(store);
  const { follow, setConditions, show, refresh, select } = store.getState();
  const [dialog, setDialog] = useState<{ readonly line: LogLine } | 'files' | null>(null);
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => follow(), [follow]);

  const focusSearch = useCallback(() => {
    search.current?.focus();
    search.current?.select();
  }, []);
  usePaneCommands(useMemo(() => ({ refresh, focusSearch }), [refresh, focusSearch]));
  const counted = lines && [text.counted(lines.length, isAll), text.searched(readBytes, allBytes)].join(', ');
  usePaneStatus({ counts: (isSearching ? text.searching(readBytes, allBytes) : counted) ?? undefined });

  const chosen = lines?.[selection.active];
  const open = () => chosen && setDialog({ line: chosen });
  const commands: readonly Command[] = [
    { id: 'show', label: text.show, icon: <DocumentSearchRegular />, keys: 'Enter', isDisabled: !chosen, run: open },
    { id: 'refresh', label: text.refresh, icon: <ArrowClockwiseRegular />, keys: 'F5', run: refresh },
    { id: 'files', label: text.files, icon: <FolderRegular />, run: () => setDialog('files') },
  ];

  return (
    <div className={styles.root}>
      <ConditionsRow store={store} inputRef={search} />
      {error && <ErrorNotice error={error} context={text.failed} actions={<Button onClick={refresh}>{text.tryAgain}</Button>} />}
      {skippedBytes > 0 && (
        <MessageBar intent="info">
          <MessageBarBody>{text.skipped(skippedBytes)}</MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.list}>
        <VirtualTable
          label={text.list}
          columns={logColumns}
          count={lines?.length ?? 0}
          row={(index) => lines?.[index]}
          onVisible={show}
          selection={selection}
          onSelection={select}
          onOpen={open}
          onType={focusSearch}
          contextMenu={<CommandMenu commands={commands} />}
          topKey={JSON.stringify(conditions)}
          empty={
            lines &&
            !isSearching && <Empty isLimited={conditions !== anyLine} onShowAll={() => setConditions(anyLine)} onRefresh={refresh} />
          }
          isFocusHome
        />
      </div>
      {(lines?.length ?? 0) >= mostLines && <Text>{text.tooMany(mostLines)}</Text>}
      <CommandRow commands={commands} />
      {dialog === 'files' && <LogFilesDialog onClose={() => setDialog(null)} />}
      {dialog !== null && dialog !== 'files' && <LogLineDialog line={dialog.line} onClose={() => setDialog(null)} />}
    </div>
  );
}

interface EmptyProps {
  readonly isLimited: boolean;
  onShowAll(): void;
  onRefresh(): void;
}

function Empty({ isLimited, onShowAll, onRefresh }: EmptyProps) {
  if (!isLimited) {
    return (
      <EmptyState icon={<DocumentTextRegular />} title={text.emptyTitle} text={text.emptyText}>
        <Button onClick={onRefresh}>{text.refresh}</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<SearchRegular />} title={text.noMatchTitle} text={text.noMatch}>
      <Button onClick={onShowAll}>{text.showAll}</Button>
    </EmptyState>
  );
}

const useStyles = makeStyles({
  root: { flex: '1 0 auto', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  list: { flex: '1 1 0', minHeight: '224px' },
});
