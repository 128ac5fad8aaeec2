import { Field, makeStyles, Select, Table, TableBody, TableCell, TableRow, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Bypass } from '../../../shared/contract/bypasses.contract.ts';
import { useClient } from '../../app/client.tsx';
import { bypassText as text } from '../../i18n/en/bypass.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { HeaderRow } from '../../ui/HeaderRow.tsx';
import { shortInstantText } from '../../ui/instants.ts';
import { ScrollArea } from '../../ui/ScrollArea.tsx';
import { createBypassesStore, type BypassShow } from './bypasses.store.ts';

/** Who may skip the second factor now, and who did. */
export function BypassesDialog({ onClose }: { onClose(): void }) {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createBypassesStore(client));
  const { show, list, revoked, revokeError } = useStore(store);
  const { load, choose, revoke, watch } = store.getState();
  const chooser = useRef<HTMLSelectElement>(null);

  useEffect(() => {
    void load();
    return watch();
  }, [load, watch]);

  async function revokeAndReturn(bypass: Bypass) {
    await revoke(bypass);
    // Its button is gone.
    chooser.current?.focus();
  }

  const isEmpty = list.phase === 'shown' && list.bypasses.length === 0;
  return (
    <AppDialog
      title={text.listTitle}
      sizeKey="bypasses"
      initialSize={{ width: 940, height: 480 }}
      onClose={onClose}
      note={list.phase === 'shown' && !isEmpty ? text.counted(list.bypasses.length, list.total) : undefined}
      actions={<DialogCloseButton>{text.close}</DialogCloseButton>}
    >
      <div className={styles.root}>
        <Field label={text.show} orientation="horizontal" className={styles.field}>
          <Select ref={chooser} value={show} onChange={(_event, data) => choose(data.value as BypassShow)}>
            <option value="open">{text.showOpen}</option>
            <option value="all">{text.showAll}</option>
          </Select>
        </Field>
        <div role="status">{revoked && (revoked.found ? text.revoked(revoked.username) : text.alreadyOver(revoked.username))}</div>
        {revokeError !== null && <ErrorNotice error={revokeError} context={text.revokeFailed} />}
        {list.phase === 'failed' && <ErrorNotice error={list.error} context={text.listFailed} />}
        {isEmpty && <p className={styles.empty}>{show === 'open' ? text.none : text.noneEver}</p>}
        {list.phase === 'shown' && !isEmpty && (
          <ScrollArea label={text.table} className={styles.scroll}>
            <BypassTable bypasses={list.bypasses} onRevoke={(bypass) => void revokeAndReturn(bypass)} />
          </ScrollArea>
        )}
      </div>
    </AppDialog>
  );
}

function BypassTable({ bypasses, onRevoke }: { readonly bypasses: readonly Bypass[]; onRevoke(bypass: Bypass): void }) {
  const styles = useStyles();
  const { columns } = text;
  return (
    <Table size="small" aria-label={text.table} className={styles.table}>
      <HeaderRow
        headers={[
          { text: columns.user, className: styles.wide },
          { text: columns.state, className: styles.narrow },
          columns.started,
          columns.until,
          { text: columns.by, className: styles.narrow },
          columns.reason,
          columns.revoke,
        ]}
      />
      <TableBody>
        {bypasses.map((bypass) => (
          <TableRow key={bypass.id}>
            <TableCell className={styles.cell}>
              <bdi>{bypass.username || text.removedUser}</bdi>
            </TableCell>
            <TableCell>{text.states[bypass.state]}</TableCell>
            <TableCell>{shortInstantText(bypass.startedAt)}</TableCell>
            <TableCell>{shortInstantText(bypass.endedAt ?? bypass.expiresAt)}</TableCell>
            <TableCell className={styles.cell}>{bypass.startedBy}</TableCell>
            <TableCell className={styles.cell}>
              <bdi>{bypass.reason}</bdi>
            </TableCell>
            <TableCell>
              {bypass.state === 'open' && (
                <CommandButton
                  calls="bypasses.revoke"
                  size="small"
                  aria-label={text.revokeOf(bypass.username)}
                  onClick={() => onRevoke(bypass)}
                >
                  {text.revoke}
                </CommandButton>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, flex: '1 1 0', minHeight: '0' },
  field: { gridTemplateColumns: '80px 220px' },
  empty: { color: tokens.colorNeutralForeground2 },
  scroll: { flex: '1 1 0', minHeight: '0', overflow: 'auto' },
  table: { minWidth: '720px' },
  // Of a table whose columns are as wide as each other otherwise.
  wide: { width: '22%' },
  narrow: { width: '9%' },
  cell: { overflowWrap: 'anywhere' },
});
