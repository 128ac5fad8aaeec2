import { Button, Checkbox, Field, Input, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { exportFields } from '../../../shared/contract/csv.contract.ts';
import { useClient } from '../../app/client.tsx';
import type { ShownUsers } from '../../app/dialogs.store.ts';
import { csvExportText as text } from '../../i18n/en/csv.ts';
import { fieldText, formatUsers, jobKindText, jobPhaseText } from '../../i18n/en/jobs.ts';
import { AppDialog } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ProgressStrip } from '../../ui/ProgressStrip.tsx';
import { downloadCsv } from '../jobReport/reportCsv.ts';
import { createCsvExportStore, selectedIn, type ExportWhom } from './csvExport.store.ts';

/** Export users: whom, which columns, download. */
export function CsvExportDialog({ shown, onClose }: { readonly shown?: ShownUsers; onClose(): void }) {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createCsvExportStore(client, { saveFile: downloadCsv, now: () => new Date() }, shown));
  const { state, who, whom, search, columns, byteOrderMark } = useStore(store);
  const { read, chooseWho, typeSearch, toggle, chooseColumns, setMark, start, cancel, dispose } = store.getState();
  const isRunning = state.phase === 'running';

  useEffect(() => {
    read();
    return dispose;
  }, [read, dispose]);

  return (
    <AppDialog
      title={text.title}
      sizeKey="csvExport"
      initialSize={{ width: 760, height: 680 }}
      onClose={onClose}
      note={columns.length === 0 ? text.needsColumns : text.noSecrets}
      actions={
        <>
          {/* Keeps the focus while it is off: without one Esc would not close the dialog. */}
          <Button appearance="primary" disabled={columns.length === 0} disabledFocusable={isRunning} onClick={() => void start()}>
            {text.export}
          </Button>
          <Button onClick={onClose}>{text.close}</Button>
        </>
      }
    >
      <div className={styles.root}>
        <p role="status" className={styles.status}>
          {state.phase === 'done' ? text.exported(formatUsers(state.users), state.fileName) : ''}
        </p>
        {state.phase === 'failed' && <ErrorNotice error={state.error} context={text.failed} />}
        {isRunning && (
          <ProgressStrip
            name={jobKindText('export')}
            phase={jobPhaseText('exporting')}
            done={state.job?.done ?? 0}
            total={state.job?.total ?? null}
            rate={state.job?.rate ?? 0}
            remainingMs={state.job?.remainingMs ?? null}
            onCancel={cancel}
          />
        )}
        <Field label={text.who}>
          <RadioGroup
            className={styles.whom}
            layout="horizontal"
            value={who}
            onChange={(_event, data) => chooseWho(data.value as ExportWhom)}
          >
            {whom.map((one) => (
              <Radio key={one} value={one} label={whomText(one, shown)} />
            ))}
          </RadioGroup>
        </Field>
        {who === 'search' && (
          <Field label={text.searchFor}>
            <Input value={search} onChange={(_event, data) => typeSearch(data.value.slice(0, 256))} />
          </Field>
        )}
        <fieldset className={styles.columns}>
          <legend>{text.columns}</legend>
          <div className={styles.buttons}>
            <Button size="small" onClick={() => chooseColumns(exportFields)}>
              {text.allColumns}
            </Button>
            <Button size="small" onClick={() => chooseColumns([])}>
              {text.none}
            </Button>
          </div>
          <div className={styles.boxes}>
            {exportFields.map((field) => (
              <Checkbox key={field} label={fieldText(field)} checked={columns.includes(field)} onChange={() => toggle(field)} />
            ))}
          </div>
        </fieldset>
        <Checkbox label={text.byteOrderMark} checked={byteOrderMark} onChange={(_event, data) => setMark(data.checked === true)} />
      </div>
    </AppDialog>
  );
}

function whomText(whom: ExportWhom, shown: ShownUsers | undefined): string {
  switch (whom) {
    case 'all':
      return text.all;
    case 'list':
      return text.list(shown?.count ?? null);
    case 'selection':
      return text.selection(selectedIn(shown));
    case 'search':
      return text.search;
  }
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  whom: { flexWrap: 'wrap' },
  status: { margin: '0' },
  columns: { margin: '0', minWidth: '0' },
  buttons: { display: 'flex', columnGap: tokens.spacingHorizontalS },
  boxes: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(210px, 1fr))' },
});
