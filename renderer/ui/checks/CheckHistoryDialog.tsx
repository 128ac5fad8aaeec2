import { makeStyles, tokens } from '@fluentui/react-components';
import { lazy, Suspense } from 'react';
import type { PastCheck } from '../../../shared/contract/network.contract.ts';
import { checkHistoryText as text } from '../../i18n/en/checkHistory.ts';
import { AppDialog, DialogCloseButton } from '../AppDialog.tsx';
import { ErrorNotice } from '../ErrorNotice.tsx';
import { instantText } from '../instants.ts';
import type { TableColumn } from '../table/tableColumn.ts';
import { VirtualTable } from '../table/VirtualTable.tsx';
import { useRead } from '../useRead.ts';
import { StateLabel } from './StateLabel.tsx';

// The library of charts is large, and most checks are never looked back at.
const RoundTripChart = lazy(async () => ({ default: (await import('./RoundTripChart.tsx')).RoundTripChart }));

const { columns } = text;
const time: TableColumn<PastCheck> = { id: 'time', header: columns.time, width: 168, isSized: true, text: ({ at }) => instantText(at) };
const state: TableColumn<PastCheck> = {
  ...{ id: 'state', header: columns.state, width: 112, isSized: true },
  text: (past) => text.states[past.state],
  render: (past) => <StateLabel state={past.state} />,
};
const roundTrip: TableColumn<PastCheck> = {
  ...{ id: 'roundTrip', header: columns.roundTrip, width: 104, isSized: true, align: 'end' as const },
  text: ({ connectMs }) => (connectMs === null ? '' : text.roundTrip(connectMs)),
};
const found: TableColumn<PastCheck> = { id: 'found', header: columns.found, width: 320, grow: 1, text: ({ reason }) => reason };

const withoutWay = [time, state, found];
const withWay = [time, state, roundTrip, found];

interface CheckHistoryDialogProps {
  /** What was checked, as it is called in the pane. */
  readonly subject: string;
  /** The newest first. */
  load(options: { readonly signal: AbortSignal }): Promise<readonly PastCheck[]>;
  /** It lies at the end of a way, whose length is shown. */
  readonly hasWay?: boolean;
  onClose(): void;
}

/** What the checks of a target or requirement found, as a list and, where there is a way, as a picture of how long it took. */
export function CheckHistoryDialog({ subject, load, hasWay = false, onClose }: CheckHistoryDialogProps) {
  const styles = useStyles();
  // Opened anew for each subject.
  const { value: past, error } = useRead(load);
  const points = (past ?? []).flatMap(({ at, connectMs }) => (connectMs === null ? [] : [{ at, ms: connectMs }])).toReversed();

  return (
    <AppDialog
      title={text.title(subject)}
      sizeKey="check-history"
      initialSize={{ width: 760, height: 560 }}
      onClose={onClose}
      actions={<DialogCloseButton>{text.close}</DialogCloseButton>}
    >
      <div className={styles.root}>
        {error !== null && <ErrorNotice error={error} context={text.failed} />}
        {hasWay && points.length > 1 && (
          <div className={styles.chart}>
            <Suspense>
              <RoundTripChart points={points} />
            </Suspense>
          </div>
        )}
        <div className={styles.list}>
          <VirtualTable
            label={text.list}
            columns={hasWay ? withWay : withoutWay}
            count={past?.length ?? 0}
            row={(index) => past?.[index]}
            empty={past && text.nothing}
          />
        </div>
      </div>
    </AppDialog>
  );
}

const useStyles = makeStyles({
  root: { flex: '1 1 0', minHeight: '0', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  chart: { flexShrink: '0', height: '168px' },
  list: { flex: '1 1 0', minHeight: '160px' },
});
